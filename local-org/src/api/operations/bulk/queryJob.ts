import { z } from 'zod';
import type { Engine } from '../../../engine/engine.ts';
import type { RunningUser } from '../../../engine/transaction.ts';
import type { ObjectDescriptor } from '../../../schema/descriptor.ts';
import { ApexException } from '../../../values/exception.ts';
import { SObjectValue } from '../../../values/sobject.ts';
import { RestError } from '../../restError.ts';
import { parsed } from '../body.ts';
import { AS_USER } from '../context.ts';
import type { RestContext, RestRequest, RestResult } from '../context.ts';
import { prepare, unmetered } from '../query.ts';
import { valueJson } from '../rowJson.ts';
import { jobOf, timeText } from './bulkJobs.ts';
import { csvText, DELIMITERS, LINE_ENDINGS } from './csvText.ts';
import type { CsvForm } from './csvText.ts';

/** A job that runs a query and keeps its rows as CSV. */
export interface QueryJob extends CsvForm {
  readonly id: string;
  readonly user: RunningUser;
  readonly operation: 'query' | 'queryAll';
  readonly query: string;
  readonly object: string;
  readonly apiVersion: string;
  readonly createdAt: number;
  modifiedAt: number;
  state: 'UploadComplete' | 'InProgress' | 'Aborted' | 'JobComplete' | 'Failed';
  errorMessage: string | null;
  /** Paths of the columns: `Account.Name`. */
  readonly columns: readonly (readonly string[])[];
  rows: readonly (readonly string[])[];
  processingTime: number;
}

const newQueryJob = z.strictObject({
  operation: z.enum(['query', 'queryAll']),
  query: z.string().min(1),
  contentType: z.literal('CSV').optional(),
  columnDelimiter: z.enum(Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[]).default('COMMA'),
  lineEnding: z.enum(Object.keys(LINE_ENDINGS) as (keyof typeof LINE_ENDINGS)[]).default('LF'),
});
const newState = z.strictObject({ state: z.literal('Aborted') });
/** Where a client asks for no other number. */
const PAGE = 50_000;

/** `POST /jobs/query` */
export function createQueryJob(context: RestContext, request: RestRequest): RestResult {
  const given = parsed(newQueryJob, request.body);
  const { engine, bulk } = context;
  const prepared = prepare(context, given.query);
  if (prepared.binds.length > 0) throw new RestError(400, 'MALFORMED_QUERY', "unexpected token: ':'");
  const list = /^\s*SELECT\s+(.*?)\s+FROM\s/is.exec(given.query)?.[1] ?? '';
  if (prepared.result !== 'rows' || list.includes('(') || /\bTYPEOF\b/i.test(list)) throw refused();
  const object = engine.records.schema.object(prepared.object);
  if (!object) throw refused();
  const now = engine.clock.now();
  const job: QueryJob = {
    ...given,
    id: bulk.nextId(),
    user: request.user,
    object: object.name,
    apiVersion: request.version,
    createdAt: now,
    modifiedAt: now,
    state: 'UploadComplete',
    errorMessage: null,
    columns: list.split(',').map((path) => columnPath(context, object, path.trim())),
    rows: [],
    processingTime: 0,
  };
  bulk.query.set(job.id, job);
  const { id, user } = job;
  engine.scope.jobs.add({
    id,
    kind: 'bulk',
    className: object.name,
    user,
    notBefore: 0,
    signature: null,
    run: () => run(engine, context, job),
  });
  return { status: 200, body: jobJson(job) };
}

/** Source: Bulk API 2.0 Developer Guide, SOQL considerations; the text is unverified. */
function refused(): RestError {
  return new RestError(
    400,
    'API_ERROR',
    'Aggregates, functions, TYPEOF and nested queries are not supported in Bulk V2 Query with CSV content type',
  );
}

/** Canonical names from the object to the field. */
function columnPath({ engine }: RestContext, object: ObjectDescriptor, path: string): string[] {
  const parts = path.split('.');
  // An object may stand before its own fields: SELECT Account.Name FROM Account.
  if (
    parts.length > 1 &&
    parts[0]?.toLowerCase() === object.name.toLowerCase() &&
    !object.parents.has(parts[0].toLowerCase())
  ) {
    parts.shift();
  }
  let at: ObjectDescriptor | null = object;
  return parts.map((part, index) => {
    const lower = part.toLowerCase();
    if (index === parts.length - 1) return at?.fields.get(lower)?.name ?? part;
    const lookup = at?.parents.get(lower);
    const [target] = lookup?.referenceTo ?? [];
    const several = (lookup?.referenceTo.length ?? 0) > 1;
    at = target === undefined ? null : engine.records.schema.object(several ? 'Name' : target);
    return lookup?.relationshipName ?? part;
  });
}

