import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import pino from 'pino';
import { PriceBook } from '../src/routing/priceBook.ts';
import type { PreparedRequest } from '../src/routing/preparedRequest.ts';
import type { DecisionAudit } from '../src/routing/routeLeads.ts';
import { policySchema, representativeSchema } from '../src/routing/routeSchema.ts';
import { AuditStore } from '../src/store/auditStore.ts';
import type { StoreLocation } from '../src/store/database.ts';
import { postgresPrograms, startPostgres } from './support/postgres.ts';

const CLIENT = 'salesforce';
const DAY_MS = 86_400_000;
const policy = policySchema.parse({ version: '1', tiers: { hot: 80, warm: 50 }, load_penalty: 0 });

/** A request for one lead that `good` is best for; `full`: today's cap of `good` is used up. */
function request(assigned: number): PreparedRequest {
  const [good, other] = ['good', 'other'].map((rep_ref) => representativeSchema.parse({ rep_ref, daily_cap: 2 }));
  const representatives = [
    { ...good, rep_ref: 'good', assigned_today: assigned },
    { ...other, rep_ref: 'other' },
  ];
  return { request_id: 'r', as_of: '', policy, leads: [{}], representatives } as unknown as PreparedRequest;
}

function decided(prices: Record<string, number>): DecisionAudit {
  const ranking: DecisionAudit['rankings'][number] = [
    [0, 0, 0.5, 1],
    [1, 0, 0.3, 0],
  ];
  return { seed: '', prices, rooms: [], duals: [], rankings: [ranking] };
}

/** One lead through a book, as the endpoint does it. */
async function decide(
  book: PriceBook,
  store: AuditStore,
  id: string,
  assigned: number,
): Promise<Record<string, number>> {
  const prepared = request(assigned);
  const prices = await book.pricesFor(CLIENT, prepared);
  await store.write({
    kind: 'request',
    request: {
      client_id: CLIENT,
      request_id: id,
      kind: 'route',
      body_hash: id,
      received_at: Date.now(),
      model_version: '1',
      model_sha256: '1',
      stamp: '1',
      input: '',
      answer: '',
      audit: '',
    },
    decisions: [],
    prices: book.stepsAfter(CLIENT, prepared, decided(prices)),
  });
  return prices;
}

async function pricesAreLearntAndShared(location: StoreLocation): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const log = pino({ level: 'silent' });
  const stores = [await AuditStore.open(location, log), await AuditStore.open(location, log)] as const;
  for (const store of stores) opened.defer(() => store.close());
  const books = stores.map((store) => new PriceBook(store));
  const [one, two] = books;
  assert.ok(one && two);
  const start = 20_000 * DAY_MS;
  mock.timers.enable({ apis: ['Date'], now: start });
  opened.defer(() => mock.timers.reset());

  // The first day: nobody knows how many leads come, so that nothing is worth more than now.
  for (let lead = 0; lead < 10; lead++) {
    mock.timers.setTime(start + lead * 2000);
    assert.deepEqual(await decide(lead % 2 === 0 ? one : two, stores[lead % 2 === 0 ? 0 : 1], `a${lead}`, 0), {});
  }
  // The second: every lead wants the same one, ten times for two places. Both replicas decide within the same second.
  mock.timers.setTime(start + DAY_MS);
  for (let lead = 0; lead < 10; lead++) {
    await Promise.all([decide(one, stores[0], `b${lead}`, 2), decide(two, stores[1], `c${lead}`, 2)]);
  }
  const rows = await stores[0].findPrices(CLIENT);
  const row = new Map(rows.map((each) => [each.rep_ref, each]));
  const good = row.get('good');
  assert.deepEqual([good?.usual, good?.seen, row.get('other')?.seen], [10, 20, 20], 'no count of a replica is lost');
  // Each of 20 leads moves the price by 0.005 · (1 − 0.9 · 2 places / 10 leads).
  assert.ok(Math.abs((good?.price ?? 0) - 20 * 0.005 * 0.82) < 1e-9, `no step of a replica is lost: ${good?.price}`);
  assert.equal(row.get('other')?.price, 0);

  mock.timers.setTime(start + DAY_MS + 2000);
  const [seenByOne, seenByTwo] = [await one.pricesFor(CLIENT, request(2)), await two.pricesFor(CLIENT, request(2))];
  assert.deepEqual(seenByOne, seenByTwo, 'replicas decide with the same prices');
  assert.ok((seenByOne['good'] ?? 0) > 0.08, 'whom all want is dear');
  // At the end of a day that came to more leads than usual, places left over are worth less.
  assert.ok(((await one.pricesFor(CLIENT, request(0)))['good'] ?? 0) < (seenByOne['good'] ?? 0));
}

test('shouldShareEveryStepOfAPriceWhenReplicasDecideAtOnce: SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prices-'));
  try {
    await pricesAreLearntAndShared({ kind: 'sqlite', file: join(folder, 'audit.sqlite') });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test(
  'shouldShareEveryStepOfAPriceWhenReplicasDecideAtOnce: PostgreSQL',
  { skip: postgresPrograms() === null && 'PostgreSQL is not installed' },
  async () => {
    await using postgres = await startPostgres();
    await pricesAreLearntAndShared({ kind: 'postgres', url: await postgres.freshDatabase(), connections: 2 });
  },
);
