import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './sample.ts';

export type Outcome = 'passed' | 'failed' | 'timeout';

/** A test file, and how long it takes while nothing is changed. */
export interface TestFile {
  readonly file: string;
  readonly ms: number;
}

/** With a mutant a file that takes ten times as long does not end; what is quick gets some time for a busy machine. */
const TIMES_SLOWER = 10;
const SHORTEST_TIMEOUT_MS = 45_000;

/** A copy of the sources outside the checkout, in which one mutant at a time is tried. */
export class Workspace {
  readonly folder: string;
  /** Where local-org lies in it. */
  readonly root: string;

  /** @param source the folder of local-org. */
  constructor(source: string) {
    this.folder = mkdtempSync(join(tmpdir(), 'local-org-mutants-'));
    this.root = join(this.folder, 'local-org');
    mkdirSync(this.root);
    for (const part of ['src', 'test', 'package.json']) {
      cpSync(join(source, part), join(this.root, part), { recursive: true });
    }
    symlinkSync(join(source, '..', 'node_modules'), join(this.folder, 'node_modules'));
  }

  /**
   * Runs test files, each in a process of its own, until one fails.
   *
   * @param mutant is applied before and taken back afterwards.
   */
  async test(files: readonly TestFile[], mutant: Mutant): Promise<TestRun> {
    const path = join(this.root, mutant.path);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, mutant.start) + mutant.text + text.slice(mutant.end));
    try {
      for (const { file, ms } of files) {
        const outcome = await this.#run(file, Math.max(SHORTEST_TIMEOUT_MS, TIMES_SLOWER * ms), {});
        if (outcome !== 'passed') return { outcome, file };
      }
      return { outcome: 'passed', file: null };
    } finally {
      writeFileSync(path, text);
    }
  }

  /** Runs a test file as the sources are; probes in them write to the file of that path. */
  observe(file: string, timeoutMs: number, probes: string): Promise<Outcome> {
    return this.#run(file, timeoutMs, { LOCAL_ORG_PROBES: probes });
  }

  #run(file: string, timeoutMs: number, variables: Readonly<Record<string, string>>): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const reporter = join(import.meta.dirname, 'failFast.js');
      const options = ['--test', '--test-isolation=none', '--test-force-exit', `--test-reporter=${reporter}`, file];
      // Compiled sources are kept between the runs of a copy: starting is most of the time of many test files.
      const env = { ...process.env, NODE_COMPILE_CACHE: join(this.folder, 'compiled'), ...variables };
      const child = spawn(process.execPath, options, { cwd: this.root, stdio: 'ignore', detached: true, env });
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        endGroup(child.pid);
      }, timeoutMs);
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(timer);
        endGroup(child.pid);
        resolve(late ? 'timeout' : code === 0 ? 'passed' : 'failed');
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The file that failed first; null where all passed. */
export interface TestRun {
  readonly outcome: Outcome;
  readonly file: string | null;
}

/** Ends what a test left running: tests may start processes of their own. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nothing is left of the group: the usual case.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
