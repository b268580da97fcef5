import { parentPort, workerData } from 'node:worker_threads';
import { assembleEngine } from '../assembleEngine.ts';
import type { Problem } from '../apex/problem.ts';
import { runTests, UnknownTest } from '../engine/testRun.ts';
import type { TestResult } from '../engine/testRun.ts';
import { coverageOf } from './coverage.ts';
import type { CoveredLines } from './coverage.ts';

/** What a thread that runs tests is started with. */
export interface TestSettings {
  readonly projectDir: string;
  readonly cacheDir: string | null;
  /** `FooTest` or `FooTest.method`; null for all. */
  readonly names: readonly string[] | null;
  readonly coverage: boolean;
  /** Seed by which orders that the platform leaves open are shuffled; null to keep them. */
  readonly shuffle: number | null;
  /** This thread takes every `shards`-th test class, from the one numbered `shard`. */
  readonly shard: number;
  readonly shards: number;
}

/** What the thread reports. */
export type TestMessage =
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'result'; readonly result: TestResult }
  | { readonly kind: 'coverage'; readonly coverage: Readonly<Record<string, CoveredLines>> }
  | { readonly kind: 'failed'; readonly message: string };

const settings = workerData as TestSettings;
const send = (message: TestMessage): void => parentPort?.postMessage(message);

try {
  await run();
} catch (error) {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  send({ kind: 'failed', message: error instanceof UnknownTest ? error.message : message });
}

async function run(): Promise<void> {
  const { projectDir, cacheDir, names, coverage, shuffle, shard, shards } = settings;
  const engineSettings = { projectDir, cacheDir, credentials: { credentials: {}, endpoints: {} }, subscriberUsers: {} };
  const { engine, project, problems } = await assembleEngine(engineSettings, {
    callout: null,
    report: (line) => process.stderr.write(`${line}\n`),
    coverage,
  });
  if (shard === 0) {
    send({ kind: 'problems', problems: problems.map((problem) => ({ ...problem, column: problem.column ?? 1 })) });
  }
  const own = names ?? project.program.classes.filter(({ isTest }) => isTest).map(({ name }) => name);
  const user = engine.records.administrator;
  runTests(engine, user, { names: own.filter((_, i) => i % shards === shard), shuffle }, (result) =>
    send({ kind: 'result', result }),
  );
  if (coverage) {
    const notes = coverageOf(project.compilation.units, (file) => project.program.runtime.coverage(file));
    send({ kind: 'coverage', coverage: notes });
  }
}
