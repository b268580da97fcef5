import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startProcess } from '../bench/serviceProcess.ts';
import type { ServiceProcess } from '../bench/serviceProcess.ts';
import { postgresPrograms, startPostgres } from './support/postgres.ts';
import type { TestPostgres } from './support/postgres.ts';
import { aLead, aRepresentative, aRequest } from './support/requests.ts';
import { startRoundRobinProxy } from './support/roundRobinProxy.ts';
import type { RoundRobinProxy } from './support/roundRobinProxy.ts';

const skip = postgresPrograms() === null && 'PostgreSQL is not installed';

let postgres: TestPostgres;
let database: pg.Client;
let replicas: [ServiceProcess, ServiceProcess];
let proxy: RoundRobinProxy;
let token: string;
let environment: Record<string, string>;

before(async () => {
  if (skip) return;
  postgres = await startPostgres();
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const url = await postgres.freshDatabase();
  environment = {
    DATABASE_URL: url,
    SIGNING_KEY: privateKey,
    LEAD_HASH_KEY: 'a key that replicas share',
    DEFAULT_DEADLINE_MS: '60000',
    SHUTDOWN_MS: '60000',
  };
  database = new pg.Client({ connectionString: url });
  await database.connect();
  // Both at once: one of them migrates the store, the other one waits for it.
  replicas = await Promise.all([startProcess(environment), startProcess(environment)]);
  proxy = await startRoundRobinProxy(replicas.map(({ url: each }) => each));
  token = await replicas[0].token();
});
after(async () => {
  if (skip) return;
  await proxy[Symbol.asyncDispose]();
  await Promise.all(replicas.map((replica) => replica.stop()));
  await database.end();
  await postgres[Symbol.asyncDispose]();
});

function send(url: string, path: string, body?: unknown): Promise<Response> {
  return fetch(url + path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
}

function request(id: string): ReturnType<typeof aRequest> {
  return aRequest({
    request_id: id,
    leads: [aLead({ trace_id: `trace of ${id}`, candidates: ['r1', 'r2'] })],
    representatives: [aRepresentative(), aRepresentative({ rep_ref: 'r2', tenure_days: 10 })],
  });
}

/** As a caller does it: the same request again until it is answered. */
async function untilAnswered(url: string, id: string, mostAttempts = 20): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const reply = await send(url, '/v1/route', request(id)).catch(() => null);
    if (reply?.status === 200) return reply.text();
    await reply?.body?.cancel();
    if (attempt === mostAttempts) throw new Error(`${id} was not answered: ${reply?.status ?? 'no connection'}`);
    await delay(50);
  }
}

async function rowsOf(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await database.query<Record<string, unknown>>(text, values)).rows;
}

test('shouldAcceptEachOthersTokensWhenReplicasShareTheirKeys', { skip }, async () => {
  const [one, two] = await Promise.all(
    replicas.map(async ({ url }) => (await fetch(`${url}/.well-known/jwks.json`)).json()),
  );
  assert.deepEqual(one, two);
  const statuses = await Promise.all(replicas.map(async ({ url }) => (await send(url, '/v1/models')).status));
  assert.deepEqual(statuses, [200, 200]);
});

test('shouldDecideOnceWhenBothReplicasGetTheSameRequestAtOnce', { skip }, async () => {
  for (let round = 0; round < 10; round++) {
    const id = `once ${round}`;
    const [one, two] = await Promise.all(
      replicas.map(async ({ url }) => {
        const reply = await send(url, '/v1/route', request(id));
        assert.equal(reply.status, 200);
        return reply.text();
      }),
    );
    // Even the time that it took: both give the stored answer.
    assert.equal(one, two);
  }
  const stored = await rowsOf(`select count(*)::int as n from decisions where request_id like 'once %'`);
  assert.deepEqual(stored, [{ n: 10 }]);

  const other = { ...request('once 0'), as_of: '2026-11-23T10:00:00Z' };
  for (const { url } of replicas) assert.equal((await send(url, '/v1/route', other)).status, 409);
});

