import { raise } from '../../../values/exception.ts';
import { LONGEST_TEXT } from '../../../values/longText.ts';

/** @throws System.StringException where the range is not within the text. */
export function substring(text: string, start: number, end: number): string {
  if (start < 0 || start > text.length) raise('System.StringException', `Starting position out of bounds: ${start}`);
  if (end < start || end > text.length) raise('System.StringException', `Ending position out of bounds: ${end}`);
  return text.slice(start, end);
}

/** `abbreviate`: at most `width` characters, dots for what is left out. @param offset what must be shown */
export function abbreviate(text: string, width: number, offset: number): string {
  // unverified: the type of these exceptions.
  if (width < 4) raise('System.IllegalArgumentException', 'Minimum abbreviation width is 4');
  if (text.length <= width) return text;
  let from = Math.min(offset, text.length);
  if (text.length - from < width - 3) from = text.length - (width - 3);
  if (from <= 4) return `${text.slice(0, width - 3)}...`;
  if (width < 7) raise('System.IllegalArgumentException', 'Minimum abbreviation width with offset is 7');
  if (from + width - 3 < text.length) return `...${abbreviate(text.slice(from), width - 3, 0)}`;
  return `...${text.slice(text.length - (width - 3))}`;
}

function padding(count: number, pad: string | null): string {
  return (pad || ' ').repeat(Math.ceil(count / (pad || ' ').length)).slice(0, count);
}

export function leftPad(text: string, length: number, pad: string | null): string {
  return length <= text.length ? text : padding(length - text.length, pad) + text;
}

export function rightPad(text: string, length: number, pad: string | null): string {
  return length <= text.length ? text : text + padding(length - text.length, pad);
}

/** In the middle; one more to the right where it does not come out even. */
export function center(text: string, length: number, pad: string | null): string {
  if (length <= text.length) return text;
  return rightPad(leftPad(text, text.length + Math.floor((length - text.length) / 2), pad), length, pad);
}

/** @throws System.LimitException: String is too long. */
export function repeat(text: string, separator: string, times: number): string {
  if (times <= 0) return '';
  if (text.length * times + separator.length * (times - 1) > LONGEST_TEXT) {
    raise('System.LimitException', 'String is too long.');
  }
  return separator === '' ? text.repeat(times) : (text + separator).repeat(times - 1) + text;
}

/** The place of the first difference, or -1. */
export function indexOfDifference(a: string, b: string): number {
  if (a === b) return -1;
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at++;
  return at;
}

/** The place of the first unit that is (or, with `wanted` false, is not) among the given. */
export function indexOfAny(text: string, units: string, wanted: boolean): number {
  for (let at = 0; at < text.length; at++) if (units.includes(text[at] as string) === wanted) return at;
  return -1;
}

export function lastIndexOf(text: string, part: string, from: number): number {
  return from < 0 ? -1 : text.lastIndexOf(part, from);
}

export function countMatches(text: string, part: string): number {
  return part === '' ? 0 : text.split(part).length - 1;
}

/** What all begin with. */
export function commonPrefix(texts: readonly (string | null)[]): string {
  if (texts.length === 0) return '';
  let prefix = texts[0] ?? '';
  for (const text of texts) {
    const other = text ?? '';
    const at = indexOfDifference(prefix, other);
    if (at >= 0) prefix = prefix.slice(0, at);
  }
  return prefix;
}

/** Insertions, deletions and replacements between two texts. */
export function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** Replaces a stretch; the bounds are moved into the text and put in order. */
export function overlay(text: string, piece: string, start: number, end: number): string {
  const within = (at: number): number => Math.max(0, Math.min(text.length, at));
  const [from, to] = start <= end ? [within(start), within(end)] : [within(end), within(start)];
  return text.slice(0, from) + piece + text.slice(to);
}