function run(engine: Engine, shared: Omit<RestContext, 'tx'>, job: QueryJob): void {
  if (job.state !== 'UploadComplete') return;
  job.state = 'InProgress';
  const started = performance.now();
  const { user, operation, query, columns } = job;
  const text = operation === 'queryAll' && !/\bALL\s+ROWS\s*$/i.test(query) ? `${query} ALL ROWS` : query;
  try {
    job.rows = engine.run({ kind: 'bulk', name: `${operation} ${job.object}`, user, jobId: job.id }, (tx) => {
      const prepared = prepare({ ...shared, tx }, text, query);
      const rows = unmetered(tx, () => tx.data.query(prepared, [], AS_USER));
      return rows.map((row) => columns.map((path) => cell(row, path)));
    });
    job.state = 'JobComplete';
  } catch (error) {
    job.state = 'Failed';
    job.errorMessage = error instanceof ApexException ? error.toString() : error instanceof Error ? error.message : '';
  }
  job.processingTime = performance.now() - started;
  job.modifiedAt = engine.clock.now();
}

function cell(row: SObjectValue, path: readonly string[]): string {
  let value: unknown = row;
  for (const name of path) value = value instanceof SObjectValue ? value.fields[name] : null;
  const json = valueJson(value, '');
  const text = json === null ? '' : typeof json === 'object' ? JSON.stringify(json) : String(json);
  return text.replace(/(T[\d:.]+)\+0000$/, '$1Z');
}

/** `GET /jobs/query` */
export function listQueryJobs({ bulk }: RestContext, { user }: RestRequest): RestResult {
  const own = [...bulk.query.values()].filter((job) => job.user.id === user.id);
  return { status: 200, body: { done: true, records: own.map(jobJson), nextRecordsUrl: null } };
}

/** `GET /jobs/query/750…` */
export function readQueryJob({ bulk }: RestContext, { user }: RestRequest, id: string): RestResult {
  return { status: 200, body: jobJson(jobOf(bulk.query, id, user)) };
}

/** `PATCH /jobs/query/750…`: gives the job up. */
export function abortQueryJob({ engine, bulk }: RestContext, request: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.query, id, request.user);
  parsed(newState, request.body);
  if (job.state !== 'UploadComplete' && job.state !== 'InProgress') {
    throw new RestError(400, 'INVALIDJOBSTATE', `Job state cannot be changed from ${job.state} to Aborted`);
  }
  job.state = 'Aborted';
  job.modifiedAt = engine.clock.now();
  return { status: 200, body: jobJson(job) };
}

/** `DELETE /jobs/query/750…` */
export function deleteQueryJob({ bulk }: RestContext, { user }: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.query, id, user);
  if (job.state === 'UploadComplete' || job.state === 'InProgress') {
    throw new RestError(400, 'INVALIDJOBSTATE', `Job can not be deleted in state ${job.state}: abort it first`);
  }
  bulk.query.delete(job.id);
  return { status: 204 };
}

/** `GET /jobs/query/750…/results?locator=&maxRecords=`; the header Sforce-Locator is `null` with the last page. */
export function queryResults({ bulk }: RestContext, request: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.query, id, request.user);
  if (job.state !== 'JobComplete') {
    throw new RestError(400, 'INVALIDJOBSTATE', `The results of a job in state ${job.state} can't be read`);
  }
  const asked = Number(request.query['maxRecords'] ?? PAGE);
  if (!(Number.isInteger(asked) && asked > 0)) throw new RestError(400, 'INVALID_QUERY_LOCATOR', 'invalid maxRecords');
  const from = fromLocator(request.query['locator']);
  if (from === null || (from > 0 && from >= job.rows.length)) {
    throw new RestError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  const to = Math.min(job.rows.length, from + asked);
  const header = job.columns.map((path) => path.join('.'));
  return {
    status: 200,
    text: csvText([header, ...job.rows.slice(from, to)], job),
    headers: {
      'content-type': 'text/csv',
      'sforce-locator': to < job.rows.length ? Buffer.from(String(to)).toString('base64url') : 'null',
      'sforce-numberofrecords': String(to - from),
    },
  };
}

function fromLocator(locator: string | undefined): number | null {
  if (locator === undefined) return 0;
  const text = Buffer.from(locator, 'base64url').toString('utf8');
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
}

function jobJson(job: QueryJob): Record<string, unknown> {
  const { id, operation, object, user, state, apiVersion, lineEnding, columnDelimiter, errorMessage } = job;
  return {
    id,
    operation,
    object,
    createdById: user.id,
    createdDate: timeText(job.createdAt),
    systemModstamp: timeText(job.modifiedAt),
    state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(apiVersion),
    jobType: 'V2Query',
    lineEnding,
    columnDelimiter,
    retries: 0,
    totalProcessingTime: Math.round(job.processingTime),
    numberRecordsProcessed: job.rows.length,
    isPkChunkingSupported: false,
    ...(errorMessage === null ? {} : { errorMessage }),
  };
}
