import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { LoadClient } from './loadClient.ts';
import { measuredBody } from './measuredBodies.ts';
import { capacityOf, lostIn, overload } from './overload.ts';
import { startProcess } from './serviceProcess.ts';

/** Half a minute at twice what the service can answer. Ends with 1 if anything was not as it must be. */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, deadline: { type: 'string', default: '1000' } },
});
const CONNECTIONS = 256;
const deadlineMs = Number(values.deadline);
const folder = mkdtempSync(join(tmpdir(), 'load-'));
const storeFile = join(folder, 'audit.sqlite');
const service = await startProcess({ STORE_FILE: storeFile });
try {
  const client = new LoadClient(service.url, await service.token(), CONNECTIONS);
  const body = measuredBody(1, 50);
  await capacityOf(client, body, 16, 2);
  const capacity = await capacityOf(client, body, 16, 5);
  const perSecond = 2 * capacity;
  // By how much the caller itself comes too late to look at its clock.
  const callersDelay = monitorEventLoopDelay();
  callersDelay.enable();
  const { accepted, ...report } = await overload(client, body, {
    perSecond,
    seconds: Number(values.seconds),
    deadlineMs,
  });
  callersDelay.disable();
  const callersDelayP99Ms = callersDelay.percentile(99) / 1e6;
  client.close();
  await service.stop();
  const lost = lostIn(storeFile, accepted);
  console.log(
    JSON.stringify(
      { capacity, perSecond, deadlineMs, accepted: accepted.length, ...report, callersDelayP99Ms, lost: lost.length },
      null,
      2,
    ),
  );
  const isRight = report.wrong.length === 0 && lost.length === 0 && report.refused > 0 && report.p99Ms < deadlineMs;
  if (!isRight) process.exitCode = 1;
} finally {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
}
