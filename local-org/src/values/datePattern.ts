import { languageTag } from './date.ts';
import { raise } from './exception.ts';
import { DAY_MS } from './time.ts';
import type { Zone } from './zone.ts';

/** What one letter of a pattern shows. @param count how often the letter stands */
type Field = (at: Moment, count: number) => string;

interface Moment {
  /** Local time as if it were UTC. */
  readonly local: Date;
  readonly ms: number;
  readonly zone: Zone;
  readonly locale: string;
}

const number = (value: number, count: number): string => String(value).padStart(count, '0');

const names = new Map<string, Intl.DateTimeFormat>();

function nameOf(at: Moment, key: string, options: Intl.DateTimeFormatOptions, type: string): string {
  const id = `${at.locale} ${key}`;
  let formatter = names.get(id);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(languageTag(at.locale), { ...options, timeZone: 'UTC' });
    names.set(id, formatter);
  }
  return formatter.formatToParts(at.local).find((part) => part.type === type)?.value ?? '';
}

function offsetText(at: Moment, separator: string): string {
  const minutes = Math.round(at.zone.offset(at.ms) / 60_000);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${number(Math.floor(size / 60), 2)}${separator}${number(size % 60, 2)}`;
}

function isoOffset(at: Moment, count: number): string {
  if (at.zone.offset(at.ms) === 0) return 'Z';
  const text = offsetText(at, count === 3 ? ':' : '');
  return count === 1 ? text.slice(0, 3) : text;
}

function zoneName(at: Moment, count: number): string {
  if (at.zone.id === 'UTC') return count >= 4 ? 'Greenwich Mean Time' : 'GMT';
  const options = { timeZone: at.zone.id, timeZoneName: count >= 4 ? 'long' : 'short' } as const;
  const parts = new Intl.DateTimeFormat(languageTag(at.locale), options).formatToParts(at.ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? at.zone.id;
}

/** Day of the year from 1. */
function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

/** The Saturday that ends the week of a day: the calendar of the United States, whose first week has the 1st of January. */
function endOfWeek(local: Date): Date {
  return new Date(local.getTime() + (6 - local.getUTCDay()) * DAY_MS);
}

function weekOfYear(local: Date): number {
  return Math.floor((dayOfYear(endOfWeek(local)) - 1) / 7) + 1;
}

function weekYear(local: Date): number {
  return endOfWeek(local).getUTCFullYear();
}

const FIELDS: Readonly<Record<string, Field>> = {
  G: (at) => (at.local.getUTCFullYear() > 0 ? 'AD' : 'BC'),
  y: ({ local }, count) => yearText(local.getUTCFullYear(), count),
  Y: ({ local }, count) => yearText(weekYear(local), count),
  M: (at, count) =>
    count >= 4
      ? nameOf(at, 'MMMM', { month: 'long', day: 'numeric' }, 'month')
      : count === 3
        ? nameOf(at, 'MMM', { month: 'short', day: 'numeric' }, 'month')
        : number(at.local.getUTCMonth() + 1, count),
  L: (at, count) =>
    count >= 4
      ? nameOf(at, 'LLLL', { month: 'long' }, 'month')
      : count === 3
        ? nameOf(at, 'LLL', { month: 'short' }, 'month')
        : number(at.local.getUTCMonth() + 1, count),
  w: ({ local }, count) => number(weekOfYear(local), count),
  W: ({ local }, count) => {
    const first = (((local.getUTCDay() - (local.getUTCDate() - 1)) % 7) + 7) % 7;
    return number(Math.floor((local.getUTCDate() - 1 + first) / 7) + 1, count);
  },
  D: ({ local }, count) => number(dayOfYear(local), count),
  d: ({ local }, count) => number(local.getUTCDate(), count),
  F: ({ local }, count) => number(Math.floor((local.getUTCDate() - 1) / 7) + 1, count),
  E: (at, count) =>
    count >= 4
      ? nameOf(at, 'EEEE', { weekday: 'long' }, 'weekday')
      : nameOf(at, 'EEE', { weekday: 'short' }, 'weekday'),
  u: ({ local }, count) => number(local.getUTCDay() || 7, count),
  a: ({ local }) => (local.getUTCHours() < 12 ? 'AM' : 'PM'),
  H: ({ local }, count) => number(local.getUTCHours(), count),
  k: ({ local }, count) => number(local.getUTCHours() || 24, count),
  K: ({ local }, count) => number(local.getUTCHours() % 12, count),
  h: ({ local }, count) => number(local.getUTCHours() % 12 || 12, count),
  m: ({ local }, count) => number(local.getUTCMinutes(), count),
  s: ({ local }, count) => number(local.getUTCSeconds(), count),
  S: ({ local }, count) => number(local.getUTCMilliseconds(), count),
  z: zoneName,
  Z: (at) => offsetText(at, ''),
  X: isoOffset,
};

function yearText(year: number, count: number): string {
  return count === 2 ? number(((year % 100) + 100) % 100, 2) : number(year, count);
}

type Piece = string | { readonly field: Field; readonly count: number };
const patterns = new Map<string, readonly Piece[]>();

function parsePattern(pattern: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at] as string;
    if (char === "'") {
      let literal = '';
      if (pattern[at + 1] === "'") {
        pieces.push("'");
        at += 2;
        continue;
      }
      for (at++; ; at++) {
        if (at >= pattern.length) raise('System.IllegalArgumentException', 'Unterminated quote');
        if (pattern[at] !== "'") literal += pattern[at];
        else if (pattern[at + 1] === "'") {
          literal += "'";
          at++;
        } else break;
      }
      pieces.push(literal);
      at++;
    } else if (/[A-Za-z]/.test(char)) {
      const field = FIELDS[char];
      if (!field) return raise('System.IllegalArgumentException', `Illegal pattern character '${char}'`);
      const start = at;
      while (pattern[at] === char) at++;
      pieces.push({ field, count: at - start });
    } else {
      pieces.push(char);
      at++;
    }
  }
  return pieces;
}

/**
 * Writes an instant by a pattern of Java's SimpleDateFormat.
 *
 * @throws System.IllegalArgumentException for a letter that has no meaning, or a quote that is not closed.
 */
export function formatPattern(ms: number, pattern: string, zone: Zone, locale: string): string {
  let pieces = patterns.get(pattern);
  if (!pieces) {
    pieces = parsePattern(pattern);
    patterns.set(pattern, pieces);
  }
  const moment: Moment = { local: new Date(ms + zone.offset(ms)), ms, zone, locale };
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : piece.field(moment, piece.count);
  return text;
}

const styles = new Map<string, Intl.DateTimeFormat>();

function timeText(ms: number, zone: Zone, locale: string, seconds: boolean): string {
  const key = `${locale} ${zone.id} ${seconds}`;
  let formatter = styles.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(languageTag(locale), {
      timeStyle: seconds ? 'medium' : 'short',
      timeZone: zone.id,
      numberingSystem: 'latn',
    });
    styles.set(key, formatter);
  }
  // Salesforce's clocks separate AM and PM by an ordinary space, V8's by a narrow one.
  return formatter.format(ms).replace(/\u202f/g, ' ');
}

/** The short time of a locale: `4:02 PM`. */
export function shortTime(ms: number, zone: Zone, locale: string): string {
  return timeText(ms, zone, locale, false);
}

/** The time of a locale with seconds: `4:02:07 PM`. */
export function mediumTime(ms: number, zone: Zone, locale: string): string {
  return timeText(ms, zone, locale, true);
}

/** `PST`, or `GMT+9` for zones that have no short name in English. */
export function shortZoneName(ms: number, zone: Zone, locale: string): string {
  return zoneName({ local: new Date(ms), ms, zone, locale }, 1);
}
