import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify, SignJWT, generateKeyPair } from 'jose';
import { hashSecret } from '../src/auth/clientSecret.ts';
import { aRequest } from './support/requests.ts';
import { basic, CLIENT, startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

let service: TestService;
before(async () => {
  service = await startService();
});
after(() => service[Symbol.asyncDispose]());

const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });
const credentials = { grant_type: 'client_credentials', client_id: CLIENT.id, client_secret: CLIENT.secret };

test('shouldIssueAnEs256TokenOfTenMinutesWhenCredentialsAreInTheBody', async () => {
  const reply = await service.call('/oauth/token', form(credentials));

  assert.equal(reply.status, 200);
  assert.equal(reply.body['token_type'], 'Bearer');
  assert.equal(reply.body['expires_in'], 600);
  assert.equal(reply.headers.get('cache-control'), 'no-store');
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', service.url));
  const { payload, protectedHeader } = await jwtVerify(String(reply.body['access_token']), keys, { audience: 'test' });
  assert.equal(protectedHeader.alg, 'ES256');
  assert.equal(payload['scope'], CLIENT.scopes.join(' '));
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 600);
});

test('shouldIssueATokenWhenBasicCredentialsAreEncodedOrPlain', async () => {
  const plain = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
  for (const authorization of [basic(), plain]) {
    const reply = await service.call('/oauth/token', {
      ...form({ grant_type: 'client_credentials' }),
      headers: { authorization },
    });
    assert.equal(reply.status, 200, authorization);
  }
});

test('shouldAnswerWithRfc6749ErrorsWhenTheTokenRequestIsWrong', async () => {
  const cases: [Record<string, string>, number, string][] = [
    [{ ...credentials, client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ ...credentials, client_id: 'someone' }, 401, 'invalid_client'],
    [{ grant_type: 'client_credentials' }, 401, 'invalid_client'],
    [{ ...credentials, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ ...credentials, scope: 'route everything' }, 400, 'invalid_scope'],
  ];
  for (const [fields, status, error] of cases) {
    const reply = await service.call('/oauth/token', form(fields));
    assert.equal(reply.status, status, error);
    assert.equal(reply.body['error'], error);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    assert.equal(reply.headers.has('www-authenticate'), status === 401);
  }
});

test('shouldAcceptTheSecretWhenOnlyItsHashIsConfigured', async () => {
  await using hashed = await startService({
    clients: [{ ...CLIENT, secret: await hashSecret(CLIENT.secret) }],
  });

  assert.equal((await hashed.call('/oauth/token', form(credentials))).status, 200);
  assert.equal((await hashed.call('/oauth/token', form({ ...credentials, client_secret: 'wrong' }))).status, 401);
});

test('shouldRefuseWith401WhenTheTokenIsAbsentForeignOrOfAnotherAudience', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const foreign = await new SignJWT({ scope: 'route' })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .setIssuer('test')
    .setAudience('test')
    .setSubject('salesforce')
    .setExpirationTime('10m')
    .sign(privateKey);
  for (const authorization of ['', 'Bearer nonsense', `Bearer ${foreign}`, basic()]) {
    const reply = await service.route(aRequest(), { authorization });
    assert.equal(reply.status, 401, authorization);
    assert.equal(reply.body['status'], 401);
    assert.match(reply.headers.get('www-authenticate') ?? '', /^Bearer/);
  }
});

test('shouldRefuseWith403WhenTheTokenHasAnotherScope', async () => {
  const reply = await service.route(aRequest(), { authorization: `Bearer ${await service.token('other')}` });

  assert.equal(reply.status, 403);
  assert.match(String(reply.body['detail']), /scope route/);
});

test('shouldLogNeitherSecretNorTokenNorPayload', async () => {
  const token = await service.token();
  await service.routed(aRequest({ request_id: 'logged-request' }));
  await new Promise((resolve) => setTimeout(resolve, 20));

  const logged = service.logged();
  assert.match(logged, /"request_id":"logged-request"/);
  for (const secret of [CLIENT.secret, token, 'Director of IT', 'system integration', 'client_secret']) {
    assert.ok(!logged.includes(secret), `${secret} is in the log`);
  }
});
