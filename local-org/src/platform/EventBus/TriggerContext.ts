import { current } from '../../engine/current.ts';
import type { EventDelivery } from '../../engine/services.ts';
import { platformClass } from '../define.ts';

/**
 * What `EventBus.TriggerContext.currentContext()` gives: a view of the running delivery. Elsewhere one of no retries, so that what
 * triggers call can be tested alone; this rests on a suite.
 */
class TriggerContext {
  static readonly apexName = 'EventBus.TriggerContext';
  readonly delivery: EventDelivery;

  constructor(delivery: EventDelivery) {
    this.delivery = delivery;
  }
}

export const TriggerContextClass = platformClass('EventBus.TriggerContext', {
  'static EventBus.TriggerContext currentContext()': () => {
    const elsewhere: EventDelivery = { retries: 0, lastError: null, resumeCheckpoint: null };
    return new TriggerContext(current.tx.services.eventDelivery ?? elsewhere);
  },
  'get String lastError': (context: TriggerContext) => context.delivery.lastError,
  'get Integer retries': (context: TriggerContext) => context.delivery.retries,
  'String getResumeCheckpoint()': (context: TriggerContext) => context.delivery.resumeCheckpoint,
  'void setResumeCheckpoint(String)': (context: TriggerContext, replayId: string | null) => {
    context.delivery.resumeCheckpoint = replayId;
  },
});
