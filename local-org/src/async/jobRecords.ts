import { ApexDatetime } from '../values/datetime.ts';
import type { Engine } from '../engine/engine.ts';

/** Source: Object Reference, AsyncApexJob. */
export type JobType = 'Queueable' | 'Future' | 'BatchApex' | 'BatchApexWorker' | 'ScheduledApex';
export type JobStatus = 'Holding' | 'Queued' | 'Preparing' | 'Processing' | 'Completed' | 'Failed' | 'Aborted';

const MOST_TEXT = 255;

/** Writes the AsyncApexJob of work that is being enqueued; it is rolled back with the transaction that enqueues. */
export function insertJobRecord(
  engine: Engine,
  job: {
    readonly type: JobType;
    readonly className: string;
    readonly method?: string;
    readonly cronTriggerId?: string;
    readonly parentJobId?: string;
    readonly userId: string;
  },
): string {
  return engine.records.insertSystem('AsyncApexJob', {
    JobType: job.type,
    ApexClassId: engine.records.apexClassId(job.className),
    MethodName: job.method ?? null,
    CronTriggerId: job.cronTriggerId ?? null,
    ParentJobId: job.parentJobId ?? null,
    Status: 'Queued',
    JobItemsProcessed: 0,
    TotalJobItems: 0,
    NumberOfErrors: 0,
    CreatedById: job.userId,
    CreatedDate: new ApexDatetime(engine.clock.now()),
  });
}

/** Writes how far a job is, in a transaction of its own. */
export function updateJobRecord(engine: Engine, id: string, fields: Readonly<Record<string, unknown>>): void {
  engine.systemWrite(() => engine.records.updateSystem('AsyncApexJob', id, fields));
}

/** The fields of a job that has ended; `error` is the text of the exception that ended it. */
export function ended(engine: Engine, error: string | null): Record<string, unknown> {
  return {
    Status: error === null ? 'Completed' : 'Failed',
    ExtendedStatus: error === null ? null : error.slice(0, MOST_TEXT),
    CompletedDate: new ApexDatetime(engine.clock.now()),
  };
}

export function jobStatus(engine: Engine, id: string): string | null {
  const status = engine.records.readSystem('AsyncApexJob', id)?.['Status'];
  return typeof status === 'string' ? status : null;
}
