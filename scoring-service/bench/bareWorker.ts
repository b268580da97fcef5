import { parentPort, workerData } from 'node:worker_threads';
import { recordedWork } from './recordedWork.ts';
import type { RecordedWork } from './recordedWork.ts';

/** What can't be done without: parsing the request, ONNX for all rows, TreeSHAP for the explained ones (which, see `recordedWork.ts`). */
export interface BareJob {
  readonly manifest: string;
  readonly bodies: readonly string[];
  readonly rounds: number;
}

/** Milliseconds of processor time for a request. */
export interface BareTimes {
  readonly leafTables: number;
  readonly ownTables: number;
}

const { manifest, bodies, rounds } = workerData as BareJob;
const works = await recordedWork(manifest, bodies);
const leafTables = await mean((work) => work.leafTableExplanations);
const ownTables = await mean((work) => work.explanations);
parentPort?.postMessage({ leafTables, ownTables } satisfies BareTimes);

async function mean(explanationsOf: (work: RecordedWork) => readonly (() => unknown)[]): Promise<number> {
  let before = process.threadCpuUsage();
  const warm = Math.ceil(rounds / 4);
  for (let round = -warm; round < rounds; round++) {
    if (round === 0) before = process.threadCpuUsage();
    const work = works[(round + warm) % works.length];
    if (work === undefined) throw new Error('Nothing to measure.');
    JSON.parse(work.body);
    for (const run of work.runs) await run();
    for (const explain of explanationsOf(work)) explain();
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / rounds;
}
