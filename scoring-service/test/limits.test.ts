import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { aLead, aRequest } from './support/requests.ts';
import { CLIENT, basic, startService } from './support/service.ts';
import type { Reply, TestService } from './support/service.ts';

const SECOND = { id: 'second', secret: 'the secret of the second', scopes: ['score', 'audit'] };
const SCORE = { lead_id: '00Q5e00000A1b2c3D', source: 'website_form' };

let service: TestService;
before(async () => {
  service = await startService({ clients: [CLIENT, SECOND] });
});
after(() => service[Symbol.asyncDispose]());

async function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Reply> {
  return service.call(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${await service.token()}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : Buffer.from(body),
  });
}

/** Writes bytes as they are, and reads until the other side ends. */
async function raw(parts: readonly string[], waitMs = 0): Promise<string> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')));
  socket.on('error', () => {});
  for (const part of parts) {
    socket.write(part);
    await delay(waitMs);
  }
  await once(socket, 'close');
  return answer;
}

test('shouldRefuseOneClientsRequestsAboveItsRateAndNobodyElses', async () => {
  await using limited = await startService({ clients: [CLIENT, SECOND], RATE_LIMIT_PER_MINUTE: 3 });
  const tokenOf = async ({ id, secret }: typeof CLIENT): Promise<string> => {
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const init = { method: 'POST', headers: { authorization: basic(id, secret) }, body };
    return String((await limited.call('/oauth/token', init)).body['access_token']);
  };
  const [first, second] = [await tokenOf(CLIENT), await tokenOf(SECOND)];
  const score = (token: string): Promise<Reply> =>
    limited.ask('/v1/score', SCORE, { authorization: `Bearer ${token}` });

  const statuses: number[] = [];
  for (let call = 0; call < 5; call++) statuses.push((await score(first)).status);
  assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
  const refused = await score(first);
  const retryAfter = Number(refused.headers.get('retry-after'));
  assert.ok(Number.isInteger(retryAfter) && retryAfter >= 1 && retryAfter <= 60, `Retry-After ${retryAfter}`);
  assert.equal(refused.body['type'], 'urn:lead-routing:problem:too-many-requests');
  assert.equal(
    (await limited.ask('/v1/models', undefined, { authorization: `Bearer ${first}` })).status,
    429,
    'all paths',
  );

  assert.equal((await score(second)).status, 200, 'another client is not concerned');
  // A token of the same client is the same client.
  assert.equal((await score(await tokenOf(CLIENT))).status, 429);
  assert.equal((await limited.call('/healthz')).status, 200);
});

test('shouldRefuseTokensToAnAddressThatAsksTooOftenRightOrWrong', async () => {
  await using limited = await startService({ TOKEN_LIMIT_PER_MINUTE: 2 });
  const ask = (secret: string): Promise<Reply> =>
    limited.call('/oauth/token', {
      method: 'POST',
      headers: { authorization: basic(CLIENT.id, secret) },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });

  assert.equal((await ask('wrong')).status, 401);
  assert.equal((await ask('wrong again')).status, 401);
  const refused = await ask(CLIENT.secret);
  assert.equal(refused.status, 429, 'guessing does not go on');
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
});

