import type { LimitCounters, TransactionKind } from './transaction.ts';

/** Source: Apex Developer Guide, "Execution Governors and Limits", per-transaction limits. */
const SYNCHRONOUS: LimitCounters = {
  queries: 100,
  queryRows: 50_000,
  aggregateQueries: 300,
  soslQueries: 20,
  dmlStatements: 150,
  dmlRows: 10_000,
  callouts: 100,
  queueables: 50,
  futures: 50,
  emails: 10,
  publishImmediate: 150,
  savepoints: 150,
};

const SYNCHRONOUS_CPU_MS = 10_000;
const ASYNCHRONOUS_CPU_MS = 60_000;

/** Scheduled Apex, triggers of platform events and finalizers have the synchronous limits. */
const ASYNCHRONOUS: ReadonlySet<TransactionKind> = new Set<TransactionKind>(['queueable', 'future', 'batch']);

export function isAsynchronous(kind: TransactionKind): boolean {
  return ASYNCHRONOUS.has(kind);
}

/** What a transaction of this kind may use. Of the Bulk API the higher of both limits counts. */
export function capsFor(kind: TransactionKind): LimitCounters {
  if (kind === 'finalizer') return { ...SYNCHRONOUS, queueables: 1, futures: 1 };
  if (kind === 'bulk') return { ...SYNCHRONOUS, queries: 200 };
  if (!isAsynchronous(kind)) return { ...SYNCHRONOUS };
  const futures = kind === 'queueable' ? 50 : 0;
  return { ...SYNCHRONOUS, queries: 200, queueables: 1, futures };
}

/** Milliseconds. */
export function cpuCapFor(kind: TransactionKind): number {
  return isAsynchronous(kind) || kind === 'bulk' ? ASYNCHRONOUS_CPU_MS : SYNCHRONOUS_CPU_MS;
}

export function zeroCounters(): LimitCounters {
  return {
    queries: 0,
    queryRows: 0,
    aggregateQueries: 0,
    soslQueries: 0,
    dmlStatements: 0,
    dmlRows: 0,
    callouts: 0,
    queueables: 0,
    futures: 0,
    emails: 0,
    publishImmediate: 0,
    savepoints: 0,
  };
}
