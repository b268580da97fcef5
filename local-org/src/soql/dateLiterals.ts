import { addMonths, daysOf } from '../values/date.ts';
import { DAY_MS } from '../values/time.ts';
import type { Zone } from '../values/zone.ts';

/** Days since 1970-01-01, from `start` up to but without `end`. */
export interface DayRange {
  readonly start: number;
  readonly end: number;
}

/** Fiscal years are calendar years, as in a new org. */
const UNITS: Readonly<Record<string, (today: number) => Unit>> = {
  day: (today) => ({ start: today, next: (day, n) => day + n }),
  // Weeks begin on Sunday in the locale en_US.
  week: (today) => ({ start: today - ((((today + 4) % 7) + 7) % 7), next: (day, n) => day + 7 * n }),
  month: (today) => ({ start: firstOf(today, 1), next: addMonths }),
  quarter: (today) => ({ start: firstOf(today, 3), next: (day, n) => addMonths(day, 3 * n) }),
  year: (today) => ({ start: firstOf(today, 12), next: (day, n) => addMonths(day, 12 * n) }),
  fiscal_quarter: (today) => ({ start: firstOf(today, 3), next: (day, n) => addMonths(day, 3 * n) }),
  fiscal_year: (today) => ({ start: firstOf(today, 12), next: (day, n) => addMonths(day, 12 * n) }),
};

interface Unit {
  /** First day of the unit that today is in. */
  readonly start: number;
  readonly next: (day: number, n: number) => number;
}

function firstOf(today: number, months: number): number {
  const date = new Date(today * DAY_MS);
  const month = Math.floor(date.getUTCMonth() / months) * months;
  return daysOf(date.getUTCFullYear(), month + 1, 1);
}

const NAMES = 'day|week|month|quarter|year|fiscal_quarter|fiscal_year';
const SIMPLE = new RegExp(`^(this|last|next)_(${NAMES})$`);
const COUNTED = new RegExp(
  `^(last|next)_n_(${NAMES.replace('|fiscal_quarter|fiscal_year', '')}|fiscal_quarter|fiscal_year)s(_ago)?$`,
);
const AGO = new RegExp(`^n_(${NAMES})s_ago$`);

/** True where this is the name of a date literal; `n` tells whether a number follows. */
export function isDateLiteral(name: string, n: number | null): boolean {
  return dayRange(name, n, 0) !== null;
}

/** The days that a date literal means; null where there is no such literal. */
export function dayRange(name: string, n: number | null, today: number): DayRange | null {
  if (n === null) return plainRange(name, today);
  const ago = AGO.exec(name);
  if (ago?.[1]) {
    const unit = UNITS[ago[1]]?.(today);
    if (!unit) return null;
    const start = unit.next(unit.start, -n);
    return { start, end: unit.next(start, 1) };
  }
  const [, direction, unitName] = COUNTED.exec(name) ?? [];
  const unit = unitName ? UNITS[unitName]?.(today) : undefined;
  if (!unit) return null;
  // LAST_N_DAYS reaches to today; other units leave out the one that today is in.
  if (unitName === 'day') {
    return direction === 'last' ? { start: today - n, end: today + 1 } : { start: today + 1, end: today + 1 + n };
  }
  if (direction === 'last') return { start: unit.next(unit.start, -n), end: unit.start };
  const start = unit.next(unit.start, 1);
  return { start, end: unit.next(start, n) };
}

function plainRange(name: string, today: number): DayRange | null {
  if (name === 'today') return { start: today, end: today + 1 };
  if (name === 'yesterday') return { start: today - 1, end: today };
  if (name === 'tomorrow') return { start: today + 1, end: today + 2 };
  if (name === 'last_90_days') return { start: today - 90, end: today + 1 };
  if (name === 'next_90_days') return { start: today + 1, end: today + 91 };
  const [, which, unitName] = SIMPLE.exec(name) ?? [];
  const unit = unitName && unitName !== 'day' ? UNITS[unitName]?.(today) : undefined;
  if (!unit) return null;
  const start = which === 'this' ? unit.start : unit.next(unit.start, which === 'last' ? -1 : 1);
  return { start, end: unit.next(start, 1) };
}

/** The instants of a range of days in a zone. */
export function instantRange(range: DayRange, zone: Zone): { start: number; end: number } {
  return { start: zone.instant(range.start * DAY_MS), end: zone.instant(range.end * DAY_MS) };
}
