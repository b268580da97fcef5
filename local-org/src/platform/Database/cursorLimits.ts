import { current } from '../../engine/current.ts';
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
  // The locator that a batch job starts with may have more rows: they are only counted.
  const isFree = counter === 'locatorRows' && current.tx.kind === 'batch';
  // The text for locators: pkozuchowski/Apex-Opensource-Library, issue 11. unverified: the others
  if (!isFree && counters[counter] > CURSOR_CAPS[counter]) {
    raise('System.LimitException', `Too many ${NAMES[counter]}: ${CURSOR_CAPS[counter] + 1}`);
  }
}
