import type { AsyncJob } from '../../../async/jobQueue.ts';
import type { DmlOutcome } from '../../../engine/data.ts';
import { ApexException, UnsupportedError } from '../../../values/exception.ts';
import type { RestContext, RestRequest } from '../context.ts';
import { candidate, save } from '../save.ts';
import type { Candidate } from '../save.ts';
import { CsvProblem, readCsv } from './csvText.ts';
import type { IngestJob, RowResult } from './ingestJob.ts';
import { columnOf, rowJsonOf } from './ingestRow.ts';
import type { Column } from './ingestRow.ts';

/** Rows that are saved in one transaction, as triggers get them. */
const CHUNK = 200;

type Shared = Omit<RestContext, 'tx'>;

/** Reads what was uploaded and queues the first chunk; others are served between chunks. */
export function startIngest(shared: Shared, job: IngestJob): void {
  try {
    const { header, rows } = readCsv(job.csv ?? '', job);
    job.header = header;
    job.rows = rows;
    const columns = columnsOf(job);
    shared.engine.scope.jobs.add(entry(job, () => nextChunk(shared, job, columns)));
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    job.state = 'Failed';
    job.errorMessage = error.message;
  }
}

/** Texts are the platform's as far as they are known; unverified. */
function columnsOf({ object, header, operation, externalId }: IngestJob): Column[] {
  const columns = header.map(
    (name) => columnOf(object, name) ?? raise(`InvalidBatch : Field name not found : ${name}`),
  );
  const names = columns.map(({ name }) => name.toLowerCase());
  if (operation === 'delete' && (names.length !== 1 || names[0] !== 'id')) {
    raise("InvalidBatch : The 'delete' batch must contain only ids");
  }
  if (operation === 'update' && !names.includes('id')) raise("InvalidBatch : The 'update' batch must contain Id");
  if (operation === 'upsert' && externalId !== null && !names.includes(externalId.toLowerCase())) {
    raise(`InvalidBatch : Field name not found : ${externalId}`);
  }
  if (new Set(header).size < header.length) raise('InvalidBatch : Duplicate field name in the header');
  return columns;
}

function raise(message: string): never {
  throw new CsvProblem(message);
}

function entry(job: IngestJob, run: () => void): AsyncJob {
  const { id, user, object } = job;
  return { id, kind: 'bulk', className: object.name, user, notBefore: 0, signature: null, run };
}

function nextChunk(shared: Shared, job: IngestJob, columns: readonly Column[]): void {
  if (job.state !== 'UploadComplete' && job.state !== 'InProgress') return;
  const { engine } = shared;
  job.state = 'InProgress';
  const started = performance.now();
  const from = job.results.length;
  const rows = job.rows.slice(from, from + CHUNK);
  if (rows.length > 0) job.results.push(...saveRows(shared, job, columns, rows));
  job.processingTime += performance.now() - started;
  job.modifiedAt = engine.clock.now();
  if (job.results.length < job.rows.length) engine.scope.jobs.add(entry(job, () => nextChunk(shared, job, columns)));
  else job.state = 'JobComplete';
}

function saveRows(
  shared: Shared,
  job: IngestJob,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): RowResult[] {
  const { id, user, operation, object, externalId } = job;
  const request = requestOf(job);
  try {
    return shared.engine.run({ kind: 'bulk', name: `${operation} ${object.name}`, user, jobId: id }, (tx) => {
      const context: RestContext = { ...shared, tx };
      const seen = new Set<string>();
      const candidates = rows.map((row) => once(seen, candidate(context, object, rowJsonOf(columns, row)), job));
      const { outcomes } = save(context, request, operation, candidates, { allOrNone: false, externalId });
      return outcomes.map(resultOf);
    });
  } catch (error) {
    // What a trigger throws fails the rows of its chunk, and none of them is saved.
    const message = error instanceof ApexException ? error.toString() : error instanceof Error ? error.message : '';
    const status =
      error instanceof ApexException
        ? 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY'
        : error instanceof UnsupportedError
          ? 'LOCAL_ORG_UNSUPPORTED'
          : 'UNKNOWN_EXCEPTION';
    return rows.map(() => ({ id: '', created: false, error: `${status}:${message}:--` }));
  }
}

/** A record that stands twice in a chunk is saved once. */
function once(seen: Set<string>, one: Candidate, { operation }: IngestJob): Candidate {
  if (!('row' in one) || operation === 'insert') return one;
  const { id } = one.row;
  if (id === null) {
    if (operation === 'upsert') return one;
    return { fault: { status: 'MISSING_ARGUMENT', message: `Id not specified in an ${operation} call`, fields: [] } };
  }
  if (seen.has(id)) {
    return { fault: { status: 'DUPLICATE_VALUE', message: `Duplicate id specified: ${id}`, fields: [] } };
  }
  seen.add(id);
  return one;
}

function resultOf({ id, success, created, errors }: DmlOutcome): RowResult {
  const [first] = errors;
  if (success) return { id: id ?? '', created, error: null };
  const fields = first?.fields ?? [];
  return {
    id: id ?? '',
    created: false,
    error: `${first?.status ?? ''}:${first?.message ?? ''}:${fields.join(', ')}${fields.length > 0 ? ' ' : ''}--`,
  };
}

/** Rows are saved as the REST API does, but no assignment rule applies unless the job names one. */
function requestOf({ user, apiVersion, assignmentRuleId }: IngestJob): RestRequest {
  return {
    method: 'POST',
    path: '/jobs/ingest',
    version: apiVersion,
    query: {},
    headers: { 'sforce-auto-assign': assignmentRuleId ?? 'FALSE' },
    body: undefined,
    user,
  };
}
