import { current } from '../engine/current.ts';
import type { DmlFault, DmlOperation, DmlOptions, DmlOutcome } from '../engine/data.ts';
import { charge } from '../engine/limits.ts';
import { nullReference, raise, unsupported } from '../values/exception.ts';
import type { SObjectValue } from '../values/sobject.ts';
import { attempt } from './attempts.ts';
import type { DmlContext } from './context.ts';
import { deleteChunk } from './delete.ts';
import { HISTORY_PREFIX } from '../schema/historyObjects.ts';
import { fault, raiseDml } from './faults.ts';
import { mergeRecords } from './merge.ts';
import type { SaveRow } from './save.ts';
import { saveChunk } from './saveChunk.ts';
import { undeleteChunk } from './undelete.ts';
import { resolveUpsert } from './upsert.ts';
import { checkUserMode } from './userMode.ts';

const CHUNK = 200;

/**
 * Runs one DML statement in chunks of 200 rows of one object.
 *
 * @throws System.DmlException with `allOrNone` where a row fails; what the statement wrote has been taken back.
 */
export function runDml(
  context: DmlContext,
  operation: DmlOperation,
  records: readonly SObjectValue[],
  options: DmlOptions,
): DmlOutcome[] {
  if (records.length === 0) return [];
  for (const record of records) if (record === null) nullReference();
  checkList(operation, records);
  if (operation === 'insert' && records.some((record) => record.object.event)) return publish(records, options);
  charge('dmlStatements');
  charge('dmlRows', operation === 'merge' ? records.length + 1 : records.length);
  for (const record of records) checkOperation(operation, record);
  if (operation === 'merge') return mergeRecords(context, records, options);
  const mark = context.store.mark();
  const rows = rowsOf(context, operation, records, options);
  for (const row of rows) {
    context.mixed.check(
      row.created ? 'insert' : operation === 'upsert' ? 'update' : operation,
      row.input,
      storedOf(context, row),
    );
  }
  const denied = options.access.mode === 'user' ? checkUserMode(context, operation, rows, options) : null;
  const chunks = denied !== null && options.allOrNone ? [] : chunksOf(rows);
  let good: boolean;
  try {
    good = runChunks(context, operation, chunks, options);
  } catch (error) {
    context.store.rollback(mark);
    throw error;
  }
  if (!good && options.allOrNone) {
    context.store.rollback(mark);
    raiseDml(
      operation,
      rows.map(({ index, input, faults }) => ({ index, id: input.id, object: input.object.name, faults })),
      denied,
    );
  }
  return rows.map(outcomeOf);
}

/** Runs a statement's chunks; false where a row failed. */
function runChunks(
  context: DmlContext,
  operation: DmlOperation,
  chunks: readonly SaveRow[][],
  options: DmlOptions,
): boolean {
  let good = chunks.length > 0;
  for (const chunk of chunks) {
    if (!attempt(context, chunk, formOf(context, operation, chunk, options), stepOf(context, operation, options))) {
      good = false;
      if (options.allOrNone) break;
    }
  }
  return good;
}

/** Faults of the list itself, which stop the statement before anything is done. */
function checkList(operation: DmlOperation, records: readonly SObjectValue[]): void {
  if (records.some((record) => record.inTrigger)) {
    raise('System.SObjectException', 'DML statement cannot operate on trigger.new or trigger.old');
  }
  checkChunks(records);
  if (operation === 'insert' || operation === 'upsert') {
    if (new Set(records).size < records.length) {
      raise('System.ListException', 'Before Insert or Upsert list must not have two identically equal elements');
    }
  }
  if (operation === 'insert') return;
  const seen = new Set<string>();
  for (const { id } of records) {
    if (id === null) continue;
    if (seen.has(id)) raise('System.ListException', `Duplicate id in list: ${id}`);
    seen.add(id);
  }
}

const MOST_OBJECT_CHUNKS = 10;

/** A list may go from one object to another nine times. Source: Apex Developer Guide, "Creating Records of Multiple Types". */
function checkChunks(records: readonly SObjectValue[]): void {
  let chunks = 0;
  let last: unknown = null;
  for (const { object } of records) {
    if (object !== last) chunks++;
    last = object;
  }
  if (chunks <= MOST_OBJECT_CHUNKS) return;
  const message =
    'Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.';
  raise('System.TypeException', message);
}

const ALLOWED: Readonly<
  Record<DmlOperation, readonly ('createable' | 'updateable' | 'deletable' | 'undeletable' | 'mergeable')[]>
