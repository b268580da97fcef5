import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import type { RunningUser } from '../engine/transaction.ts';
import { ApexException } from '../values/exception.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { FieldValues } from '../values/sobject.ts';
import { errorText } from './queueable.ts';

/** Where a batch job failed, and on what. */
export interface BatchFailure {
  readonly jobId: string;
  readonly user: RunningUser;
  readonly phase: 'START' | 'EXECUTE' | 'FINISH';
  readonly requestId: string;
  /** What the failed execute got. */
  readonly scope: readonly unknown[];
  readonly error: unknown;
}

const MOST_SCOPE_TEXT = 40_000;
const MOST_TEXT = 5000;

/**
 * Fires the BatchApexErrorEvent of a job whose class implements Database.RaisesPlatformEvents. Source: Apex Developer Guide,
 * Firing Platform Events from Batch Apex; Platform Events Developer Guide, BatchApexErrorEvent. That the job's id has 15
 * characters is read from the length of its field.
 */
export function raiseErrorEvent(engine: Engine, failure: BatchFailure): void {
  const object = engine.records.schema.object('BatchApexErrorEvent');
  if (!object) throw new Error('the schema has no BatchApexErrorEvent');
  const { jobId, user, phase, requestId, scope, error } = failure;
  const exception = error instanceof ApexException ? error : null;
  const ids = scope.map((item) => (item instanceof SObjectValue ? item.id : null)).filter((id) => id !== null);
  const jobScope = ids.join(',');
  const fields: FieldValues = {
    AsyncApexJobId: jobId.slice(0, 15),
    DoesExceedJobScopeMaxLength: jobScope.length > MOST_SCOPE_TEXT,
    ExceptionType: exception?.qualifiedName ?? 'System.UnexpectedException',
    JobScope: phase === 'EXECUTE' ? jobScope.slice(0, MOST_SCOPE_TEXT) : null,
    Message: (exception?.text ?? errorText(error)).slice(0, MOST_TEXT),
    Phase: phase,
    RequestId: requestId,
    StackTrace: exception?.stackText.slice(0, MOST_TEXT) ?? null,
  };
  engine.broadcast([
    {
      object,
      fields,
      uuid: randomUUID(),
      publisherId: user.id,
      publishedAt: engine.clock.now(),
      publication: null,
    },
  ]);
}
