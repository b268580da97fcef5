import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { addMonths, ApexDate, daysOf } from './date.ts';
import { raise } from './exception.ts';
import { ApexTime, DAY_MS, two } from './time.ts';
import { zoneOf } from './zone.ts';
import type { Zone } from './zone.ts';

/** An instant: whole milliseconds since 1970-01-01T00:00:00Z. */
export class ApexDatetime {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  get $type(): Type {
    return current.universe.Datetime;
  }

  /** What printing shows: GMT, `2024-01-31 18:30:02`. */
  toString(): string {
    return plainText(this.ms);
  }
}

/** `yyyy-MM-dd HH:mm:ss` of milliseconds read as UTC. */
export function plainText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const time = seconds - Math.floor(ms / DAY_MS) * 86_400;
  const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60].map(two).join(':');
  return `${new ApexDate(Math.floor(ms / DAY_MS)).iso} ${clock}`;
}

/** The zone of the running user. */
export function userZone(): Zone {
  return zoneOf(current.tx.user.timeZone);
}

/** Milliseconds that, read as UTC, are what a zone's clocks show. */
export function localMs(value: ApexDatetime, zone: Zone): number {
  return value.ms + zone.offset(value.ms);
}

/** The day that a zone's calendars show. */
export function dateIn(value: ApexDatetime, zone: Zone): ApexDate {
  return new ApexDate(Math.floor(localMs(value, zone) / DAY_MS));
}

/** The time that a zone's clocks show. */
export function timeIn(value: ApexDatetime, zone: Zone): ApexTime {
  return new ApexTime(localMs(value, zone));
}

/** The instant of local parts in a zone; parts out of range carry over. @param month from 1 */
export function datetimeOf(zone: Zone, year: number, month: number, day: number, msOfDay: number = 0): ApexDatetime {
  return new ApexDatetime(zone.instant(daysOf(year, month, day) * DAY_MS + msOfDay));
}

/** Months later by a zone's calendar, at the same time of day. */
export function plusMonths(value: ApexDatetime, months: number, zone: Zone): ApexDatetime {
  const local = localMs(value, zone);
  const day = Math.floor(local / DAY_MS);
  return new ApexDatetime(zone.instant(addMonths(day, months) * DAY_MS + (local - day * DAY_MS)));
}

/** Days later by a zone's calendar, at the same time of day. */
export function plusDays(value: ApexDatetime, days: number, zone: Zone): ApexDatetime {
  return new ApexDatetime(zone.instant(localMs(value, zone) + days * DAY_MS));
}

const PLAIN = /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{1,2}):(\d{1,2})/;

/** `yyyy-MM-dd HH:mm:ss` read in a zone; parts out of range carry over. @throws System.TypeException */
export function datetimeFromText(text: string, zone: Zone): ApexDatetime {
  const match = PLAIN.exec(text);
  if (!match) return raise('System.TypeException', `Invalid date/time: ${text}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return datetimeOf(zone, year, month, day, (hour * 3600 + minute * 60 + second) * 1000);
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Reads ISO 8601, UTC where no offset is given, or null. */
export function readIsoDatetime(text: string): ApexDatetime | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((p) => Number(p ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const offset = match[8] ?? 'Z';
  const digits = offset.replace(/\D/g, '').padEnd(4, '0');
  const minutes = offset === 'Z' ? 0 : Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  const ms = daysOf(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  return new ApexDatetime(ms - (offset.startsWith('-') ? -minutes : minutes) * 60_000);
}

/** `2024-01-31T18:30:02.020Z` */
export function isoText(value: ApexDatetime): string {
  const days = Math.floor(value.ms / DAY_MS);
  const time = new Date(value.ms - days * DAY_MS).toISOString();
  return `${new ApexDate(days).iso}${time.slice(10)}`;
}
