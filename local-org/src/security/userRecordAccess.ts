import type { QueryResult } from '../soql/execute.ts';
import type { Condition, Plan } from '../soql/plan.ts';
import type { Store } from '../store/store.ts';
import { raise, unsupported } from '../values/exception.ts';
import { readId } from '../values/id.ts';
import { ApexList } from '../values/list.ts';
import { ApexSet } from '../values/set.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { AccessControl } from './accessControl.ts';
import type { Level } from './recordAccess.ts';

const MOST_RECORDS = 200;
const LEVELS: readonly (readonly [string, Level])[] = [
  ['HasReadAccess', 'read'],
  ['HasEditAccess', 'edit'],
  ['HasDeleteAccess', 'delete'],
  ['HasTransferAccess', 'edit'],
  ['HasAllAccess', 'delete'],
];
const RIGHTS = { read: 'read', edit: 'edit', delete: 'delete' } as const;

type Bind = (name: string) => unknown;

/**
 * The rows of UserRecordAccess, which stand in no table: one for each record that is asked for. As on the platform the
 * query has to name one user and at most 200 records.
 */
export function userRecordAccess(plan: Plan, store: Store, control: AccessControl, bind: Bind): QueryResult {
  const wanted = new Map<string, string[]>([
    ['UserId', []],
    ['RecordId', []],
  ]);
  const levels = new Map<string, boolean>();
  if (plan.where) collect(plan.where, wanted, levels, bind);
  const [userId, ...others] = wanted.get('UserId') ?? [];
  const recordIds = wanted.get('RecordId') ?? [];
  if (userId === undefined || others.length > 0)
    raise('System.QueryException', 'UserRecordAccess: filter by one UserId');
  if (recordIds.length > MOST_RECORDS) raise('System.QueryException', 'UserRecordAccess: at most 200 record ids');
  const records = recordIds
    .map((id) => accessTo(id, userId, store, control))
    .filter((fields) => [...levels].every(([name, wantedLevel]) => fields[name] === wantedLevel))
    .map((fields) => new SObjectValue(plan.object, fields, true));
  return { records, count: records.length, rowsUsed: records.length, ids: [] };
}

function accessTo(recordId: string, userId: string, store: Store, control: AccessControl): Record<string, unknown> {
  const object = store.schema.byKeyPrefix(recordId.slice(0, 3));
  const row = object ? store.tableOf(object.name).byId(recordId) : null;
  const has = (level: Level): boolean => {
    if (!object || !row || !control.rightsOf(userId).object(object)[RIGHTS[level]]) return false;
    const test = control.recordAccess(userId).test(object, level);
    return test === null || test(row);
  };
  const fields: Record<string, unknown> = { UserId: userId, RecordId: recordId };
  for (const [name, level] of LEVELS) fields[name] = has(level);
  // Users, for one, are never deleted, whoever has all access; this rests on a suite.
  if (object?.deletable === false) fields['HasDeleteAccess'] = false;
  fields['MaxAccessLevel'] =
    LEVELS.filter(([name]) => fields[name] === true)
      .at(-1)?.[0]
      .slice(3, -6) ?? 'None';
  return fields;
}

function collect(condition: Condition, wanted: Map<string, string[]>, levels: Map<string, boolean>, bind: Bind): void {
  if (condition.kind === 'and') {
    for (const term of condition.terms) collect(term, wanted, levels, bind);
    return;
  }
  if (condition.kind === 'compare' && condition.operator === '=' && condition.left.kind === 'field') {
    const ids = wanted.get(condition.left.field.name);
    const { right } = condition;
    const { field } = condition.left;
    if (field.type === 'boolean' && right.kind !== 'range') {
      levels.set(field.name, (right.kind === 'constant' ? right.value : bind(right.node.name)) === true);
      return;
    }
    if (ids && right.kind !== 'range') {
      ids.push(...idsOf(right.kind === 'constant' ? right.text : bind(right.node.name)));
      return;
    }
  }
  if (condition.kind === 'in' && !condition.negated && condition.left.kind === 'field') {
    const ids = wanted.get(condition.left.field.name);
    if (ids) {
      if (condition.bind) ids.push(...idsOf(bind(condition.bind.name)));
      for (const each of condition.right) {
        if (each.kind === 'constant') ids.push(...idsOf(each.text));
        else if (each.kind === 'bind') ids.push(...idsOf(bind(each.node.name)));
      }
      return;
    }
  }
  unsupported('this filter on UserRecordAccess', 'filter by UserId = … AND RecordId IN …');
}

/** Ids of 15 characters become those of 18. */
function idsOf(value: unknown): string[] {
  const given: readonly unknown[] =
    value instanceof ApexList ? value.items : value instanceof ApexSet ? [...value] : [value];
  return given.flatMap((each) => (typeof each === 'string' ? [readId(each) ?? each] : []));
}
