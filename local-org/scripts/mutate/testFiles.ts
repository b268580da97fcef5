import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Area } from './areas.ts';
import { probed } from './probes.ts';
import type { Mutant } from './sample.ts';
import { Workspace } from './workspace.ts';
import type { TestFile } from './workspace.ts';

const observedSchema = z.object({ differences: z.array(z.int()), ms: z.number() });

interface Observed {
  /** Numbers of the mutants that make a difference in their place while the file runs. */
  readonly differences: ReadonlySet<number>;
  readonly ms: number;
}

/** Test runs at a time: a machine has two cores at least. */
export const PROCESSES = 3;

/** Which test files can notice a mutant: those during which it would make a difference in its place. */
export class TestFiles {
  readonly #observed = new Map<string, Observed>();
  readonly #kept = join(tmpdir(), 'local-org-mutants-observed');
  readonly #areas: readonly Area[];

  constructor(areas: readonly Area[]) {
    this.#areas = areas;
  }

  /**
   * Runs every test file of the areas once, with probes, and keeps what it tells until sources or tests change.
   *
   * @param source the folder of local-org.
   * @throws where a test fails without any change: it would catch everything.
   */
  async measure(source: string, mutants: readonly Mutant[], timeoutMs: number): Promise<void> {
    const workspace = new Workspace(source);
    try {
      const common = commonVersion(workspace.root);
      for (const [path, changes] of Map.groupBy(mutants, ({ path }) => path)) {
        const file = join(workspace.root, path);
        writeFileSync(file, probed(path, readFileSync(file, 'utf8'), changes));
      }
      mkdirSync(this.#kept, { recursive: true });
      const files = [...new Set(this.#areas.flatMap((area) => filesOf(area, workspace.root)))];
      const waiting = [...files.entries()];
      const run = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [index, file] = next;
          const version = `${common}-${digest(workspace.root, [file])}`;
          const kept = join(this.#kept, `${version}-${file.replaceAll('/', '.')}.json`);
          this.#observed.set(file, readKept(kept) ?? (await observe(workspace, file, timeoutMs, kept)));
          if (index % 10 === 9) console.log(`${index + 1} of ${files.length} test files pass unchanged`);
        }
      };
      await Promise.all(Array.from({ length: PROCESSES }, run));
    } finally {
      workspace.remove();
    }
  }

  /** The files of a mutant's area that can notice it: those of a glob after those of the glob before, quick ones first. */
  of(mutant: Mutant, root: string): TestFile[] {
    return mutant.area.tests.flatMap((glob) =>
      globSync(glob, { cwd: root })
        .filter((file) => this.#observed.get(file)?.differences.has(mutant.id) ?? false)
        .map((file) => ({ file, ms: this.#observed.get(file)?.ms ?? 0 }))
        .sort((a, b) => a.ms - b.ms),
    );
  }
}

async function observe(workspace: Workspace, file: string, timeoutMs: number, kept: string): Promise<Observed> {
  const probes = join(workspace.folder, `${file.replaceAll('/', '.')}.probes`);
  const started = performance.now();
  let outcome = await workspace.observe(file, timeoutMs, probes);
  // Once more: on a busy machine a test that waits for something may have waited too short.
  if (outcome !== 'passed') outcome = await workspace.observe(file, timeoutMs, probes);
  const ms = performance.now() - started;
  if (outcome !== 'passed') throw new Error(`${file} fails without any change (${outcome}): mend it first`);
  const lines = existsSync(probes) ? readFileSync(probes, 'utf8').trim().split('\n') : [];
  const differences = new Set(lines.filter((line) => line !== '').map(Number));
  rmSync(probes, { force: true });
  writeFileSync(kept, JSON.stringify({ differences: [...differences], ms }));
  return { differences, ms };
}

function filesOf(area: Area, root: string): string[] {
  return area.tests.flatMap((glob) => globSync(glob, { cwd: root }).sort());
}

function readKept(path: string): Observed | null {
  try {
    const { differences, ms } = observedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return { differences: new Set(differences), ms };
  } catch {
    // Not measured yet, or broken off while it was written: measured anew.
    return null;
  }
}

/** Of everything that a test file may depend on but itself, and of the probes. */
function commonVersion(root: string): string {
  const sources = globSync(['src/**/*', 'test/**/*'], { cwd: root }).filter(
    (path) => /\.\w+$/.test(path) && !path.endsWith('.test.ts'),
  );
  const tool = globSync('*.ts', { cwd: import.meta.dirname }).sort();
  return `${digest(root, sources.sort())}-${digest(import.meta.dirname, tool)}`;
}

function digest(folder: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update(readFileSync(join(folder, path)));
  return hash.digest('hex').slice(0, 16);
}
