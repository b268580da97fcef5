import { current } from '../engine/current.ts';
import { findEnum } from '../values/enum.ts';
import type { ApexEnum } from '../values/enum.ts';
import type { ApexException } from '../values/exception.ts';

/** What `Queueable.execute` gets. */
export class QueueableContext {
  static readonly apexName = 'System.QueueableContextImpl';
  readonly jobId: string;

  constructor(jobId: string) {
    this.jobId = jobId;
  }
}

/** What the methods of a batch class get. */
export class BatchableContext {
  static readonly apexName = 'Database.BatchableContextImpl';
  readonly jobId: string;
  /** The AsyncApexJob of one execute; of start and finish the job's own. */
  readonly childJobId: string;

  constructor(jobId: string, childJobId: string) {
    this.jobId = jobId;
    this.childJobId = childJobId;
  }
}

/** What `Schedulable.execute` gets. */
export class SchedulableContext {
  static readonly apexName = 'System.SchedulableContext';
  readonly triggerId: string;

  constructor(triggerId: string) {
    this.triggerId = triggerId;
  }
}

/** What `Finalizer.execute` gets. */
export class FinalizerContext {
  static readonly apexName = 'System.FinalizerContext';
  readonly jobId: string;
  readonly requestId: string;
  readonly exception: ApexException | null;

  constructor(jobId: string, requestId: string, exception: ApexException | null) {
    this.jobId = jobId;
    this.requestId = requestId;
    this.exception = exception;
  }

  get result(): ApexEnum {
    const type = current.universe.platform('System.ParentJobResult');
    const name = this.exception === null ? 'SUCCESS' : 'UNHANDLED_EXCEPTION';
    const value = findEnum(type, name);
    if (!value) throw new Error(`the signatures have no System.ParentJobResult.${name}`);
    return value;
  }
}
