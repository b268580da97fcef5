import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LoadClient } from '../bench/loadClient.ts';
import { startProcess } from '../bench/serviceProcess.ts';
import { aLead, aRequest } from './support/requests.ts';

const REQUESTS = 60;

test('shouldDecideEachRequestOnceWhenTwoProcessesWriteToOneSQLiteFile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shared-'));
  const file = join(folder, 'audit.sqlite');
  const environment = { STORE_FILE: file, DEFAULT_DEADLINE_MS: '60000' };
  // Both at once: one of them makes the tables, the other one waits for it.
  const starts = await Promise.allSettled([startProcess(environment), startProcess(environment)]);
  const processes = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const clients: LoadClient[] = [];
  try {
    for (const start of starts) assert.equal(start.status, 'fulfilled', 'reason' in start ? String(start.reason) : '');
    for (const { url, token } of processes) clients.push(new LoadClient(url, await token(), 16));
    const exchanges = await Promise.all(
      Array.from({ length: REQUESTS }, async (_each, number) => {
        const lead = aLead({ trace_id: `trace ${number}` });
        const body = JSON.stringify(aRequest({ request_id: `request ${number}`, leads: [lead] }));
        // The same request to both, at the same time.
        return Promise.all(clients.map((client) => client.post('/v1/route', body)));
      }),
    );
    for (const [one, two] of exchanges) {
      assert.equal(one?.status, 200, one?.text);
      assert.equal(two?.text, one.text, 'both give the decision that was stored');
    }
  } finally {
    for (const client of clients) client.close();
    await Promise.all(processes.map((each) => each.stop()));
  }
  const store = new DatabaseSync(file, { readOnly: true });
  const { count } = store.prepare('select count(*) as count from decisions').get() as { count: number };
  store.close();
  rmSync(folder, { recursive: true });
  assert.equal(count, REQUESTS);
});
