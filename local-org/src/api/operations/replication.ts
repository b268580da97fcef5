import { replicated, replicationSpan } from '../../engine/replication.ts';
import type { ReplicationSpan } from '../../engine/replication.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { RestError } from '../restError.ts';
import { AS_USER, objectOf } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { unmetered } from './query.ts';
import { valueJson } from './rowJson.ts';

/** `GET /sobjects/Account/updated?start=…&end=…`. Source: REST API Developer Guide, sObject Get Updated. */
export function readUpdated(context: RestContext, request: RestRequest, object: string): RestResult {
  const span = spanOf(context, request, object);
  const ids = unmetered(context.tx, () => replicated(span, false, AS_USER)).map(({ id }) => id);
  return { status: 200, body: { ids, latestDateCovered: valueJson(span.end, '') } };
}

/**
 * `GET /sobjects/Account/deleted?start=…&end=…`. Source: REST API Developer Guide, sObject Get Deleted. No record ever leaves
 * this org physically: the earliest date is that of the start.
 */
export function readDeleted(context: RestContext, request: RestRequest, object: string): RestResult {
  const span = spanOf(context, request, object);
  const deletedRecords = unmetered(context.tx, () => replicated(span, true, AS_USER)).map((record) => ({
    id: record.id,
    deletedDate: valueJson(record.get('SystemModstamp'), ''),
  }));
  const [earliestDateAvailable, latestDateCovered] = [span.start, span.end].map((at) => valueJson(at, ''));
  return { status: 200, body: { deletedRecords, earliestDateAvailable, latestDateCovered } };
}

function spanOf(context: RestContext, request: RestRequest, name: string): ReplicationSpan {
  const object = objectOf(context, name);
  const [start, end] = ['start', 'end'].map((parameter) => momentOf(request, parameter)) as [
    ApexDatetime,
    ApexDatetime,
  ];
  return replicationSpan(object.name, start, end, (code, text) => {
    throw new RestError(400, code, text);
  });
}

function momentOf(request: RestRequest, parameter: string): ApexDatetime {
  const text = request.query[parameter];
  // unverified: the code and the texts of these two.
  if (text === undefined) throw new RestError(400, 'MISSING_ARGUMENT', `${parameter} parameter is required`);
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new RestError(400, 'INVALID_FIELD', `${parameter} is no date: ${text}`);
  return new ApexDatetime(ms);
}