> = {
  insert: ['createable'],
  update: ['updateable'],
  upsert: ['createable', 'updateable'],
  delete: ['deletable'],
  undelete: ['undeletable'],
  merge: ['mergeable'],
};

function checkOperation(operation: DmlOperation, { object }: SObjectValue): void {
  // Object Reference, CurrencyType: the API creates and updates it, DML of Apex does not.
  const isForApiOnly = object.name === 'CurrencyType' && !['api', 'bulk'].includes(current.tx.kind);
  // Only tests make rows of field history.
  const isHistory = object.keyPrefix === HISTORY_PREFIX;
  if (object.rowsNotBuilt) unsupported(`rows of ${object.name}`);
  const isData =
    !object.bigObject && object.name !== 'AggregateResult' && !isForApiOnly && (!isHistory || current.tx.test);
  if (isData && ALLOWED[operation].every((name) => object[name])) return;
  const verb = operation.charAt(0).toUpperCase() + operation.slice(1);
  raise('System.TypeException', `DML operation ${verb.toUpperCase()} not allowed on ${object.name}`);
}

function rowsOf(
  context: DmlContext,
  operation: DmlOperation,
  records: readonly SObjectValue[],
  options: DmlOptions,
): SaveRow[] {
  if (operation === 'upsert') return resolveUpsert(context, records, options.externalId ?? null);
  return records.map((input, index) => {
    const row: SaveRow = {
      input,
      index,
      object: input.object,
      created: operation === 'insert',
      before: null,
      record: null,
      faults: [],
    };
    if (row.created && input.id !== null) {
      const message = 'cannot specify Id in an insert call';
      row.faults.push(fault('INVALID_FIELD_FOR_INSERT_UPDATE', message, ['Id']));
    }
    return row;
  });
}

function storedOf(context: DmlContext, row: SaveRow) {
  const { id } = row.input;
  return row.created || id === null ? null : context.store.table(row.object).byId(id);
}

/** Neighbours of the same object, at most 200. */
function chunksOf(rows: readonly SaveRow[]): SaveRow[][] {
  const chunks: SaveRow[][] = [];
  for (const row of rows) {
    const last = chunks.at(-1);
    if (last && last.length < CHUNK && last[0]?.object === row.object) last.push(row);
    else chunks.push([row]);
  }
  return chunks;
}

type Step = (rows: readonly SaveRow[]) => void;

function stepOf(context: DmlContext, operation: DmlOperation, options: DmlOptions): Step {
  if (operation === 'delete') return (rows) => deleteChunk(context, rows, options);
  if (operation === 'undelete') return (rows) => undeleteChunk(context, rows, options);
  return (rows) => {
    // An upsert's new and old rows are saved apart, as an insert and an update are.
    saveChunk(
      context,
      rows.filter((row) => row.created),
      options,
    );
    saveChunk(
      context,
      rows.filter((row) => !row.created),
      options,
    );
  };
}

function formOf(context: DmlContext, operation: DmlOperation, chunk: readonly SaveRow[], options: DmlOptions) {
  const name = chunk[0]?.object.name ?? '';
  const kinds = operation === 'upsert' ? ['insert', 'update'] : [operation];
  const triggered = kinds.some((kind) =>
    ['before', 'after'].some((when) => context.triggers.has(name, `${when} ${kind}`)),
  );
  return { allOrNone: options.allOrNone, triggered };
}

function outcomeOf(row: SaveRow): DmlOutcome {
  const success = row.faults.length === 0;
  if (success && row.created) row.input.fields['Id'] = row.record?.id ?? null;
  // Apex Reference, Database.SaveResult.getId: where it is empty, the operation was not successful for the record.
  // That an insert that failed counts as one rests on tomcarman/sf-nebula-dml-ops alone (UpsertResult.isCreated).
  return { id: success ? row.input.id : null, success, created: row.created, errors: row.faults };
}

/** Event messages are published, not stored; what they use up is counted there. */
function publish(records: readonly SObjectValue[], options: DmlOptions): DmlOutcome[] {
  if (records.some((record) => !record.object.event)) unsupported('events and other records in one insert');
  const outcomes = current.tx.services.publish(records, null);
  const failed = outcomes.flatMap(({ error }, index) =>
    error ? [{ index, id: null, faults: [error] as DmlFault[] }] : [],
  );
  if (failed.length > 0 && options.allOrNone) raiseDml('insert', failed);
  return outcomes.map(({ error }) => ({
    id: null,
    success: error === null,
    created: error === null,
    errors: error === null ? [] : [error],
  }));
}
