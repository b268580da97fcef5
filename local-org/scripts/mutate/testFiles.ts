import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Area } from './areas.ts';
import { readReach, reaches } from './reach.ts';
import type { Reach } from './reach.ts';
import type { Mutant } from './sample.ts';
import type { Workspace } from './workspace.ts';

const keptSchema = z.object({
  reach: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  ms: z.number(),
});

interface Covered {
  readonly reach: Reach;
  readonly ms: number;
}

/** Test runs at a time: a machine has two cores at least. */
export const PROCESSES = 3;

/** Which test files can notice a mutant: those that execute it while nothing is changed. */
export class TestFiles {
  readonly #covered = new Map<string, Covered>();
  readonly #kept = join(tmpdir(), 'local-org-mutants-reach');
  readonly #areas: readonly Area[];

  constructor(areas: readonly Area[]) {
    this.#areas = areas;
  }

  /**
   * Runs every test file of the areas once and keeps what it reaches, until sources or tests change.
   *
   * @throws where a test fails without any change: it would catch everything.
   */
  async measure(workspace: Workspace, timeoutMs: number): Promise<void> {
    const files = [...new Set(this.#areas.flatMap((area) => filesOf(area, workspace.root)))];
    const sources = globSync(['src/**/*', 'test/**/*'], { cwd: workspace.root }).filter(
      (path) => /\.\w+$/.test(path) && !path.endsWith('.test.ts'),
    );
    const common = digest(sources.sort().map((path) => join(workspace.root, path)));
    mkdirSync(this.#kept, { recursive: true });
    const waiting = [...files.entries()];
    const run = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, file] = next;
        const version = `${common}-${digest([join(workspace.root, file)])}`;
        const kept = join(this.#kept, `${version}-${file.replaceAll('/', '.')}.json`);
        this.#covered.set(file, readKept(kept) ?? (await this.#cover(workspace, file, timeoutMs, kept)));
        if (index % 10 === 9) console.log(`${index + 1} of ${files.length} test files pass unchanged`);
      }
    };
    await Promise.all(Array.from({ length: PROCESSES }, run));
  }

  async #cover(workspace: Workspace, file: string, timeoutMs: number, kept: string): Promise<Covered> {
    const coverage = join(workspace.folder, 'coverage', file.replaceAll('/', '.'));
    const started = performance.now();
    let outcome = await workspace.cover(file, timeoutMs, coverage);
    // Once more: on a busy machine a test that waits for something may have waited too short.
    if (outcome !== 'passed') outcome = await workspace.cover(file, timeoutMs, coverage);
    const ms = performance.now() - started;
    if (outcome !== 'passed') throw new Error(`${file} fails without any change (${outcome}): mend it first`);
    const folders = this.#areas.flatMap(({ sources }) => sources);
    const wanted = (path: string): boolean => folders.some((folder) => path.startsWith(`${folder}/`));
    const covered = { reach: readReach(coverage, workspace.root, wanted), ms };
    rmSync(coverage, { recursive: true, force: true });
    writeFileSync(kept, JSON.stringify(covered));
    return covered;
  }

  /** The files of a mutant's area that execute it: those of a glob after those of the glob before, quick ones first. */
  of(mutant: Mutant, root: string): string[] {
    return mutant.area.tests.flatMap((glob) =>
      globSync(glob, { cwd: root })
        .flatMap((file) => ({ file, ...this.#covered.get(file) }))
        .filter(({ reach }) => reach !== undefined && reaches(reach, mutant.path, mutant.start))
        .sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0))
        .map(({ file }) => file),
    );
  }
}

function filesOf(area: Area, root: string): string[] {
  return area.tests.flatMap((glob) => globSync(glob, { cwd: root }).sort());
}

function readKept(path: string): Covered | null {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Not measured yet, or broken off while it was written: measured anew.
    return null;
  }
}

function digest(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.replace(/^.*?\/local-org\//, '')).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}
