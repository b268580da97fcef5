import type { Note } from './dataProblem.ts';

/** What stands for a value that is blank or can't be read. */
export const UNKNOWN = 'unknown';

/** A number of at least 0; null, and noted, where it is none. A blank is null and noted too. */
export function readAmount(text: string, field: string, line: number, note: Note): number | null {
  const amount = text === '' ? Number.NaN : Number(text.replace(/[ ,](?=\d{3}\b)/g, ''));
  if (Number.isFinite(amount) && amount >= 0) return amount;
  note(line, field, text, UNKNOWN);
  return null;
}

/**
 * A date written month/day/year, as in the data, as ISO 8601; null where there is no such day, and noted unless blank.
 */
export function readDay(text: string, field: string, line: number, note: Note): string | null {
  if (text === '') return null;
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${iso}T00:00:00Z`);
  // Date takes 31 February for 3 March.
  if (!Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso)) return iso;
  note(line, field, text, UNKNOWN);
  return null;
}

/** Whole days from one ISO date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** First letter in upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
