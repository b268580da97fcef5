import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import { closeConnections } from '../../src/engine/callouts/exchange.ts';
import { TokenCache } from '../../src/engine/callouts/tokens.ts';
import type { OAuthClient } from '../../src/engine/services.ts';

/** How long tokens are kept, by a clock that the test moves. */
describe('tokens of OAuth clients', () => {
  let given = 0;
  let answer: (n: number) => string = () => '';
  const server = createServer((_request, response) => response.end(answer(++given)));
  let client: OAuthClient;
  let now = 1_000_000_000;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = { name: 'A-B', tokenUrl, clientId: 'i', clientSecret: 's', authentication: 'basic', scope: null };
    mock.method(Date, 'now', () => now);
  });
  afterEach(() => (given = 0));
  after(() => {
    mock.restoreAll();
    closeConnections();
    server.close();
  });

  async function livesFor(cache: TokenCache, ms: number): Promise<void> {
    const token = async () => {
      const result = await cache.tokenFor(client, 20_000);
      assert.ok(result.ok);
      return result.token;
    };
    assert.equal(await token(), 't1');
    now += ms - 1;
    assert.equal(await token(), 't1', 'until just before its end');
    now += 1;
    assert.equal(await token(), 't2', 'and no longer');
  }

  it('shouldBeKeptUntil30SecondsBeforeTheyExpire', async () => {
    answer = (n) => JSON.stringify({ access_token: `t${n}`, expires_in: 600 });
    await livesFor(new TokenCache(), 570_000);
  });

  it('shouldLive5MinutesWhereTheServiceDoesNotSay', async () => {
    answer = (n) => JSON.stringify({ access_token: `t${n}` });
    await livesFor(new TokenCache(), 270_000);
  });

  for (const body of ['', '{}', '{"access_token":""}', '{"access_token":"t","expires_in":0}']) {
    it(`shouldBeNamedAsMissingIn: ${body}`, async () => {
      answer = () => body;
      assert.deepEqual(await new TokenCache().tokenFor(client, 20_000), {
        ok: false,
        response: {
          ok: false,
          kind: 'failed',
          message: 'Unable to fetch the OAuth token. The answer of the token endpoint holds no access token.',
        },
      });
    });
  }

  it('shouldForgetTheOneThatWasRefusedOnly', async () => {
    answer = (n) => JSON.stringify({ access_token: `t${n}` });
    const cache = new TokenCache();
    const other = { ...client, name: 'C-D' };
    await cache.tokenFor(client, 20_000);
    await cache.tokenFor(other, 20_000);
    cache.forget('t1');
    const tokens = [await cache.tokenFor(client, 20_000), await cache.tokenFor(other, 20_000)];
    assert.deepEqual(
      tokens.map((result) => result.ok && result.token),
      ['t3', 't2'],
    );
  });
});
