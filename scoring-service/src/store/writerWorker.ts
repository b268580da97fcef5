import { parentPort, workerData } from 'node:worker_threads';
import { failureOf, openDatabase } from './database.ts';
import type { StoreLocation } from './database.ts';
import { commit } from './writes.ts';
import type { Write, Written } from './writes.ts';

/** What the worker is told: a write with a number, or to end once everything before is written. */
export type WriterRequest = { readonly id: number; readonly write: Write } | { readonly close: true };
export type WriterReply =
  { readonly id: number; readonly written: Written } | { readonly id: number; readonly error: string };

/** So many writes share a commit at most; a commit of more would make the first wait for the last. */
const LARGEST_GROUP = 256;
/** Replicas that change the same rows may have to begin again. */
const ATTEMPTS = 5;

/**
 * The only one who writes to the store. Writes that arrive while a commit is under way share the next one: nobody waits
 * for company, so that group commit costs no latency.
 */
if (parentPort === null) throw new Error('writerWorker.ts is a worker and not started by itself.');
const port = parentPort;
const db = openDatabase(workerData as StoreLocation);
const queue: { id: number; write: Write }[] = [];
let isBusy = false;
let isClosing = false;

port.on('message', (message: WriterRequest) => {
  if ('close' in message) isClosing = true;
  else queue.push(message);
  if (!isBusy) {
    isBusy = true;
    // All messages that are there already are received before this runs.
    setImmediate(() => void work());
  }
});

async function work(): Promise<void> {
  while (queue.length > 0) {
    await commitGroup(queue.splice(0, LARGEST_GROUP));
    // Lets further messages in.
    await new Promise((resolve) => setImmediate(resolve));
  }
  isBusy = false;
  if (isClosing) {
    await db.destroy();
    port.close();
  }
}

async function commitGroup(group: readonly { id: number; write: Write }[], attempt = 1): Promise<void> {
  try {
    const written = await commit(
      db,
      group.map(({ write }) => write),
    );
    group.forEach(({ id }, index) => reply({ id, written: written[index] ?? { stored: 0, together: 0 } }));
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'conflict' && attempt < ATTEMPTS) await commitGroup(group, attempt + 1);
    // One that can't be written must not take the others with it; where nothing can be, none is tried alone.
    else if (failure !== 'unreachable' && group.length > 1) for (const each of group) await commitGroup([each]);
    else for (const { id } of group) reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function reply(message: WriterReply): void {
  port.postMessage(message);
}
