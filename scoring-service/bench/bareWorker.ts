import { parentPort, workerData } from 'node:worker_threads';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { ROWS_PER_RUN, loadModel } from '../src/model/servedModel.ts';
import type { ServedGraph } from '../src/model/servedModel.ts';

/** What can't be done without: parsing the request, ONNX for all rows, TreeSHAP for the explained ones. */
export interface BareJob {
  readonly manifest: string;
  readonly body: string;
  readonly leads: number;
  readonly candidates: number;
  readonly explained: number;
  readonly rounds: number;
}

const { manifest, body, leads, candidates, explained, rounds } = workerData as BareJob;
const model = await loadModel(manifest, KNOWN_FEATURES);
if (model === null) throw new Error(`${manifest} is missing.`);
const { win, lead } = model;
const pairRows = rowsOf(win, leads * candidates);
const leadRows = rowsOf(lead, leads);
let before = process.threadCpuUsage();
const warm = Math.ceil(rounds / 4);
for (let round = -warm; round < rounds; round++) {
  if (round === 0) before = process.threadCpuUsage();
  JSON.parse(body);
  await score(win, pairRows, leads * explained);
  await score(lead, leadRows, leads);
}
const { user, system } = process.threadCpuUsage(before);
parentPort?.postMessage({ mean: (user + system) / 1000 / rounds });

/** Values that differ from row to row, made before anything is measured. */
function rowsOf({ manifest: { features } }: ServedGraph, rows: number): Float32Array {
  return Float32Array.from({ length: rows * features.length }, (_each, index) => (index * 7919) % 5);
}

async function score(
  { manifest: { features }, run, explanation }: ServedGraph,
  values: Float32Array,
  explain: number,
): Promise<void> {
  const width = features.length;
  const rows = values.length / width;
  for (let start = 0; start < rows; start += ROWS_PER_RUN) {
    await run(values.subarray(start * width, Math.min(rows, start + ROWS_PER_RUN) * width));
  }
  for (let row = 0; row < explain; row++) explanation.contributions(values.subarray(row * width, (row + 1) * width));
}
