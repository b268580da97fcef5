import { current } from '../../engine/current.ts';
import { raise, required } from '../../values/exception.ts';
import { hooks, invoke } from '../../values/invoke.ts';
import { stringList } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import { typeOf } from '../../values/typeOf.ts';
import { platformClass } from '../define.ts';
import { perTransaction } from '../transactionState.ts';
import type { HttpRequest } from './HttpRequest.ts';
import type { HttpResponse } from './HttpResponse.ts';

/** Source: Apex Reference, Continuation class: at most three requests, which wait up to 120 seconds. */
const MOST_REQUESTS = 3;
const LONGEST_SECONDS = 120;

/** A System.Continuation: requests that are made while no Apex waits for them. */
export class Continuation {
  static readonly apexName = 'System.Continuation';
  method: string | null = null;
  timeout: number;
  state: unknown = null;
  readonly requests = new Map<string, HttpRequest>();

  constructor(timeout: number) {
    this.timeout = timeout;
  }

  /** @returns the label under which the answer is found */
  add(request: HttpRequest): string {
    // unverified: the texts of both
    if (this.requests.size >= MOST_REQUESTS) {
      raise('System.LimitException', `Too many requests in a continuation: ${MOST_REQUESTS + 1}`);
    }
    if (this.timeout > LONGEST_SECONDS) {
      raise('System.CalloutException', `Timeout must be between 1 and ${LONGEST_SECONDS} seconds`);
    }
    const label = `Continuation-${this.requests.size + 1}`;
    this.requests.set(label, request);
    return label;
  }

  toString(): string {
    return `Continuation[${[...this.requests.keys()].join(', ')}]`;
  }
}

/** Answers that the running test has given, by label. */
const answers = perTransaction(() => new Map<string, HttpResponse>());

/** `Test.setContinuationResponse` */
export function setContinuationResponse(label: string | null, response: HttpResponse | null): void {
  answers().set(required(label), required(response));
}

/**
 * `Test.invokeContinuationMethod`: calls what the continuation names. A page's is an instance method, a component's a static
 * one that takes labels and state. Source: Apex Developer Guide, Make Long-Running Callouts with Continuations.
 */
export function invokeContinuationMethod(controller: object | null, continuation: Continuation | null): unknown {
  const { method, state, requests } = required(continuation);
  const receiver = required(controller);
  const name = required(method);
  const type = typeOf(receiver);
  const callback = type?.def.methods.get(name.toLowerCase())?.find((found) => found.static);
  if (!type || !callback) return invoke(receiver, name);
  const all = [stringList([...requests.keys()]), state];
  return hooks.callStatic(
    type,
    callback,
    callback.params.length === 1 ? [state] : all.slice(0, callback.params.length),
  );
}

export const ContinuationClass = platformClass('System.Continuation', {
  'new (Integer)': (seconds: number | null) => new Continuation(required(seconds)),
  'get String ContinuationMethod': (of: Continuation) => of.method,
  'set String ContinuationMethod': (of: Continuation, method: string | null) => void (of.method = method),
  'get Integer Timeout': (of: Continuation) => of.timeout,
  'set Integer Timeout': (of: Continuation, seconds: number | null) => void (of.timeout = required(seconds)),
  'get Object state': (of: Continuation) => of.state,
  'set Object state': (of: Continuation, state: unknown) => void (of.state = state),
  'String addHttpRequest(HttpRequest)': (of: Continuation, request: HttpRequest | null) => of.add(required(request)),
  'Map<String, HttpRequest> getRequests()': ({ requests }: Continuation) =>
    mapOf(current.universe.String, current.universe.platform('System.HttpRequest'), requests),
  'String toString()': (of: Continuation) => of.toString(),
  'static HttpResponse getResponse(String)': (label: string | null) => answers().get(required(label)) ?? null,
});
