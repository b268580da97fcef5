import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT } from '../org/projectRoot.ts';
import { mutated } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import type { TestAnswer, TestOrder, TestThreadData } from './testThread.ts';

/** What the tests say of a change. One that never ends is noticed by whoever waits. */
export type Verdict = TestAnswer | { readonly kind: 'no end' };

/** A hundred times what all tests take on an idle machine. */
const LIMIT_MS = 900_000;
/** Compiled code that a thread has used is not given back. */
const TRIES_A_THREAD = 40;
/** Apex may call a thousand deep. */
const STACK_MB = 64;

/** A copy of the package in which one change at a time is tried. */
export class Trial {
  readonly #project: string;
  readonly #tests: readonly { name: string; text: string }[];
  #thread: Worker | null = null;
  #tries = 0;

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
    const verdict = await this.#run({ first: [] });
    if (verdict.kind === 'survived') return;
    const why = verdict.kind === 'caught' ? `${verdict.by} fails` : verdict.kind;
    throw new Error(`The Apex tests do not pass as they are: ${why}. Mend them first.`);
  }

  /** The tests that name the changed class run first; all others only where these notice nothing. */
  async judge(mutant: Mutant): Promise<Verdict> {
    const target = join(this.#project, relative(PROJECT_ROOT, mutant.file));
    const original = readFileSync(target, 'utf8');
    writeFileSync(target, mutated(mutant, original));
    try {
      return await this.#run({ first: this.#testsNaming(basename(mutant.file, '.cls')) });
    } finally {
      writeFileSync(target, original);
    }
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    rmSync(this.#project, { recursive: true, force: true });
  }

  #testsNaming(name: string): string[] {
    const word = new RegExp(`\\b${name}\\b`);
    return this.#tests.filter((test) => test.name === `${name}Test` || word.test(test.text)).map((test) => test.name);
  }

  async #run(order: TestOrder): Promise<Verdict> {
    if (this.#tries++ % TRIES_A_THREAD === 0) await this.#restart();
    const thread = this.#thread;
    if (thread === null) throw new Error('There is no thread.');
    const verdict = await new Promise<Verdict>((resolve, reject) => {
      const timeout = setTimeout(() => resolve({ kind: 'no end' }), LIMIT_MS);
      const settle = (answer: TestAnswer): void => {
        clearTimeout(timeout);
        thread.off('error', reject);
        resolve(answer);
      };
      thread.once('error', reject);
      thread.once('message', settle);
      thread.postMessage(order);
    });
    if (verdict.kind === 'no end') await this.#restart();
    return verdict;
  }

  async #restart(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = new Worker(new URL('testThread.ts', import.meta.url), {
      workerData: {
        projectDir: this.#project,
        cacheDir: join(this.#project, '.local-org'),
      } satisfies TestThreadData,
      resourceLimits: { stackSizeMb: STACK_MB },
    });
  }
}
