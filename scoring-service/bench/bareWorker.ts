import { parentPort, workerData } from 'node:worker_threads';
import { recordedWork } from './recordedWork.ts';

/** What can't be done without: parsing the request, ONNX for all rows, TreeSHAP for the explained ones. */
export interface BareJob {
  readonly manifest: string;
  readonly bodies: readonly string[];
  readonly rounds: number;
}

const { manifest, bodies, rounds } = workerData as BareJob;
const works = await recordedWork(manifest, bodies);
let before = process.threadCpuUsage();
const warm = Math.ceil(rounds / 4);
for (let round = -warm; round < rounds; round++) {
  if (round === 0) before = process.threadCpuUsage();
  const work = works[(round + warm) % works.length];
  JSON.parse(work?.body ?? '');
  for (const run of work?.runs ?? []) await run();
  for (const explain of work?.explanations ?? []) explain();
}
const { user, system } = process.threadCpuUsage(before);
parentPort?.postMessage({ mean: (user + system) / 1000 / rounds });
