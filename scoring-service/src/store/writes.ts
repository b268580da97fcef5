import { zstdCompressSync } from 'node:zlib';
import type { Kysely, Transaction } from 'kysely';
import type {
  DecisionRow,
  OutcomeRow,
  PromotionRow,
  RequestRow,
  ServingRow,
  ShadowRow,
  StoreTables,
} from './schema.ts';
import { takeSteps } from './priceSteps.ts';
import type { PriceStep } from './priceSteps.ts';

/** A request to be stored; its texts are not compressed yet. */
export type NewRequest = Omit<RequestRow, 'input' | 'answer' | 'audit'> & {
  input: string;
  answer: string;
  audit: string;
};

/** One thing to be written. Many of them share a transaction. */
export type Write =
  | {
      readonly kind: 'request';
      readonly request: NewRequest;
      readonly decisions: readonly DecisionRow[];
      readonly prices: readonly PriceStep[];
    }
  | { readonly kind: 'outcomes'; readonly outcomes: readonly OutcomeRow[] }
  | { readonly kind: 'shadow'; readonly rows: readonly ShadowRow[] }
  | { readonly kind: 'promotion'; readonly promotion: Omit<PromotionRow, 'id'>; readonly serving: ServingRow | null }
  | { readonly kind: 'retention'; readonly before: number }
  | { readonly kind: 'probe' };

/** What became of a write: how many of its rows are new. 0 for a request says that its id was there before. */
export interface Written {
  readonly stored: number;
  /** How many writes shared the commit. */
  readonly together: number;
}

/** Parameters of one statement stay below SQLite's 32,766. */
const ROWS_PER_STATEMENT = 1000;

/** Carries out all writes in one transaction; when this returns they are on the disk. */
export async function commit(db: Kysely<StoreTables>, writes: readonly Write[]): Promise<Written[]> {
  return db.transaction().execute(async (transaction) => {
    const written: Written[] = [];
    const steps: PriceStep[] = [];
    for (const write of writes) {
      const stored = await apply(transaction, write);
      written.push({ stored, together: writes.length });
      if (write.kind === 'request' && stored > 0) steps.push(...write.prices);
    }
    await takeSteps(transaction, steps);
    return written;
  });
}

async function apply(db: Transaction<StoreTables>, write: Write): Promise<number> {
  switch (write.kind) {
    case 'request':
      return storeRequest(db, write);
    case 'outcomes': {
      const inserted = await db
        .insertInto('outcomes')
        .values([...write.outcomes])
        .onConflict((conflict) => conflict.doNothing())
        .returning('outcome_id')
        .execute();
      return inserted.length;
    }
    case 'shadow': {
      await insertInChunks(write.rows, (rows) =>
        db
          .insertInto('shadow_decisions')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
      return write.rows.length;
    }
    case 'promotion': {
      await db.insertInto('promotions').values(write.promotion).execute();
      const { serving } = write;
      if (serving !== null) {
        await db
          .insertInto('serving')
          .values(serving)
          .onConflict((conflict) => conflict.column('slot').doUpdateSet({ ...serving }))
          .execute();
      }
      return 1;
    }
    case 'retention':
      return removeBefore(db, write.before);
    case 'probe':
      await db
        .insertInto('probes')
        .values({ id: 1, at: Date.now() })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: Date.now() }))
        .execute();
      return 0;
  }
}

async function storeRequest(db: Transaction<StoreTables>, write: Extract<Write, { kind: 'request' }>): Promise<number> {
  const { request } = write;
  const inserted = await db
    .insertInto('requests')
    .values({
      ...request,
      input: zstdCompressSync(request.input),
      answer: zstdCompressSync(request.answer),
      audit: zstdCompressSync(request.audit),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('request_id')
    .execute();
  if (inserted.length === 0) return 0;
  await insertInChunks(write.decisions, (rows) => db.insertInto('decisions').values(rows).execute());
  return 1;
}

async function insertInChunks<Row>(rows: readonly Row[], insert: (chunk: Row[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await insert(rows.slice(start, start + ROWS_PER_STATEMENT));
  }
}

async function removeBefore(db: Transaction<StoreTables>, before: number): Promise<number> {
  const requests = await db.deleteFrom('requests').where('received_at', '<', before).executeTakeFirst();
  await db.deleteFrom('decisions').where('decided_at', '<', before).execute();
  await db.deleteFrom('shadow_decisions').where('decided_at', '<', before).execute();
  await db.deleteFrom('outcomes').where('received_at', '<', before).execute();
  await db.deleteFrom('prices').where('updated_at', '<', before).execute();
  return Number(requests.numDeletedRows);
}
