import { deliver } from '../async/delivery.ts';
import type { AsyncJob } from '../async/jobQueue.ts';
import { ApexException, raise } from '../values/exception.ts';
import { zeroCounters } from './caps.ts';
import { cpuNow } from './cpuClock.ts';
import type { Engine } from './engine.ts';
import type { EngineTransaction } from './engineTransaction.ts';
import type { LimitCounters, TestState } from './transaction.ts';

/** What a test method has set and used. */
export class RunningTest implements TestState {
  started = false;
  stopped = false;
  readonly mocks = new Map<string, unknown>();
  readonly seeAllData: boolean;
  /** What was used before `Test.startTest`, which counts on after `Test.stopTest`. */
  usedBefore: LimitCounters | null = null;
  cpuBefore = 0;
  uncommittedBefore: EngineTransaction['uncommitted'] = 'none';
  /** Since when changes of records are captured; null where the test has not asked for it. */
  captureFrom: object | null = null;
  /** What was used between the two. */
  usedInside: LimitCounters | null = null;

  constructor(seeAllData: boolean) {
    this.seeAllData = seeAllData;
  }
}

function runningTest(tx: EngineTransaction): RunningTest {
  if (!(tx.test instanceof RunningTest)) raise('System.TypeException', 'Test methods can only be called from a test');
  return tx.test;
}

/** `Test.startTest`: from here to `stopTest` the test has limits of its own, and may call out whatever was written before. */
export function startTest(tx: EngineTransaction): void {
  const test = runningTest(tx);
  if (test.started) raise('System.FinalException', 'Testing already started');
  test.started = true;
  test.usedBefore = tx.used;
  test.cpuBefore = cpuNow() - tx.cpuStart;
  test.uncommittedBefore = tx.uncommitted;
  tx.used = zeroCounters();
  tx.cpuStart = cpuNow();
  tx.uncommitted = 'none';
}

/**
 * `Test.stopTest`: what was enqueued and published has run when it returns; that this holds for what its jobs publish rests on a
 * suite. What a job throws it throws.
 */
export function stopTest(engine: Engine, tx: EngineTransaction): void {
  const test = runningTest(tx);
  if (!test.started || test.stopped) raise('System.FinalException', 'Testing has not started or is already stopped');
  test.stopped = true;
  test.usedInside = tx.used;
  let ran = false;
  try {
    deliverTestEvents(engine, tx);
    ran = runTestJobs(engine, tx);
    deliverTestEvents(engine, tx);
  } finally {
    tx.used = test.usedBefore ?? tx.used;
    tx.cpuStart = cpuNow() - test.cpuBefore;
    // Once jobs have run the test may call out, as lemmingworks/apex-unit-testing-examples does (on that suite alone).
    if (ran) tx.uncommitted = 'none';
    else if (test.uncommittedBefore !== 'none') tx.uncommitted = test.uncommittedBefore;
  }
}

/**
 * `Test.getEventBus().deliver()`: runs the triggers of what has been published so far. What they publish, and what they
 * ask to get again, waits for the next call. Source: Platform Events Developer Guide, "Deliver Test Event Messages" and
 * "Test Retried Event Messages".
 */
export function deliverTestEvents(engine: Engine, tx: EngineTransaction): void {
  runningTest(tx);
  engine.release(tx);
  const { bus } = tx.scope;
  bus.callbacks.tell(engine, 'onSuccess');
  for (const { subscription, until } of bus.undelivered()) {
    let { retries } = subscription;
    while (bus.holds(subscription, until) && subscription.retries <= retries) {
      ({ retries } = subscription);
      deliver(engine, subscription);
    }
  }
}

/**
 * `Test.enableChangeDataCapture`: from here on changes of all objects make change events, which `deliver` and `stopTest` hand
 * to their triggers. Source: Change Data Capture Developer Guide, "Test Change Event Triggers".
 */
export function enableChangeCapture(engine: Engine, tx: EngineTransaction): void {
  runningTest(tx).captureFrom ??= engine.records.mark();
}

/** `Test.getEventBus().fail()`: what has been published and not delivered is lost, and its callbacks are told so. */
export function failTestEvents(engine: Engine, tx: EngineTransaction): void {
  runningTest(tx);
  engine.release(tx);
  const { bus } = tx.scope;
  bus.clear();
  bus.callbacks.tell(engine, 'onFailure');
}

/**
 * Runs all that has been enqueued, in order, and says whether there was any; the first exception of a job is thrown after the others have run. What a
 * scheduled job starts stays queued: so say those who tried it (Salesforce Stack Exchange, "How to test a scheduler which runs
 * a batch?"; the tests of async-lib), the reference does not. So does what a future method starts that a job has called
 * (octoberswimmer/aer-dist, issue 494): whether the future method itself runs, the issue doesn't show.
 */
export function runTestJobs(engine: Engine, tx: EngineTransaction): boolean {
  engine.release(tx);
  let ran = false;
  let failure: unknown = null;
  const { jobs } = tx.scope;
  const startedByJobs = new Set<AsyncJob>();
  for (let job = jobs.take(Infinity); job; job = jobs.take(Infinity)) {
    ran = true;
    const others = jobs.pending();
    try {
      job.run();
      if (job.kind === 'scheduled' || (job.kind === 'future' && startedByJobs.has(job))) jobs.holdNew(others);
      for (const started of jobs.pending()) if (!others.includes(started)) startedByJobs.add(started);
    } catch (error) {
      failure ??= error;
      if (!(error instanceof ApexException)) break;
    } finally {
      jobs.finished(job);
    }
  }
  if (failure !== null) throw failure;
  return ran;
}

/** What `System.runAs` puts back at the end of its block. */
export interface RunAsBlock {
  readonly user: EngineTransaction['user'];
  readonly mixedDml: unknown;
}

/** `System.runAs`: until {@link exitRunAs} another user's rights and sharing count, and setup objects may be written. */
export function enterRunAs(engine: Engine, tx: EngineTransaction, userId: string): RunAsBlock {
  runningTest(tx);
  const user = engine.records.user(userId);
  if (!user) raise('System.TypeException', `System.runAs: there is no user ${userId}`);
  const block: RunAsBlock = { user: tx.user, mixedDml: engine.records.suspendMixedDml(tx) };
  tx.user = user;
  return block;
}

export function exitRunAs(engine: Engine, tx: EngineTransaction, block: RunAsBlock): void {
  tx.user = block.user;
  engine.records.resumeMixedDml(tx, block.mixedDml);
}
