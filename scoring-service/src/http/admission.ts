import type { EventLoopUtilization } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import { deadlineOf, lateError } from './deadline.ts';
import { startedAt } from './requestContext.ts';

/** Part of the deadline that work in hand may fill: estimates are not exact, and others share the machine. */
const FILL = 0.5;
const WINDOW_MS = 200;
/** What a request without Content-Length is taken for. */
const UNKNOWN_BYTES = 64 * 1024;
/** Token, routing, store and log cost about as much as so many bytes of a body, however small that is. */
const BYTES_OF_A_REQUEST = 24 * 1024;
const WEIGHT_OF_NEWEST = 0.3;
/** A delay that is over counts for a while: it may come back. */
const DELAY_KEPT = 0.8;

/**
 * Admits requests by their estimated cost against their deadline. The cost is in bytes of the body, to which the pairs
 * to be scored and the text to be parsed are about proportional, and a fixed part; how long a byte takes is measured all the
 * time: busy time of the event loop per byte answered. What this leaves out (the commit, the writing of the answer, a
 * processor that others take) is what answers lately took longer than estimated.
 */
export class Admission {
  readonly #refused: () => void;
  #msPerByte = 0;
  #bytesInHand = 0;
  #delayMs = 0;
  #longestDelayMs = 0;
  #bytesDone = 0;
  #since: EventLoopUtilization = performance.eventLoopUtilization();
  #sinceMs = performance.now();

  /** `refused` is called for each request that is not admitted. */
  constructor(refused: () => void) {
    this.#refused = refused;
  }

  /** Counts every request, gated or not: they all keep the event loop busy. */
  count(): RequestHandler {
    return (_request, response, next) => {
      response.once('close', () => this.#learn(BYTES_OF_A_REQUEST));
      next();
    };
  }

  /** Refuses a request with 503 before its body is read if it could not be answered within its deadline. */
  gate(): RequestHandler {
    return (request, response, next) => {
      const deadline = deadlineOf(response);
      const length = Number(request.header('content-length') ?? UNKNOWN_BYTES);
      const bytes = Number.isFinite(length) ? length : UNKNOWN_BYTES;
      const workMs = (this.#bytesInHand + BYTES_OF_A_REQUEST + bytes) * this.#msPerByte;
      const waitMs = workMs + this.#delayMs;
      // With nothing in hand the estimate may be wrong without harm: the request is tried, and measured anew.
      if (this.#bytesInHand > 0 && waitMs > (deadline.endsAt - performance.now()) * FILL) {
        this.#refused();
        throw lateError(deadline.ms, Math.max(1, Math.ceil(waitMs / 1000)));
      }
      this.#bytesInHand += BYTES_OF_A_REQUEST + bytes;
      response.once('close', () => {
        this.#bytesInHand -= BYTES_OF_A_REQUEST + bytes;
        // Others were waited for: for the sender, or not for long, as it was refused.
        if (response.statusCode === 200) {
          this.#longestDelayMs = Math.max(this.#longestDelayMs, performance.now() - startedAt(response) - workMs);
        }
        this.#learn(bytes);
      });
      next();
    };
  }

  #learn(bytes: number): void {
    this.#bytesDone += bytes;
    const now = performance.now();
    if (now - this.#sinceMs < WINDOW_MS) return;
    const busyMs = performance.eventLoopUtilization(this.#since).active;
    const measured = busyMs / this.#bytesDone;
    this.#msPerByte =
      this.#msPerByte === 0 ? measured : this.#msPerByte * (1 - WEIGHT_OF_NEWEST) + measured * WEIGHT_OF_NEWEST;
    this.#delayMs = Math.max(this.#longestDelayMs, this.#delayMs * DELAY_KEPT);
    this.#longestDelayMs = 0;
    this.#since = performance.eventLoopUtilization();
    this.#sinceMs = now;
    this.#bytesDone = 0;
  }
}
