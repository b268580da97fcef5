import { getHeapStatistics } from 'node:v8';
import { cpuNow } from '../../engine/cpuClock.ts';
import { current } from '../../engine/current.ts';
import type { LimitCounters } from '../../engine/transaction.ts';
import { CURSOR_CAPS, usedOf } from '../Database/cursorLimits.ts';
import type { CursorCounter } from '../Database/cursorLimits.ts';
import { platformClass } from '../define.ts';
import { perTransaction } from '../transactionState.ts';

/**
 * Apex's name of each limit that is counted. Those that are no limits of their own any more give what they count as: Apex
 * Reference, Limits Class, getFindSimilarCalls, getRunAs and getSavepointRollbacks.
 */
const COUNTED: Readonly<Record<string, keyof LimitCounters>> = {
  FindSimilarCalls: 'soslQueries',
  RunAs: 'dmlStatements',
  SavepointRollbacks: 'dmlStatements',
  AggregateQueries: 'aggregateQueries',
  Callouts: 'callouts',
  DmlRows: 'dmlRows',
  DmlStatements: 'dmlStatements',
  EmailInvocations: 'emails',
  FutureCalls: 'futures',
  PublishImmediateDML: 'publishImmediate',
  Queries: 'queries',
  QueryRows: 'queryRows',
  QueueableJobs: 'queueables',
  Savepoints: 'savepoints',
  SoslQueries: 'soslQueries',
};

const UNCOUNTED = [
  'ChildRelationshipsDescribes',
  'FieldSetsDescribes',
  'FieldsDescribes',
  'PicklistDescribes',
  'RecordTypesDescribes',
  'ScriptStatements',
];

const CURSORS: Readonly<Record<string, CursorCounter>> = {
  ApexCursorRows: 'cursorRows',
  FetchCallsOnApexCursor: 'fetches',
  QueryLocatorRows: 'locatorRows',
};

/** What nothing in a local org uses up; limits by the Apex Reference, which no longer has DatabaseTime (unverified: 0). */
const UNUSED: Readonly<Record<string, number>> = { DatabaseTime: 0, AsyncCalls: 200, MobilePushApexCalls: 10 };

function pair(name: string): [string, string] {
  return [`static Integer get${name}()`, `static Integer getLimit${name}()`];
}

const members = Object.entries(COUNTED).flatMap(([name, counter]) => {
  const [used, cap] = pair(name);
  return [[used, () => current.tx.used[counter]] as const, [cap, () => current.tx.caps[counter]] as const];
});

/** Bytes of heap that Apex may use: 6 MB, 12 MB in asynchronous transactions. */
function heapCap(): number {
  return current.tx.asynchronous ? 12_000_000 : 6_000_000;
}

const heapAtFirst = perTransaction(() => ({ bytes: getHeapStatistics().used_heap_size }));

/** What the transaction keeps in memory since it first asked: an estimate, of JavaScript's heap, and never over the limit. */
function heapSize(): number {
  const { bytes } = heapAtFirst();
  return Math.min(heapCap(), Math.max(1000, getHeapStatistics().used_heap_size - bytes));
}

export const LimitsClass = platformClass(
  'System.Limits',
  {
    ...Object.fromEntries(members),
    ...Object.fromEntries(
      Object.entries(CURSORS).flatMap(([name, counter]) => {
        const [used, limit] = pair(name);
        return [[used, () => usedOf(counter)] as const, [limit, () => CURSOR_CAPS[counter]] as const];
      }),
    ),
    ...Object.fromEntries(
      Object.entries(UNUSED).flatMap(([name, cap]) => {
        const [used, limit] = pair(name);
        return [[used, () => 0] as const, [limit, () => cap] as const];
      }),
    ),
    'static Integer getCpuTime()': () => Math.max(0, Math.floor(cpuNow() - current.tx.cpuStart)),
    'static Integer getLimitCpuTime()': () => current.tx.cpuCap,
    'static Integer getLimitHeapSize()': heapCap,
    'static Integer getHeapSize()': heapSize,
  },
  { notBuilt: UNCOUNTED.flatMap(pair) },
);
