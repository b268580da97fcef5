import { current } from '../engine/current.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row, RowDraft } from '../store/row.ts';
import type { DmlContext } from './context.ts';
import { isPurged } from './emptyRecycleBin.ts';
import { restoreLookups } from './delete.ts';
import { lookupsTo } from './lookups.ts';
import { fault, insufficientAccess, invalidReference } from './faults.ts';
import { sumLines } from './lineItems.ts';
import { addOwnerShare } from './ownerShares.ts';
import { recordOf } from './records.ts';
import { updateRollups } from './rollups.ts';
import type { SaveOptions, SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';
import { runTriggers } from './triggers.ts';

/** Takes up to 200 rows of one object out of the recycle bin, with the details that were deleted along. */
export function undeleteChunk(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  for (const row of rows) {
    const { id } = row.input;
    const before = id === null ? null : context.store.table(row.object).byId(id);
    if (id === null) row.faults.push(fault('MISSING_ARGUMENT', 'Id not specified in an undelete call'));
    else if (before === null) row.faults.push(invalidReference);
    else if (before['IsDeleted'] !== true || isPurged(before)) {
      row.faults.push(fault('UNDELETE_FAILED', 'Entity is not in the recycle bin'));
    } else {
      const mayDelete = context.access.deletable(row.object, options.access);
      if (mayDelete && !mayDelete(before)) {
        row.faults.push(insufficientAccess);
        continue;
      }
      const restored = restore(context, row.object, before);
      row.record = recordOf(context.store, row.object, restored);
    }
  }
  sumLines(
    context.store,
    rows.filter((row) => row.faults.length === 0),
  );
  runTriggers(context, 'after undelete', rows);
  updateRollups(
    context,
    rows.filter((row) => row.faults.length === 0),
    options,
  );
}

function restore(context: DmlContext, object: ObjectDescriptor, before: Row): Row {
  const restored: RowDraft = { ...before, IsDeleted: false };
  // Deleting a quote ended its syncing. Source: Salesforce Help, How Quote Syncing Works.
  if (object.name === 'Quote') restored['IsSyncing'] = false;
  stamp(object, restored, false);
  context.store.replace(context.store.table(object), restored);
  addOwnerShare(context, object, restored);
  restoreLookups(context, before);
  current.tx.uncommitted = 'dml';
  for (const [child, lookup] of lookupsTo(context, object)) {
    if (lookup.deleteConstraint !== 'Cascade') continue;
    const table = context.store.table(child);
    for (const entry of table.find(lookup.name, before['Id'])) {
      if (entry['IsDeleted'] === true && !isPurged(entry)) restore(context, child, entry);
    }
  }
  return restored;
}
