import type { RequestHandler } from 'express';
import { TooLargeError } from '../errors.ts';
import { sendProblem } from './problems.ts';

/** So long what still comes of a refused body is thrown away, so that its sender gets to read the answer. */
const LINGER_MS = 1000;

/**
 * Answers 413 as soon as a body is known to be above the limit: by its Content-Length, or when the limit is passed. The
 * body's parser would first wait for its end, which it may not have; the parser sees to the size of what is unpacked. From
 * here to the parser nothing may be waited for, since the body begins to flow.
 */
export function bodyLimit(mostBytes: number): RequestHandler {
  return (request, response, next) => {
    const refuse = (): void => {
      if (response.headersSent) return;
      sendProblem(response, new TooLargeError());
      const end = setTimeout(() => request.destroy(), LINGER_MS);
      request.once('close', () => clearTimeout(end));
    };
    if (Number(request.header('content-length')) > mostBytes) {
      refuse();
      return;
    }
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) refuse();
    });
    next();
  };
}
