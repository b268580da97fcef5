import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { attack, problemDocumentProblem } from '../fuzz/attack.ts';
import { goodBodies } from '../fuzz/goodBodies.ts';
import type { Config } from '../src/config.ts';
import { postgresPrograms, startPostgres } from './support/postgres.ts';
import { startService } from './support/service.ts';

/** The full run, twenty thousand and more, is `npm run fuzz`. */
const REQUESTS = 2500;
/** Longer than in operation: the machine that tests may be busy. */
const DEADLINE_MS = 120_000;

async function refusesEverything(seed: string, changes: Partial<Config> = {}): Promise<void> {
  await using service = await startService({
    DEFAULT_DEADLINE_MS: DEADLINE_MS,
    LONGEST_DEADLINE_MS: DEADLINE_MS,
    ...changes,
  });
  const prototype = Object.getOwnPropertyNames(Object.prototype).sort();
  const target = { url: service.url, token: await service.token(), good: goodBodies(), deadlineMs: DEADLINE_MS };
  const report = await attack(target, seed, REQUESTS);
  assert.deepEqual(report.failures, []);
  assert.ok(report.refused >= REQUESTS && report.goodAnswers > 5, JSON.stringify(report));
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).sort(), prototype, 'nothing was polluted');
}

test('shouldAnswerEveryHostileRequestWithAProblemOf4xxAndGoodOnesAsEverWhenTheStoreIsSQLite', () =>
  refusesEverything('sqlite'));

test(
  'shouldAnswerEveryHostileRequestWithAProblemOf4xxAndGoodOnesAsEverWhenTheStoreIsPostgreSQL',
  { skip: postgresPrograms() === null && 'PostgreSQL is not installed' },
  async () => {
    await using postgres = await startPostgres();
    await refusesEverything('postgres', { DATABASE_URL: await postgres.freshDatabase() });
  },
);

const head = 'POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer TOKEN\r\n';

/** Bytes that are no request, or only a part of one; `ends`: the sender then ends its side. What never comes is refused at the deadline. */
const broken: Record<string, { bytes: string; ends?: boolean; status: number }> = {
  'no HTTP': { bytes: '\u0016\u0003\u0001\u0002\u0000\u0001', status: 400 },
  'a wrong version': { bytes: 'GET / HTTP/9.9\r\n\r\n', status: 400 },
  'a header without a name': { bytes: 'GET /healthz HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n', status: 400 },
  'headers above the limit': {
    bytes: `GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    status: 431,
  },
  'two lengths': { bytes: `${head}content-length: 5\r\ncontent-length: 6\r\n\r\n{}   `, status: 400 },
  'length and chunks': {
    bytes: `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    status: 400,
  },
  'a chunk of a wrong size': { bytes: `${head}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, status: 400 },
  'a body that ends early': { bytes: `${head}content-length: 500\r\n\r\n{"lead_id":`, ends: true, status: 400 },
  'a body that never comes': { bytes: `${head}x-deadline-ms: 300\r\ncontent-length: 500\r\n\r\n{"le`, status: 408 },
  'a form that never comes': {
    bytes:
      'POST /oauth/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n' +
      'x-deadline-ms: 300\r\ncontent-length: 500\r\n\r\ngrant_',
    status: 408,
  },
};

for (const [what, { bytes, ends, status }] of Object.entries(broken)) {
  test(`shouldAnswerWithAProblemDocumentWhenTheRequestIs: ${what}`, async () => {
    await using service = await startService();
    const answer = await exchange(service.url, bytes.replace('TOKEN', await service.token()), ends === true);
    const [headers = '', text = ''] = answer.split('\r\n\r\n');
    const contentType = /content-type: (.*)/i.exec(headers)?.[1] ?? '';
    assert.equal(Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1]), status, answer);
    assert.equal(problemDocumentProblem(status, contentType, text), null, answer);
    assert.equal((await service.call('/healthz')).status, 200, 'the process is alive');
  });
}

/** Sends bytes on a connection of its own and gives what came until the service ended it. */
function exchange(url: string, bytes: string, ends: boolean): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('utf8')));
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
    socket.on('end', () => socket.end());
    socket.write(bytes, 'latin1');
    if (ends) socket.end();
  });
}
