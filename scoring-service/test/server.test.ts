import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportPKCS8, generateKeyPair } from 'jose';
import { PRIOR_MANIFEST } from './support/service.ts';

const SERVER = fileURLToPath(new URL('../src/server.ts', import.meta.url));
const CREDENTIALS = {
  CLIENT_ID: 'salesforce',
  CLIENT_SECRET: 'sixteen-characters',
  STORE_FILE: join(mkdtempSync(join(tmpdir(), 'server-')), 'audit.sqlite'),
};
after(() => rm(dirname(CREDENTIALS.STORE_FILE), { recursive: true }));

function start(environment: Record<string, string>): { child: ChildProcess; stderr(): string } {
  const child = spawn(process.execPath, [SERVER], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  return { child, stderr: () => stderr };
}

test('shouldPrintItsAddressServeAndEndGracefullyWhenStartedAsAProcess', async () => {
  const { child, stderr } = start(CREDENTIALS);
  assert.ok(child.stdout);
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { listening } = JSON.parse(line) as { listening: string };

  assert.match(listening, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(`${listening}/readyz`)).status, 200);
  assert.match(stderr(), /no SIGNING_KEY/);
  assert.ok(!stderr().includes(CREDENTIALS.CLIENT_SECRET));

  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 0);
});

test('shouldShowNoSecretOfItsEnvironmentWhenItServesOrFails', async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const secrets = {
    SIGNING_KEY: await exportPKCS8(privateKey),
    LEAD_HASH_KEY: 'the-key-of-hashes-of-leads',
    CLIENT_SECRET: 'the-secret-of-the-client',
  };
  const working = start({ ...CREDENTIALS, ...secrets, LOG_LEVEL: 'debug' });
  assert.ok(working.child.stdout);
  const [line] = (await once(createInterface({ input: working.child.stdout }), 'line')) as [string];
  const { listening } = JSON.parse(line) as { listening: string };
  const form = { grant_type: 'client_credentials', client_id: 'salesforce', client_secret: secrets.CLIENT_SECRET };
  const reply = await fetch(`${listening}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = (await reply.json()) as { access_token: string };
  assert.ok(token);
  working.child.kill('SIGTERM');
  await once(working.child, 'close');

  const url = 'postgres://scoring:the-password-of-the-database@127.0.0.1:1/audit';
  const failing = start({ ...CREDENTIALS, ...secrets, DATABASE_URL: url });
  const [code] = (await once(failing.child, 'close')) as [number];
  assert.notEqual(code, 0);
  const broken = start({ ...CREDENTIALS, ...secrets, SIGNING_KEY: `${secrets.SIGNING_KEY.slice(0, 90)}` });
  await once(broken.child, 'close');
  assert.match(broken.stderr(), /SIGNING_KEY must be a P-256 private key/);

  const pieces = [secrets.LEAD_HASH_KEY, secrets.CLIENT_SECRET, token, 'the-password-of-the-database'];
  const shown = working.stderr() + failing.stderr() + broken.stderr();
  assert.match(working.stderr(), /"path":"\/oauth\/token"/);
  for (const piece of [...pieces, secrets.SIGNING_KEY.split('\n')[1] ?? '']) {
    assert.ok(!shown.includes(piece), `${piece} is shown in: ${shown}`);
  }
});

test('shouldEndWithTheReasonWhenTheEnvironmentIsNotUsable', async () => {
  const { child, stderr } = start({ CLIENT_SECRET: 'short', PORT: 'http' });
  const [code] = (await once(child, 'close')) as [number];

  assert.equal(code, 1);
  for (const name of ['CLIENT_ID', 'CLIENT_SECRET', 'PORT']) assert.match(stderr(), new RegExp(`${name}: `));
});

test('shouldEndWithTheReasonWhenTheModelIsRefused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  await cp(dirname(PRIOR_MANIFEST), folder, { recursive: true });
  await writeFile(join(folder, 'prior.lead.onnx'), 'something else');
  const { child, stderr } = start({ ...CREDENTIALS, MODEL_DIR: folder });
  const [code] = (await once(child, 'close')) as [number];
  await rm(folder, { recursive: true });

  assert.equal(code, 1);
  assert.match(stderr(), /prior\.lead\.onnx has SHA-256/);
});

test('shouldEndWithTheReasonWhenTheStoreIsNoDatabase', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-'));
  const file = join(folder, 'audit.sqlite');
  await writeFile(file, 'something else, and not a database at all');
  const { child, stderr } = start({ ...CREDENTIALS, STORE_FILE: file, LOG_LEVEL: 'error' });
  const [code] = (await once(child, 'close')) as [number];
  await rm(folder, { recursive: true });

  assert.equal(code, 1);
  const { msg } = JSON.parse(stderr()) as { msg: string };
  assert.equal(
    msg,
    `STORE_FILE: ${file} can't be used: file is not a database. Name a file in a folder that the service may write to. ` +
      'See docs/scoring-service.md.',
  );
});
