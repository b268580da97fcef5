import type { Engine } from '../engine/engine.ts';
import { ApexException, raise } from '../values/exception.ts';
import { conforms } from '../values/invoke.ts';
import { typeOf } from '../values/typeOf.ts';
import { snapshot } from './snapshot.ts';

/** Source: Platform Events Developer Guide, Apex Publish Callback Limits: publishing with a callback from a callback. */
const MOST_RECURSIONS = 10;

/** One call of `EventBus.publish` with a callback: what is to be told of the events that it published. */
export interface Publication {
  /** As it was when the events were published: callbacks are serialized. */
  readonly callback: object;
  /** How many publications by callbacks, one from the other, have led to it. */
  readonly depth: number;
}

const METHODS = {
  onSuccess: 'EventBus.EventPublishSuccessCallback',
  onFailure: 'EventBus.EventPublishFailureCallback',
} as const;

/** What became of the events of a publication: the callback's method, and how it gets their uuids. */
export type CallbackMethod = keyof typeof METHODS;

/** What the methods of a publish callback get. */
export class PublishCallbackResult {
  static readonly apexName: string = 'EventBus.SuccessResult';
  readonly uuids: readonly string[];

  constructor(uuids: readonly string[]) {
    this.uuids = uuids;
  }
}

class FailureResult extends PublishCallbackResult {
  static override readonly apexName = 'EventBus.FailureResult';
}

/**
 * @throws System.IllegalArgumentException where the object is no callback (unverified), System.LimitException where
 * callbacks have published with callbacks too often (its text is unverified).
 */
export function publication(callback: object, depth: number): Publication {
  const type = typeOf(callback);
  if (!type || !Object.values(METHODS).some((name) => conforms(type, name))) {
    const wanted = Object.values(METHODS).join(' or ');
    return raise('System.IllegalArgumentException', `${type?.name ?? 'Object'} must implement ${wanted}`);
  }
  if (depth > MOST_RECURSIONS) {
    raise('System.LimitException', `Publish callbacks can publish with a callback at most ${MOST_RECURSIONS} times`);
  }
  return { callback: snapshot(callback), depth };
}

/** Publications whose callbacks have not been called yet, with the uuids of their events. */
export class PublishCallbacks {
  readonly #waiting = new Map<Publication, string[]>();

  get waiting(): boolean {
    return this.#waiting.size > 0;
  }

  add(to: Publication, uuid: string): void {
    const uuids = this.#waiting.get(to) ?? [];
    uuids.push(uuid);
    this.#waiting.set(to, uuids);
  }

  /** Tells the callbacks of what waits now, each in a transaction of its own as Automated Process. */
  tell(engine: Engine, method: CallbackMethod): void {
    const told = [...this.#waiting];
    this.#waiting.clear();
    for (const [to, uuids] of told) runCallback(engine, to, uuids, method);
  }
}

/** What a callback throws is logged and goes no further: nobody waits for it. */
function runCallback(engine: Engine, to: Publication, uuids: readonly string[], method: CallbackMethod): void {
  const type = typeOf(to.callback);
  if (!type || !conforms(type, METHODS[method])) return;
  const result = method === 'onSuccess' ? new PublishCallbackResult(uuids) : new FailureResult(uuids);
  const options = {
    kind: 'event-trigger',
    name: `${type.name}.${method}`,
    user: engine.records.automatedProcess,
  } as const;
  try {
    engine.run(options, (tx) => {
      tx.callbackDepth = to.depth;
      engine.program.call(to.callback, method, [result]);
    });
  } catch (error) {
    if (!(error instanceof ApexException)) throw error;
  }
}
