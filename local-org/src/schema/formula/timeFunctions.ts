import { ApexDate } from '../../values/date.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { ApexDecimal, decFromInt, decToDouble } from '../../values/decimal.ts';
import { ApexTime, DAY_MS, timeOf, two } from '../../values/time.ts';
import type { FormulaValue } from './evaluate.ts';

type Plain = (...args: FormulaValue[]) => FormulaValue;

function partOfTime(part: 'hour' | 'minute' | 'second' | 'millisecond'): Plain {
  return (value) => (value instanceof ApexTime ? decFromInt(value[part]) : null);
}

/** Times, in GMT, and days of the year. Source: Salesforce Help, Formula Operators and Functions A–Z. */
export const TIME_FUNCTIONS: Readonly<Record<string, Plain>> = {
  HOUR: partOfTime('hour'),
  MINUTE: partOfTime('minute'),
  SECOND: partOfTime('second'),
  MILLISECOND: partOfTime('millisecond'),
  TIMEVALUE: (value) => {
    if (value instanceof ApexDatetime) return new ApexTime(value.ms);
    return typeof value === 'string' ? timeOfText(value) : value instanceof ApexTime ? value : null;
  },
  UNIXTIMESTAMP: (value) => {
    if (value instanceof ApexDate) return decFromInt(value.days * (DAY_MS / 1000));
    const isMoment = value instanceof ApexDatetime || value instanceof ApexTime;
    return isMoment ? decFromInt(Math.floor(value.ms / 1000)) : null;
  },
  FROMUNIXTIME: (value) => (value instanceof ApexDecimal ? new ApexDatetime(decToDouble(value) * 1000) : null),
  DAYOFYEAR: (value) => (value instanceof ApexDate ? decFromInt(value.days - firstDay(value.year) + 1) : null),
  ISOWEEK: (value) => (value instanceof ApexDate ? decFromInt(isoWeek(value).week) : null),
  ISOYEAR: (value) => (value instanceof ApexDate ? decFromInt(isoWeek(value).year) : null),
  FORMATDURATION: duration,
};

const TIME = /^(\d+):(\d+):(\d+)\.(\d+)$/;

/** Four numbers, all of them, however many digits they have: `.01` is one millisecond. Source: octoberswimmer/aer-dist, issue 384 */
function timeOfText(text: string): ApexTime | null {
  const [hour = 0, minute = 0, second = 0, millisecond = 0] = TIME.exec(text)?.slice(1).map(Number) ?? [24];
  if (hour > 23 || minute > 59 || second > 59 || millisecond > 999) return null;
  return timeOf(hour, minute, second, millisecond);
}

function firstDay(year: number): number {
  return Date.UTC(year, 0, 1) / DAY_MS;
}

/** Weeks begin on Monday; the first of a year is that of its first Thursday. */
function isoWeek({ days }: ApexDate): { readonly year: number; readonly week: number } {
  const weekday = (((days + 3) % 7) + 7) % 7;
  const thursday = new ApexDate(days - weekday + 3);
  return { year: thursday.year, week: Math.floor((thursday.days - firstDay(thursday.year)) / 7) + 1 };
}

/** Seconds as `HH:MM:SS`, with days before them where asked; or what lies between two times or two moments. */
function duration(first: FormulaValue, second: FormulaValue = false): FormulaValue {
  if (first instanceof ApexDecimal) return durationText(Math.trunc(decToDouble(first)), second === true);
  const both = [first, second].filter((value) => value instanceof ApexDatetime || value instanceof ApexTime);
  const [from, to] = both;
  if (!from || !to) return null;
  const isTime = from instanceof ApexTime;
  return durationText(Math.floor(Math.abs(to.ms - from.ms) / 1000), !isTime);
}

function durationText(seconds: number, withDays: boolean): string {
  const sign = seconds < 0 ? '-' : '';
  const all = Math.abs(seconds);
  const days = withDays ? Math.floor(all / 86_400) : 0;
  const hours = Math.floor(all / 3600) - days * 24;
  const clock = [hours, Math.floor(all / 60) % 60, all % 60].map(two).join(':');
  return `${sign}${withDays ? `${days}:` : ''}${clock}`;
}
