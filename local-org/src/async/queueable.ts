import type { Engine } from '../engine/engine.ts';
import type { EngineTransaction, JobChain } from '../engine/engineTransaction.ts';
import { ApexException, platformException, raise, throwApex } from '../values/exception.ts';
import { charge } from '../engine/limits.ts';
import type { QueueableOptions } from '../engine/services.ts';
import { conforms } from '../values/invoke.ts';
import { typeOf } from '../values/typeOf.ts';
import { FinalizerContext, QueueableContext } from './contexts.ts';
import { ended, insertJobRecord, updateJobRecord } from './jobRecords.ts';
import { snapshot } from './snapshot.ts';

/** Jobs of one chain in orgs of the kinds Developer and Trial. Source: Apex Developer Guide, Queueable Apex. */
const DEFAULT_CHAIN = 5;
/** Source: Apex Developer Guide, Transaction Finalizers. */
const MOST_FAILURES = 5;
const MOST_DELAY_MINUTES = 10;
const MINUTE_MS = 60_000;

/** `System.enqueueJob`: returns the AsyncApexJob id. The job is run after its transaction has been committed. */
export function enqueueQueueable(
  engine: Engine,
  tx: EngineTransaction,
  queueable: object,
  options: QueueableOptions,
): string {
  const type = typeOf(queueable);
  if (!type || !conforms(type, 'System.Queueable')) {
    raise('System.AsyncException', `${type?.name ?? 'Object'} must implement Queueable`);
  }
  if (!(options.delayMinutes >= 0 && options.delayMinutes <= MOST_DELAY_MINUTES)) {
    raise('System.AsyncException', `The delay must be between 0 and ${MOST_DELAY_MINUTES} minutes`);
  }
  charge('queueables');
  const chain = { ...nextChain(tx, options.maximumDepth), delayMinutes: options.delayMinutes };
  if (options.signature !== null && signatureIsTaken(tx, options.signature)) {
    raise('System.DuplicateMessageException', 'Attempt to enqueue job with duplicate queueable signature');
  }
  const className = type.name;
  const user = tx.user;
  const object = snapshot(queueable) as object;
  const id = insertJobRecord(engine, { type: 'Queueable', className, userId: user.id });
  const calloutsRefused = conforms(type, 'Database.AllowsCallouts') ? null : 'Callout not allowed from this context.';
  tx.jobs.push({
    id,
    kind: 'queueable',
    className,
    user,
    notBefore: options.delayMinutes === 0 ? 0 : engine.clock.now() + options.delayMinutes * MINUTE_MS,
    signature: options.signature,
    run: () => runQueueable(engine, { id, className, object, user, chain, calloutsRefused }),
  });
  if (tx.uncommitted === 'none') tx.uncommitted = 'async';
  return id;
}

function signatureIsTaken(tx: EngineTransaction, signature: string): boolean {
  return tx.scope.jobs.hasSignature(signature) || tx.jobs.some((job) => job.signature === signature);
}

function nextChain(tx: EngineTransaction, maximumDepth: number | null): Omit<JobChain, 'delayMinutes'> {
  const { chain, kind } = tx;
  const first = { depth: 1, maximum: maximumDepth ?? DEFAULT_CHAIN, isLimited: maximumDepth !== null };
  if (kind === 'finalizer' && chain) {
    if (chain.failures > MOST_FAILURES) {
      raise('System.AsyncException', `A finalizer can enqueue a failed job at most ${MOST_FAILURES} times in a row`);
    }
    return { ...first, failures: chain.failures };
  }
  if (kind !== 'queueable' || !chain) return { ...first, failures: 0 };
  if (tx.test || chain.depth >= chain.maximum) {
    raise('System.AsyncException', 'Maximum stack depth has been reached.');
  }
  return { ...chain, depth: chain.depth + 1, failures: 0 };
}

interface QueueableRun {
  readonly id: string;
  readonly className: string;
  readonly object: object;
  readonly user: EngineTransaction['user'];
  readonly chain: JobChain;
  readonly calloutsRefused: string | null;
}

function runQueueable(engine: Engine, job: QueueableRun): void {
  const { id, className, user, chain, calloutsRefused } = job;
  updateJobRecord(engine, id, { Status: 'Processing' });
  let finalizer: object | null = null;
  let requestId = '';
  let failure: unknown = null;
  try {
    engine.run({ kind: 'queueable', name: className, user, jobId: id, chain, calloutsRefused }, (tx) => {
      requestId = tx.requestId;
      try {
        engine.program.call(job.object, 'execute', [new QueueableContext(id)]);
      } finally {
        finalizer = tx.finalizer;
      }
    });
  } catch (error) {
    failure = error;
  }
  const text = failure === null ? null : errorText(failure);
  updateJobRecord(engine, id, { ...ended(engine, text), NumberOfErrors: text === null ? 0 : 1 });
  if (finalizer !== null) runFinalizer(engine, job, finalizer, requestId, failure);
  if (failure instanceof ApexException) throwApex(failure);
  if (failure !== null) throw failure;
}

/** The finalizer runs whatever ended the job: after an exception that Apex can't catch, and after a fault, too. */
function runFinalizer(engine: Engine, job: QueueableRun, finalizer: object, requestId: string, failure: unknown): void {
  const { id, user, chain } = job;
  const failures = failure === null ? 0 : chain.failures + 1;
  const exception =
    failure === null
      ? null
      : failure instanceof ApexException
        ? seenByFinalizer(failure)
        : platformException('System.UnexpectedException', errorText(failure));
  const name = typeOf(finalizer)?.name ?? 'Finalizer';
  const options = { kind: 'finalizer', name, user, jobId: id, chain: { ...chain, failures } } as const;
  engine.run(options, () => {
    engine.program.call(finalizer, 'execute', [new FinalizerContext(id, requestId, exception)]);
  });
}

/**
 * What no Apex can catch ended the job, so its finalizer gets an exception that tells of it. Source:
 * octoberswimmer/aer-dist, issue 308 (of a LimitException; of an AssertException unverified, which stays as it is).
 */
function seenByFinalizer(failure: ApexException): ApexException {
  if (failure.qualifiedName !== 'System.LimitException') return failure;
  return platformException('System.AsyncException', `${errorText(failure)}\n${failure.stackText}`);
}

/** `System.DmlException: …` */
export function errorText(error: unknown): string {
  return error instanceof ApexException ? error.toString() : error instanceof Error ? error.message : String(error);
}

/** `System.attachFinalizer`. */
export function attachFinalizer(tx: EngineTransaction, finalizer: object): void {
  if (tx.kind !== 'queueable') {
    raise('System.HandledException', 'System.attachFinalizer(Finalizer) is not allowed in this context');
  }
  if (tx.finalizer !== null)
    raise('System.HandledException', 'More than one Finalizer cannot be attached to same Async Apex Job');
  tx.finalizer = finalizer;
}
