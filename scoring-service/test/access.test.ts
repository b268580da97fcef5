import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SignJWT, exportSPKI } from 'jose';
import { hashSecret, isSecret } from '../src/auth/clientSecret.ts';
import { readConfig } from '../src/config.ts';
import { OPERATIONS } from '../src/openapi/operations.ts';
import { aKey, aToken, writeKeys } from './support/keys.ts';
import type { TestKey } from './support/keys.ts';
import { aRequest } from './support/requests.ts';
import { CLIENT, basic, startService, testConfig } from './support/service.ts';
import type { Reply, TestService } from './support/service.ts';

const CONNECTOR = { id: 'connector:crm', secret: 'the secret of the connector: ü & "quotes"', scopes: ['score'] };
const SCOPES = ['route', 'score', 'outcomes', 'audit', 'operate'];

let folder: string;
let key: TestKey;
let service: TestService;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'));
  key = await aKey('k1');
  await writeKeys(join(folder, 'keys.json'), [[key]]);
  const clients = [
    { ...CLIENT, secret: await hashSecret(CLIENT.secret) },
    { ...CONNECTOR, secret: await hashSecret(CONNECTOR.secret) },
  ];
  await writeFile(join(folder, 'clients.json'), JSON.stringify(clients));
  const { clients: read } = readConfig({ CLIENTS_FILE: join(folder, 'clients.json') });
  service = await startService({ clients: read, SIGNING_KEYS_FILE: join(folder, 'keys.json') });
});
after(async () => {
  await service[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function tokenFor(client: { id: string; secret: string }, scope?: string): Promise<Reply> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
  return service.call('/oauth/token', {
    method: 'POST',
    headers: { authorization: basic(client.id, client.secret) },
    body: form,
  });
}

test('shouldGiveEachOfSeveralClientsItsOwnScopesOnly', async () => {
  assert.equal((await tokenFor(CLIENT)).body['scope'], CLIENT.scopes.join(' '));
  assert.equal((await tokenFor(CONNECTOR)).body['scope'], 'score');
  const refused = await tokenFor(CONNECTOR, 'score operate');
  assert.equal(refused.status, 400);
  assert.equal(refused.body['error'], 'invalid_scope');
  assert.equal((await tokenFor({ ...CONNECTOR, secret: CLIENT.secret })).status, 401, "another client's secret");
  assert.equal((await tokenFor({ ...CONNECTOR, secret: '' })).status, 401);
});

for (const { id, method, path, scope } of OPERATIONS) {
  if (scope === undefined) continue;
  test(`shouldOpen ${id} to the scope ${scope} alone`, async () => {
    const callWith = (scopes: readonly string[]): Promise<Reply> =>
      aToken(key, { scope: scopes.join(' ') }).then((token) =>
        service.call(path.replaceAll(/\{\w+\}/g, 'absent'), {
          method: method.toUpperCase(),
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(method === 'post' ? { body: '{"unknown": 1}' } : {}),
        }),
      );
    const without = await callWith(SCOPES.filter((each) => each !== scope));
    assert.equal(without.status, 403);
    assert.equal(without.headers.get('www-authenticate'), `Bearer error="insufficient_scope", scope="${scope}"`);
    const allowed = await callWith([scope]);
    assert.ok(![401, 403].includes(allowed.status), `${allowed.status}`);
    // A scope is a whole word, not the beginning of one.
    assert.equal((await callWith([`${scope}s`, scope.slice(0, -1)])).status, 403);
  });
}

test('shouldRefuseAForgedTokenOrOneForOthers', async () => {
  const other = await aKey('k1');
  const now = Math.floor(Date.now() / 1000);
  const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
  const claims = { iss: 'test', aud: 'test', sub: CLIENT.id, scope: 'route', exp: now + 600 };
  // The public key as the secret of a symmetric algorithm: a well-known confusion.
  const confused = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' })
    .sign(new TextEncoder().encode(await exportSPKI(key.publicKey)));
  const good = await aToken(key);
  const [head = '', body = '', signature = ''] = good.split('.');
  const cases: Record<string, string> = {
    'another key under our kid': await aToken(other),
    'an unknown kid': await aToken({ ...key, kid: 'k2' }),
    'another audience': await aToken(key, { aud: 'elsewhere' }),
    'another issuer': await aToken(key, { iss: 'https://login.example.com' }),
    expired: await aToken(key, { exp: now - 1 }),
    'without an end': await aToken(key, { exp: null }),
    'not yet valid': await aToken(key, { nbf: now + 60 }),
    'no access token': await aToken(key, {}, { typ: 'JWT' }),
    'without a scope': await aToken(key, { scope: '' }),
    'without a client': await aToken(key, { sub: null }),
    unsigned: `${part({ alg: 'none', typ: 'at+jwt', kid: 'k1' })}.${part(claims)}.`,
    'another algorithm': confused,
    'changed claims': `${head}.${part({ ...claims, scope: 'operate' })}.${signature}`,
    'cut off': good.slice(0, -8),
    'without a signature': `${head}.${body}.`,
    'no token at all': 'x'.repeat(5000),
  };
  for (const [what, token] of Object.entries(cases)) {
    const reply = await service.route(aRequest(), { authorization: `Bearer ${token}` });
    assert.equal(reply.status, 401, what);
    assert.match(reply.headers.get('www-authenticate') ?? '', /^Bearer error="invalid_token"/, what);
  }
  assert.equal((await service.route(aRequest(), { authorization: `bearer ${good}` })).status, 200, 'the good one');
});

test('shouldKeepOnlyTheHashOfASecretAndRefuseADamagedOne', async () => {
  const [one, two] = [await hashSecret('a secret of the test'), await hashSecret('a secret of the test')];
  assert.notEqual(one, two, 'each has a salt of its own');
  assert.ok(
    !one.includes('secret') && !one.includes(createHash('sha256').update('a secret of the test').digest('hex')),
  );
  assert.equal(await isSecret(one, 'a secret of the test'), true);
  assert.equal(await isSecret(one, 'a secret of the tes'), false);
  assert.equal(await isSecret(one, one), false, 'the hash is not the secret');

  // What a shell leaves of it within double quotes, a cost that can't be paid, a hash of nothing.
  const [, , , , salt = '', hash = ''] = one.split('$');
  const damaged = [
    'scrypt6384salt and the rest',
    one.replace('$16384$', '$16383$'),
    one.replace('$16384$', '$4194304$'),
    one.replace('$8$1$', '$0$1$'),
    `scrypt$16384$8$1$${salt}$${hash.slice(0, 8)}`,
    `scrypt$16384$8$1$AA$${hash}`,
  ];
  for (const each of damaged) {
    assert.throws(
      () => readConfig({ CLIENT_ID: 'one', CLIENT_SECRET: each }),
      /CLIENT_SECRET: is a damaged hash/,
      each,
    );
    await writeFile(join(folder, 'bad.json'), JSON.stringify([{ id: 'one', secret: each, scopes: ['route'] }]));
    assert.throws(() => readConfig({ CLIENTS_FILE: join(folder, 'bad.json') }), /0\.secret: must be a hash/, each);
  }
});

test('shouldRefuseAFileOfClientsThatCanNotBeUsed', async () => {
  const file = join(folder, 'bad.json');
  const secret = await hashSecret('a secret of the test');
  const cases: [string, RegExp][] = [
    ['{', /CLIENTS_FILE: is not JSON/],
    ['[]', /CLIENTS_FILE/],
    [JSON.stringify([{ id: 'one', secret: 'plain text secret', scopes: ['route'] }]), /must be a hash/],
    [JSON.stringify([{ id: 'one', secret, scopes: [] }]), /0\.scopes/],
    [JSON.stringify([{ id: 'one', secret, scopes: ['all of them'] }]), /0\.scopes\.0/],
    [JSON.stringify([1, 2].map(() => ({ id: 'one', secret, scopes: ['route'] }))), /a client id is given twice/],
  ];
  for (const [content, message] of cases) {
    await writeFile(file, content);
    assert.throws(() => readConfig({ CLIENTS_FILE: file }), { name: 'ConfigurationError', message });
  }
  assert.throws(() => readConfig({ CLIENTS_FILE: join(folder, 'absent.json') }), /can't be read/);
  assert.throws(() => readConfig({}), /CLIENT_ID: is missing.*CLIENT_SECRET: is missing/);
});

test('shouldPublishNothingPrivateOfItsKeys', async () => {
  const { body } = await service.call('/.well-known/jwks.json');
  const keys = body['keys'] as Record<string, string>[];

  assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  assert.equal(createPublicKey({ key: keys[0] ?? {}, format: 'jwk' }).asymmetricKeyType, 'ec');
  assert.ok(!testConfig().clients.some(({ secret }) => JSON.stringify(body).includes(secret)));
});
