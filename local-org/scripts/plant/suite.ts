import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { apexLsFindings } from '../../../scripts/check/apexTypes.ts';
import { isUnsupported } from '../../src/apex/compile.ts';
import { parseApex } from '../../src/apex/parse/parse.ts';
import { findSources } from '../../src/apex/source/project.ts';
import { compileProject } from '../../src/compileProject.ts';
import { faultsOf } from './faults.ts';
import type { Fault } from './faults.ts';

/** A source of a suite and what can be planted in it. */
export interface Plantable {
  readonly file: string;
  readonly text: string;
  readonly faults: readonly Fault[];
}

/** What both checkers say of a project: the first message of each file that they refuse. */
export interface Verdicts {
  readonly apexLs: ReadonlyMap<string, string>;
  readonly check: ReadonlyMap<string, string>;
}

/** A copy of somebody's project in which errors are planted. */
export class Suite {
  readonly name: string;
  readonly #dir: string;
  readonly #cache: string;

  constructor(source: string) {
    this.name = basename(resolve(source));
    const scratch = mkdtempSync(join(tmpdir(), 'local-org-plant-'));
    this.#dir = join(scratch, 'project');
    this.#cache = join(scratch, 'cache');
    cpSync(source, this.#dir, { recursive: true, filter: (path) => !/\/(node_modules|\.\w[^/]*)$/.test(path) });
    const project = join(this.#dir, 'sfdx-project.json');
    // apex-ls asks for one.
    if (!existsSync(project)) writeFileSync(project, '{"packageDirectories":[{"path":".","default":true}]}');
  }

  /** Sources that neither checker refuses as they are. */
  plantable(untouched: Verdicts): Plantable[] {
    return findSources(this.#dir).sources.flatMap(({ file, text, kind }) => {
      const { unit } = parseApex(text, file, kind);
      if (unit === null || untouched.apexLs.has(file) || untouched.check.has(file)) return [];
      return [{ file, text, faults: faultsOf(unit, text) }];
    });
  }

  /** What the checkers say with errors planted, at most one a file; the files are put back. */
  async with(planted: readonly { readonly source: Plantable; readonly fault: Fault }[]): Promise<Verdicts> {
    for (const { source, fault } of planted) {
      const { text } = source;
      writeFileSync(join(this.#dir, source.file), text.slice(0, fault.start) + fault.text + text.slice(fault.end));
    }
    try {
      return await this.verdicts();
    } finally {
      for (const { source } of planted) writeFileSync(join(this.#dir, source.file), source.text);
    }
  }

  async verdicts(): Promise<Verdicts> {
    const [findings, { allProblems }] = await Promise.all([
      apexLsFindings(this.#dir),
      compileProject(this.#dir, { cacheDir: this.#cache }),
    ]);
    const refused = findings.filter(({ rule }) => /^(Error|Missing|Syntax)$/.test(rule));
    return { apexLs: byFile(refused), check: byFile(allProblems) };
  }

  /** What `check` says of the project as it is, apart from what it says it lacks. */
  async falseProblems(): Promise<string[]> {
    const { allProblems } = await compileProject(this.#dir, { cacheDir: this.#cache });
    return allProblems
      .filter((problem) => !isUnsupported(problem))
      .map(({ file, line, message }) => `${this.name}/${file}:${line}: ${message}`);
  }

  remove(): void {
    rmSync(join(this.#dir, '..'), { recursive: true, force: true });
  }
}

function byFile(problems: readonly { file: string; line: number; message: string }[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const { file, line, message } of problems) if (!first.has(file)) first.set(file, `${line}: ${message}`);
  return first;
}
