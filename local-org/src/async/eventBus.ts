import type { FieldValues } from '../values/sobject.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import { PublishCallbacks } from './publishCallbacks.ts';
import type { Publication } from './publishCallbacks.ts';

/** An event message on its way. */
export interface PublishedEvent {
  readonly object: ObjectDescriptor;
  readonly fields: FieldValues;
  readonly uuid: string;
  readonly publisherId: string;
  /** Milliseconds since 1970 by the org's clock. */
  readonly publishedAt: number;
  /** Null where it was published without a callback. */
  readonly publication: Publication | null;
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
  /** Of events that have come onto the bus. */
  readonly callbacks = new PublishCallbacks();
  private readonly subscriptions = new Map<string, Subscription>();
  private lastReplayId = 0;

  /** `wanted` tells whether an object has subscribers. */
  add(events: readonly PublishedEvent[], wanted: (object: string) => boolean): void {
    for (const event of events) {
      const streamed: StreamedEvent = { ...event, replayId: String(++this.lastReplayId) };
      if (event.publication) this.callbacks.add(event.publication, event.uuid);
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

  /** Subscriptions that have something to deliver, each with the last event that waits for it now. */
  undelivered(): { readonly subscription: Subscription; readonly until: StreamedEvent }[] {
    return [...this.subscriptions.values()].flatMap((subscription) => {
      const until = subscription.delivering ? undefined : subscription.queue.at(-1);
      return until ? [{ subscription, until }] : [];
    });
  }

  /** Whether this event of a running subscription is still to be delivered. */
  holds(subscription: Subscription, event: StreamedEvent): boolean {
    return this.waits(subscription) && subscription.queue.includes(event);
  }

  /** When something is due, by the org's clock; null where nothing waits. */
  nextDue(): number | null {
    let due: number | null = this.callbacks.waiting ? 0 : null;
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
