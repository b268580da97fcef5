import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LoadClient } from '../bench/loadClient.ts';
import { measuredBody } from '../bench/measuredBodies.ts';
import { capacityOf, lostIn, overload } from '../bench/overload.ts';
import { startProcess } from '../bench/serviceProcess.ts';

const DEADLINE_MS = 400;

/** The half minute with times by the caller's clock is `npm run load`. */
test('shouldRefuseWithRetryAfterAndLoseNothingWhenMoreComesThanCanBeAnswered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  const storeFile = join(folder, 'audit.sqlite');
  const service = await startProcess({ STORE_FILE: storeFile });
  try {
    const client = new LoadClient(service.url, await service.token(), 256);
    const body = measuredBody(1, 50);
    const capacity = await capacityOf(client, body, 8, 2);
    // A busy machine may answer a little faster later on: four times is too much in any case.
    const report = await overload(client, body, { perSecond: 4 * capacity, seconds: 4, deadlineMs: DEADLINE_MS });
    client.close();
    await service.stop();

    assert.deepEqual(report.wrong, []);
    assert.ok(
      report.refused > 0,
      `nothing was refused: ${JSON.stringify({ capacity, ...report, accepted: report.accepted.length })}`,
    );
    assert.equal(report.accepted.length + report.refused, report.sent, 'every request got an answer');
    assert.ok(
      report.slowestInServiceMs <= DEADLINE_MS || report.accepted.length === 0,
      `${report.slowestInServiceMs} ms`,
    );
    assert.deepEqual(lostIn(storeFile, report.accepted), [], 'whatever was acknowledged is stored');
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
