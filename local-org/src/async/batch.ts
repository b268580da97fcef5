import { charge } from '../engine/limits.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineTransaction } from '../engine/engineTransaction.ts';
import type { RunningUser } from '../engine/transaction.ts';
import { ApexException, raise, throwApex } from '../values/exception.ts';
import { conforms } from '../values/invoke.ts';
import { ApexList } from '../values/list.ts';
import { typeOf } from '../values/typeOf.ts';
import { raiseErrorEvent } from './batchErrors.ts';
import { BatchableContext } from './contexts.ts';
import { ended, insertJobRecord, jobStatus, updateJobRecord } from './jobRecords.ts';
import { endWorker, insertWorkers } from './batchWorkers.ts';
import { errorText } from './queueable.ts';
import { rowsOf } from './batchRows.ts';
import { snapshot } from './snapshot.ts';

/** Source: Apex Developer Guide, Using Batch Apex. */
const DEFAULT_SCOPE = 200;
const MOST_SCOPE = 2000;
/** Jobs that wait or run; further ones would go to the flex queue, of at most 100. */
const MOST_JOBS = 105;

interface BatchRun {
  readonly engine: Engine;
  readonly id: string;
  readonly className: string;
  readonly user: RunningUser;
  readonly scopeSize: number;
  readonly stateful: boolean;
  readonly calloutsRefused: string | null;
  readonly raisesEvents: boolean;
  /** As it was enqueued; of a stateful class as its last execute left it. */
  object: object;
}

/** `Database.executeBatch`: returns the AsyncApexJob id. */
export function executeBatch(engine: Engine, tx: EngineTransaction, batch: object, scope: number | null): string {
  const type = typeOf(batch);
  if (!type || !conforms(type, 'Database.Batchable')) {
    raise('System.AsyncException', `Class ${type?.name ?? 'Object'} must implement the Database.Batchable interface`);
  }
  const scopeSize = Math.min(scope ?? DEFAULT_SCOPE, MOST_SCOPE);
  if (scopeSize < 1) raise('System.AsyncException', 'Scope size must be a positive number');
  if (tx.kind === 'batch' && tx.name.endsWith('.execute')) {
    raise(
      'System.AsyncException',
      'Database.executeBatch cannot be called from a batch start, batch execute, or future method.',
    );
  }
  if (tx.kind === 'future') {
    raise(
      'System.AsyncException',
      'Database.executeBatch cannot be called from a batch start, batch execute, or future method.',
    );
  }
  if (tx.scope.jobs.pending().filter((job) => job.kind === 'batch').length >= MOST_JOBS) {
    raise('System.LimitException', 'Attempted to add more than 100 batch jobs to the flex queue');
  }
  if (tx.asynchronous || tx.kind === 'finalizer') charge('queueables');
  const className = type.name;
  const id = insertJobRecord(engine, { type: 'BatchApex', className, userId: tx.user.id });
  const run: BatchRun = {
    engine,
    id,
    className,
    user: tx.user,
    scopeSize,
    stateful: conforms(type, 'Database.Stateful'),
    calloutsRefused: conforms(type, 'Database.AllowsCallouts') ? null : 'Callout not allowed from this context.',
    raisesEvents: conforms(type, 'Database.RaisesPlatformEvents'),
    object: snapshot(batch) as object,
  };
  tx.jobs.push(stage(run, () => start(run)));
  if (tx.uncommitted === 'none') tx.uncommitted = 'async';
  return id;
}

/** One transaction of a batch job, as an entry of the queue: others run between its transactions. */
function stage(run: BatchRun, work: () => void) {
  const { id, className, user } = run;
  return { id, kind: 'batch' as const, className, user, notBefore: 0, signature: null, run: work };
}

/** @param scope what an execute gets */
function transaction(
  run: BatchRun,
  method: 'start' | 'execute' | 'finish',
  body: (object: object) => void,
  scope: readonly unknown[] = [],
): void {
  const { engine, id, className, user, calloutsRefused } = run;
  const object = snapshot(run.object) as object;
  let requestId = '';
  try {
    engine.run({ kind: 'batch', name: `${className}.${method}`, user, jobId: id, calloutsRefused }, (tx) => {
      ({ requestId } = tx);
      body(object);
    });
  } catch (error) {
    const phase = PHASES[method];
    if (run.raisesEvents) raiseErrorEvent(engine, { jobId: id, user, phase, requestId, scope, error });
    throw error;
  }
  if (run.stateful) run.object = object;
}

