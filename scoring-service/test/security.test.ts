import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { AccessTokens, KEY_RETIRES_AFTER_MS } from '../src/auth/accessTokens.ts';
import { SigningKeys } from '../src/auth/signingKeys.ts';
import { readConfig } from '../src/config.ts';
import { CLIENT, startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

let folder: string;
let service: TestService;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  service = await startService();
});
after(async () => {
  await service[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const NOW = Date.now();
const HOUR_MS = 3_600_000;

async function aPrivateKey(kid: string, signsFrom: number | null): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const from = signsFrom === null ? {} : { signs_from: new Date(signsFrom).toISOString() };
  return { ...(await exportJWK(privateKey)), kid, ...from };
}

function keyFile(name: string, keys: readonly JWK[]): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ keys }));
  return file;
}

test('shouldPublishAKeyBeforeItSignsAndRetireItAfterItsLastTokenExpired', async () => {
  const begins = NOW + HOUR_MS;
  const file = keyFile('rotation.json', [await aPrivateKey('new', begins), await aPrivateKey('old', null)]);
  const keys = await SigningKeys.fromFile(file, KEY_RETIRES_AFTER_MS);
  const at = (ms: number): [string, string[]] => [
    keys.current(ms).kid,
    keys.published(ms).keys.map((key) => key.kid ?? ''),
  ];

  assert.deepEqual(at(NOW), ['old', ['old', 'new']], 'published, but it does not sign yet');
  assert.deepEqual(at(begins), ['new', ['old', 'new']], 'it signs; tokens of the other are still about');
  assert.deepEqual(at(begins + KEY_RETIRES_AFTER_MS - 1)[1], ['old', 'new']);
  assert.deepEqual(at(begins + KEY_RETIRES_AFTER_MS), ['new', ['new']]);
  assert.ok(KEY_RETIRES_AFTER_MS >= 600_000, 'not before a token of ten minutes has expired');
  for (const key of keys.published(NOW).keys) assert.equal(key.d, undefined, 'the private part is not published');
});

test('shouldAcceptTokensOfAnotherReplicaWhileKeysRotateAndRefuseThemOnceTheKeyIsGone', async () => {
  const [old, next] = [await aPrivateKey('old', null), await aPrivateKey('next', NOW - 1000)];
  const terms = { issuer: 'i', audience: 'a' };
  const first = await SigningKeys.fromFile(keyFile('first.json', [old]), KEY_RETIRES_AFTER_MS);
  const file = keyFile('second.json', [old, next]);
  const second = await SigningKeys.fromFile(file, KEY_RETIRES_AFTER_MS);
  const token = await new AccessTokens({ keys: first, ...terms }).issue({ clientId: 'c', scopes: ['route'] });

  // It signs with the next key already, and accepts what the other one signed before.
  assert.equal(second.current().kid, 'next');
  assert.deepEqual(await new AccessTokens({ keys: second, ...terms }).check(token), {
    clientId: 'c',
    scopes: ['route'],
  });
  keyFile('second.json', [next]);
  await second.reload();
  await assert.rejects(new AccessTokens({ keys: second, ...terms }).check(token), { status: 401 });
});

