import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFaultyProxy, UNKNOWN_REP } from '../../scripts/faultyService.ts';
import type { Fault } from '../../scripts/faultyService.ts';
import { aRequest } from './support/requests.ts';
import { startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

let service: TestService;
before(async () => {
  service = await startService();
});
after(() => service[Symbol.asyncDispose]());

async function routeThrough(url: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/v1/route`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await service.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify(aRequest()),
    ...(signal ? { signal } : {}),
  });
}

async function withFault(fault: Fault, use: (url: string) => Promise<void>, slowMs?: number): Promise<void> {
  const proxy = await startFaultyProxy({ target: service.url, fault, ...(slowMs === undefined ? {} : { slowMs }) });
  try {
    await use(proxy.url);
  } finally {
    await proxy.close();
  }
}

test('shouldRefuseConnectionsWhenTheServiceIsDown', () =>
  withFault('service-down', (url) => assert.rejects(fetch(`${url}/healthz`), { message: 'fetch failed' })));

test('shouldPassTokensThroughAndFailRoutesWhenTheFaultIs500', () =>
  withFault('service-500', async (url) => {
    const token = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'x' }) });
    assert.equal(token.status, 401);
    const reply = await routeThrough(url);
    assert.equal(reply.status, 500);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json');
  }));

test('shouldAnswer200WithoutJsonWhenTheFaultIsGarbage', () =>
  withFault('service-garbage', async (url) => {
    const reply = await routeThrough(url);
    assert.equal(reply.status, 200);
    await assert.rejects(reply.json(), SyntaxError);
  }));

test('shouldNameAnUnknownRepresentativeWhenTheFaultIsUnknownRep', () =>
  withFault('service-unknown-rep', async (url) => {
    const reply = await routeThrough(url);
    const { results } = (await reply.json()) as { results: { recommended: string; ranking: { rep_ref: string }[] }[] };
    assert.equal(results[0]?.recommended, UNKNOWN_REP);
    assert.equal(results[0]?.ranking[0]?.rep_ref, UNKNOWN_REP);
  }));

test('shouldAnswerLateWhenTheFaultIsSlow', () =>
  withFault(
    'service-slow',
    async (url) => {
      const started = performance.now();
      assert.equal((await routeThrough(url)).status, 200);
      assert.ok(performance.now() - started >= 200);
    },
    200,
  ));

test('shouldEndAtOnceWhenASlowProxyIsClosed', async () => {
  const proxy = await startFaultyProxy({ target: service.url, fault: 'service-slow' });
  const pending = routeThrough(proxy.url);
  const refused = assert.rejects(pending);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await proxy.close();
  await refused;
});
