import { Worker } from 'node:worker_threads';
import type { Problem } from '../apex/problem.ts';
import type { TestResult } from '../engine/testRun.ts';
import type { ClassCoverage } from './coverage.ts';
import type { TestMessage, TestSettings } from './worker.ts';

/** What `--json` writes. */
export interface TestReport {
  /** Whether every class of the project compiled. */
  readonly compiled: boolean;
  readonly problems: readonly Problem[];
  readonly tests: readonly TestResult[];
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
  readonly coverage?: Readonly<Record<string, ClassCoverage>>;
}

/** Runs the tests in as many threads as there are shards; each compiles the project (the first from source, mostly cached). */
export async function runSharded(
  settings: Omit<TestSettings, 'shard'>,
  onResult: (result: TestResult) => void,
): Promise<TestReport> {
  const tests: TestResult[] = [];
  const covered = new Map<string, { lines: Set<number>; hit: Set<number> }>();
  let problems: readonly Problem[] = [];
  const run = (shard: number): Promise<void> =>
    new Promise((done, fail) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { ...settings, shard } satisfies TestSettings,
        // Apex may call a thousand deep.
        resourceLimits: { stackSizeMb: 64 },
      });
      worker.on('message', (message: TestMessage) => {
        if (message.kind === 'result') {
          tests.push(message.result);
          onResult(message.result);
        } else if (message.kind === 'problems') problems = message.problems;
        else if (message.kind === 'failed') fail(new Error(message.message));
        else {
          for (const [name, { lines, hit }] of Object.entries(message.coverage)) {
            const known = covered.get(name) ?? { lines: new Set<number>(), hit: new Set<number>() };
            for (const line of lines) known.lines.add(line);
            for (const line of hit) known.hit.add(line);
            covered.set(name, known);
          }
        }
      });
      worker.on('error', fail);
      worker.on('exit', () => done());
    });
  await Promise.all(Array.from({ length: settings.shards }, (_, shard) => run(shard)));
  const count = (...outcomes: TestResult['outcome'][]): number =>
    tests.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const coverage = Object.fromEntries(
    [...covered]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { lines, hit }]) => [name, { covered: hit.size, lines: lines.size }]),
  );
  return {
    compiled: problems.length === 0,
    problems,
    tests,
    passed: count('pass'),
    failed: count('fail', 'error'),
    unsupported: count('unsupported'),
    ...(settings.coverage ? { coverage } : {}),
  };
}