test('shouldKeepItsKeysAndNameThePathOnlyWhenTheFileIsSpoilt', async () => {
  const file = keyFile('spoilt.json', [await aPrivateKey('good', null)]);
  const keys = await SigningKeys.fromFile(file, KEY_RETIRES_AFTER_MS);
  writeFileSync(file, JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', d: 'very secret' }] }));

  await assert.rejects(keys.reload(), (error: Error) => {
    assert.equal(error.name, 'ConfigurationError');
    assert.match(error.message, /keys\.0\.x/);
    assert.ok(!error.message.includes('very secret'));
    return true;
  });
  assert.equal(keys.current().kid, 'good');
});

/** An issuer of tokens that is not the service. */
async function anIssuer(): Promise<{ url: string; key: CryptoKey; down(): Promise<void> }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'theirs', alg: 'ES256', use: 'sig' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    key: privateKey,
    down: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function outsideToken(
  key: CryptoKey,
  changes: { audience?: string; scope?: string; expires?: string } = {},
): Promise<string> {
  return new SignJWT({ scope: changes.scope ?? 'audit operate' })
    .setProtectedHeader({ alg: 'ES256', kid: 'theirs' })
    .setIssuer('https://idp.example')
    .setAudience(changes.audience ?? 'scoring')
    .setSubject(CLIENT.id)
    .setIssuedAt()
    .setExpirationTime(changes.expires ?? '5m')
    .sign(key);
}

test('shouldAcceptTokensOfATrustedIssuerForItsAudienceAndItsScopesOnly', async () => {
  const issuer = await anIssuer();
  const trusted = { issuer: 'https://idp.example', jwks_uri: issuer.url, audience: 'scoring', scopes: ['audit'] };
  const config = readConfig({
    CLIENT_ID: CLIENT.id,
    CLIENT_SECRET: CLIENT.secret,
    TRUSTED_ISSUERS: JSON.stringify([trusted]),
  });
  await using trusting = await startService({ trustedIssuers: config.trustedIssuers });
  const ask = async (token: string, path = '/v1/evaluations'): Promise<number> =>
    (await trusting.call(path, { headers: { authorization: `Bearer ${token}` } })).status;

  assert.equal(await ask(await outsideToken(issuer.key)), 200);
  assert.equal(await ask(await outsideToken(issuer.key), '/v1/models'), 403, 'the issuer may not give this scope');
  assert.equal(await ask(await outsideToken(issuer.key, { audience: 'others' })), 401);
  assert.equal(await ask(await outsideToken(issuer.key, { expires: '-1m' })), 401);
  const { privateKey } = await generateKeyPair('ES256');
  assert.equal(await ask(await outsideToken(privateKey)), 401, 'signed by somebody else');
  assert.equal(
    (await service.call('/v1/evaluations', { headers: { authorization: `Bearer ${await outsideToken(issuer.key)}` } }))
      .status,
    401,
  );
  assert.match(
    trusting.logged(),
    /"client_id":"https:\/\/idp\.example#salesforce"/,
    'it has not the name of a client of ours',
  );
  await issuer.down();
});

test('shouldAnswer503WhenTheKeysOfATrustedIssuerCanNotBeRead', async () => {
  const issuer = await anIssuer();
  await issuer.down();
  const terms = { issuer: 'https://idp.example', jwks_uri: issuer.url, audience: 'scoring', scopes: ['audit'] };
  const trustedIssuers = [{ ...terms, algorithms: ['ES256' as const], scope_claim: 'scope', client_claim: 'sub' }];
  await using trusting = await startService({ trustedIssuers });

  const reply = await trusting.call('/v1/evaluations', {
    headers: { authorization: `Bearer ${await outsideToken(issuer.key)}` },
  });
  assert.equal(reply.status, 503);
  assert.ok(Number(reply.headers.get('retry-after')) >= 1);
});

test('shouldSendHardenedHeadersAndARequestIdAndNoTraceOfItsInside', async () => {
  const reply = await service.call('/v1/nothing', { headers: { 'x-request-id': 'from.the-caller:1' } });

  assert.equal(reply.headers.get('x-request-id'), 'from.the-caller:1');
  assert.equal(reply.body['request_id'], 'from.the-caller:1');
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  assert.match(reply.headers.get('content-security-policy') ?? '', /default-src 'self'/);
  assert.ok(reply.headers.has('strict-transport-security'));
  assert.equal(reply.headers.get('x-powered-by'), null);
  const other = await service.call('/healthz', { headers: { 'x-request-id': 'not acceptable {}' } });
  assert.match(other.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
});

test('shouldAnswer500WithoutItsMessageAndLogItWhenSomethingUnexpectedFails', async () => {
  await using broken = await startService();
  broken.service.models.list = () => Promise.reject(new Error('inside: /secret/path'));
  const reply = await broken.ask('/v1/models');

  assert.equal(reply.status, 500);
  assert.deepEqual(Object.keys(reply.body).sort(), ['detail', 'request_id', 'status', 'title', 'type']);
  assert.ok(!JSON.stringify(reply.body).includes('inside'));
  assert.ok(!/\bat \S+\.ts/.test(JSON.stringify(reply.body)));
  assert.match(broken.logged(), /inside: \/secret\/path/);
});

test('shouldLimitEachClientForItself', async () => {
  const clients = ['one', 'two'].map((id) => ({ ...CLIENT, id }));
  await using limited = await startService({ clients, RATE_LIMIT_PER_MINUTE: 2 });
  const tokenOf = async (id: string): Promise<string> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: CLIENT.secret });
    return String((await limited.call('/oauth/token', { method: 'POST', body: form })).body['access_token']);
  };
  const [one, two] = [await tokenOf('one'), await tokenOf('two')];
  const ask = async (token: string): Promise<number> =>
    (await limited.call('/v1/evaluations', { headers: { authorization: `Bearer ${token}` } })).status;

  assert.deepEqual([await ask(one), await ask(one), await ask(one)], [200, 200, 429]);
  assert.equal(await ask(two), 200, 'the other client has its own limit');
});

test('shouldAnswer503WithinTheDeadlineWhenTheBodyDoesNotArrive', async () => {
  const { request } = await import('node:http');
  const token = await service.token();
  const status = await new Promise<number>((resolve, reject) => {
    const call = request(`${service.url}/v1/route`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': '1000',
        'x-deadline-ms': '300',
      },
    });
    call.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.write('{"request_id":');
  });

  assert.equal(status, 503);
});
