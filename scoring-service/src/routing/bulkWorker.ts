import { parentPort } from 'node:worker_threads';
import { KNOWN_FEATURES } from '../features/featureVector.ts';
import { loadModel } from '../model/servedModel.ts';
import type { ServedModel } from '../model/servedModel.ts';
import type { PreparedRequest } from './preparedRequest.ts';
import { routeLeads } from './routeLeads.ts';
import type { Decided, Prices } from './routeLeads.ts';

/** A large request for the worker; the model is loaded here too, and must be the same one. */
export interface BulkJob {
  readonly id: number;
  readonly request: PreparedRequest;
  readonly prices: Prices;
  readonly manifestFile: string;
  readonly sha256: string;
  readonly leftMs: number;
}

export type BulkReply =
  | { readonly id: number; readonly decided: Decided }
  | { readonly id: number; readonly error: string; readonly isLate: boolean; readonly deadlineMs: number };

class LateError extends Error {}

if (parentPort === null) throw new Error('bulkWorker.ts is a worker and not started by itself.');
const port = parentPort;
/** Champion and challenger take turns here: both are kept, the one used last at the end. */
const loaded = new Map<string, ServedModel>();
const MOST_LOADED = 2;
// One at a time: two would only slow each other down.
let last: Promise<void> = Promise.resolve();

port.on('message', (job: BulkJob) => {
  const end = performance.now() + job.leftMs;
  last = last.then(() => work(job, end));
});

async function work(job: BulkJob, end: number): Promise<void> {
  const checkDeadline = (): void => {
    if (performance.now() > end) throw new LateError();
  };
  try {
    checkDeadline();
    const model = await modelOf(job);
    const decided = await routeLeads(job.request, model, job.prices, checkDeadline);
    port.postMessage({ id: job.id, decided } satisfies BulkReply);
  } catch (error) {
    const isLate = error instanceof LateError;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    port.postMessage({ id: job.id, error: text, isLate, deadlineMs: Math.round(job.leftMs) } satisfies BulkReply);
  }
}

async function modelOf({ manifestFile, sha256 }: BulkJob): Promise<ServedModel> {
  const model = loaded.get(sha256) ?? (await loadModel(manifestFile, KNOWN_FEATURES));
  if (model?.sha256 !== sha256) throw new Error(`${manifestFile} is no longer the model that serves.`);
  loaded.delete(sha256);
  loaded.set(sha256, model);
  for (const oldest of [...loaded.keys()].slice(0, -MOST_LOADED)) loaded.delete(oldest);
  return model;
}
