import { z } from 'zod';
import type { RunningUser } from '../../../engine/transaction.ts';
import type { ObjectDescriptor } from '../../../schema/descriptor.ts';
import type { BulkJobs } from './bulkJobs.ts';
import { timeText } from './bulkJobs.ts';
import { DELIMITERS, LINE_ENDINGS } from './csvText.ts';
import type { CsvForm } from './csvText.ts';

export type IngestState = 'Open' | 'UploadComplete' | 'InProgress' | 'Aborted' | 'JobComplete' | 'Failed';

/** What became of one row; `error` as the column sf__Error shows it. */
export interface RowResult {
  readonly id: string;
  readonly created: boolean;
  readonly error: string | null;
}

/** A job that inserts, updates, upserts or deletes what a CSV holds. */
export interface IngestJob extends CsvForm {
  readonly id: string;
  readonly user: RunningUser;
  readonly operation: 'insert' | 'update' | 'upsert' | 'delete';
  readonly object: ObjectDescriptor;
  readonly externalId: string | null;
  readonly assignmentRuleId: string | null;
  readonly apiVersion: string;
  readonly createdAt: number;
  modifiedAt: number;
  state: IngestState;
  errorMessage: string | null;
  /** What was uploaded; null until it was. */
  csv: string | null;
  header: readonly string[];
  rows: readonly (readonly string[])[];
  /** Of the rows from the first to the last that was processed. */
  readonly results: RowResult[];
  /** Milliseconds. */
  processingTime: number;
}

/** Body of `POST /jobs/ingest`. */
export const newIngestJob = z.strictObject({
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  object: z.string(),
  externalIdFieldName: z.string().optional(),
  assignmentRuleId: z.string().optional(),
  contentType: z.literal('CSV').optional(),
  columnDelimiter: z.enum(keysOf(DELIMITERS)).default('COMMA'),
  lineEnding: z.enum(keysOf(LINE_ENDINGS)).default('LF'),
});

function keysOf<K extends string>(table: Readonly<Record<K, string>>): K[] {
  return Object.keys(table) as K[];
}

export type NewIngestJob = z.output<typeof newIngestJob>;

/** Adds an open job. */
export function openJob(
  jobs: BulkJobs,
  given: NewIngestJob & { operation: IngestJob['operation'] },
  of: Pick<IngestJob, 'user' | 'object' | 'externalId' | 'apiVersion'> & { readonly now: number },
): IngestJob {
  const { now, ...rest } = of;
  const job: IngestJob = {
    ...rest,
    id: jobs.nextId(),
    operation: given.operation,
    assignmentRuleId: given.assignmentRuleId ?? null,
    columnDelimiter: given.columnDelimiter,
    lineEnding: given.lineEnding,
    createdAt: now,
    modifiedAt: now,
    state: 'Open',
    errorMessage: null,
    csv: null,
    header: [],
    rows: [],
    results: [],
    processingTime: 0,
  };
  jobs.ingest.set(job.id, job);
  return job;
}

/** A job as the API shows it. */
export function jobJson(job: IngestJob): Record<string, unknown> {
  const { id, operation, object, user, state, externalId, apiVersion, errorMessage, results } = job;
  return {
    id,
    operation,
    object: object.name,
    createdById: user.id,
    createdDate: timeText(job.createdAt),
    systemModstamp: timeText(job.modifiedAt),
    state,
    ...(externalId === null ? {} : { externalIdFieldName: externalId }),
    ...(job.assignmentRuleId === null ? {} : { assignmentRuleId: job.assignmentRuleId }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(apiVersion),
    contentUrl: `services/data/v${apiVersion}/jobs/ingest/${id}/batches`,
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
    jobType: 'V2Ingest',
    retries: 0,
    totalProcessingTime: Math.round(job.processingTime),
    numberRecordsProcessed: results.length,
    numberRecordsFailed: results.filter(({ error }) => error !== null).length,
    ...(errorMessage === null ? {} : { errorMessage }),
  };
}
