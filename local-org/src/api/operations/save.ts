import type { DmlFault, DmlOperation, DmlOptions, DmlOutcome } from '../../engine/data.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { ApexException } from '../../values/exception.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { RestError } from '../restError.ts';
import type { RestFault } from '../restError.ts';
import { AS_USER, saveOptions } from './context.ts';
import type { RestContext, RestRequest } from './context.ts';
import { readRow } from './readRow.ts';

/** One record of a request, or why it can't be read. */
export type Candidate = { readonly row: SObjectValue } | { readonly fault: DmlFault };

/** What the whole save of a request comes to; `rolledBack` where all of it must be undone. */
export interface SaveResult {
  readonly outcomes: readonly DmlOutcome[];
  readonly rolledBack: boolean;
}

const ROLLED_BACK: DmlFault = {
  status: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

/** Reads a record of a body, with its foreign keys looked up. */
export function candidate(
  context: RestContext,
  object: ObjectDescriptor,
  json: Readonly<Record<string, unknown>>,
): Candidate {
  const { engine, tx } = context;
  try {
    const { row, foreignKeys } = readRow(object, json, (name) => engine.records.schema.object(name));
    for (const { lookup, object: target, field, value } of foreignKeys) {
      const id = findByKey(context, target, field, value);
      if (id === null) {
        const message = `Foreign key external ID: ${String(value)} not found for field ${field.name} in entity ${target}`;
        return { fault: { status: 'INVALID_FIELD', message, fields: [] } };
      }
      row.fields[lookup.name] = id;
    }
    tx.used.queries = 0;
    return { row };
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    const [fault] = error.faults;
    return {
      fault: { status: fault?.errorCode ?? '', message: fault?.message ?? '', fields: [...(fault?.fields ?? [])] },
    };
  }
}

/** The id of the one record with this value of an external id; null for none. @throws RestError 300 for several. */
export function findByKey({ tx }: RestContext, object: string, field: FieldDescriptor, value: unknown): string | null {
  const prepared = tx.data.prepare(`SELECT Id FROM ${object} WHERE ${field.name} = :$0 LIMIT 2`);
  if (!('binds' in prepared)) throw new RestError(400, 'MALFORMED_QUERY', prepared.message);
  const rows = tx.data.query(prepared, [value], AS_USER);
  if (rows.length > 1) {
    throw new RestError(300, 'MULTIPLE_CHOICES', `More than one ${object} has the ${field.name} ${String(value)}`);
  }
  return rows[0]?.id ?? null;
}

/**
 * Saves candidates in their order, each run of one object as one statement. With `allOrNone` one fault undoes all: the
 * caller then rolls the transaction back.
 */
export function save(
  context: RestContext,
  request: RestRequest,
  operation: DmlOperation,
  given: readonly Candidate[],
  options: { readonly allOrNone: boolean; readonly externalId?: string | null },
): SaveResult {
  const candidates = firstOfEach(
    given.map((one) => ('row' in one ? writeable(one, operation) : one)),
    operation,
  );
  const unread = candidates.some((one) => 'fault' in one);
  if (unread && options.allOrNone) {
    return { outcomes: candidates.map((one) => failed('fault' in one ? one.fault : ROLLED_BACK)), rolledBack: true };
  }
  const outcomes: DmlOutcome[] = candidates.map((one) => failed('fault' in one ? one.fault : ROLLED_BACK));
  const dml: DmlOptions = { ...saveOptions(request), access: AS_USER, ...options };
  for (const run of runsOf(candidates)) {
    try {
      const saved = statement(
        context,
        operation,
        run.map(({ row }) => row),
        dml,
      );
      run.forEach(({ index }, at) => (outcomes[index] = saved[at] ?? failed(ROLLED_BACK)));
    } catch (error) {
      const rows = error instanceof ApexException && error.qualifiedName === 'System.DmlException' ? error.dml : [];
      if (!options.allOrNone || rows.length === 0) throw error;
      const results = candidates.map(() => failed(ROLLED_BACK));
      for (const { index, status, message, fields } of rows) {
        const at = run[index]?.index;
        if (at !== undefined) results[at] = failed({ status, message, fields });
      }
      return { outcomes: results, rolledBack: true };
    }
  }
  return { outcomes, rolledBack: false };
}

/** Apex refuses a list that names a record twice; of the API's the text is Apex's and the status unverified. */
function firstOfEach(candidates: readonly Candidate[], operation: DmlOperation): Candidate[] {
  const seen = new Set<string>();
  return candidates.map((one) => {
    const id = 'row' in one && operation !== 'insert' ? one.row.id : null;
    if (id === null) return one;
    if (seen.has(id))
      return { fault: { status: 'DUPLICATE_VALUE', message: `Duplicate id in list: ${id}`, fields: [] } };
    seen.add(id);
    return one;
  });
}

const WRITES: Readonly<Record<string, readonly ('createable' | 'updateable')[]>> = {
  insert: ['createable'],
  update: ['updateable'],
  upsert: ['createable', 'updateable'],
};

/** What such an operation does to a record, and what an object must allow for it. */
const DONE = {
  createable: 'inserted',
  updateable: 'updated',
  deletable: 'deleted',
} as const;

/**
 * Of a field that nobody may write the API says what it says of one that the user may not. Source: Object Reference, Field
 * Properties, Create and Update; API error INVALID_FIELD_FOR_INSERT_UPDATE.
 */
function writeable(candidate: Extract<Candidate, { row: SObjectValue }>, operation: DmlOperation): Candidate {
  const { row } = candidate;
  const kinds = WRITES[operation];
  const refused = (kinds ?? (['deletable'] as const)).find((kind) => !row.object[kind]);
  if (refused) {
    const message = `entity type cannot be ${DONE[refused]}: ${row.object.label}`;
    return { fault: { status: 'INVALID_TYPE_FOR_OPERATION', message, fields: [] } };
  }
  if (!kinds) return candidate;
  const denied = row.populated().filter((name) => {
    const field = row.object.fields.get(name.toLowerCase());
    return field !== undefined && field.type !== 'id' && !kinds.some((kind) => field[kind]);
  });
  if (denied.length === 0) return candidate;
  const message =
    `Unable to create/update fields: ${denied.join(', ')}. Please check the security settings of this field and verify ` +
    'that it is read/write for your profile or permission set.';
  return { fault: { status: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: denied } };
}

/** One statement of the API: it is no Apex, so that triggers find their limits unused. */
function statement(
  { tx }: RestContext,
  operation: DmlOperation,
  rows: readonly SObjectValue[],
  options: DmlOptions,
): DmlOutcome[] {
  tx.used.dmlStatements = -1;
  tx.used.dmlRows = -rows.length;
  return tx.data.dml(operation, rows, options);
}

interface Placed {
  readonly index: number;
  readonly row: SObjectValue;
}

function runsOf(candidates: readonly Candidate[]): Placed[][] {
  const runs: Placed[][] = [];
  candidates.forEach((one, index) => {
    if (!('row' in one)) return;
    const last = runs.at(-1);
    if (last && last[0]?.row.object === one.row.object) last.push({ index, row: one.row });
    else runs.push([{ index, row: one.row }]);
  });
  return runs;
}

/** What comes of a record that was refused. */
export function failed(fault: DmlFault): DmlOutcome {
  return { id: null, success: false, created: false, errors: [fault] };
}

const STATUS_OF: Readonly<Record<string, number>> = {
  ENTITY_IS_DELETED: 404,
  NOT_FOUND: 404,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 400,
};

/** The faults of the only record of a request as an error answer. */
export function saveError(outcome: DmlOutcome): RestError {
  const [first] = outcome.errors;
  const faults: RestFault[] = outcome.errors.map(({ status, message, fields }) => ({
    message,
    errorCode: status,
    fields,
  }));
  return RestError.of(STATUS_OF[first?.status ?? ''] ?? 400, faults);
}

/** One record's result in the answer of a collection. */
export function outcomeJson(outcome: DmlOutcome, withCreated = false): Record<string, unknown> {
  const errors = outcome.errors.map(({ status, message, fields }) => ({ statusCode: status, message, fields }));
  const json: Record<string, unknown> = outcome.success
    ? { id: outcome.id, success: true, errors: [] }
    : { success: false, errors };
  if (withCreated && outcome.success) json['created'] = outcome.created;
  return json;
}