test('shouldDecideWithTheSamePricesWhenOneOfThemLearnt', { skip }, async () => {
  const [{ seen: before } = { seen: 0 }] = await rowsOf(`select seen from prices where rep_ref = 'r1'`);
  await Promise.all(Array.from({ length: 20 }, (_each, lead) => untilAnswered(proxy.url, `price ${lead}`)));
  const [{ seen } = { seen: 0 }] = await rowsOf(`select seen from prices where rep_ref = 'r1'`);
  assert.equal(Number(seen) - Number(before), 20, 'leads of both replicas are counted');

  await database.query(`update prices set price = 0.5 where rep_ref = 'r1'`);
  await delay(1200);
  for (const [index, { url }] of replicas.entries()) {
    const id = `dear ${index}`;
    await untilAnswered(url, id);
    const decision = (await (await send(url, `/v1/decisions/${encodeURIComponent(`trace of ${id}`)}`)).json()) as {
      prices: Record<string, number>;
      result: { recommended: string };
    };
    assert.ok((decision.prices['r1'] ?? 0) > 0.3, JSON.stringify(decision.prices));
    assert.equal(decision.result.recommended, 'r2', 'whoever is dear does not get this lead');
  }
  await database.query(`update prices set price = 0`);
});

test('shouldFinishWhatItAcceptedWhenAReplicaIsAskedToEnd', { skip }, async () => {
  const [, two] = replicas;
  const ids = Array.from({ length: 60 }, (_each, index) => `graceful ${index}`);
  const answers = ids.map((id) => send(two.url, '/v1/route', request(id)).catch(() => null));
  await Promise.race(answers);
  const code = await two.stop('SIGTERM');
  const replies = await Promise.all(answers);
  assert.equal(code, 0);
  assert.doesNotMatch(two.logged(), /did not end in time/);
  const answered = ids.filter((_id, index) => replies[index]?.status === 200);
  assert.ok(answered.length > 0, 'some were under way');
  assert.deepEqual(
    replies.filter((reply) => reply !== null && reply.status !== 200),
    [],
    'what was accepted is answered, the rest is not accepted at all',
  );
  const stored = await rowsOf(`select request_id from requests where request_id = any($1)`, [answered]);
  assert.equal(stored.length, answered.length);
  await assert.rejects(fetch(`${two.url}/readyz`), 'nothing is accepted any more');
  replicas = [replicas[0], await startProcess(environment)];
  await proxy[Symbol.asyncDispose]();
  proxy = await startRoundRobinProxy(replicas.map(({ url }) => url));
});

test('shouldLoseNoAnswerWhenOneReplicaIsKilledUnderLoad', { skip }, async () => {
  const ids = Array.from({ length: 120 }, (_each, index) => `killed ${index}`);
  const queue = [...ids];
  let answered = 0;
  const client = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      await untilAnswered(proxy.url, id);
      answered++;
      if (answered === 30) await replicas[1].stop('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  assert.equal(answered, ids.length);
  const stored = await rowsOf(
    `select count(*)::int as n, count(distinct request_id)::int as ids from decisions where request_id like 'killed %'`,
  );
  assert.deepEqual(stored, [{ n: ids.length, ids: ids.length }]);
  assert.ok((proxy.sent[1] ?? 0) > 30, 'the dead replica was still being asked');
});

test('shouldBeReadyOnlyWhileTheStoreCanBeWritten', { skip }, async () => {
  const [one] = replicas;
  assert.equal((await fetch(`${one.url}/readyz`)).status, 200);
  await database.query(`alter table probes rename to probes_away`);
  const reply = await fetch(`${one.url}/readyz`);
  assert.equal(reply.status, 503);
  assert.ok(reply.headers.get('retry-after') !== null);
  assert.equal((await fetch(`${one.url}/healthz`)).status, 200, 'a replica without its store is alive');
  await database.query(`alter table probes_away rename to probes`);
  assert.equal((await fetch(`${one.url}/readyz`)).status, 200, 'it recovers by itself');
});
