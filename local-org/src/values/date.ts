import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { raise } from './exception.ts';
import { DAY_MS, two } from './time.ts';

/** A calendar day as days since 1970-01-01. */
export class ApexDate {
  readonly days: number;

  constructor(days: number) {
    this.days = days;
  }

  get $type(): Type {
    return current.universe.Date;
  }

  get year(): number {
    return civil(this.days).year;
  }

  /** From 1. */
  get month(): number {
    return civil(this.days).month;
  }

  get day(): number {
    return civil(this.days).day;
  }

  /** `2024-01-31` */
  get iso(): string {
    return isoOf(this.days);
  }

  /** What printing shows: `2024-01-31 00:00:00`. */
  toString(): string {
    return `${isoOf(this.days)} 00:00:00`;
  }
}

/** Days of 400 years, after which the calendar repeats itself. JavaScript's dates end where those of Apex go on. */
const CYCLE = 146_097;

/** Year, month and day of a day, however far away. */
export function civil(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const cycles = Math.abs(days) < 100_000_000 ? 0 : Math.floor(days / CYCLE);
  const date = new Date((days - cycles * CYCLE) * DAY_MS);
  return { year: date.getUTCFullYear() + cycles * 400, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function isoOf(days: number): string {
  const { year, month, day } = civil(days);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Days since 1970-01-01 of a day whose month and day may be out of range and then carry over. */
export function daysOf(year: number, month: number, day: number): number {
  const cycles = Math.abs(year) < 200_000 ? 0 : Math.floor(year / 400);
  const date = new Date(0);
  date.setUTCFullYear(year - cycles * 400, month - 1, day);
  return Math.floor(date.getTime() / DAY_MS) + cycles * CYCLE;
}

export function dateOf(year: number, month: number, day: number): ApexDate {
  return new ApexDate(daysOf(year, month, day));
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** @param month from 1 */
export function daysInMonth(year: number, month: number): number {
  return daysOf(year, month + 1, 1) - daysOf(year, month, 1);
}

/** Months later; a day that the month does not have becomes its last. */
export function addMonths(days: number, months: number): number {
  const date = new Date(days * DAY_MS);
  const total = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  return daysOf(year, month, Math.min(date.getUTCDate(), daysInMonth(year, month)));
}

const ISO = /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})(?=\D|$)/;

/** Reads `yyyy-MM-dd`, whatever follows; parts out of range carry over. null where the text does not begin so. */
export function readDate(text: string): ApexDate | null {
  const match = ISO.exec(text);
  return match && dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Whether the calendar has the day that a text begins with; {@link readDate} counts on from one that it has not. */
export function isInCalendar(text: string): boolean {
  const [year = 0, month = 0, day = 0] = (ISO.exec(text) ?? []).slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Date.valueOf(String). @throws System.TypeException: Invalid date: abc */
export function dateFromText(text: string): ApexDate {
  return readDate(text) ?? raise('System.TypeException', `Invalid date: ${text}`);
}

/** A browser's name of a Salesforce locale: `en_US` is `en-US`. */
export function languageTag(locale: string): string {
  const tag = locale.replace(/_EURO$/, '').replaceAll('_', '-');
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    return 'en-US';
  }
}

type LocaleOrder = { readonly format: (year: number, month: number, day: number) => string; readonly parts: string[] };
const localeOrders = new Map<string, LocaleOrder>();

/** How a locale writes a short date, with four digits of year: `1/31/2024`, `31.01.2024`. */
function localeOrder(locale: string): LocaleOrder {
  const known = localeOrders.get(locale);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat(languageTag(locale), {
    dateStyle: 'short',
    timeZone: 'UTC',
    numberingSystem: 'latn',
    calendar: 'gregory',
  });
  // The 3rd of April shows whether a part has leading zeros.
  const sample = formatter.formatToParts(Date.UTC(2024, 3, 3));
  const order: LocaleOrder = {
    parts: sample.filter((part) => /^(year|month|day)$/.test(part.type)).map((part) => part.type),
    format: (year, month, day) =>
      sample
        .map(({ type, value }) => {
          if (type === 'year') return String(year).padStart(4, '0');
          const number = type === 'month' ? month : type === 'day' ? day : null;
          return number === null ? value : value.length > 1 ? two(number) : String(number);
        })
        .join(''),
  };
  localeOrders.set(locale, order);
  return order;
}

/** `Date.format()`: the short form of the user's locale. */
export function formatDate(days: number, locale: string): string {
  const date = new Date(days * DAY_MS);
  return localeOrder(locale).format(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** `Date.parse(text)`: reads the short form of the user's locale. @throws System.TypeException: Invalid date: abc */
export function parseDate(text: string, locale: string): ApexDate {
  const numbers = text.trim().match(/^(\d+)\D+(\d+)\D+(\d+)\D*$/);
  if (!numbers) return raise('System.TypeException', `Invalid date: ${text}`);
  const part = new Map(localeOrder(locale).parts.map((name, at) => [name, Number(numbers[at + 1])]));
  const [year = 0, month = 0, day = 0] = [part.get('year'), part.get('month'), part.get('day')];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    raise('System.TypeException', `Invalid date: ${text}`);
  }
  return dateOf(year < 100 ? year + 2000 : year, month, day);
}
