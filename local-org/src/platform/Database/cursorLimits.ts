import { raise } from '../../values/exception.ts';
import { perTransaction } from '../transactionState.ts';

/** What a transaction has used of cursors and query locators. */
const used = perTransaction(() => ({ cursorRows: 0, fetches: 0, locatorRows: 0 }));

export type CursorCounter = 'cursorRows' | 'fetches' | 'locatorRows';

/** Apex Developer Guide, Execution Governors and Limits: Apex cursors; query locators outside of batch jobs. */
export const CURSOR_CAPS: Readonly<Record<CursorCounter, number>> = {
  cursorRows: 50_000_000,
  fetches: 10,
  locatorRows: 10_000,
};

const NAMES: Readonly<Record<CursorCounter, string>> = {
  cursorRows: 'Apex cursor rows',
  fetches: 'fetch calls on Apex cursor',
  locatorRows: 'query locator rows',
};

export function usedOf(counter: CursorCounter): number {
  return used()[counter];
}

/** @throws System.LimitException */
export function chargeCursor(counter: CursorCounter, count: number): void {
  const counters = used();
  counters[counter] += count;
  // A batch job's locator has more rows than the limit; they are only counted. unverified: the text
  if (counter !== 'locatorRows' && counters[counter] > CURSOR_CAPS[counter]) {
    raise('System.LimitException', `Too many ${NAMES[counter]}: ${counters[counter]}`);
  }
}
