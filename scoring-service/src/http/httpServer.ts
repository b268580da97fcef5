import { randomUUID } from 'node:crypto';
import { STATUS_CODES, createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProblemError, TooLargeError } from '../errors.ts';
import type { DeadlineLimits } from './deadline.ts';
import { problemText } from './problems.ts';

const LARGEST_HEADERS = 16 * 1024;
const HEADERS_MS = 5000;
/** Longer than load balancers keep idle connections: who closes first loses no request of the other. */
const KEEP_ALIVE_MS = 65_000;

/**
 * The HTTP server of an app. What is no HTTP at all (broken framing, too large or too slow headers) never reaches the app
 * and is answered here, as a problem document too.
 */
export function httpServer(app: RequestListener, { longestMs }: DeadlineLimits): Server {
  const server = createServer(
    {
      // The app refuses a body that is late by the request's own deadline; this is the end of all patience.
      requestTimeout: longestMs + HEADERS_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: LARGEST_HEADERS,
    },
    app,
  );
  server.on('clientError', refuse);
  return server;
}

function refuse(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const body = problemText(problem, randomUUID());
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function problemOf(code: string | undefined): ProblemError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ProblemError(431, 'headers-too-large', 'The headers are too large', 'They are above 16 KB.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new TooLargeError('Its chunk extensions are.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ProblemError(408, 'too-slow', 'The request came too slowly', 'Send it within the deadline.');
    default:
      return new ProblemError(400, 'malformed', 'The request is not HTTP', 'It could not be read as HTTP/1.1.');
  }
}
