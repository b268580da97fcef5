import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { PriceRow, StoreTables } from './schema.ts';

/**
 * What decisions change of a representative's price. Replicas decide at the same time, so that a price is not set
 * but changed: no step is lost.
 */
export interface PriceStep extends Omit<PriceRow, 'price'> {
  readonly change: number;
  /** As the decision found it; where the row knows a later day already, it is left. */
  readonly usual: number;
}

const ROWS_PER_STATEMENT = 1000;

/**
 * Adds up the steps of each representative and carries them out, all in the same order, so that two replicas that
 * commit at the same time wait for each other instead of blocking each other.
 */
export async function takeSteps(db: Transaction<StoreTables>, steps: readonly PriceStep[]): Promise<void> {
  const rows = [...summed(steps)].sort(([one], [two]) => (one < two ? -1 : 1)).map(([, row]) => row);
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await db
      .insertInto('prices')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict.columns(['client_id', 'rep_ref']).doUpdateSet({
          price: sql<number>`case when prices.price + excluded.price > 0 then prices.price + excluded.price else 0 end`,
          seen: sql<number>`case when excluded.day > prices.day then excluded.seen
            when excluded.day = prices.day then prices.seen + excluded.seen else prices.seen end`,
          usual: sql<number>`case when excluded.day > prices.day then excluded.usual else prices.usual end`,
          day: sql<number>`case when excluded.day > prices.day then excluded.day else prices.day end`,
          updated_at: sql<number>`excluded.updated_at`,
        }),
      )
      .execute();
  }
}

/** One row for each representative; `price` holds the change. Steps of an earlier day than the latest only change the price. */
function summed(steps: readonly PriceStep[]): Map<string, PriceRow> {
  const rows = new Map<string, PriceRow>();
  for (const { change, ...step } of steps) {
    const key = JSON.stringify([step.client_id, step.rep_ref]);
    const row = rows.get(key);
    if (row === undefined) {
      rows.set(key, { ...step, price: change });
      continue;
    }
    row.price += change;
    row.updated_at = Math.max(row.updated_at, step.updated_at);
    if (step.day === row.day) row.seen += step.seen;
    else if (step.day > row.day) Object.assign(row, { day: step.day, seen: step.seen, usual: step.usual });
  }
  return rows;
}
