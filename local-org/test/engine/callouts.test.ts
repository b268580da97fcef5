import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { CalloutLine } from '../../src/engine/callouts/line.ts';
import { Wake } from '../../src/engine/wake.ts';
import type { OAuthClient, OutboundRequest, OutboundResponse } from '../../src/engine/services.ts';

const servers: Server[] = [];
const wake = new Wake();
const line = new CalloutLine(wake);

async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(request: Partial<OutboundRequest> & { url: string }): Promise<OutboundResponse> {
  const pending = line.send({ method: 'GET', headers: [], body: null, timeoutMs: 2000, oauth: null, ...request });
  for (;;) {
    line.collect();
    if (pending.answer) {
      line.drop(pending);
      return pending.answer.response;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

after(async () => {
  await line.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe('the callout thread', () => {
  it('shouldSendMethodHeadersAndBodyAndReturnTheAnswer', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, 'Made', { 'X-Echo': String(request.headers['x-trace']) });
        response.end(`${request.method} ${Buffer.concat(chunks).toString()}`);
      });
    });

    const answer = await send({ method: 'POST', url, headers: [['X-Trace', 't1']], body: Buffer.from('grüße') });

    assert.ok(answer.ok);
    assert.equal(answer.status, 201);
    assert.equal(answer.reason, 'Made');
    assert.equal(Buffer.from(answer.body).toString(), 'POST grüße');
    assert.deepEqual(
      answer.headers.find(([name]) => name === 'X-Echo'),
      ['X-Echo', 't1'],
    );
  });

  it('shouldKnowWhetherAnAnswerIsThereForSomebodyWhoWaits', async () => {
    const url = await serve((_request, response) => response.end('ok'));
    const request = { method: 'GET', url, headers: [], body: null, timeoutMs: 20_000, oauth: null };
    const pending = line.send(request);
    assert.equal(line.answered, false);
    while (!pending.answer) {
      line.collect();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.equal(line.answered, true);
    line.drop(pending);
    assert.equal(line.answered, false);
  });

  it('shouldTimeOutWhenTheWholeAnswerDoesNotComeInTime', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      response.write('first half');
    });

    const started = performance.now();
    const answer = await send({ url, timeoutMs: 150 });

    assert.deepEqual(answer, { ok: false, kind: 'timeout', message: 'Read timed out' });
    assert.ok(performance.now() - started < 1500, 'the timeout ends the wait');
  });

  it('shouldSayRefusedWhenNobodyListens', async () => {
    const answer = await send({ url: 'http://127.0.0.1:1/' });
    assert.deepEqual(answer, { ok: false, kind: 'refused', message: 'Connection refused' });
  });

  it('shouldNotFollowRedirects', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    const answer = await send({ url });
    assert.ok(answer.ok);
    assert.equal(answer.status, 302);
  });

  it('shouldAnswerEachCalloutWithItsOwnAnswerWhenManyAreUnderWay', async () => {
    const url = await serve((request, response) => {
      setTimeout(() => response.end(request.url), request.url === '/slow' ? 60 : 5);
    });
    const answers = await Promise.all(['/slow', '/a', '/b'].map((path) => send({ url: url + path })));
    assert.deepEqual(
      answers.map((answer) => (answer.ok ? Buffer.from(answer.body).toString() : answer.message)),
      ['/slow', '/a', '/b'],
    );
  });
});

describe('OAuth client credentials of callouts', () => {
  /** A token endpoint that gives out t1, t2 …, and a resource that accepts only the latest. */
  async function protectedService(options: { expiresIn?: number; refuse?: boolean } = {}) {
    const seen = { tokens: 0, calls: 0, basic: '', form: '' };
    const url = await serve((request, response) => {
      if (request.url === '/token') {
        let form = '';
        request.on('data', (chunk: Buffer) => (form += chunk.toString()));
        request.on('end', () => {
          seen.tokens++;
          seen.form = form;
          seen.basic = request.headers.authorization ?? '';
          if (options.refuse) response.writeHead(401).end('{"error":"invalid_client"}');
          else response.end(JSON.stringify({ access_token: `t${seen.tokens}`, expires_in: options.expiresIn ?? 600 }));
        });
        return;
      }
      seen.calls++;
      const good = request.headers.authorization === `Bearer t${seen.tokens}` && request.url !== '/revoked';
      response.writeHead(good ? 200 : 401).end();
    });
    const client: OAuthClient = {
      name: 'Scoring-Routing',
      tokenUrl: `${url}/token`,
      clientId: 'id',
      clientSecret: 's:e/c',
      authentication: 'basic',
      scope: null,
    };
    return { url, client, seen };
  }

  it('shouldFetchOneTokenAndUseItAgainWhenItHasNotExpired', async () => {
    const { url, client, seen } = await protectedService();
    await Promise.all([send({ url, oauth: client }), send({ url, oauth: client })]);
    const third = await send({ url, oauth: client });

    assert.equal(third.ok && third.status, 200);
    assert.equal(seen.tokens, 1, 'callouts share the token');
    assert.equal(seen.basic, `Basic ${Buffer.from('id:s%3Ae%2Fc').toString('base64')}`);
    assert.equal(seen.form, 'grant_type=client_credentials');
  });

  it('shouldFetchANewTokenOnceWhenTheServiceRefusesTheOld', async () => {
    const { url, client, seen } = await protectedService();
    const answer = await send({ url: `${url}/revoked`, oauth: client });
    assert.equal(answer.ok && answer.status, 401, 'the second refusal is the answer');
    assert.deepEqual([seen.tokens, seen.calls], [2, 2]);
  });

  it('shouldFetchANewTokenWhenTheOldIsAboutToExpire', async () => {
    const { url, client, seen } = await protectedService({ expiresIn: 5 });
    await send({ url, oauth: client });
    await send({ url, oauth: client });
    assert.equal(seen.tokens, 2);
  });

  it('shouldSendTheSecretInTheBodyWhenTheClientSaysSo', async () => {
    const { url, client, seen } = await protectedService();
    await send({ url, oauth: { ...client, authentication: 'body', scope: 'route' } });
    assert.deepEqual(Object.fromEntries(new URLSearchParams(seen.form)), {
      grant_type: 'client_credentials',
      scope: 'route',
      client_id: 'id',
      client_secret: 's:e/c',
    });
  });

  it('shouldFailWithoutTheSecretInTheMessageWhenTheTokenIsRefused', async () => {
    const { url, client } = await protectedService({ refuse: true });
    const answer = await send({ url, oauth: client });
    assert.ok(!answer.ok);
    assert.equal(answer.message, 'Unable to fetch the OAuth token. The token endpoint answered 401.');
  });
});
