import type { RequestHandler } from 'express';
import { deadlineOf } from './deadline.ts';

/**
 * Lets one request go on in each turn of the event loop, in the order in which they came. Else all whose bodies arrived
 * together would be decided before anything else is read, and who waits in the kernel meanwhile is in nobody's count: those
 * could be neither refused in time nor answered in time.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Waits for the request's turn. Refuses it if its deadline has passed by then. */
  take(): RequestHandler {
    return (_request, response, next) => {
      this.#waiting.push(() => {
        try {
          deadlineOf(response).check();
        } catch (late) {
          next(late);
          return;
        }
        next();
      });
      if (this.#waiting.length === 1) setImmediate(() => this.#goOn());
    };
  }

  #goOn(): void {
    const goOn = this.#waiting.shift();
    // The next one goes on even if this one fails.
    if (this.#waiting.length > 0) setImmediate(() => this.#goOn());
    goOn?.();
  }
}
