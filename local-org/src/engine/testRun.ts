import { shuffleOpenOrders } from '../values/anyOrder.ts';
import { ApexException, UnsupportedError } from '../values/exception.ts';
import type { Engine } from './engine.ts';
import type { ProgramClass } from './program.ts';
import type { HiddenData } from './records.ts';
import { runTestJobs } from './testControl.ts';
import type { LimitCounters, RunningUser } from './transaction.ts';

/** What became of one test method. */
export interface TestResult {
  readonly class: string;
  readonly method: string;
  /** It saw the records that were in the org before. */
  readonly seeAllData: boolean;
  /** `fail`: an assertion did not hold; `error`: another exception; `unsupported`: local-org lacks something. */
  readonly outcome: 'pass' | 'fail' | 'error' | 'unsupported';
  readonly message: string | null;
  /** Lines of Apex, innermost first; null where it passed. */
  readonly stack: string | null;
  readonly ms: number;
  /** Of the part between `Test.startTest` and `stopTest` where the test has one. */
  readonly limits: { readonly soql: number; readonly dml: number; readonly callouts: number };
}

/** Which tests to run: all where nothing is given. Names in any case. */
export interface TestSelection {
  /** `FooTest`, or `FooTest.shouldDoX`. */
  readonly names?: readonly string[];
  /** Seed by which orders that the platform leaves open are shuffled. */
  readonly shuffle?: number | null;
}

/** A test was asked for that the project does not have. */
export class UnknownTest extends Error {
  override readonly name = 'UnknownTest';
}

/** @throws UnknownTest */
function selected(
  classes: readonly ProgramClass[],
  { names }: TestSelection,
): { test: ProgramClass; methods: readonly string[] }[] {
  const tests = classes.filter(({ isTest }) => isTest);
  if (!names) return tests.map((test) => ({ test, methods: test.testMethods }));
  const wanted = new Map<ProgramClass, Set<string>>();
  for (const name of names) {
    const test =
      tests.find((one) => matches(name, one.name)) ?? tests.find((one) => matches(beforeLastDot(name), one.name));
    const method = test && !matches(name, test.name) ? name.slice(name.lastIndexOf('.') + 1) : null;
    const methods = method === null ? test?.testMethods : test?.testMethods.filter((one) => matches(method, one));
    if (!test || !methods || (method !== null && methods.length === 0))
      throw new UnknownTest(`the project has no test ${name}`);
    const all = wanted.get(test) ?? new Set<string>();
    for (const one of methods) all.add(one);
    wanted.set(test, all);
  }
  return [...wanted].map(([test, methods]) => ({ test, methods: [...methods] }));
}

function matches(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function beforeLastDot(name: string): string {
  return name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
}

/**
 * Runs tests as `user`, each method in a transaction that is undone. What a class's `@TestSetup` methods write is there
 * for each of its methods, as they left it.
 */
export function runTests(
  engine: Engine,
  user: RunningUser,
  selection: TestSelection,
  onResult: (result: TestResult) => void,
): void {
  engine.records.isolate();
  try {
    const orgData = engine.records.hideData();
    for (const { test, methods } of selected(engine.program.classes, selection)) {
      shuffleOpenOrders(selection.shuffle ?? null, test.name);
      runClass(engine, user, test, methods, orgData, (result) => {
        onResult(result);
        // Anew for each method: what one sees does not depend on how many ran before it.
        shuffleOpenOrders(selection.shuffle ?? null, test.name);
      });
    }
  } finally {
    shuffleOpenOrders(null);
    engine.records.endIsolation();
  }
}

function runClass(
  engine: Engine,
  user: RunningUser,
  test: ProgramClass,
  methods: readonly string[],
  orgData: HiddenData,
  onResult: (result: TestResult) => void,
): void {
  const report = (method: string, attempt: Attempt) =>
    onResult({ ...resultOf(test.name, method, attempt), seeAllData: test.seeAllData.has(method) });
  if (test.broken !== null) {
    const failure = new UnsupportedError(test.broken);
    for (const method of methods) report(method, { failure, ms: 0, used: null });
    return;
  }
  engine.records.isolate();
  try {
    for (const setup of test.setupMethods) {
      const attempt = runMethod(engine, user, test, setup);
      if (attempt.failure === null) continue;
      for (const method of methods) report(method, attempt);
      return;
    }
    for (const method of methods) {
      engine.records.isolate();
      try {
        if (test.seeAllData.has(method)) engine.records.revealData(orgData);
        report(method, runMethod(engine, user, test, method));
      } finally {
        engine.records.endIsolation();
      }
    }
  } finally {
    engine.records.endIsolation();
  }
}

interface Attempt {
  readonly failure: unknown;
  readonly ms: number;
  readonly used: LimitCounters | null;
}

/** Work that the test left in the queue runs at its end, as on the platform; its exceptions fail the test. */
function runMethod(engine: Engine, user: RunningUser, { name, seeAllData }: ProgramClass, method: string): Attempt {
  const started = performance.now();
  let used: LimitCounters | null = null;
  let failure: unknown = null;
  try {
    engine.inTest(seeAllData.has(method), (test) =>
      engine.run({ kind: 'test', name: `${name}.${method}`, user }, (tx) => {
        try {
          engine.program.callStatic(name, method, []);
          runTestJobs(engine, tx);
        } finally {
          used = test.usedInside ?? tx.used;
        }
      }),
    );
  } catch (error) {
    failure = error;
  }
  return { failure, ms: Math.round((performance.now() - started) * 10) / 10, used };
}

function resultOf(className: string, method: string, { failure, ms, used }: Attempt): Omit<TestResult, 'seeAllData'> {
  const limits = { soql: used?.queries ?? 0, dml: used?.dmlStatements ?? 0, callouts: used?.callouts ?? 0 };
  const named = { class: className, method, ms, limits };
  if (failure === null) return { ...named, outcome: 'pass', message: null, stack: null };
  if (failure instanceof ApexException) {
    const outcome = failure.qualifiedName === 'System.AssertException' ? 'fail' : 'error';
    return { ...named, outcome, message: failure.toString(), stack: failure.stackText };
  }
  const message = failure instanceof Error ? failure.message : String(failure);
  const outcome = failure instanceof UnsupportedError ? 'unsupported' : 'error';
  return { ...named, outcome, message, stack: null };
}
