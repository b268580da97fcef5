import type { Request, Response } from 'express';
import { InvalidRequestError, UnavailableError } from '../errors.ts';
import { startedAt } from './requestContext.ts';

/** How long a request may take, in milliseconds: where it says nothing, and at the most. */
export interface DeadlineLimits {
  defaultMs: number;
  longestMs: number;
}

/**
 * A check that throws once the request's deadline (X-Deadline-Ms from its arrival) has passed, for calling between
 * pieces of work. @throws InvalidRequestError if the header is no whole number within the limits.
 */
export function deadlineOf(request: Request, response: Response, limits: DeadlineLimits): () => void {
  const header = request.header('x-deadline-ms');
  let ms = limits.defaultMs;
  if (header !== undefined) {
    ms = /^\d{1,9}$/.test(header) ? Number(header) : 0;
    if (ms < 1 || ms > limits.longestMs) {
      const detail = `must be a whole number of milliseconds from 1 to ${limits.longestMs}`;
      throw new InvalidRequestError([{ path: 'header X-Deadline-Ms', detail }]);
    }
  }
  const end = startedAt(response) + ms;
  return () => {
    if (performance.now() > end) {
      throw new UnavailableError('deadline', `The request could not be answered within its deadline of ${ms} ms.`, 1);
    }
  };
}
