import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/** Gives each request an id (the caller's X-Request-Id if it is one), and logs one line when it is answered. */
export function requestContext(log: Logger): RequestHandler {
  return (request, response, next) => {
    const offered = request.header('x-request-id') ?? '';
    const id = ACCEPTED_ID.test(offered) ? offered : randomUUID();
    const started = performance.now();
    response.locals['started'] = started;
    response.locals['requestId'] = id;
    response.set('x-request-id', id);
    response.on('close', () => {
      // Ids and numbers only: neither body nor query nor header is logged.
      log.info(
        {
          request_id: requestIdOf(response),
          http_request_id: id,
          client_id: response.locals['clientId'],
          method: request.method,
          path: routeOf(request),
          status: response.writableFinished ? response.statusCode : 'aborted',
          ms: Math.round((performance.now() - started) * 10) / 10,
        },
        'request',
      );
    });
    next();
  };
}

/** The pattern of the route that answered; a path itself may hold anything. */
export function routeOf(request: Request): string {
  const route: unknown = request.route;
  return typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : 'unknown';
}

/** The id that errors and log lines name: the body's request_id once it is known, else the HTTP request's. */
export function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}

/** When the request arrived, on `performance.now()`'s clock. */
export function startedAt(response: Response): number {
  return Number(response.locals['started']);
}
