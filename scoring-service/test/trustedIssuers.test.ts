import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, mock, test } from 'node:test';
import { SignJWT, generateKeyPair } from 'jose';
import { readConfig } from '../src/config.ts';
import type { TrustedIssuer } from '../src/auth/accessTokens.ts';
import { aKey, aToken } from './support/keys.ts';
import type { TestKey } from './support/keys.ts';
import { CLIENT, startService } from './support/service.ts';
import type { Reply, TestService } from './support/service.ts';

const ISSUER = 'https://login.example.com';
const AUDIENCE = 'https://scoring.example.com';

/** A real server of an issuer's keys; the test says what it answers. */
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let asked = 0;
const issuer = createServer((request, response) => {
  asked++;
  respond(request, response);
});
let key: TestKey;
let other: TestKey;
let jwksUri: string;

before(async () => {
  [key, other] = await Promise.all([aKey('first'), aKey('second')]);
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  jwksUri = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`;
});
after(() => {
  issuer.closeAllConnections();
  issuer.close();
});

const publish =
  (...keys: TestKey[]): typeof respond =>
  (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }));
  };

function terms(changes: Partial<TrustedIssuer> = {}): TrustedIssuer {
  return {
    issuer: ISSUER,
    jwks_uri: jwksUri,
    audience: AUDIENCE,
    algorithms: ['ES256', 'RS256'],
    scope_claim: 'scope',
    client_claim: 'sub',
    scopes: ['audit', 'score'],
    ...changes,
  };
}

const outside = (signer: TestKey = key, changes: Record<string, unknown> = {}): Promise<string> =>
  aToken(signer, { iss: ISSUER, aud: AUDIENCE, sub: 'connector', scope: 'audit', ...changes }, { typ: 'JWT' });

function read(service: TestService, token: string, headers: Record<string, string> = {}): Promise<Reply> {
  return service.call('/v1/evaluations', { headers: { authorization: `Bearer ${token}`, ...headers } });
}

test('shouldAcceptATokenOfATrustedIssuerCheckedByItsKeys', async () => {
  respond = publish(key);
  await using service = await startService({ trustedIssuers: [terms()] });
  asked = 0;

  assert.equal((await read(service, await outside())).status, 200);
  assert.equal((await read(service, await outside())).status, 200);
  assert.equal(asked, 1, 'the keys are fetched once, not for each token');
  assert.match(
    service.logged(),
    new RegExp(`"client_id":"${ISSUER}#connector"`),
    'the client is named with its issuer',
  );
});

test('shouldGiveAnOutsideClientOnlyTheScopesThatItsIssuerMayGive', async () => {
  respond = publish(key);
  await using service = await startService({ trustedIssuers: [terms({ scope_claim: 'scp' })] });
  const promote = async (scopes: unknown): Promise<Reply> =>
    service.call('/v1/models', {
      headers: { authorization: `Bearer ${await outside(key, { scope: null, scp: scopes })}` },
    });

  assert.equal((await promote(['audit', 'operate'])).status, 403, 'operate is not the issuer’s to give');
  assert.equal((await promote(['operate'])).status, 401, 'no scope is left');
  assert.equal((await read(service, await outside(key, { scope: null, scp: ['audit'] }))).status, 200, 'a list');
  assert.equal((await read(service, await outside(key, { scope: null, scp: 'score audit' }))).status, 200, 'a text');
  assert.equal(
    (await read(service, await outside(key, { scope: 'audit' }))).status,
    401,
    'the scopes of another claim',
  );
});

test('shouldRefuseATokenOfATrustedIssuerThatIsNotForUsOrNoLongerOrNotSigned', async () => {
  respond = publish(key);
  await using service = await startService({ trustedIssuers: [terms()] });
  const rsa = await generateKeyPair('PS256');
  const unsigned = [{ alg: 'none' }, { iss: ISSUER, aud: AUDIENCE, sub: 'x', scope: 'audit', exp: 4e9 }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const ofAnotherAlgorithm = await new SignJWT({ scope: 'audit' })
    .setProtectedHeader({ alg: 'PS256', kid: 'first' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('x')
    .setExpirationTime('10m')
    .sign(rsa.privateKey);
  const cases: Record<string, string> = {
    'another audience': await outside(key, { aud: 'https://other.example.com' }),
    'another issuer': await outside(key, { iss: 'https://evil.example.com' }),
    'our own name as issuer': await outside(key, { iss: 'test' }),
    expired: await outside(key, { exp: Math.floor(Date.now() / 1000) - 10 }),
    'without an end': await outside(key, { exp: null }),
    'not yet valid': await outside(key, { nbf: Math.floor(Date.now() / 1000) + 600 }),
    'a key that is not published': await outside(other),
    'another key of the same name': await aToken({ ...other, kid: 'first' }, { iss: ISSUER, aud: AUDIENCE }),
    'without a client': await outside(key, { sub: null }),
    unsigned: `${unsigned}.`,
    'an algorithm that was not agreed': ofAnotherAlgorithm,
  };
  for (const [what, token] of Object.entries(cases)) {
    assert.equal((await read(service, token)).status, 401, what);
  }
  assert.equal((await read(service, await outside())).status, 200, 'the right one still passes');
});

test('shouldFollowTheIssuersRotationOfKeys', async () => {
  respond = publish(key);
  await using service = await startService({ trustedIssuers: [terms()] });
  assert.equal((await read(service, await outside())).status, 200);

  respond = publish(other);
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  try {
    // Unknown keys are not asked for more than every 30 seconds: anyone could make us ask.
    assert.equal((await read(service, await outside(other))).status, 401);
    mock.timers.tick(31_000);
    assert.equal((await read(service, await outside(other))).status, 200);
    mock.timers.tick(61_000);
    assert.equal((await read(service, await outside(key))).status, 401, 'the withdrawn key');
  } finally {
    mock.timers.reset();
  }
});

test('shouldAnswer503WhenTheIssuersKeysCanNotBeHadAndServeOurOwnTokens', async () => {
  await using service = await startService({ trustedIssuers: [terms()] });
  const failures: Record<string, typeof respond> = {
    'an error': (_request, response) => response.writeHead(500).end(),
    'no JSON': (_request, response) => response.end('<html>'),
    'no keys': (_request, response) => response.end('{"keys": "none"}'),
    'a redirection': (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    'an ended connection': (request) => request.socket.destroy(),
  };
  for (const [what, failure] of Object.entries(failures)) {
    respond = failure;
    const reply = await read(service, await outside());
    assert.equal(reply.status, 503, what);
    assert.equal(reply.headers.get('retry-after'), '5', what);
    assert.ok(!JSON.stringify(reply.body).includes('127.0.0.1'), 'the address of the keys is nobody’s business');
  }
  respond = () => {};
  const late = await read(service, await outside(), { 'x-deadline-ms': '300' });
  assert.equal(late.status, 503, 'no answer: the deadline holds');

  assert.equal((await read(service, await service.token('audit'))).status, 200, 'our own tokens need nobody');
});

test('shouldRefuseTrustedIssuersThatCanNotBeTrusted', () => {
  const withIssuers = (value: string): unknown =>
    readConfig({ CLIENT_ID: CLIENT.id, CLIENT_SECRET: CLIENT.secret, TRUSTED_ISSUERS: value });
  const full = { issuer: ISSUER, jwks_uri: 'https://login.example.com/keys', audience: AUDIENCE, scopes: ['score'] };
  const cases: [unknown, RegExp][] = [
    [{ ...full, jwks_uri: 'http://login.example.com/keys' }, /0\.jwks_uri: must be https/],
    [{ ...full, jwks_uri: 'file:///etc/passwd' }, /0\.jwks_uri/],
    [{ ...full, jwks_uri: 'keys' }, /0\.jwks_uri/],
    [{ ...full, audience: '' }, /0\.audience/],
    [{ ...full, scopes: [] }, /0\.scopes/],
    [{ ...full, algorithms: ['HS256'] }, /0\.algorithms/],
    [{ ...full, secret: 'x' }, /secret/],
  ];
  for (const [each, message] of cases) {
    assert.throws(() => withIssuers(JSON.stringify([each])), { name: 'ConfigurationError', message }, String(message));
  }
  assert.throws(() => withIssuers('[}'), /TRUSTED_ISSUERS: is not JSON/);
  assert.deepEqual((withIssuers(JSON.stringify([full])) as { trustedIssuers: TrustedIssuer[] }).trustedIssuers, [
    { ...full, algorithms: ['ES256', 'RS256', 'PS256'], scope_claim: 'scope', client_claim: 'sub' },
  ]);
});
