import type { DmlOptions, DmlOutcome } from '../engine/data.ts';
import { raise } from '../values/exception.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { deleteChunk } from './delete.ts';
import { lookupsTo } from './lookups.ts';
import { fault, raiseDml } from './faults.ts';
import type { SaveRow } from './save.ts';
import { saveChunk } from './saveChunk.ts';
import { checkUserMode } from './userMode.ts';

const MOST_MERGED = 2;

/**
 * Merges records into the one of the options: what hangs on them moves to it without firing triggers, they are deleted
 * with `MasterRecordId` set, and it is updated.
 */
export function mergeRecords(context: DmlContext, losers: readonly SObjectValue[], options: DmlOptions): DmlOutcome[] {
  const master = options.mergeInto;
  if (!master) throw new Error('a merge needs the record to merge into');
  if (losers.length > MOST_MERGED) {
    raise('System.ListException', `Merge operation allows at most ${MOST_MERGED} records to be merged`);
  }
  const mark = context.store.mark();
  const winner = rowOf(master, 0);
  const merged = losers.map(rowOf);
  for (const row of merged) {
    const same = row.object === winner.object && row.input.id !== master.id;
    // unverified: the status where records of two objects, or a record and itself, are merged.
    if (!same)
      row.faults.push(fault('INVALID_ID_FIELD', 'the records of a merge must be different ones of one object'));
  }
  if (options.access.mode === 'user') {
    checkUserMode(context, 'update', [winner], options);
    checkUserMode(context, 'delete', merged, options);
  }
  for (const row of [winner, ...merged]) context.mixed.check('update', row.input, null);
  const moved = merged.flatMap((row) => reparent(context, row, master.id));
  deleteChunk(context, merged, options);
  saveChunk(context, [winner], options);
  const failed = [winner, ...merged].filter((row) => row.faults.length > 0);
  if (failed.length > 0) {
    context.store.rollback(mark);
    if (options.allOrNone) {
      raiseDml(
        'merge',
        failed.map((row) => ({ index: row.index, id: row.input.id, faults: row.faults })),
      );
    }
  }
  const errors = failed.flatMap((row) => row.faults);
  const success = errors.length === 0;
  return merged.map(() => ({ id: master.id, success, created: false, errors, moved: success ? moved : [] }));
}

function rowOf(input: SObjectValue, index: number): SaveRow {
  return { input, index, object: input.object, created: false, before: null, record: null, faults: [] };
}

/** Returns the ids of what has hung on the record. */
function reparent(context: DmlContext, row: SaveRow, masterId: string | null): string[] {
  const moved: string[] = [];
  const { store } = context;
  for (const [child, lookup] of lookupsTo(context, row.object)) {
    const table = store.table(child);
    for (const entry of table.find(lookup.name, row.input.id)) {
      if (entry['IsDeleted'] === true) continue;
      store.replace(table, { ...entry, [lookup.name]: masterId });
      moved.push(entry['Id'] as string);
    }
  }
  const table = store.table(row.object);
  const before = table.byId(row.input.id ?? '');
  if (before) store.replace(table, { ...before, MasterRecordId: masterId });
  return moved;
}
