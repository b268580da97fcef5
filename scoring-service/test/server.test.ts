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
