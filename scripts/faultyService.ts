import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** What goes wrong with `/v1/route`. */
export const FAULTS = [
  'service-down',
  'service-slow',
  'service-500',
  'service-garbage',
  'service-unknown-rep',
] as const;
export type Fault = (typeof FAULTS)[number];

/** A reference that no representative of any request has. */
export const UNKNOWN_REP = 'no-such-representative';

const SLOW_MS = 30_000;

/** A running proxy. `close` ends it and every request that it holds back. */
export interface FaultyProxy {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a proxy on a free port of 127.0.0.1 that forwards everything to the service at `target`, except that
 * `/v1/route` suffers the fault:
 * `service-down`: nothing listens at `url`, every connection is refused, tokens included;
 * `service-slow`: the real answer after 30 seconds (`slowMs` for tests);
 * `service-500`: a problem document of status 500;
 * `service-garbage`: status 200, declared as JSON, bytes that are neither JSON nor UTF-8;
 * `service-unknown-rep`: the real answer, every representative in it replaced by one that does not exist.
 */
export async function startFaultyProxy(options: {
  target: string;
  fault: Fault;
  slowMs?: number;
}): Promise<FaultyProxy> {
  const stop = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    suffer(request, response, { ...options, signal: stop.signal }).catch((error: unknown) => {
      if (response.headersSent || stop.signal.aborted) response.destroy();
      else response.writeHead(502).end(String(error));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    stop.abort();
    for (const socket of sockets) socket.destroy();
    if (server.listening) await closed(server);
  };
  // The port was free a moment ago: closed again, it refuses connections.
  if (options.fault === 'service-down') await close();
  return { url: `http://127.0.0.1:${port}`, close };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}

interface Route {
  target: string;
  fault: Fault;
  slowMs?: number;
  signal: AbortSignal;
}

async function suffer(request: IncomingMessage, response: ServerResponse, route: Route): Promise<void> {
  const body = await buffer(request);
  const isRoute = new URL(request.url ?? '/', route.target).pathname === '/v1/route';
  if (isRoute && route.fault === 'service-500') {
    const problem = { type: 'about:blank', title: 'Injected fault', status: 500, detail: 'The service failed.' };
    response.writeHead(500, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    return;
  }
  if (isRoute && route.fault === 'service-garbage') {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(Buffer.from('7b22726573756c7473223afffe00c328', 'hex'));
    return;
  }
  if (isRoute && route.fault === 'service-slow') {
    await delay(route.slowMs ?? SLOW_MS, undefined, { signal: route.signal });
  }
  const answer = await forwarded(request, body, route.target);
  const isChanged = isRoute && route.fault === 'service-unknown-rep' && answer.status === 200;
  const content = isChanged ? withUnknownReps(answer.body) : answer.body;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': content.length }).end(content);
}

/** Headers of one connection, which a proxy must not hand on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'te', 'upgrade'];

function endToEnd(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.includes(name) ? [] : [[name, value] as const],
    ),
  );
}

interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

function forwarded(request: IncomingMessage, body: Buffer, target: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      new URL(request.url ?? '/', target),
      { method: request.method, headers: { ...endToEnd(request.headers), 'content-length': body.length } },
      (answer) => {
        buffer(answer).then(
          (content) => resolve({ status: answer.statusCode ?? 502, headers: endToEnd(answer.headers), body: content }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

interface RouteAnswer {
  results: { recommended: string | null; ranking: { rep_ref: string }[] }[];
}

function withUnknownReps(body: Buffer): Buffer {
  const answer = JSON.parse(body.toString('utf8')) as RouteAnswer;
  const results = answer.results.map((result) => ({
    ...result,
    recommended: UNKNOWN_REP,
    ranking: result.ranking.map((candidate) => ({ ...candidate, rep_ref: UNKNOWN_REP })),
  }));
  return Buffer.from(JSON.stringify({ ...answer, results }));
}
