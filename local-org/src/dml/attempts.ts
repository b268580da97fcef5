import { current } from '../engine/current.ts';
import type { DmlContext } from './context.ts';
import { raise } from '../values/exception.ts';
import type { SaveRow } from './save.ts';

const MOST_ATTEMPTS = 3;

/**
 * Runs a step on the rows of a chunk so that the good ones succeed: where some fail, everything is taken back and done
 * again without them, with limits as before the first attempt and statics as they are. Source: Apex Developer Guide,
 * "Bulk DML Exception Handling".
 *
 * @param triggered whether triggers run: only then are attempts counted.
 * @returns false where a row failed and nothing is kept (`allOrNone`).
 */
export function attempt(
  context: DmlContext,
  rows: readonly SaveRow[],
  form: { readonly allOrNone: boolean; readonly triggered: boolean },
  step: (rows: readonly SaveRow[]) => void,
): boolean {
  const { tx } = current;
  const used = { ...tx.used };
  let remaining = rows.filter((row) => row.faults.length === 0);
  for (let count = 1; ; count++) {
    const mark = context.store.mark();
    step(remaining);
    const good = remaining.filter((row) => row.faults.length === 0);
    if (good.length === remaining.length) return rows.every((row) => row.faults.length === 0);
    context.store.rollback(mark);
    if (form.allOrNone) return false;
    if (form.triggered && count === MOST_ATTEMPTS) {
      const message = 'Too many batch retries in the presence of Apex triggers and partial failures.';
      raise('System.DmlException', message);
    }
    tx.used = { ...used };
    for (const row of good) {
      row.record = null;
      row.before = null;
    }
    remaining = good;
  }
}
