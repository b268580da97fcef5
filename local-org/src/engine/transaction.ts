import type { DataLayer } from './data.ts';
import type { Services } from './services.ts';

/** What a limit counts, by the name that `Limits` and its exception use. */
export interface LimitCounters {
  queries: number;
  queryRows: number;
  aggregateQueries: number;
  soslQueries: number;
  dmlStatements: number;
  dmlRows: number;
  callouts: number;
  queueables: number;
  futures: number;
  emails: number;
  publishImmediate: number;
  savepoints: number;
}

/** Who runs: the one whose rights and sharing apply. */
export interface RunningUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly profileId: string;
  readonly roleId: string | null;
  readonly userType: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly language: string;
}

/** How a transaction came about; asynchronous ones have the higher limits. */
export type TransactionKind =
  | 'api'
  | 'bulk'
  | 'anonymous'
  | 'test'
  | 'queueable'
  | 'future'
  | 'batch'
  | 'scheduled'
  | 'finalizer'
  | 'event-trigger'
  | 'page';

/**
 * One transaction: the unit of limits, statics, commit and rollback. In a test, `Test.startTest` replaces the counters,
 * not the transaction.
 */
export interface Transaction {
  readonly id: number;
  readonly kind: TransactionKind;
  readonly asynchronous: boolean;
  /** `System.runAs` replaces it for its block. */
  user: RunningUser;
  used: LimitCounters;
  readonly caps: LimitCounters;
  /** Milliseconds of CPU allowed, and `cpuNow()` at its start plus what nested work used. */
  cpuCap: number;
  cpuStart: number;
  /** Statics by class handle; a class's holder is made on its first use. */
  readonly statics: Map<object, object>;
  /** Names of what has been written and not committed, for the message of the callout rule; empty when clean. */
  uncommitted: 'none' | 'dml' | 'async';
  /** Above 0 while a trigger runs: no callouts. */
  triggerDepth: number;
  /** Null outside tests. */
  readonly test: TestState | null;
  /** Who holds its row locks: itself; of a job inside a test, the test's transaction. */
  readonly lockOwner: object;
  /** Of an asynchronous job: its AsyncApexJob id. */
  readonly jobId: string | null;
  readonly data: DataLayer;
  readonly services: Services;
  /** Lines of System.debug; the engine decides what becomes of them. */
  debug(level: string, text: string, line: number): void;
}

export interface TestState {
  started: boolean;
  stopped: boolean;
  /** `Test.setMock` by interface name in lower case. */
  readonly mocks: Map<string, unknown>;
  readonly seeAllData: boolean;
}
