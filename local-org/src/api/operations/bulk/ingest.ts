import { z } from 'zod';
import type { Engine } from '../../../engine/engine.ts';
import { RestError } from '../../restError.ts';
import { parsed } from '../body.ts';
import { objectOf } from '../context.ts';
import type { RestContext, RestRequest, RestResult } from '../context.ts';
import { keyField } from '../row.ts';
import { jobOf } from './bulkJobs.ts';
import { csvText } from './csvText.ts';
import { jobJson, newIngestJob, openJob } from './ingestJob.ts';
import type { IngestJob, IngestState } from './ingestJob.ts';
import { startIngest } from './ingestRun.ts';

const newState = z.strictObject({ state: z.enum(['UploadComplete', 'Aborted']) });
const ENDED: readonly IngestState[] = ['Aborted', 'JobComplete', 'Failed'];

/** `POST /jobs/ingest` */
export function createIngestJob(context: RestContext, request: RestRequest): RestResult {
  const given = parsed(newIngestJob, request.body);
  const { operation } = given;
  if (operation === 'hardDelete') {
    throw new RestError(
      400,
      'FEATURENOTENABLED',
      'hardDelete operation requires special user profile permission, please contact your system administrator',
    );
  }
  const object = objectOf(context, given.object);
  const key = given.externalIdFieldName;
  if (operation === 'upsert' && key === undefined) {
    throw new RestError(400, 'INVALIDJOB', 'External ID was blank for Upsert operation');
  }
  if (operation !== 'upsert' && key !== undefined) {
    throw new RestError(400, 'INVALIDJOB', 'External ID can only be specified for Upsert operation');
  }
  const externalId = key === undefined ? null : keyField(object, key).name;
  const { user, version: apiVersion } = request;
  const now = context.engine.clock.now();
  const job = openJob(context.bulk, { ...given, operation }, { user, object, externalId, apiVersion, now });
  return { status: 200, body: jobJson(job) };
}

/** `GET /jobs/ingest` */
export function listIngestJobs({ bulk }: RestContext, { user }: RestRequest): RestResult {
  const own = [...bulk.ingest.values()].filter((job) => job.user.id === user.id);
  return { status: 200, body: { done: true, records: own.map(jobJson), nextRecordsUrl: null } };
}

/** `GET /jobs/ingest/750…` */
export function readIngestJob({ bulk }: RestContext, { user }: RestRequest, id: string): RestResult {
  return { status: 200, body: jobJson(jobOf(bulk.ingest, id, user)) };
}

/** `PUT /jobs/ingest/750…/batches`: the CSV, once. */
export function uploadRows({ engine, bulk }: RestContext, { user, body }: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.ingest, id, user);
  if (job.state !== 'Open' || job.csv !== null) throw wrongState(`Upload of data is not allowed in state ${job.state}`);
  if (typeof body !== 'string') {
    throw new RestError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The data of a job is sent with the Content-Type text/csv');
  }
  job.csv = body;
  touch(engine, job);
  return { status: 201 };
}

/** `PATCH /jobs/ingest/750…`: begins to process what was uploaded, or gives the job up. */
export function changeIngestJob(context: RestContext, request: RestRequest, id: string): RestResult {
  const { engine, bulk } = context;
  const job = jobOf(bulk.ingest, id, request.user);
  const { state } = parsed(newState, request.body);
  if (ENDED.includes(job.state) || (state === 'UploadComplete' && job.state !== 'Open')) {
    throw wrongState(`Job state cannot be changed from ${job.state} to ${state}`);
  }
  if (state === 'UploadComplete' && job.csv === null) throw wrongState('Job data was not uploaded');
  job.state = state;
  touch(engine, job);
  if (state === 'UploadComplete') startIngest(context, job);
  return { status: 200, body: jobJson(job) };
}

/** `DELETE /jobs/ingest/750…` */
export function deleteIngestJob({ bulk }: RestContext, { user }: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.ingest, id, user);
  if (job.state === 'Open' || job.state === 'InProgress') {
    throw wrongState(`Job can not be deleted in state ${job.state}: abort it first`);
  }
  job.state = 'Aborted';
  bulk.ingest.delete(job.id);
  return { status: 204 };
}

/** `GET /jobs/ingest/750…/successfulResults` */
export function successfulResults({ bulk }: RestContext, { user }: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.ingest, id, user);
  const rows = rowsOf(job, (error) => error === null).map(({ result, row }) => [
    result.id,
    String(result.created),
    ...row,
  ]);
  return csv(job, ['sf__Id', 'sf__Created'], rows);
}

/** `GET /jobs/ingest/750…/failedResults` */
export function failedResults({ bulk }: RestContext, { user }: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.ingest, id, user);
  const rows = rowsOf(job, (error) => error !== null).map(({ result, row }) => [result.id, result.error ?? '', ...row]);
  return csv(job, ['sf__Id', 'sf__Error'], rows);
}

/** `GET /jobs/ingest/750…/unprocessedrecords` */
export function unprocessedRows({ bulk }: RestContext, { user }: RestRequest, id: string): RestResult {
  const job = jobOf(bulk.ingest, id, user);
  return csv(job, [], job.rows.slice(job.results.length));
}

function rowsOf(job: IngestJob, wanted: (error: string | null) => boolean) {
  return job.results.flatMap((result, at) => (wanted(result.error) ? [{ result, row: job.rows[at] ?? [] }] : []));
}

function csv(job: IngestJob, extra: readonly string[], rows: readonly (readonly string[])[]): RestResult {
  return {
    status: 200,
    text: csvText([[...extra, ...job.header], ...rows], job),
    headers: { 'content-type': 'text/csv' },
  };
}

function touch(engine: Engine, job: IngestJob): void {
  job.modifiedAt = engine.clock.now();
}

function wrongState(message: string): RestError {
  return new RestError(400, 'INVALIDJOBSTATE', message);
}