const PHASES = { start: 'START', execute: 'EXECUTE', finish: 'FINISH' } as const;

function start(run: BatchRun): void {
  const { engine, id } = run;
  if (jobStatus(engine, id) === 'Aborted') return;
  updateJobRecord(engine, id, { Status: 'Preparing' });
  let elements: readonly unknown[] = [];
  let listType: ApexList['type'] | null = null;
  try {
    transaction(run, 'start', (object) => {
      const result = engine.program.call(object, 'start', [new BatchableContext(id, id)]);
      ({ elements, listType } = rowsOf(result));
    });
  } catch (error) {
    updateJobRecord(engine, id, { ...ended(engine, errorText(error)), NumberOfErrors: 1 });
    rethrow(error);
  }
  const chunks = Math.ceil(elements.length / run.scopeSize);
  if (engine.scope.test && chunks > 1) {
    raise(
      'System.UnexpectedException',
      'No more than one executeBatch can be called from within a test method. Please make sure the iterable ' +
        'returned from your start method matches the batch size, resulting in only one executeBatch invocation.',
    );
  }
  updateJobRecord(engine, id, { Status: 'Processing', TotalJobItems: chunks });
  const workers = insertWorkers(engine, { id, className: run.className, userId: run.user.id }, elements.length);
  next(run, elements, listType, 0, { processed: 0, errors: 0, lastError: null, workers });
}

interface Progress {
  readonly processed: number;
  readonly errors: number;
  readonly lastError: string | null;
  /** The ids of the job's worker records. */
  readonly workers: readonly string[];
}

function next(
  run: BatchRun,
  elements: readonly unknown[],
  listType: ApexList['type'] | null,
  from: number,
  progress: Progress,
): void {
  const { engine } = run;
  const work =
    from < elements.length && listType
      ? () => execute(run, elements, listType, from, progress)
      : () => finish(run, progress);
  engine.scope.jobs.add(stage(run, work));
}

function execute(
  run: BatchRun,
  elements: readonly unknown[],
  listType: ApexList['type'],
  from: number,
  before: Progress,
): void {
  const { engine, id, scopeSize } = run;
  if (jobStatus(engine, id) === 'Aborted') return;
  let failure: unknown = null;
  try {
    const scope = elements.slice(from, from + scopeSize);
    const work = (object: object): void => {
      engine.program.call(object, 'execute', [new BatchableContext(id, id), new ApexList(listType, scope.slice())]);
    };
    transaction(run, 'execute', work, scope);
  } catch (error) {
    failure = error;
  }
  const progress: Progress = {
    processed: before.processed + 1,
    errors: before.errors + (failure === null ? 0 : 1),
    lastError: before.lastError ?? (failure === null ? null : `First error: ${errorText(failure)}`),
    workers: before.workers,
  };
  endWorker(engine, progress.workers, Math.min(from + scopeSize, elements.length), elements.length);
  updateJobRecord(engine, id, {
    JobItemsProcessed: progress.processed,
    NumberOfErrors: progress.errors,
    ExtendedStatus: progress.lastError?.slice(0, 255) ?? null,
  });
  next(run, elements, listType, from + scopeSize, progress);
  if (failure !== null) rethrow(failure);
}

/** A job whose chunks failed has ended all the same: Completed, with the number of errors. */
function finish(run: BatchRun, progress: Progress): void {
  const { engine, id } = run;
  if (jobStatus(engine, id) === 'Aborted') return;
  let failure: unknown = null;
  try {
    transaction(run, 'finish', (object) => {
      engine.program.call(object, 'finish', [new BatchableContext(id, id)]);
    });
  } catch (error) {
    failure = error;
  }
  const text = failure === null ? null : errorText(failure);
  const fields = ended(engine, text);
  updateJobRecord(
    engine,
    id,
    text === null ? { ...fields, ExtendedStatus: progress.lastError?.slice(0, 255) ?? null } : fields,
  );
  if (failure !== null) rethrow(failure);
}

function rethrow(error: unknown): never {
  if (error instanceof ApexException) throwApex(error);
  throw error;
}
