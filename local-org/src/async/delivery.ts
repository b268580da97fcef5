import type { Engine } from '../engine/engine.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { ApexException } from '../values/exception.ts';
import { conforms } from '../values/invoke.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { StreamedEvent, Subscription } from './eventBus.ts';

const MOST_EVENTS = 2000;
/** Source: Platform Events Developer Guide, "Retry Event Triggers with EventBus.RetryableException". */
const MOST_RETRIES = 9;
/** Salesforce raises the wait with each retry and does not say how; unverified. */
const RETRY_WAIT_MS = 1000;

/**
 * Runs the triggers of a subscription for the events at its head, in a transaction of their own. What Apex throws is
 * logged and goes no further: nobody waits for it.
 */
export function deliver(engine: Engine, subscription: Subscription): void {
  const { object, queue } = subscription;
  const config = engine.subscribers.get(object.name.toLowerCase());
  const batch = queue.slice(0, config?.batchSize ?? MOST_EVENTS);
  subscription.delivering = true;
  let checkpoint: string | null = null;
  try {
    engine.run(
      { kind: 'event-trigger', name: object.name, user: engine.subscriberUser(config?.user ?? null) },
      (tx) => {
        tx.eventDelivery = {
          retries: subscription.retries,
          lastError: subscription.lastError,
          resumeCheckpoint: null,
        };
        try {
          engine.program.triggers.run(object.name, 'after insert', batch.map(rowOf), null);
        } finally {
          checkpoint = tx.eventDelivery.resumeCheckpoint;
        }
      },
    );
    consume(subscription, batch, checkpoint);
  } catch (error) {
    if (!(error instanceof ApexException)) {
      // A fault of local-org has been reported; the same events would run into it again.
      queue.splice(0, batch.length);
      if (engine.scope.test) throw error;
      return;
    }
    if (!isRetryable(error)) consume(subscription, batch, checkpoint);
    else retryLater(engine, subscription, error);
  } finally {
    subscription.delivering = false;
  }
}

/** Events up to the checkpoint are done, the rest comes again; without a checkpoint all are. */
function consume(subscription: Subscription, batch: readonly StreamedEvent[], checkpoint: string | null): void {
  const last = checkpoint === null ? -1 : batch.findIndex((event) => event.replayId === checkpoint);
  subscription.queue.splice(0, last < 0 ? batch.length : last + 1);
  subscription.retries = 0;
  subscription.lastError = null;
}

function retryLater(engine: Engine, subscription: Subscription, error: ApexException): void {
  subscription.lastError = error.text;
  if (subscription.retries >= MOST_RETRIES) {
    subscription.state = 'error';
    engine.report(`The triggers of ${subscription.object.name} asked for more than ${MOST_RETRIES} retries: stopped.`);
    return;
  }
  subscription.retries++;
  subscription.notBefore = engine.scope.test ? 0 : engine.clock.now() + RETRY_WAIT_MS * subscription.retries;
}

function isRetryable(error: ApexException): boolean {
  return conforms(error.$type, 'EventBus.RetryableException');
}

function rowOf(event: StreamedEvent): SObjectValue {
  // A change event has the fields of its record.
  const isChange = event.object.fields.has('changeeventheader');
  const published = {
    EventUuid: event.uuid,
    CreatedById: event.publisherId,
    CreatedDate: new ApexDatetime(event.publishedAt),
  };
  const row = new SObjectValue(event.object, {
    ...event.fields,
    ReplayId: event.replayId,
    ...(isChange ? {} : published),
  });
  row.readOnly = true;
  return row;
}
