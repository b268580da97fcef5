import { spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../org/projectRoot.ts';
import { mutated } from './mutants.ts';
import type { Mutant } from './mutants.ts';

/** What the tests say of a change. One that never ends is noticed by whoever waits. */
export type Verdict = 'caught' | 'survived' | 'no end' | 'does not compile';

/** A hundred times what all tests take on an idle machine. */
const LIMIT_MS = 900_000;

const reportSchema = z.object({ compiled: z.boolean(), passed: z.number(), failed: z.number() });

/** A copy of the package in which one change at a time is tried. Its compiled classes are kept between tries. */
export class Trial {
  readonly #project: string;
  readonly #tests: readonly { name: string; text: string }[];

  constructor() {
    this.#project = mkdtempSync(join(tmpdir(), 'apex-mutants-'));
    for (const name of ['force-app', 'config', 'sfdx-project.json']) {
      cpSync(join(PROJECT_ROOT, name), join(this.#project, name), { recursive: true });
    }
    this.#tests = globSync('force-app/main/**/*Test.cls', { cwd: this.#project }).map((file) => ({
      name: basename(file, '.cls'),
      text: readFileSync(join(this.#project, file), 'utf8'),
    }));
  }

  /** @throws Error where the tests fail without any change: then they could not notice one */
  async requireGreen(): Promise<void> {
    const verdict = await this.#run(null);
    if (verdict !== 'survived') throw new Error(`The Apex tests do not pass as they are: ${verdict}. Mend them first.`);
  }

  /** The tests that name the changed class run first; all others only where these notice nothing. */
  async judge(mutant: Mutant): Promise<Verdict> {
    const target = join(this.#project, relative(PROJECT_ROOT, mutant.file));
    const original = readFileSync(target, 'utf8');
    writeFileSync(target, mutated(mutant, original));
    try {
      const near = this.#testsNaming(basename(mutant.file, '.cls'));
      const first = near.length > 0 ? await this.#run(near) : 'survived';
      return first === 'survived' ? await this.#run(null) : first;
    } finally {
      writeFileSync(target, original);
    }
  }

  close(): void {
    rmSync(this.#project, { recursive: true, force: true });
  }

  #testsNaming(name: string): string[] {
    const word = new RegExp(`\\b${name}\\b`);
    return this.#tests.filter((test) => test.name === `${name}Test` || word.test(test.text)).map((test) => test.name);
  }

  async #run(tests: readonly string[] | null): Promise<Verdict> {
    const json = join(this.#project, 'report.json');
    rmSync(json, { force: true });
    const args = ['local-org/src/cli/main.ts', 'test', this.#project, '--quiet', '--workers', '1', '--json', json];
    const filter = tests === null ? [] : ['--tests', tests.join(',')];
    const { isEnded, output } = await ended([...args, ...filter]);
    if (!isEnded) return 'no end';
    if (!existsSync(json)) throw new Error(`local-org wrote no report:\n${output}`);
    const report = reportSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
    if (!report.compiled) return 'does not compile';
    return report.failed > 0 ? 'caught' : 'survived';
  }
}

function ended(args: readonly string[]): Promise<{ isEnded: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const take = (chunk: string): void => void (output = (output + chunk).slice(-4000));
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ isEnded: signal === null, output }));
  });
}
