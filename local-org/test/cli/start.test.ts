import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

describe('local-org start', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-org-'));
    cpSync(join(import.meta.dirname, '../engine/project'), folder, { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(...args: string[]) {
    const child = spawn(process.execPath, [MAIN, 'start', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { text: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    return { child, output, ended };
  }

  it('shouldPrintItsAddressAndLoginAsJsonAndEndWhenItIsInterrupted', async () => {
    const { child, output, ended } = run(folder, '--json');
    await Promise.race([once(child.stdout, 'data'), ended]);
    const { url, clientId, clientSecret } = JSON.parse(output.text) as Record<string, string>;
    const token = await fetch(`${url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId ?? '',
        client_secret: clientSecret ?? '',
      }),
    });
    child.kill('SIGINT');
    assert.equal(token.status, 200);
    assert.equal(await ended, 0);
  });

  it('shouldEndWhenTheSeedScriptFails', async () => {
    const script = join(folder, 'seed.mjs');
    writeFileSync(script, `process.exit(process.env.LOCAL_ORG_URL.startsWith('http://') ? 3 : 4);`);
    const { output, ended } = run(folder, '--seed', script);
    assert.equal(await ended, 1);
    assert.match(output.text, /seed.mjs ended with code 3/);
  });

  it('shouldSayHowItIsUsedWhenNoProjectIsNamed', async () => {
    const { output, ended } = run();
    assert.equal(await ended, 2);
    assert.match(output.text, /usage: local-org start <project>/);
  });
});
