import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import { diskAfterPowerLoss, readCalls, straceCommand } from './support/powerLoss.ts';
import { aRequest } from './support/requests.ts';
import { CLIENT } from './support/service.ts';
import { loadUntilGone, startServerProcess, untilLength } from './support/serverProcess.ts';
import type { Acknowledged } from './support/serverProcess.ts';
import { openStore } from './support/stores.ts';

const LOSSES = 12;
const ACKNOWLEDGED = 60;

test('shouldHaveStoredEveryAcknowledgedDecisionWhenThePowerFails', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'power-'));
  const data = join(folder, 'data');
  mkdirSync(join(folder, 'trace'));
  mkdirSync(data);
  const output = join(folder, 'trace', 'calls');
  const server = await startServerProcess(
    { STORE_FILE: join(data, 'audit.sqlite'), DATABASE_URL: undefined },
    straceCommand(output),
  );
  const acknowledged: Acknowledged[] = [];
  const load = loadUntilGone(server, 8, () => aRequest(), acknowledged);
  await Promise.race([load, untilLength(acknowledged, ACKNOWLEDGED)]);
  await server.kill();
  await load;

  const calls = readCalls(output, data);
  const syncs = calls.filter(({ kind }) => kind === 'sync').length;
  assert.ok(syncs > ACKNOWLEDGED / 16, `only ${syncs} syncs were seen`);
  const random = seededRandom('power loss');
  const [first, last] = [acknowledged[0]?.at ?? 0, acknowledged.at(-1)?.at ?? 0];
  for (let loss = 0; loss < LOSSES; loss++) {
    const at = loss === 0 ? Number.POSITIVE_INFINITY : first + random() * (last - first);
    // Unsynced sectors are dropped, or one half of them is.
    const survives = loss % 2 === 0 ? (): boolean => false : (): boolean => random() < 0.5;
    const into = join(folder, `loss-${loss}`);
    diskAfterPowerLoss(calls, { at, survives, into });

    const file = join(into, 'audit.sqlite');
    const database = new DatabaseSync(file);
    assert.deepEqual({ ...database.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' });
    database.close();
    const store = await openStore({ STORE_FILE: file, DATABASE_URL: undefined });
    const known = acknowledged.filter((each) => each.at <= at);
    const missing: string[] = [];
    for (const { requestId, answer } of known) {
      if ((await store.findAnswer(CLIENT.id, requestId))?.answer !== answer) missing.push(requestId);
    }
    await store.close();
    assert.equal(missing.length, 0, `loss ${loss}: ${missing.length} of ${known.length} acknowledged are lost`);
  }
  rmSync(folder, { recursive: true });
});
