import { current } from '../engine/current.ts';
import type { Access, DmlFault, DmlOutcome } from '../engine/data.ts';
import { charge } from '../engine/limits.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import { raise } from '../values/exception.ts';
import type { Row } from '../store/row.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { lookupsTo } from './lookups.ts';
import { fault, insufficientAccess } from './faults.ts';

/** Source: Apex Reference, Database.emptyRecycleBin: records of one call. */
const MOST_RECORDS = 200;

/** Set in rows that left the recycle bin; no field of any object has such a name. */
const PURGED = '$purged';

/** True where a deleted row cannot be brought back. */
export function isPurged(row: Row): boolean {
  return row[PURGED] === true;
}

/**
 * `Database.emptyRecycleBin`: takes deleted records, and those deleted along with them, out of the recycle bin for good.
 * No triggers run. SELECT … ALL ROWS finds them still (SOAP API Developer Guide, emptyRecycleBin: for about 24 hours).
 */
export function emptyRecycleBin(context: DmlContext, records: readonly SObjectValue[], access: Access): DmlOutcome[] {
  charge('dmlStatements');
  charge('dmlRows', records.length);
  if (records.length > MOST_RECORDS) {
    raise('System.LimitException', `Database.emptyRecycleBin takes ${MOST_RECORDS} records at most`);
  }
  return records.map(({ id, object }) => {
    const problem = faultOf(context, object, id, access);
    if (!problem && id !== null) purge(context, object, id);
    return { id, success: !problem, created: false, errors: problem ? [problem] : [] };
  });
}

function faultOf(context: DmlContext, object: ObjectDescriptor, id: string | null, access: Access): DmlFault | null {
  const row = id === null ? null : context.store.table(object).byId(id);
  // unverified: code and text
  if (!row || row['IsDeleted'] !== true || isPurged(row))
    return fault('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  const mayDelete = context.access.deletable(object, access);
  return mayDelete && !mayDelete(row) ? insufficientAccess : null;
}

/** Takes a deleted record, and what was deleted along with it, out of the recycle bin for good. */
export function purge(context: DmlContext, object: ObjectDescriptor, id: string): void {
  const { store } = context;
  current.tx.uncommitted = 'dml';
  for (const [child, lookup] of lookupsTo(context, object)) {
    if (lookup.deleteConstraint !== 'Cascade') continue;
    for (const row of store.table(child).find(lookup.name, id)) {
      if (row['IsDeleted'] === true) purge(context, child, row['Id'] as string);
    }
  }
  const table = store.table(object);
  const row = table.byId(id);
  if (row) store.replace(table, { ...row, [PURGED]: true });
}
