import { daysOf } from '../values/date.ts';
import { DAY_MS } from '../values/time.ts';

/** Functions of dates, given milliseconds that read as UTC are what the clock shows. Results are whole numbers. */
const FUNCTIONS: Readonly<Record<string, (date: Date) => number>> = {
  calendar_month: (date) => date.getUTCMonth() + 1,
  calendar_quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  calendar_year: (date) => date.getUTCFullYear(),
  day_in_month: (date) => date.getUTCDate(),
  day_in_week: (date) => date.getUTCDay() + 1,
  day_in_year: (date) => dayInYear(date),
  // Days since 1970-01-01: its value is a Date.
  day_only: (date) => Math.floor(date.getTime() / DAY_MS),
  fiscal_month: (date) => date.getUTCMonth() + 1,
  fiscal_quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  fiscal_year: (date) => date.getUTCFullYear(),
  hour_in_day: (date) => date.getUTCHours(),
  week_in_month: (date) => Math.floor((date.getUTCDate() - 1) / 7) + 1,
  week_in_year: (date) => Math.floor((dayInYear(date) - 1) / 7) + 1,
};

function dayInYear(date: Date): number {
  return Math.floor(date.getTime() / DAY_MS) - daysOf(date.getUTCFullYear(), 1, 1) + 1;
}

export function isDateFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Only instants have an hour and a day of their own. */
export function needsDatetime(name: string): boolean {
  return name === 'hour_in_day' || name === 'day_only';
}

export function callDateFunction(name: string, localMs: number): number {
  const call = FUNCTIONS[name];
  if (!call) throw new Error(`${name} is no date function`);
  return call(new Date(localMs));
}
