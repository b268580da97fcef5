import { charge } from '../engine/limits.ts';
import type { Engine } from '../engine/engine.ts';
import type { EngineTransaction } from '../engine/engineTransaction.ts';
import type { FutureCall } from '../engine/services.ts';
import { ApexException, raise, throwApex } from '../values/exception.ts';
import { ended, insertJobRecord, updateJobRecord } from './jobRecords.ts';
import { errorText } from './queueable.ts';
import { snapshot } from './snapshot.ts';

const NO_CALLOUT =
  'Callout not allowed from this future method. Please enable callout by annotating the future method. eg: ' +
  '@Future(callout=true)';

/** Queues the call; it runs after its transaction has been committed. */
export function enqueueFuture(engine: Engine, tx: EngineTransaction, call: FutureCall): void {
  const { className, method, callout } = call;
  if (tx.kind === 'future' || tx.kind === 'batch') {
    raise(
      'System.AsyncException',
      `Future method cannot be called from a future or batch method: ${className}.${method}(${call.args.map(() => '…').join(', ')})`,
    );
  }
  charge('futures');
  const user = tx.user;
  const args = call.args.map(snapshot);
  const id = insertJobRecord(engine, { type: 'Future', className, method, userId: user.id });
  const options = {
    kind: 'future',
    name: `${className}.${method}`,
    user,
    jobId: id,
    calloutsRefused: callout ? null : NO_CALLOUT,
  } as const;
  tx.jobs.push({
    id,
    kind: 'future',
    className,
    user,
    notBefore: 0,
    signature: null,
    run() {
      let failure: unknown = null;
      updateJobRecord(engine, id, { Status: 'Processing' });
      try {
        engine.run(options, () => engine.program.callStatic(className, method, args));
      } catch (error) {
        failure = error;
      }
      updateJobRecord(engine, id, ended(engine, failure === null ? null : errorText(failure)));
      if (failure instanceof ApexException) throwApex(failure);
      if (failure !== null) throw failure;
    },
  });
  if (tx.uncommitted === 'none') tx.uncommitted = 'async';
}
