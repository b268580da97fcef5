/**
 * Cron expressions of `System.schedule`: seconds minutes hours day_of_month month day_of_week [year]. Source: Apex
 * Reference, System.schedule. Seconds and minutes are one number each: Salesforce takes no lists, ranges or steps there.
 */
export interface Cron {
  readonly text: string;
  /** The first firing after `afterMs` (milliseconds since 1970), in a zone given as an offset function; null for never. */
  next(afterMs: number, zone: ZoneOffset): number | null;
}

/** Milliseconds to add to UTC to get local time at this instant. */
export type ZoneOffset = (utcMs: number) => number;

export class CronProblem extends Error {}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const LAST_YEAR = 2099;

type DayTest = (year: number, month: number, day: number) => boolean;

/** @throws CronProblem naming the part that can't be. */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (parts.length < 6 || parts.length > 7) throw new CronProblem(`Unexpected end of expression.`);
  const [seconds = '', minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] = parts;
  const second = single(seconds, 59);
  const minute = single(minutes, 59);
  const hourSet = set(hours, 'Hours', 0, 23, []);
  const monthSet = set(month, 'Month', 1, 12, MONTHS);
  const yearSet = set(year, 'Year', 1970, LAST_YEAR, []);
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    if (dayOfMonth === '?') throw new CronProblem(`'?' can only be specified for Day-of-Month -OR- Day-of-Week.`);
    if (dayOfMonth !== '*' && dayOfWeek !== '*') {
      throw new CronProblem(
        'Support for specifying both a day-of-week AND a day-of-month parameter is not implemented.',
      );
    }
  }
  const dayTests = [dayOfMonthTest(dayOfMonth), dayOfWeekTest(dayOfWeek)];
  return {
    text,
    next(afterMs, zone) {
      const start = new Date(afterMs + zone(afterMs));
      for (let y = start.getUTCFullYear(); y <= LAST_YEAR; y++) {
        if (!yearSet.has(y)) continue;
        for (let m = y === start.getUTCFullYear() ? start.getUTCMonth() + 1 : 1; m <= 12; m++) {
          if (!monthSet.has(m)) continue;
          for (let d = 1; d <= daysIn(y, m); d++) {
            if (!dayTests.every((test) => test(y, m, d))) continue;
            for (const hour of hourSet) {
              const local = Date.UTC(y, m - 1, d, hour, minute, second);
              const utc = local - zone(local - zone(local));
              if (utc > afterMs) return utc;
            }
          }
        }
      }
      return null;
    },
  };
}

function single(text: string, max: number): number {
  if (!/^\d{1,2}$/.test(text) || Number(text) > max) {
    throw new CronProblem(`Seconds and minutes must be specified as integers: ${text}`);
  }
  return Number(text);
}

/** Ascending members of `1,3-5,JAN,*`, `0/4` and the like. */
function set(text: string, what: string, min: number, max: number, names: readonly string[]): ReadonlySet<number> {
  const members = new Set<number>();
  const number = (part: string): number => {
    const named = names.indexOf(part.toUpperCase());
    const value = named >= 0 ? named + min : /^\d+$/.test(part) ? Number(part) : NaN;
    if (!(value >= min && value <= max)) throw new CronProblem(`Illegal ${what} value: ${part}`);
    return value;
  };
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    if (step !== undefined && !/^[1-9]\d*$/.test(step)) throw new CronProblem(`Illegal ${what} increment: ${part}`);
    const [from = '', to] = range.split('-');
    const first = range === '*' ? min : number(from);
    const last = range === '*' ? max : to !== undefined ? number(to) : step !== undefined ? max : first;
    if (last < first) {
      for (let at = first; at <= max; at += Number(step ?? 1)) members.add(at);
      for (let at = min; at <= last; at += Number(step ?? 1)) members.add(at);
    } else for (let at = first; at <= last; at += Number(step ?? 1)) members.add(at);
  }
  return new Set([...members].sort((a, b) => a - b));
}

function dayOfMonthTest(text: string): DayTest {
  if (text === '?' || text === '*') return () => true;
  if (text.toUpperCase() === 'L') return (y, m, d) => d === daysIn(y, m);
  const weekday = /^(\d{1,2}|L)W$/i.exec(text);
  if (weekday) return (y, m, d) => d === nearestWeekday(y, m, weekday[1] === 'L' ? daysIn(y, m) : Number(weekday[1]));
  const days = set(text, 'Day-of-Month', 1, 31, []);
  return (_y, _m, d) => days.has(d);
}

function dayOfWeekTest(text: string): DayTest {
  if (text === '?' || text === '*') return () => true;
  const last = /^(\w+)L$/i.exec(text);
  if (last && text.length > 1) {
    const [wanted] = set(last[1] ?? '', 'Day-of-Week', 1, 7, DAYS);
    return (y, m, d) => weekdayOf(y, m, d) === wanted && d + 7 > daysIn(y, m);
  }
  const nth = /^(\w+)#([1-5])$/.exec(text);
  if (nth) {
    const [wanted] = set(nth[1] ?? '', 'Day-of-Week', 1, 7, DAYS);
    return (y, m, d) => weekdayOf(y, m, d) === wanted && Math.ceil(d / 7) === Number(nth[2]);
  }
  const days = text.toUpperCase() === 'L' ? new Set([7]) : set(text, 'Day-of-Week', 1, 7, DAYS);
  return (y, m, d) => days.has(weekdayOf(y, m, d));
}

/** 1 is Sunday. */
function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function nearestWeekday(year: number, month: number, wanted: number): number {
  const day = Math.min(wanted, daysIn(year, month));
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < daysIn(year, month) ? day + 1 : day - 2;
  return day;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
