import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { httpServer } from '../../src/http/httpServer.ts';
import { KNOWN_FEATURES } from '../../src/features/featureVector.ts';
import { loadModel } from '../../src/model/servedModel.ts';
import type { ServedModel } from '../../src/model/servedModel.ts';
import type { Service } from '../../src/service.ts';
import { openService } from '../../src/service.ts';
import type { RouteAnswer } from '../../src/routing/routeSchema.ts';

export const CLIENT = {
  id: 'salesforce',
  secret: 'a secret of the tests+%',
  scopes: ['route', 'score', 'outcomes', 'audit', 'operate', 'other'],
};
export const PRIOR_MANIFEST = fileURLToPath(new URL('../../model/prior.manifest.json', import.meta.url));

/** The prior as it is committed. */
export async function loadPrior(): Promise<ServedModel> {
  const model = await loadModel(PRIOR_MANIFEST, KNOWN_FEATURES);
  if (model === null) throw new Error('model/prior.manifest.json is missing: run make-prior.');
  return model;
}

/** An answer of the service: status, headers and the body parsed. */
export interface Reply<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface TestService extends AsyncDisposable {
  url: string;
  /** All that was logged so far. */
  logged(): string;
  token(scope?: string): Promise<string>;
  call(path: string, init?: RequestInit): Promise<Reply>;
  /** The parts of the running service. */
  service: Service;
  /** Calls a path with a fresh token; a body is sent as JSON by POST. */
  ask(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Posts to /v1/route as the client, with a fresh token. */
  route(body: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** As `route`, and fails unless the answer is a 200. */
  routed(body: unknown): Promise<RouteAnswer>;
}

/** The configuration of a service for tests: the committed prior, generous limits. */
export function testConfig(changes: Partial<Config> = {}): Config {
  const environment = { CLIENT_ID: CLIENT.id, CLIENT_SECRET: CLIENT.secret, CLIENT_SCOPES: CLIENT.scopes.join(' ') };
  return {
    ...readConfig(environment),
    TOKEN_ISSUER: 'test',
    TOKEN_AUDIENCE: 'test',
    RATE_LIMIT_PER_MINUTE: 10_000_000,
    TOKEN_LIMIT_PER_MINUTE: 10_000_000,
    // The machine that tests may be busy.
    DEFAULT_DEADLINE_MS: 60_000,
    ...changes,
  };
}

/** The real service on a real port, configured as `testConfig` says but for the changes. */
export async function startService(changes: Partial<Config> = {}): Promise<TestService> {
  // Only a folder that was made here is removed in the end.
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const config = testConfig({ STORE_FILE: join(folder, 'audit.sqlite'), ...changes });
  const sink = new PassThrough();
  let logged = '';
  sink.on('data', (chunk: Buffer) => (logged += chunk.toString('utf8')));
  const service = await openService(config, pino({ level: 'debug' }, sink));
  const server = httpServer(service.app, {
    defaultMs: config.DEFAULT_DEADLINE_MS,
    longestMs: config.LONGEST_DEADLINE_MS,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const call = async (path: string, init?: RequestInit): Promise<Reply> => {
    const response = await fetch(url + path, init);
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  const token = async (scope?: string): Promise<string> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
    const { body } = await call('/oauth/token', { method: 'POST', headers: { authorization: basic() }, body: form });
    return String(body['access_token']);
  };
  const ask = async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
    call(path, {
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const route = (body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
    ask('/v1/route', body, headers);
  return {
    url,
    logged: () => logged,
    token,
    call,
    ask,
    service,
    route,
    routed: async (body) => {
      const reply = await route(body);
      if (reply.status !== 200) throw new Error(`Status ${reply.status}: ${JSON.stringify(reply.body)}`);
      return reply.body as unknown as RouteAnswer;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The Basic header of the client, form-encoded as RFC 6749 wants it. */
export function basic(id = CLIENT.id, secret = CLIENT.secret): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
}
