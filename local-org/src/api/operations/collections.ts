import { z } from 'zod';
import type { DmlOutcome } from '../../engine/data.ts';
import { readId } from '../../values/id.ts';
import { RestError } from '../restError.ts';
import { parsed } from './body.ts';
import { AS_USER, baseUrl, objectOf } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { prepare } from './query.ts';
import { keyField } from './row.ts';
import { rowJson } from './rowJson.ts';
import { candidate, outcomeJson, save } from './save.ts';
import type { Candidate } from './save.ts';
import { RollBack } from './rollBack.ts';

/** Source: REST API Developer Guide, sObject Collections. */
const MOST_RECORDS = 200;
const MOST_IDS_TO_READ = 2000;

const record = z.looseObject({ attributes: z.looseObject({ type: z.string() }) });
const recordsBody = z.object({ allOrNone: z.boolean().default(false), records: z.array(record) });
const readBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()).min(1) });

/** `POST /composite/sobjects`: up to 200 records. */
export function createRows(context: RestContext, request: RestRequest): RestResult {
  const body = parsed(recordsBody, request.body);
  atMost(body.records.length);
  const candidates = body.records.map((json) => candidate(context, objectOf(context, json.attributes.type), json));
  return saved(context, request, 'insert', candidates, body.allOrNone);
}

/** `PATCH /composite/sobjects` */
export function updateRows(context: RestContext, request: RestRequest): RestResult {
  const body = parsed(recordsBody, request.body);
  atMost(body.records.length);
  const candidates = body.records.map((json): Candidate => {
    const one = candidate(context, objectOf(context, json.attributes.type), json);
    if ('row' in one && one.row.id === null) {
      return { fault: { status: 'MISSING_ARGUMENT', message: 'Id not specified in an update call', fields: [] } };
    }
    return one;
  });
  return saved(context, request, 'update', candidates, body.allOrNone);
}

/** `PATCH /composite/sobjects/Account/Code__c` */
export function upsertRows(
  context: RestContext,
  request: RestRequest,
  objectName: string,
  fieldName: string,
): RestResult {
  const object = objectOf(context, objectName);
  const field = keyField(object, fieldName);
  const body = parsed(recordsBody, request.body);
  atMost(body.records.length);
  const candidates = body.records.map((json) => candidate(context, object, json));
  return saved(context, request, 'upsert', candidates, body.allOrNone, field.name);
}

/** `DELETE /composite/sobjects?ids=…&allOrNone=` */
export function deleteRows(context: RestContext, request: RestRequest): RestResult {
  const ids = (request.query['ids'] ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new RestError(400, 'MISSING_ARGUMENT', 'The ids parameter is required');
  atMost(ids.length);
  const candidates = ids.map((text): Candidate => {
    const id = readId(text);
    const object = id === null ? null : context.engine.records.schema.byKeyPrefix(id.slice(0, 3));
    if (!object) return { fault: { status: 'MALFORMED_ID', message: `malformed id ${text}`, fields: [] } };
    return candidate(context, object, { Id: id });
  });
  return saved(context, request, 'delete', candidates, request.query['allOrNone'] === 'true');
}

/** `POST` (or `GET`) `/composite/sobjects/Lead` with ids and fields: null where there is no such record. */
export function readRows(context: RestContext, request: RestRequest, objectName: string): RestResult {
  const object = objectOf(context, objectName);
  const given =
    request.method === 'GET'
      ? { ids: (request.query['ids'] ?? '').split(','), fields: (request.query['fields'] ?? '').split(',') }
      : request.body;
  const { ids, fields } = parsed(readBody, given);
  if (ids.length > MOST_IDS_TO_READ) throw tooMany(ids.length, MOST_IDS_TO_READ);
  const names = fields.map((name) => name.trim());
  const wanted = ids.map((id) => readId(id.trim()));
  const prepared = prepare(context, `SELECT ${names.join(', ')} FROM ${object.name} WHERE Id IN :$0`);
  const list = context.tx.data.listOf('SObject', []);
  list.items = wanted.filter((id) => id !== null);
  const rows = context.tx.data.query(prepared, [list], AS_USER);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const body = wanted.map((id) => {
    const row = byId.get(id);
    return row ? rowJson(row, baseUrl(request), prepared.selection) : null;
  });
  return { status: 200, body };
}

function saved(
  context: RestContext,
  request: RestRequest,
  operation: 'insert' | 'update' | 'upsert' | 'delete',
  candidates: readonly Candidate[],
  allOrNone: boolean,
  externalId: string | null = null,
): RestResult {
  const { outcomes, rolledBack } = save(context, request, operation, candidates, { allOrNone, externalId });
  const body = outcomes.map((outcome: DmlOutcome) => outcomeJson(outcome, operation === 'upsert'));
  if (rolledBack) throw new RollBack({ status: 200, body });
  return { status: 200, body };
}

function atMost(count: number): void {
  if (count > MOST_RECORDS) throw tooMany(count, MOST_RECORDS);
}

function tooMany(count: number, most: number): RestError {
  return new RestError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${most} records into this call: ${count}`,
  );
}
