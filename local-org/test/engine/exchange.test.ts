import assert from 'node:assert/strict';
import dns from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { after, describe, it, mock } from 'node:test';
import { closeConnections, exchange } from '../../src/engine/callouts/exchange.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];

/** A server that does this with every connection once something has come. */
async function raw(answer: (socket: Socket, request: string) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => answer(socket, data.toString()));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

after(() => {
  closeConnections();
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

describe('one exchange over HTTP', () => {
  const get = (url: string, timeoutMs = 20_000) =>
    exchange({ method: 'GET', url, headers: [['X-One', '1']], body: null, timeoutMs, oauth: null });

  it('shouldKeepHeadersAsTheyCame', async () => {
    const seen: string[] = [];
    const url = await raw((socket, request) => {
      seen.push(request);
      socket.end('HTTP/1.1 200 Fine\r\nX-Two: a\r\nx-two: b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    });
    const answer = await get(url);
    assert.ok(answer.ok);
    assert.deepEqual(answer.headers, [
      ['X-Two', 'a'],
      ['x-two', 'b'],
      ['Content-Length', '2'],
      ['Connection', 'close'],
    ]);
    assert.deepEqual([answer.status, answer.reason, Buffer.from(answer.body).toString()], [200, 'Fine', 'ok']);
    assert.match(seen[0] ?? '', /^GET \/ HTTP\/1\.1\r\nuser-agent: local-org\r\naccept: \*\/\*\r\nx-one: 1\r\n/);
    assert.doesNotMatch(seen[0] ?? '', /content-length/);
  });

  const failed = (message: string) => ({ ok: false, kind: 'failed', message });

  it('shouldRefuseWhatIsNoAddressOfTheWeb', async () => {
    assert.deepEqual(await get('somewhere'), failed('no protocol: somewhere'));
    assert.deepEqual(await get('ftp://127.0.0.1/'), failed('unknown protocol: ftp'));
    const refused = { ok: false, kind: 'refused', message: 'Connection refused' };
    assert.deepEqual(await get('https://127.0.0.1:1/'), refused, 'https is none of the unknown protocols');
  });

  it('shouldSayThatTheServerEndedWithoutAnAnswer', async () => {
    const url = await raw((socket) => socket.resetAndDestroy());
    assert.deepEqual(await get(url), failed('Unexpected end of file from server'));
  });

  for (const code of ['ENOTFOUND', 'EAI_AGAIN']) {
    it(`shouldNameTheHostThatIsNotFound: ${code}`, async () => {
      const lookup = mock.method(dns, 'lookup', (_name: string, _options: object, done: (error: Error) => void) =>
        done(Object.assign(new Error('x'), { code })),
      );
      assert.deepEqual(await get('http://nowhere.example/'), failed('nowhere.example'));
      lookup.mock.restore();
    });
  }

  it('shouldPassOnWhatElseGoesWrong', async () => {
    const url = await raw((socket) => socket.end('no HTTP\r\n\r\n'));
    const answer = await get(url);
    assert.ok(!answer.ok && answer.kind === 'failed');
    assert.match(answer.message, /^Parse Error/);
  });

  it('shouldEndTheWaitForAnAnswerThatStaysIncomplete', async () => {
    const url = await raw((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'));
    assert.deepEqual(await get(url, 50), { ok: false, kind: 'timeout', message: 'Read timed out' });
  });
});
