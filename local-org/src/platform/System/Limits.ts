import { current } from '../../engine/current.ts';
import type { LimitCounters } from '../../engine/transaction.ts';
import { platformClass } from '../define.ts';

/** Apex's name of each limit that is counted. */
const COUNTED: Readonly<Record<string, keyof LimitCounters>> = {
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
  'ApexCursorRows',
  'AsyncCalls',
  'ChildRelationshipsDescribes',
  'DatabaseTime',
  'FetchCallsOnApexCursor',
  'FieldSetsDescribes',
  'FieldsDescribes',
  'FindSimilarCalls',
  'MobilePushApexCalls',
  'PicklistDescribes',
  'QueryLocatorRows',
  'RecordTypesDescribes',
  'RunAs',
  'SavepointRollbacks',
  'ScriptStatements',
];

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

export const LimitsClass = platformClass(
  'System.Limits',
  {
    ...Object.fromEntries(members),
    'static Integer getCpuTime()': () => Math.max(0, Math.floor(performance.now() - current.tx.cpuStart)),
    'static Integer getLimitCpuTime()': () => current.tx.cpuCap,
    'static Integer getLimitHeapSize()': heapCap,
  },
  { notBuilt: ['static Integer getHeapSize()', ...UNCOUNTED.flatMap(pair)] },
);
