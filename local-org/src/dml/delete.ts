import { current } from '../engine/current.ts';
import type { Access } from '../engine/data.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { lockFault } from './approvalLocks.ts';
import { entityDeleted, fault, insufficientAccess, invalidReference, lockedRow } from './faults.ts';
import { isOfThePlatform } from './ownerShares.ts';
import { updateRollups } from './rollups.ts';
import type { SaveOptions, SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';
import { runTriggers } from './triggers.ts';

/** Deletes up to 200 rows of one object, with what hangs on them. Faults go into the rows. */
export function deleteChunk(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  for (const row of good(rows)) loadForDelete(context, row, options.access);
  runTriggers(context, 'before delete', rows);
  for (const row of good(rows)) removeOne(context, row.object, row.before as Row, row);
  runTriggers(context, 'after delete', rows);
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

/** Children that are deleted along fire no triggers unless they are details of custom relationships. */
function removeOne(context: DmlContext, object: ObjectDescriptor, before: Row, top: SaveRow): void {
  const { store } = context;
  const id = before['Id'] as string;
  for (const [child, lookup] of lookupsTo(context, object)) {
    const table = store.table(child);
    for (const entry of table.find(lookup.name, id)) {
      if (entry['IsDeleted'] === true) continue;
      if (lookup.deleteConstraint === 'Restrict') {
        const message = `Your attempt to delete ${String(before['Name'] ?? id)} could not be completed because it is associated with the following ${child.plural.toLowerCase()}.: ${String(entry['Name'] ?? entry['Id'])}\n`;
        top.faults.push(fault('DELETE_FAILED', message));
        return;
      }
      if (lookup.deleteConstraint === 'Cascade') removeChild(context, child, entry, top);
      else store.replace(table, { ...entry, [lookup.name]: null });
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
}

function removeChild(context: DmlContext, child: ObjectDescriptor, entry: Row, top: SaveRow): void {
  const input = new SObjectValue(child, { Id: entry['Id'] });
  const row: SaveRow = { input, index: 0, object: child, created: false, before: entry, record: null, faults: [] };
  runTriggers(context, 'before delete', [row]);
  if (row.faults.length === 0) removeOne(context, child, entry, row);
  runTriggers(context, 'after delete', [row]);
  top.faults.push(...row.faults);
}

const lookups = new WeakMap<ObjectDescriptor, [ObjectDescriptor, FieldDescriptor][]>();

/** Lookups of other objects whose records hang on this one; owners and audit fields do not. */
export function lookupsTo(context: DmlContext, object: ObjectDescriptor): [ObjectDescriptor, FieldDescriptor][] {
  let found = lookups.get(object);
  if (!found) {
    found = [];
    for (const child of context.schema.objects()) {
      if (child.event) continue;
      for (const field of child.fields.values()) {
        const isAudit = /^(CreatedById|LastModifiedById|OwnerId|SetupOwnerId)$/.test(field.name);
        if (field.type === 'reference' && !isAudit && field.referenceTo.includes(object.name))
          found.push([child, field]);
      }
    }
    lookups.set(object, found);
  }
  return found;
}
