import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { InvalidRequestError, ProblemError, TooLargeError } from '../errors.ts';
import { requestIdOf } from './requestContext.ts';

const TYPE_BASE = 'urn:lead-routing:problem:';

/** 404 for a path that the service does not have. */
export const notFound: RequestHandler = (request) => {
  throw new ProblemError(
    404,
    'not-found',
    'There is nothing here',
    `The service has no ${request.method} of this path.`,
  );
};

/** 405 for a path that exists but not for this method. */
export function methodNotAllowed(allowed: string): RequestHandler {
  return () => {
    throw new ProblemError(405, 'method-not-allowed', 'The method is not allowed', `Only ${allowed} is.`, {
      headers: { allow: allowed },
    });
  };
}

/** The one place where errors become answers: RFC 9457 problem documents. What is not meant for callers stays inside. */
export function problemDocuments(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    // Its deadline had passed and was answered; what came of it afterwards interests nobody any more.
    if (response.writableEnded) return;
    const requestId = requestIdOf(response);
    const problem = problemOf(error);
    if (problem.status >= 500 && !(error instanceof ProblemError)) {
      log.error({ err: error, request_id: requestId }, 'unexpected error');
    }
    if (response.headersSent) next(error);
    else sendProblem(response, problem);
  };
}

/** Answers with a problem document. */
export function sendProblem(response: Response, problem: ProblemError): void {
  response
    .status(problem.status)
    .set(problem.headers)
    .type('application/problem+json')
    .send(problemText(problem, requestIdOf(response)));
}

/** The document of a problem. */
export function problemText(problem: ProblemError, requestId: string): string {
  return JSON.stringify({
    type: TYPE_BASE + problem.code,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    request_id: requestId,
    ...problem.members,
  });
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  switch (bodyErrorType(error)) {
    case 'entity.parse.failed':
      return new InvalidRequestError([{ path: '', detail: 'the body is not well-formed JSON with an object in it' }]);
    case 'entity.too.large':
      return new TooLargeError();
    case 'parameters.too.many':
      return new TooLargeError('The form has too many parameters.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ProblemError(415, 'unsupported-encoding', 'The encoding is not supported', 'Send UTF-8.');
    case 'request.aborted':
    case 'request.size.invalid':
      return new InvalidRequestError([{ path: '', detail: 'the body ended early' }]);
    case undefined:
      return new ProblemError(500, 'internal', 'The service failed', 'The failure is logged under the request id.');
    default:
      return new InvalidRequestError([{ path: '', detail: 'the request could not be read' }]);
  }
}

/** How Express's body parsers mark their errors; their messages quote the body and go nowhere. */
function bodyErrorType(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('type' in error && typeof error.type === 'string') return error.type;
  // Corrupt gzip and the like: no type, but a status.
  return 'status' in error && typeof error.status === 'number' && error.status < 500 ? 'unreadable' : undefined;
}
