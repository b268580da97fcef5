import { current } from '../engine/current.ts';
import type { Access } from '../engine/data.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { lockFault } from './approvalLocks.ts';
import { purge } from './emptyRecycleBin.ts';
import { entityDeleted, fault, insufficientAccess, invalidReference, lockedRow } from './faults.ts';
import { sumLines } from './lineItems.ts';
import { lookupsTo } from './lookups.ts';
import { isOfThePlatform } from './ownerShares.ts';
import { deleteTwins, twinsOf } from './quoteSync.ts';
import { updateRollups } from './rollups.ts';
import type { SaveOptions, SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';
import { runTriggers } from './triggers.ts';

/** Deletes up to 200 rows of one object, with what hangs on them. Faults go into the rows. */
export function deleteChunk(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  for (const row of good(rows)) loadForDelete(context, row, options.access);
  runTriggers(context, 'before delete', rows);
  const twins = twinsOf(context, good(rows));
  for (const row of good(rows)) removeOne(context, row.object, row.before as Row, row);
  sumLines(context.store, good(rows));
  runTriggers(context, 'after delete', rows);
  deleteTwins(context, twins, options);
  updateRollups(context, good(rows), options);
}

function good(rows: readonly SaveRow[]): SaveRow[] {
  return rows.filter((row) => row.faults.length === 0);
}

function loadForDelete(context: DmlContext, row: SaveRow, access: Access): void {
  const { id } = row.input;
  const before = id === null ? null : context.store.table(row.object).byId(id);
  if (id === null) row.faults.push(fault('MISSING_ARGUMENT', 'Id not specified in a delete call'));
  else if (before === null) row.faults.push(invalidReference);
  else if (before['IsDeleted'] === true) row.faults.push(entityDeleted);
  else {
    row.before = before;
    if (row.object.shareOf && isOfThePlatform(before)) {
      row.faults.push(insufficientAccess);
      return;
    }
    const mayDelete = context.access.deletable(row.object, access);
    if (context.store.locks.holder(id, current.tx.lockOwner)) row.faults.push(lockedRow(id));
    else if (mayDelete && !mayDelete(before)) row.faults.push(insufficientAccess);
    else {
      const problem = lockFault(context, row.object, id);
      if (problem) row.faults.push(problem);
    }
  }
}

/**
 * Lookups of standard objects that keep what they point to. Source: Salesforce Help, Considerations for Deleting Accounts: an
 * account with associated cases can't be deleted. That a contact can't either rests on jasonsiders/apex-starter-pack alone.
 */
const KEEPS: Readonly<Record<string, readonly string[]>> = { Case: ['AccountId', 'ContactId'] };

/**
 * What is deleted along fires no triggers. Source: Apex Developer Guide, "Operations That Don't Invoke Triggers": only
 * records that initiate a delete do. Records in the recycle bin that need this one leave it for good, whether this one
 * comes back or not. Source: Salesforce Help, "Object Relationships Overview"; octoberswimmer/aer-dist, issue 409.
 */
function removeOne(context: DmlContext, object: ObjectDescriptor, before: Row, top: SaveRow): void {
  const { store } = context;
  const id = before['Id'] as string;
  const blanked: BlankedLookup[] = [];
  for (const [child, lookup] of lookupsTo(context, object)) {
    const table = store.table(child);
    for (const entry of table.find(lookup.name, id)) {
      if (entry['IsDeleted'] === true) {
        if (lookup.deleteConstraint === 'Restrict') purge(context, child, entry['Id'] as string);
        continue;
      }
      if (
        lookup.deleteConstraint === 'Restrict' ||
        KEEPS[child.name]?.includes(lookup.name) ||
        keepsByStatus(child, lookup, entry)
      ) {
        const message = `Your attempt to delete ${String(before['Name'] ?? id)} could not be completed because it is associated with the following ${child.plural.toLowerCase()}.: ${String(entry[child.nameField ?? 'Id'] ?? entry['Id'])}\n`;
        top.faults.push(fault('DELETE_FAILED', message));
        return;
      }
      if (lookup.deleteConstraint === 'Cascade') removeChild(context, child, entry, top);
      else {
        store.replace(table, { ...entry, [lookup.name]: null });
        if (lookup.custom) blanked.push({ child, lookup, id: entry['Id'] as string });
      }
      if (top.faults.length > 0) return;
    }
  }
  const table = store.table(object);
  current.tx.uncommitted = 'dml';
  if (!object.fields.has('isdeleted') || object.shareOf || object.customSetting) {
    store.remove(table, id);
    return;
  }
  const deleted = { ...before, IsDeleted: true };
  stamp(object, deleted, false);
  store.replace(table, deleted);
  if (blanked.length > 0) blankedBy.set(deleted, blanked);
}

/**
 * Activated contracts keep their account too (Salesforce Help, "Deleting Accounts"); unverified: that the message is that of
 * other lookups.
 */
function keepsByStatus(child: ObjectDescriptor, lookup: FieldDescriptor, entry: Row): boolean {
  return child.name === 'Contract' && lookup.name === 'AccountId' && entry['Status'] === 'Activated';
}

/** A custom lookup that a deletion has blanked. */
interface BlankedLookup {
  readonly child: ObjectDescriptor;
  readonly lookup: FieldDescriptor;
  readonly id: string;
}

/** By the row in the recycle bin, which the undo log shares; not kept in snapshots. */
const blankedBy = new WeakMap<Row, readonly BlankedLookup[]>();

/**
 * Custom lookups point again to a record that comes out of the recycle bin, unless they have been given another one.
 * Source: Apex Developer Guide, "Restoring Deleted Records".
 */
export function restoreLookups({ store }: DmlContext, deleted: Row): void {
  for (const { child, lookup, id } of blankedBy.get(deleted) ?? []) {
    const table = store.table(child);
    const entry = table.byId(id);
    if (entry?.[lookup.name] === null) store.replace(table, { ...entry, [lookup.name]: deleted['Id'] });
  }
}

function removeChild(context: DmlContext, child: ObjectDescriptor, entry: Row, top: SaveRow): void {
  const input = new SObjectValue(child, { Id: entry['Id'] });
  const row: SaveRow = { input, index: 0, object: child, created: false, before: entry, record: null, faults: [] };
  removeOne(context, child, entry, row);
  top.faults.push(...row.faults);
}
