import type { Engine } from '../engine/engine.ts';
import { ended, insertJobRecord, updateJobRecord } from './jobRecords.ts';

/** Records of a job that one worker handles. Source: Salesforce Help, article 000387766, about the types of AsyncApexJob. */
const OF_ONE_WORKER = 10_000;

/**
 * Writes the records of type BatchApexWorker that a batch job has beside its own, one for each 10,000 of what it handles.
 * Returns their ids.
 */
export function insertWorkers(
  engine: Engine,
  job: { readonly id: string; readonly className: string; readonly userId: string },
  size: number,
): string[] {
  const { id, className, userId } = job;
  const ids: string[] = [];
  engine.systemWrite(() => {
    for (let from = 0; from < size; from += OF_ONE_WORKER) {
      ids.push(insertJobRecord(engine, { type: 'BatchApexWorker', className, parentJobId: id, userId }));
    }
  });
  return ids;
}

/**
 * Writes how far the worker is whose records have been handled up to the given one. That the offset of one that has ended
 * is the number of its records: octoberswimmer/aer-dist, issue 459 (seen of a job of one worker).
 */
export function endWorker(engine: Engine, workers: readonly string[], until: number, size: number): void {
  const at = Math.ceil(until / OF_ONE_WORKER) - 1;
  const id = workers[at];
  if (id === undefined) return;
  const isLast = until === size || until % OF_ONE_WORKER === 0;
  updateJobRecord(engine, id, {
    ...(isLast ? ended(engine, null) : { Status: 'Processing' }),
    LastProcessedOffset: until - at * OF_ONE_WORKER,
  });
}
