import type { FieldValues } from '../values/sobject.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';

/** An event message on its way. */
export interface PublishedEvent {
  readonly object: ObjectDescriptor;
  readonly fields: FieldValues;
  readonly uuid: string;
  readonly publisherId: string;
  /** Milliseconds since 1970 by the org's clock. */
  readonly publishedAt: number;
}

/** An event message with its place in the stream. */
export interface StreamedEvent extends PublishedEvent {
  readonly replayId: string;
}

/** What the triggers of one event object have still to see. */
export interface Subscription {
  readonly object: ObjectDescriptor;
  readonly queue: StreamedEvent[];
  /** Tries of the batch at the head that asked for another. */
  retries: number;
  lastError: string | null;
  /** Milliseconds since 1970: not tried again before. */
  notBefore: number;
  state: 'running' | 'error';
  delivering: boolean;
}

/** Event streams: each subscription sees its events in the order in which they were published. */
export class EventBus {
  private readonly subscriptions = new Map<string, Subscription>();
  private lastReplayId = 0;

  /** `wanted` tells whether an object has subscribers. */
  add(events: readonly PublishedEvent[], wanted: (object: string) => boolean): void {
    for (const event of events) {
      const streamed: StreamedEvent = { ...event, replayId: String(++this.lastReplayId) };
      if (wanted(event.object.name)) this.subscription(event.object).queue.push(streamed);
    }
  }

  /** The subscription to serve next; null for none. */
  next(now: number): Subscription | null {
    for (const subscription of this.subscriptions.values()) {
      if (!this.waits(subscription) || subscription.delivering || subscription.notBefore > now) continue;
      return subscription;
    }
    return null;
  }

  /** When something is due, by the org's clock; null where nothing waits. */
  nextDue(): number | null {
    let due: number | null = null;
    for (const subscription of this.subscriptions.values()) {
      if (this.waits(subscription) && (due === null || subscription.notBefore < due)) due = subscription.notBefore;
    }
    return due;
  }

  /** Events that wait, by object; of stopped subscriptions too. */
  pending(): { readonly object: string; readonly events: number; readonly state: string }[] {
    return [...this.subscriptions.values()]
      .filter(({ queue, delivering }) => queue.length > 0 || delivering)
      .map(({ object, queue, state }) => ({ object: object.name, events: queue.length, state }));
  }

  /** Drops what waits. */
  clear(): void {
    for (const subscription of this.subscriptions.values()) subscription.queue.length = 0;
  }

  private waits({ queue, state }: Subscription): boolean {
    return queue.length > 0 && state === 'running';
  }

  private subscription(object: ObjectDescriptor): Subscription {
    let subscription = this.subscriptions.get(object.name);
    if (!subscription) {
      subscription = {
        object,
        queue: [],
        retries: 0,
        lastError: null,
        notBefore: 0,
        state: 'running',
        delivering: false,
      };
      this.subscriptions.set(object.name, subscription);
    }
    return subscription;
  }
}
