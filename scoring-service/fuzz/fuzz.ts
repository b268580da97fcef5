import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startProcess } from '../bench/serviceProcess.ts';
import { attack } from './attack.ts';
import { goodBodies } from './goodBodies.ts';

/** Attacks a service that runs in a process of its own. Ends with 1 if anything was not as it must be. */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '20000' }, seed: { type: 'string', default: String(Date.now()) } },
});
const DEADLINE_MS = 5000;
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const service = await startProcess({
  STORE_FILE: join(folder, 'audit.sqlite'),
  DEFAULT_DEADLINE_MS: String(DEADLINE_MS),
});
try {
  const { url } = service;
  const target = { url, token: await service.token(), good: goodBodies(), deadlineMs: DEADLINE_MS };
  const report = await attack(target, values.seed, Number(values.requests));
  console.log(JSON.stringify({ seed: values.seed, ...report }, null, 2));
  const isAlive = service.exitCode() === null;
  if (report.failed > 0 || !isAlive) {
    console.error(isAlive ? `${report.failed} answers were not as they must be.` : 'The process ended.');
    process.exitCode = 1;
  }
} finally {
  await service.stop();
  rmSync(folder, { recursive: true });
}
