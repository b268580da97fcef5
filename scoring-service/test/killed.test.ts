import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { aRequest } from './support/requests.ts';
import { CLIENT } from './support/service.ts';
import { loadUntilGone, startServerProcess, untilLength } from './support/serverProcess.ts';
import type { Acknowledged } from './support/serverProcess.ts';
import { openStore, STORE_KINDS, startStores } from './support/stores.ts';
import type { TestStores } from './support/stores.ts';

const KILLS = 20;
const CONNECTIONS = 8;

for (const kind of STORE_KINDS) {
  describe(`kill -9 on ${kind}`, () => {
    let stores: TestStores;
    before(async () => {
      stores = await startStores(kind);
    });
    after(() => stores[Symbol.asyncDispose]());

    test(`shouldHaveStoredEveryAcknowledgedDecisionWhenItIsKilled${KILLS}TimesDuringLoad`, async () => {
      const place = await stores.fresh();
      const acknowledged: Acknowledged[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const server = await startServerProcess(place);
        const before = acknowledged.length;
        const load = loadUntilGone(server, CONNECTIONS, () => aRequest(), acknowledged);
        // Each time at another moment, with requests under way.
        await Promise.race([load, untilLength(acknowledged, before + 1 + 2 * kill)]);
        await server.kill();
        await load;
      }
      const store = await openStore(place);
      let lost = 0;
      for (const { requestId, answer } of acknowledged) {
        const found = await store.findAnswer(CLIENT.id, requestId);
        if (found?.answer !== answer) lost++;
      }
      const requests = await store.db.selectFrom('requests').select('request_id').execute();
      const decisions = await store.db.selectFrom('decisions').select('request_id').execute();
      await store.close();

      assert.equal(lost, 0, `${lost} of ${acknowledged.length} acknowledged decisions are not in the store`);
      assert.ok(acknowledged.length >= KILLS ** 2, `only ${acknowledged.length} were acknowledged`);
      // Nothing is there by half: each request has the one decision of its lead.
      assert.deepEqual(decisions.map((row) => row.request_id).sort(), requests.map((row) => row.request_id).sort());
    });
  });
}
