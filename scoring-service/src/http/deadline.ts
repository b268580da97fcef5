import type { Request, RequestHandler, Response } from 'express';
import { InvalidRequestError, TooSlowError, UnavailableError } from '../errors.ts';
import { sendProblem } from './problems.ts';
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

const RETRY_SECONDS = 1;

/**
 * Gives each request its deadline (X-Deadline-Ms from its arrival) and answers when that passes first: 408 where the sender
 * has not sent all of the body, 503 whatever else is being waited for: a worker, the store. What is decided after all is
 * stored, so that the same request gets it when it is repeated.
 */
export function withinDeadline(limits: DeadlineLimits): RequestHandler {
  return (request, response, next) => {
    const deadline = deadlineFrom(request, response, limits);
    response.locals['deadline'] = deadline;
    const late = (): void => {
      if (response.headersSent) return;
      // Part of the body may still be on its way: the connection can't be used again.
      if (!request.complete) response.set('connection', 'close');
      const isSendersFault = response.locals['isBodyRead'] === true && !request.complete;
      sendProblem(response, isSendersFault ? new TooSlowError(deadline.ms) : lateError(deadline.ms, RETRY_SECONDS));
    };
    // What has come already, but was not read yet since this process was busy, is read before anyone is blamed.
    const timer = setTimeout(() => setImmediate(late), Math.max(0, deadline.endsAt - performance.now()));
    response.once('close', () => clearTimeout(timer));
    next();
  };
}

/** Put before what reads the body: from here on it is the sender who is waited for. */
export const bodyIsRead: RequestHandler = (_request, response, next) => {
  response.locals['isBodyRead'] = true;
  next();
};

/** Lets a request pass whose deadline has not passed; behind what takes time, such as the reading of the body. */
export const stillInTime: RequestHandler = (_request, response, next) => {
  deadlineOf(response).check();
  next();
};

/** The deadline of a request behind `withinDeadline`. */
export function deadlineOf(response: Response): Deadline {
  return response.locals['deadline'] as Deadline;
}

/** @throws InvalidRequestError if the header is no whole number within the limits. */
function deadlineFrom(request: Request, response: Response, limits: DeadlineLimits): Deadline {
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
      if (performance.now() > endsAt) throw lateError(ms, RETRY_SECONDS);
    },
  };
}

/** 503: there is not enough time, or will not be. */
export function lateError(deadlineMs: number, retryAfterSeconds: number): UnavailableError {
  const detail = `The request could not be answered within its deadline of ${deadlineMs} ms.`;
  return new UnavailableError('deadline', detail, retryAfterSeconds);
}
