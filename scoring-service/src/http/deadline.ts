import type { Request, Response } from 'express';
import { InvalidRequestError, UnavailableError } from '../errors.ts';
import { startedAt } from './requestContext.ts';

/** How long a request may take, in milliseconds: where it says nothing, and at the most. */
export interface DeadlineLimits {
  defaultMs: number;
  longestMs: number;
}

/** Until when a request is to be answered, on `performance.now()`'s clock. */
export interface Deadline {
  readonly ms: number;
  readonly endsAt: number;
  /** @throws UnavailableError once the deadline has passed; for calling between pieces of work. */
  check(): void;
}

/**
 * The deadline of a request: X-Deadline-Ms from its arrival.
 * @throws InvalidRequestError if the header is no whole number within the limits.
 */
export function deadlineOf(request: Request, response: Response, limits: DeadlineLimits): Deadline {
  const header = request.header('x-deadline-ms');
  let ms = limits.defaultMs;
  if (header !== undefined) {
    ms = /^\d{1,9}$/.test(header) ? Number(header) : 0;
    if (ms < 1 || ms > limits.longestMs) {
      const detail = `must be a whole number of milliseconds from 1 to ${limits.longestMs}`;
      throw new InvalidRequestError([{ path: 'header X-Deadline-Ms', detail }]);
    }
  }
  const endsAt = startedAt(response) + ms;
  return {
    ms,
    endsAt,
    check: () => {
      if (performance.now() > endsAt) throw lateError(ms, 1);
    },
  };
}

/** 503: there is not enough time, or will not be. */
export function lateError(deadlineMs: number, retryAfterSeconds: number): UnavailableError {
  const detail = `The request could not be answered within its deadline of ${deadlineMs} ms.`;
  return new UnavailableError('deadline', detail, retryAfterSeconds);
}