test('shouldAnswer413AboveTheLimitOfEachPathAlsoWhenPackedOrWithoutALength', async () => {
  const padded = (bytes: number): string => `{"pad": "${'x'.repeat(bytes - 11)}"}`;
  const limits: [string, number][] = [
    ['/v1/route', 3 * 1024 * 1024],
    ['/v1/score', 256 * 1024],
    ['/v1/outcomes', 1024 * 1024],
    ['/v1/models/x/promote', 16 * 1024],
  ];
  for (const [path, most] of limits) {
    assert.equal((await post(path, padded(most))).status, 400, `${path}: at the limit it is read`);
    assert.equal((await post(path, padded(most + 1))).status, 413, path);
    const packed = gzipSync(padded(most + 1));
    assert.ok(packed.length < most);
    assert.equal((await post(path, packed, { 'content-encoding': 'gzip' })).status, 413, `${path}: packed`);
  }
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)),
  });
  const endless = await service.call('/v1/score', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await service.token()}`,
      'content-type': 'application/json',
      'x-deadline-ms': '60000',
    },
    body: stream,
    duplex: 'half',
  } as RequestInit);
  assert.equal(endless.status, 413, 'a body without an end, long before its deadline');
  assert.equal((await post('/v1/score', gzipSync('{}').subarray(0, 12), { 'content-encoding': 'gzip' })).status, 400);
  assert.equal((await post('/v1/score', '{}', { 'content-encoding': 'br2' })).status, 415);
});

test('shouldAnswerWithinTheDeadlineWhenTheBodyComesSlowlyOrNotAtAll', async () => {
  const token = await service.token();
  const started = performance.now();
  const answer = await raw([
    `POST /v1/score HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n` +
      'x-deadline-ms: 300\r\ncontent-length: 1000\r\n\r\n{"lead_id": ',
  ]);

  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.match(answer, /connection: close/i);
  assert.match(answer, /deadline of 300 ms/);
  assert.ok(performance.now() - started >= 250, 'not before the deadline');
});

test('shouldRefuseADeadlineThatIsNoNumberWithinTheLimits', async () => {
  for (const header of ['0', '-1', '1.5', '1e3', 'soon', '60001', '99999999999', '']) {
    const reply = await post('/v1/score', JSON.stringify(SCORE), { 'x-deadline-ms': header });
    assert.equal(reply.status, 400, `"${header}"`);
    assert.deepEqual(reply.body['errors'], [
      { path: 'header X-Deadline-Ms', detail: 'must be a whole number of milliseconds from 1 to 60000' },
    ]);
  }
  assert.equal((await post('/v1/score', JSON.stringify(SCORE), { 'x-deadline-ms': '60000' })).status, 200);
});

test('shouldNameEachRequestAndTakeTheCallersNameWhereItIsOne', async () => {
  const own = await service.call('/nowhere', { headers: { 'x-request-id': 'trace-77:a.b' } });
  assert.equal(own.headers.get('x-request-id'), 'trace-77:a.b');
  assert.equal(own.body['request_id'], 'trace-77:a.b');
  const seen = new Set<string>();
  for (const offered of ['', 'two words', '"}, {"', 'x'.repeat(129), 'näme']) {
    const headers = { 'x-request-id': encodeURIComponent(offered) === offered ? offered : escape(offered) };
    const id = (await service.call('/nowhere', { headers })).headers.get('x-request-id') ?? '';
    assert.match(id, /^[0-9a-f-]{36}$/, offered);
    seen.add(id);
  }
  assert.equal(seen.size, 5);
  const { body } = await post('/v1/route', JSON.stringify({ ...aRequest({ request_id: 'of-the-body' }), extra: 1 }));
  assert.equal(body['request_id'], 'of-the-body', 'errors name the request as its sender knows it');
});

test('shouldSendTheHeadersThatProtectBrowsersAndNotSayWhatItRunsOn', async () => {
  for (const path of ['/healthz', '/nowhere', '/openapi.json']) {
    const { headers } = await service.call(path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'self'/, path);
    assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{7,}/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    assert.equal(headers.get('x-powered-by'), null, path);
  }
});

test('shouldShowNothingOfAnUnexpectedErrorAndLogItUnderTheRequestsName', async () => {
  const { models } = service.service;
  const champion = models.champion.bind(models);
  models.champion = () => {
    throw new Error('postgres://user:inner-secret@10.0.0.7');
  };
  try {
    const reply = await post('/v1/score', JSON.stringify(SCORE), { 'x-request-id': 'will-fail' });
    assert.equal(reply.status, 500);
    assert.deepEqual(reply.body, {
      type: 'urn:lead-routing:problem:internal',
      title: 'The service failed',
      status: 500,
      detail: 'The failure is logged under the request id.',
      request_id: 'will-fail',
    });
  } finally {
    models.champion = champion;
  }
  const line = service
    .logged()
    .split('\n')
    .find((each) => each.includes('unexpected error'));
  const logged = JSON.parse(line ?? '{}') as { request_id: string; err: { stack: string } };
  assert.equal(logged.request_id, 'will-fail');
  assert.match(logged.err.stack, /limits\.test\.ts/, 'operations need to know where');
});

test('shouldLogIdsAndNumbersAloneWhateverIsSent', async () => {
  const marks = ['Mark-Payload', 'Mark-Query', 'Mark-Header', 'Mark-Path', 'Mark-Secret'] as const;
  const [payload, query, header, path, secret] = marks;
  const lead = aLead({ source: payload, form_data: { job_title: payload, text: `${payload} wants integration` } });
  await post('/v1/route', JSON.stringify(aRequest({ leads: [lead] })));
  await post('/v1/route', `{"${payload}": `);
  await post('/v1/route', JSON.stringify({ ...aRequest(), [payload]: payload }));
  await post('/v1/route', JSON.stringify(aRequest({ leads: [aLead({ candidates: [payload] })] })));
  await post('/v1/score', JSON.stringify({ ...SCORE, lead_id: payload, company: { name: payload } }));
  await post(`/v1/score?name=${query}`, JSON.stringify(SCORE), {
    'user-agent': header,
    cookie: header,
    referer: header,
  });
  await service.call(`/${path}`);
  await service.ask(`/v1/decisions/${path}`);
  await service.call('/oauth/token', {
    method: 'POST',
    headers: { authorization: basic(CLIENT.id, secret) },
    body: new URLSearchParams({ grant_type: 'client_credentials', client_secret: secret, scope: payload }),
  });
  await service.call('/healthz', { headers: { authorization: `Bearer ${secret}`, 'x-request-id': `${header} ?` } });
  while (!service.logged().includes('/healthz')) await delay(5);

  const logged = service.logged();
  for (const mark of marks) assert.ok(!logged.includes(mark), `${mark} is in the log`);
  const lines = logged.trim().split('\n');
  assert.ok(lines.length > 10);
  const known = ['level', 'time', 'pid', 'hostname', 'msg', 'request_id', 'http_request_id', 'client_id'];
  known.push('method', 'path', 'status', 'ms');
  for (const line of lines) {
    const entry = JSON.parse(line) as Record<string, unknown>;
    if (entry['msg'] !== 'request') continue;
    assert.deepEqual(
      Object.keys(entry).filter((name) => !known.includes(name)),
      [],
    );
  }
});
