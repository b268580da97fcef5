import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, mock, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeProtectedHeader } from 'jose';
import { KEY_RETIRES_AFTER_MS } from '../src/auth/accessTokens.ts';
import { SigningKeys } from '../src/auth/signingKeys.ts';
import { aKey, aToken, writeKeys } from './support/keys.ts';
import type { TestKey } from './support/keys.ts';
import { startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

const MINUTE = 60_000;

let folder: string;
let old: TestKey;
let fresh: TestKey;
let files = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  [old, fresh] = await Promise.all([aKey('old'), aKey('fresh')]);
});
after(() => rm(folder, { recursive: true }));

async function keysFile(...keys: [TestKey, number?][]): Promise<string> {
  const file = join(folder, `keys-${files++}.json`);
  await writeKeys(file, keys);
  return file;
}

async function publishedBy(service: TestService): Promise<string[]> {
  const { body } = await service.call('/.well-known/jwks.json');
  return (body['keys'] as { kid: string }[]).map(({ kid }) => kid);
}

async function statusWith(service: TestService, token: string): Promise<number> {
  return (await service.call('/v1/evaluations', { headers: { authorization: `Bearer ${token}` } })).status;
}

test('shouldPublishAKeyBeforeItSignsAndRetireTheOldOneWhenItsLastTokenHasExpired', async () => {
  const start = Date.now();
  await using service = await startService({ SIGNING_KEYS_FILE: await keysFile([old], [fresh, start + 10 * MINUTE]) });
  mock.timers.enable({ apis: ['Date'], now: start });
  try {
    const kidNow = async (): Promise<string | undefined> => decodeProtectedHeader(await service.token('audit')).kid;
    assert.equal(await kidNow(), 'old');
    assert.deepEqual(await publishedBy(service), ['old', 'fresh'], 'published before it signs');
    assert.equal(await statusWith(service, await aToken(fresh, { scope: 'audit' })), 200, 'accepted before it signs');

    mock.timers.setTime(start + 10 * MINUTE - 1);
    const last = await service.token('audit');
    assert.equal(decodeProtectedHeader(last).kid, 'old');
    mock.timers.setTime(start + 10 * MINUTE);
    assert.equal(await kidNow(), 'fresh');

    mock.timers.setTime(start + 20 * MINUTE - 1000);
    assert.equal(await statusWith(service, last), 200, 'the last token of the old key is valid until it expires');
    assert.deepEqual(await publishedBy(service), ['old', 'fresh']);

    mock.timers.setTime(start + 10 * MINUTE + KEY_RETIRES_AFTER_MS);
    assert.deepEqual(await publishedBy(service), ['fresh'], 'retired');
    assert.equal(await statusWith(service, await aToken(old, { scope: 'audit' })), 401, 'a retired key opens nothing');
    assert.equal(await statusWith(service, await service.token('audit')), 200);
  } finally {
    mock.timers.reset();
  }
});

test('shouldAcceptEachOthersTokensWhenReplicasHaveReadTheNewKeysAtDifferentMoments', async () => {
  const now = Date.now();
  await using early = await startService({ SIGNING_KEYS_FILE: await keysFile([old], [fresh, now - 1000]) });
  await using late = await startService({ SIGNING_KEYS_FILE: await keysFile([old], [fresh, now + 10 * MINUTE]) });

  const [ofEarly, ofLate] = [await early.token('audit'), await late.token('audit')];
  assert.equal(decodeProtectedHeader(ofEarly).kid, 'fresh');
  assert.equal(decodeProtectedHeader(ofLate).kid, 'old');
  assert.equal(await statusWith(late, ofEarly), 200);
  assert.equal(await statusWith(early, ofLate), 200);
});

test('shouldRefuseEachOthersTokensWhenNoKeyIsConfigured', async () => {
  await using one = await startService();
  await using two = await startService();

  assert.equal(await statusWith(two, await one.token('audit')), 401);
});

test('shouldTakeOverTheFileWithoutARestartWhenItWasChangedAndKeepItsKeysWhenItIsBroken', async () => {
  const file = await keysFile([old]);
  await using service = await startService({ SIGNING_KEYS_FILE: file });
  assert.deepEqual(await publishedBy(service), ['old']);

  await writeKeys(file, [[old], [fresh, Date.now()]]);
  while ((await publishedBy(service)).length < 2) await delay(200);
  assert.equal(decodeProtectedHeader(await service.token('audit')).kid, 'fresh');

  await writeFile(file, `{"keys": [{"kty": "EC", "d": "${String(fresh.privateJwk.d)}"}]}`);
  while (!service.logged().includes('SIGNING_KEYS_FILE')) await delay(200);
  assert.deepEqual(await publishedBy(service), ['old', 'fresh']);
  assert.ok(!service.logged().includes(String(fresh.privateJwk.d)), 'a private key is in the log');

  assert.equal(await statusWith(service, await aToken(old, { scope: 'audit' })), 200);
  await writeKeys(file, [[fresh]]);
  while ((await publishedBy(service)).length > 1) await delay(200);
  assert.equal(await statusWith(service, await aToken(old, { scope: 'audit' })), 401, 'a key that was taken out');
});

test('shouldRefuseAFileOfKeysThatCanNotWork', async () => {
  const broken = join(folder, 'broken.json');
  const load = async (content: unknown): Promise<unknown> => {
    await writeFile(broken, typeof content === 'string' ? content : JSON.stringify(content));
    return SigningKeys.fromFile(broken, KEY_RETIRES_AFTER_MS);
  };
  const { x, y, ...withoutPoint } = old.privateJwk;
  const cases: [unknown, RegExp][] = [
    ['{', /can't be read as JSON/],
    [{ keys: [] }, /no set of private P-256 JWKs; look at: keys/],
    [{ keys: [old.publicJwk] }, /look at: keys\.0\.d/],
    [{ keys: [{ ...withoutPoint, x }] }, /look at: keys\.0\.y/],
    [{ keys: [{ ...old.privateJwk, crv: 'P-384' }] }, /look at: keys\.0\.crv/],
    [{ keys: [{ ...old.privateJwk, x: 'AAAA', y }] }, /is no P-256 private key/],
    [{ keys: [{ ...old.privateJwk, x: fresh.privateJwk.x, y: fresh.privateJwk.y }] }, /do not belong|no P-256/],
    [{ keys: [old.privateJwk, { ...fresh.privateJwk, kid: 'old' }] }, /two keys of .* have the same kid/],
    [{ keys: [{ ...old.privateJwk, signs_from: '2100-01-01T00:00:00Z' }] }, /no key of .* signs yet/],
    [{ keys: [{ ...old.privateJwk, signs_from: 'soon' }] }, /look at: keys\.0\.signs_from/],
  ];
  for (const [content, message] of cases) {
    await assert.rejects(load(content), (error: Error) => {
      assert.equal(error.name, 'ConfigurationError');
      assert.match(error.message, message);
      assert.ok(!error.message.includes(String(old.privateJwk.d)), 'the message shows the secret');
      return true;
    });
  }
  await assert.rejects(SigningKeys.fromFile(join(folder, 'absent.json'), 0), /can't be read/);
  await assert.rejects(SigningKeys.single('no PEM', 0), {
    name: 'ConfigurationError',
    message: /^SIGNING_KEY must be/,
  });
});
