import { spawn } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Area } from './areas.ts';
import type { Mutant } from './sample.ts';

export type Verdict = 'caught' | 'timeout' | 'survived';

/** A copy of the sources outside the checkout, in which one mutant at a time is tried. */
export class Workspace {
  readonly #folder: string;
  readonly #root: string;

  /** @param root the folder of local-org. */
  constructor(root: string) {
    this.#folder = mkdtempSync(join(tmpdir(), 'local-org-mutants-'));
    this.#root = join(this.#folder, 'local-org');
    mkdirSync(this.#root);
    for (const part of ['src', 'test', 'package.json']) {
      cpSync(join(root, part), join(this.#root, part), { recursive: true });
    }
    symlinkSync(join(root, '..', 'node_modules'), join(this.#folder, 'node_modules'));
  }

  /** Whether the tests of an area pass as the sources are. */
  async passes(area: Area, timeoutMs: number): Promise<boolean> {
    for (const globs of area.tests) if ((await this.#test(globs, timeoutMs)) !== 'survived') return false;
    return true;
  }

  /** Applies a mutant, runs its area's tests until one fails, and takes it back. */
  async try(mutant: Mutant, timeoutMs: number): Promise<Verdict> {
    const file = join(this.#root, mutant.path);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, mutant.start) + mutant.text + text.slice(mutant.end));
    try {
      for (const globs of mutant.area.tests) {
        const verdict = await this.#test(globs, timeoutMs);
        if (verdict !== 'survived') return verdict;
      }
      return 'survived';
    } finally {
      writeFileSync(file, text);
    }
  }

  #test(globs: readonly string[], timeoutMs: number): Promise<Verdict> {
    const files = globs.flatMap((glob) => globSync(glob, { cwd: this.#root }));
    if (files.length === 0) return Promise.resolve('survived');
    return new Promise((resolve, reject) => {
      const options = [
        '--test',
        '--test-isolation=none',
        '--test-force-exit',
        '--test-reporter=dot',
        ...new Set(files),
      ];
      const child = spawn(process.execPath, options, { cwd: this.#root, stdio: 'ignore', detached: true });
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        // The whole group: tests start orgs in processes of their own.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      }, timeoutMs);
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(timer);
        resolve(late ? 'timeout' : code === 0 ? 'survived' : 'caught');
      });
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
