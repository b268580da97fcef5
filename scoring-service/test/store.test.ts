import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { retain } from '../src/service.ts';
import { migrate } from '../src/store/migrations.ts';
import { aLead, aRequest } from './support/requests.ts';
import { startService } from './support/service.ts';
import { aWrite, openStore, STORE_KINDS, startStores } from './support/stores.ts';
import type { TestStores } from './support/stores.ts';

const DAY_MS = 86_400_000;

for (const kind of STORE_KINDS) {
  describe(`store on ${kind}`, () => {
    let stores: TestStores;
    before(async () => {
      stores = await startStores(kind);
    });
    after(() => stores[Symbol.asyncDispose]());

    test('shouldFindWhatWasWrittenWhenItIsOpenedAgain', async () => {
      const place = await stores.fresh();
      const store = await openStore(place);
      const written = await store.write(aWrite('one'));
      await store.close();
      const again = await openStore(place);
      const found = await again.findDecision('trace of one');
      const answer = await again.findAnswer('client', 'one');
      await again.close();

      assert.equal(written.stored, 1);
      assert.deepEqual(answer, { bodyHash: 'hash of one', answer: '{"request_id":"one"}' });
      assert.deepEqual({ ...found?.decision }, aWrite('one', found?.decision.decided_at).decisions[0]);
      assert.equal(found?.request.input, '{}');
    });

    test('shouldMigrateOnceWhenSeveralOpenAtTheSameTime', async () => {
      const place = await stores.fresh();
      // A file is for one process: there it is one after the other.
      const others =
        kind === 'postgres' ? await Promise.all([openStore(place), openStore(place)]) : [await openStore(place)];
      const last = await openStore(place);

      assert.deepEqual(await migrate(last.db, kind), [], 'nothing is left to be migrated');
      for (const store of [last, ...others]) await store.close();
    });

    test('shouldCommitWritesInGroupsWhenTheyComeTogether', async () => {
      const store = await openStore(await stores.fresh());
      const written = await Promise.all(
        Array.from({ length: 300 }, (_each, index) => store.write(aWrite(`w${index}`))),
      );
      const alone = await store.write(aWrite('alone'));
      await store.close();

      assert.ok(written.every(({ stored }) => stored === 1));
      const largest = Math.max(...written.map(({ together }) => together));
      assert.ok(largest >= 50 && largest <= 256, `the largest group had ${largest}`);
      assert.equal(alone.together, 1, 'who comes alone waits for nobody');
    });

    test('shouldWriteTheOthersWhenOneOfAGroupCanNotBeWritten', async () => {
      const store = await openStore(await stores.fresh());
      const bad = aWrite('bad');
      const spoilt = { ...bad, decisions: bad.decisions.map((row) => ({ ...row, trace_id: null as never })) };
      const results = await Promise.allSettled([
        store.write(aWrite('good')),
        store.write(spoilt),
        store.write(aWrite('better')),
      ]);

      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
      assert.equal(await store.findAnswer('client', 'bad'), null, 'nothing is left of what failed');
      assert.ok(await store.findAnswer('client', 'good'));
      assert.ok(await store.findAnswer('client', 'better'));
      await store.close();
    });

    test('shouldRemoveWhatIsOlderThanTheRetentionTime', async () => {
      const store = await openStore(await stores.fresh());
      const now = Date.now();
      await store.write(aWrite('old', now - 31 * DAY_MS));
      await store.write(aWrite('new', now - 29 * DAY_MS));

      assert.equal(await retain(store, 30), 1);

      assert.equal(await store.findAnswer('client', 'old'), null);
      assert.equal(await store.findDecision('trace of old'), null);
      assert.ok(await store.findDecision('trace of new'));
      await store.close();
    });

    test('shouldRefuseWritesAndReadsWith503WhenItIsClosed', async () => {
      const store = await openStore(await stores.fresh());
      await store.close();
      await store.close();

      await assert.rejects(store.write(aWrite('late')), { status: 503 });
      await assert.rejects(store.findAnswer('client', 'late'), { status: 503 });
      await assert.rejects(store.checkWritable(), { status: 503 });
    });

    test('shouldDecideOnceWhenARequestIsRepeatedAtOnceLaterAndAfterARestart', async () => {
      const place = await stores.fresh();
      const request = aRequest({ policy: { ...aRequest().policy, exploration_share: 0.5 } });
      const first = await startService(place);
      const answers = await Promise.all(Array.from({ length: 20 }, () => first.routed(request)));
      answers.push(await first.routed(request));
      await first[Symbol.asyncDispose]();
      await using second = await startService(place);
      answers.push(await second.routed(request));
      const changed = await second.route({ ...request, leads: [aLead({ lead_ref: 'another' })] });
      const { db } = second.service.store;

      // An answer says how long it took: equal ones are of the same decision.
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      assert.equal((await db.selectFrom('decisions').select('trace_id').execute()).length, 1);
      assert.equal(changed.status, 409);
    });

    test('shouldTakeAnOutcomeOnceAndLetTheLatestCountWhateverTheOrder', async () => {
      await using service = await startService(await stores.fresh());
      await service.routed(aRequest({ leads: [aLead({ trace_id: 't' })] }));
      const outcome = (id: string, what: string, at: string): Record<string, string> => ({
        outcome_id: id,
        trace_id: 't',
        kind: what,
        occurred_at: at,
      });
      const won = outcome('o-won', 'won', '2026-11-24T10:00:00Z');
      const send = async (outcomes: unknown[]): Promise<unknown> =>
        (await service.ask('/v1/outcomes', { outcomes })).body;

      assert.deepEqual(await send([won]), { accepted: 1, repeated: 0, conflicting: [] });
      // Received later, but it happened earlier.
      const lost = outcome('o-lost', 'lost', '2026-11-23T10:00:00Z');
      const met = outcome('o-met', 'meeting', '2026-11-22T10:00:00+02:00');
      assert.deepEqual(await send([won, lost, met, met]), { accepted: 2, repeated: 2, conflicting: [] });
      assert.deepEqual(await send([{ ...won, kind: 'lost' }]), { accepted: 0, repeated: 0, conflicting: ['o-won'] });

      const { body } = await service.ask('/v1/decisions/t');
      const shown = (id: string, what: string, at: string, superseded: boolean): unknown => ({
        outcome_id: id,
        kind: what,
        rep_ref: null,
        occurred_at: at,
        superseded,
      });
      assert.deepEqual(body['outcomes'], [
        shown('o-met', 'meeting', '2026-11-22T08:00:00.000Z', false),
        shown('o-lost', 'lost', '2026-11-23T10:00:00.000Z', true),
        shown('o-won', 'won', '2026-11-24T10:00:00.000Z', false),
      ]);
    });

    if (kind !== 'postgres') return;

    test('shouldDecideOnceWhenTwoReplicasGetTheSameRequestAtOnce', async () => {
      const place = await stores.fresh();
      await using one = await startService(place);
      await using two = await startService(place);
      for (let round = 0; round < 30; round++) {
        const request = aRequest();
        const answers = await Promise.all([one, two, one, two].map((replica) => replica.routed(request)));
        for (const answer of answers) assert.deepEqual(answer, answers[0], `round ${round}`);
      }
      const rows = await one.service.store.db.selectFrom('decisions').select('trace_id').execute();
      assert.equal(rows.length, 30);
    });

    test('shouldWaitForTheDiskOfTheServer', async () => {
      const store = await openStore(await stores.fresh());
      const setting = async (name: string): Promise<unknown> =>
        (await sql<{ value: string }>`select current_setting(${name}) as value`.execute(store.db)).rows[0]?.value;

      assert.equal(await setting('synchronous_commit'), 'on');
      assert.equal(await setting('fsync'), 'on');
      await store.close();
    });

    test('shouldAnswer503AndRecoverWithNothingLostWhenTheServerCrashes', async () => {
      await using service = await startService(await stores.fresh());
      const token = await service.token();
      const acknowledged = new Set<string>();
      let refused = 0;
      let isOver = false;
      const load = Array.from({ length: 6 }, async () => {
        while (!isOver) {
          const request = aRequest();
          const reply = await service.route(request, { authorization: `Bearer ${token}` });
          assert.ok(reply.status === 200 || reply.status === 503, `status ${reply.status}`);
          if (reply.status === 200) acknowledged.add(request.request_id);
          else refused++;
        }
      });
      try {
        await until(() => acknowledged.size >= 30);
        await stores.postgres?.crash();
        await until(() => refused >= 3);
        assert.equal((await service.call('/readyz')).status, 503);
        await stores.postgres?.restart();
        const beforeRestart = acknowledged.size;
        await until(() => acknowledged.size >= beforeRestart + 10);
      } finally {
        // Before the service closes, whose closed connections would hide what failed.
        isOver = true;
        await Promise.all(load);
      }

      assert.equal((await service.call('/readyz')).status, 200);
      const rows = await service.service.store.db.selectFrom('requests').select('request_id').execute();
      const stored = new Set(rows.map((row) => row.request_id));
      assert.deepEqual(
        [...acknowledged].filter((id) => !stored.has(id)),
        [],
      );
    });
  });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
