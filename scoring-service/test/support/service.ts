import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { createApp } from '../../src/app.ts';
import { createAccessTokens } from '../../src/auth/accessTokens.ts';
import { KNOWN_FEATURES } from '../../src/features/featureVector.ts';
import { StoredAnswers } from '../../src/http/storedAnswers.ts';
import { loadModel } from '../../src/model/servedModel.ts';
import type { ServedModel } from '../../src/model/servedModel.ts';
import type { RouteAnswer } from '../../src/routing/routeSchema.ts';

export const CLIENT = { id: 'salesforce', secret: 'a secret of the tests+%', scopes: ['route', 'other'] };
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
  /** Posts to /v1/route as the client, with a fresh token. */
  route(body: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** As `route`, and fails unless the answer is a 200. */
  routed(body: unknown): Promise<RouteAnswer>;
}

/** The real service on a real port, with the committed prior unless another model (or none) is given. */
export async function startService(
  options: { model?: ServedModel | null; secret?: string } = {},
): Promise<TestService> {
  const model = options.model === undefined ? await loadPrior() : options.model;
  const sink = new PassThrough();
  let logged = '';
  sink.on('data', (chunk: Buffer) => (logged += chunk.toString('utf8')));
  const app = createApp({
    log: pino({ level: 'debug' }, sink),
    client: { ...CLIENT, secret: options.secret ?? CLIENT.secret },
    tokens: await createAccessTokens({ signingKey: undefined, issuer: 'test', audience: 'test' }),
    model: () => model,
    storedAnswers: new StoredAnswers(10_000_000),
    deadlines: { defaultMs: 5000, longestMs: 60_000 },
  });
  const server = createServer(app);
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
  const route = async (body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
    call('/v1/route', {
      method: 'POST',
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    url,
    logged: () => logged,
    token,
    call,
    route,
    routed: async (body) => {
      const reply = await route(body);
      if (reply.status !== 200) throw new Error(`Status ${reply.status}: ${JSON.stringify(reply.body)}`);
      return reply.body as unknown as RouteAnswer;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The Basic header of the client, form-encoded as RFC 6749 wants it. */
export function basic(id = CLIENT.id, secret = CLIENT.secret): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
}
