import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Express } from 'express';
import { hashSecret } from '../src/auth/clientSecret.ts';
import { openApiDocument } from '../src/openapi/document.ts';
import { OPERATIONS } from '../src/openapi/operations.ts';
import type { Operation } from '../src/openapi/operations.ts';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';
import { aLead, aRequest } from './support/requests.ts';
import { basic, CLIENT, startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

const SCORE = { lead_id: '00Q5e00000A1b2c3D', source: 'website_form', company: { name: 'Acme Corp' } };
const OUTCOME = { outcome_id: 'o1', trace_id: 'trace-1', kind: 'won', occurred_at: '2026-11-22T10:00:00Z' };

let folder: string;
let service: TestService;
/** Answers one request a minute. */
let limited: TestService;
/** Has neither store nor models any more; its secret is checked at a cost. */
let broken: TestService;
const tokens = new Map<TestService, string>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'));
  const size = { trees: 2, depth: 2, seed: 'openapi' };
  const metrics = { holdout_rows: 1000, holdout_log_loss: 0.5, baseline_log_loss: 0.6 };
  await writeSyntheticTrees(folder, { ...size, name: 'proven', metrics });
  await writeSyntheticTrees(folder, { ...size, name: 'unproven' });
  service = await startService({ MODEL_DIR: folder, MODEL: 'proven' });
  limited = await startService({ RATE_LIMIT_PER_MINUTE: 1, TOKEN_LIMIT_PER_MINUTE: 1 });
  broken = await startService({
    MODEL_DIR: join(folder, 'absent'),
    clients: [{ ...CLIENT, secret: await hashSecret(CLIENT.secret) }],
  });
  for (const each of [service, limited, broken]) tokens.set(each, await each.token());
  await broken.service.store.close();
  await service.routed(aRequest());
  await storeOfAnotherModel();
  await fetch(`${limited.url}/v1/evaluations`, { headers: { authorization: `Bearer ${tokens.get(limited)}` } });
});
after(async () => {
  for (const each of [service, limited, broken]) await each[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A decision of a model that is no longer in the folder. */
async function storeOfAnotherModel(): Promise<void> {
  const stored = await service.service.store.findDecision('trace-1');
  assert.ok(stored);
  const request = { ...stored.request, request_id: 'other-model', model_sha256: '0'.repeat(64) };
  const decision = { ...stored.decision, request_id: 'other-model', trace_id: 'other-model' };
  await service.service.store.write({ kind: 'request', request, decisions: [decision], prices: [] });
}

/** How an operation is called so that it succeeds, but for what a test changes. */
interface Call {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

function succeeding(id: string, on: TestService): Call {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(on)}` };
  const calls: Record<string, Call> = {
    token: {
      path: '/oauth/token',
      body: 'grant_type=client_credentials',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: basic() },
    },
    route: { path: '/v1/route', body: aRequest(), headers },
    score: { path: '/v1/score', body: SCORE, headers },
    outcomes: { path: '/v1/outcomes', body: { outcomes: [OUTCOME] }, headers },
    decision: { path: '/v1/decisions/trace-1', headers },
    replay: { path: '/v1/decisions/trace-1/replay', headers },
    evaluations: { path: '/v1/evaluations?days=7', headers },
    models: { path: '/v1/models', headers },
    promote: { path: '/v1/models/proven/promote', body: { slot: 'champion' }, headers },
    keys: { path: '/.well-known/jwks.json' },
    description: { path: '/openapi.json' },
    health: { path: '/healthz' },
    ready: { path: '/readyz' },
    metrics: { path: '/metrics' },
  };
  const call = calls[id];
  assert.ok(call, `the test knows no call of ${id}`);
  return call;
}

/** What provokes a status of an operation. */
async function provoking(status: number, id: string): Promise<Call & { on: TestService }> {
  const on = status === 429 ? limited : status === 503 ? broken : service;
  const call = { ...succeeding(id, on), on };
  const withHeaders = (headers: Record<string, string>): typeof call => ({
    ...call,
    headers: { ...call.headers, ...headers },
  });
  switch (status) {
    case 400:
      if (id === 'token') return { ...call, body: 'grant_type=password' };
      return call.body === undefined ? withHeaders({ 'x-deadline-ms': 'soon' }) : { ...call, body: { surprise: 1 } };
    case 401:
      return withHeaders({ authorization: 'Bearer nonsense' });
    case 403:
      return withHeaders({ authorization: `Bearer ${await service.token('other')}` });
    case 404:
      return { ...call, path: call.path.replace(/trace-1|proven/, 'absent') };
    case 409: {
      if (id === 'promote') return { ...call, path: '/v1/models/unproven/promote' };
      if (id === 'replay') return { ...call, path: '/v1/decisions/other-model/replay' };
      const request = aRequest();
      await service.routed(request);
      return { ...call, body: { ...request, leads: [aLead({ lead_ref: 'another' })] } };
    }
    case 408:
      // Half a body: its other half never comes.
      return { ...withHeaders({ 'x-deadline-ms': '300' }), body: halfABody() };
    case 413:
      return { ...call, body: `"${'x'.repeat(4 * 1024 * 1024)}"` };
    case 415:
      return withHeaders({
        'content-type': id === 'token' ? 'application/x-www-form-urlencoded; charset=utf-16' : 'text/plain',
      });
    case 422:
      return { ...call, body: aRequest({ leads: [aLead({ candidates: ['nobody'] })] }) };
    case 503:
      return id === 'token' ? withHeaders({ 'x-deadline-ms': '1' }) : call;
    default:
      return call;
  }
}

function halfABody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"half": ')) });
}

function bodyOf(body: unknown): object {
  if (body === undefined) return {};
  if (body instanceof ReadableStream) return { body, duplex: 'half' };
  return { body: typeof body === 'string' ? body : JSON.stringify(body) };
}

const document = openApiDocument() as {
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>>;
  components: object;
};
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/** Validates a body by the schema that the document gives for a response. */
function checkBody(operation: Operation, status: number, mediaType: string, text: string): void {
  const response = document.paths[operation.path]?.[operation.method]?.responses[status];
  assert.ok(response, `${status} is not documented`);
  const content = response.content[mediaType];
  assert.ok(content, `${mediaType} is not documented`);
  if (mediaType === 'text/plain') return;
  const validate = ajv.compile({ ...content.schema, components: document.components });
  assert.ok(validate(JSON.parse(text)), `${ajv.errorsText(validate.errors)} in ${text.slice(0, 500)}`);
}

test('shouldBeAValidOpenApi31Document', async () => {
  const { valid, errors } = await new Validator().validate(openApiDocument());

  assert.deepEqual(errors ?? [], []);
  assert.equal(valid, true);
  const served = await service.call('/openapi.json');
  assert.deepEqual(served.body, openApiDocument());
});

test('shouldDescribeExactlyTheRoutesOfTheService', () => {
  const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`);

  assert.deepEqual(routesOf(service.service.app).sort(), described.sort());
});

for (const operation of OPERATIONS) {
  for (const status of [200, ...operation.errors]) {
    test(`shouldAnswerAsDescribedWhen: ${operation.id} is provoked to ${status}`, async () => {
      const { path, body, headers, on } = await provoking(status, operation.id);
      const response = await fetch(on.url + path, {
        method: operation.method.toUpperCase(),
        ...(headers ? { headers } : {}),
        ...bodyOf(body),
      } as RequestInit);
      const text = await response.text();

      assert.equal(response.status, status, text);
      const mediaType = response.headers.get('content-type')?.split(';')[0] ?? '';
      checkBody(operation, status, mediaType, text);
      if (status >= 400) assert.equal((JSON.parse(text) as { status: number }).status, status);
      if (status === 429 || status === 503) assert.ok(Number(response.headers.get('retry-after')) >= 1);
      assert.ok(response.headers.get('x-request-id'));
    });
  }
}

/** The routes of an Express app, with parameters as OpenAPI writes them. */
function routesOf(app: Express): string[] {
  const { stack } = app.router as unknown as {
    stack: { route?: { path: string; methods: Record<string, boolean> } }[];
  };
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : Object.keys(route.methods)
          .filter((method) => method !== '_all')
          .map((method) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
}
