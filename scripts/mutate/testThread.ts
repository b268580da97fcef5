import { parentPort, workerData } from 'node:worker_threads';
import { assembleEngine } from '../../local-org/src/assembleEngine.ts';
import { runTests } from '../../local-org/src/engine/testRun.ts';

/** What the thread is started with. */
export interface TestThreadData {
  readonly projectDir: string;
  readonly cacheDir: string;
}

/** Test classes that run before all others. */
export interface TestOrder {
  readonly first: readonly string[];
}

/** What came of it, with the test that failed. */
export type TestAnswer =
  { readonly kind: 'does not compile' | 'survived' } | { readonly kind: 'caught'; readonly by: string };

class Failed extends Error {
  override readonly name = 'Failed';
  readonly by: string;

  constructor(by: string) {
    super(by);
    this.by = by;
  }
}

/**
 * Compiles the project as it is now and runs its Apex tests until one fails. A thread that does so over and over is warm:
 * it takes a fraction of what a new process needs.
 */
async function answer({ projectDir, cacheDir }: TestThreadData, { first }: TestOrder): Promise<TestAnswer> {
  const { engine, problems } = await assembleEngine(
    {
      projectDir,
      cacheDir,
      credentials: { credentials: {}, endpoints: {} },
      subscriberUsers: {},
    },
    { callout: null, report: () => undefined },
  );
  if (problems.length > 0) return { kind: 'does not compile' };
  const tests = engine.program.classes.filter(({ isTest, testMethods }) => isTest && testMethods.length > 0);
  const near = tests.filter(({ name }) => first.includes(name));
  try {
    for (const { name } of new Set([...near, ...tests])) {
      runTests(engine, engine.records.administrator, { names: [name] }, ({ outcome, method, message }) => {
        if (outcome !== 'pass') throw new Failed(`${name}.${method}: ${message?.split('\n')[0] ?? outcome}`);
      });
    }
    return { kind: 'survived' };
  } catch (error) {
    if (error instanceof Failed) return { kind: 'caught', by: error.by };
    throw error;
  }
}

parentPort?.on('message', (order: TestOrder) => {
  void answer(workerData as TestThreadData, order).then((result) => parentPort?.postMessage(result));
});
