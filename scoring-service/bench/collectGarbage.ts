import { setTimeout as delay } from 'node:timers/promises';

/** V8 gives pages back a little after a collection. */
const GIVEN_BACK_MS = 2000;

/** Has a process that runs with `--inspect`, and said so in its log, collect its garbage. @throws Error if it does not answer. */
export async function collectGarbage(log: string): Promise<void> {
  const address = /Debugger listening on (ws:\S+)/.exec(log)?.[1];
  if (address === undefined) throw new Error('The process does not run with --inspect.');
  const inspector = new WebSocket(address);
  await new Promise((resolve, reject) => {
    inspector.onopen = resolve;
    inspector.onerror = () => reject(new Error(`${address} can not be reached.`));
  });
  const collected = new Promise<unknown>(
    (resolve) => (inspector.onmessage = (event) => resolve(JSON.parse(String(event.data)))),
  );
  inspector.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  const reply = await collected;
  inspector.close();
  if (typeof reply !== 'object' || reply === null || !('result' in reply))
    throw new Error(`The inspector refused: ${JSON.stringify(reply)}`);
  await delay(GIVEN_BACK_MS);
}
