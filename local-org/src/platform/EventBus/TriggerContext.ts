import { current } from '../../engine/current.ts';
import type { EventDelivery } from '../../engine/services.ts';
import { raise } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

/** What `EventBus.TriggerContext.currentContext()` gives: a view of the running delivery. */
class TriggerContext {
  static readonly apexName = 'EventBus.TriggerContext';
  readonly delivery: EventDelivery;

  constructor(delivery: EventDelivery) {
    this.delivery = delivery;
  }
}

export const TriggerContextClass = platformClass('EventBus.TriggerContext', {
  'static EventBus.TriggerContext currentContext()': () => {
    const delivery = current.tx.services.eventDelivery;
    if (!delivery) raise('System.InvalidParameterValueException', 'There is no trigger of platform events running');
    return new TriggerContext(delivery);
  },
  'get String lastError': (context: TriggerContext) => context.delivery.lastError,
  'get Integer retries': (context: TriggerContext) => context.delivery.retries,
  'String getResumeCheckpoint()': (context: TriggerContext) => context.delivery.resumeCheckpoint,
  'void setResumeCheckpoint(String)': (context: TriggerContext, replayId: string | null) => {
    context.delivery.resumeCheckpoint = replayId;
  },
});
