import { raise, required } from '../../../values/exception.ts';
import { lastIndexOf } from './search.ts';

type Int = number | null;

// unverified: the message; the reference says only that an exception is thrown.
function within(text: string, index: number): number {
  if (index < 0 || index >= text.length) raise('System.StringException', `String index out of bounds: ${index}`);
  return index;
}

function unit(code: Int): string {
  return String.fromCodePoint(required(code));
}

/** Members of String that deal in code points. */
export const codePointMembers = {
  'Integer charAt(Integer)': (s: string, at: Int) => s.charCodeAt(within(s, required(at))),
  'Integer codePointAt(Integer)': (s: string, at: Int) => s.codePointAt(within(s, required(at))) ?? 0,
  'Integer codePointBefore(Integer)': (s: string, at: Int) => {
    const before = within(s, required(at) - 1);
    const point = before > 0 ? (s.codePointAt(before - 1) ?? 0) : 0;
    return point > 0xffff ? point : s.charCodeAt(before);
  },
  'Integer codePointCount(Integer, Integer)': (s: string, start: Int, end: Int) => {
    if (required(start) < 0 || required(end) > s.length || required(start) > required(end)) {
      within(s, s.length);
    }
    return [...s.slice(required(start), required(end))].length;
  },
  'Integer offsetByCodePoints(Integer, Integer)': (s: string, index: Int, offset: Int) => {
    let at = required(index);
    for (let left = required(offset); left > 0; left--) at += (s.codePointAt(within(s, at)) ?? 0) > 0xffff ? 2 : 1;
    for (let left = required(offset); left < 0; left++) {
      within(s, at - 1);
      at -= at > 1 && (s.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
    }
    return at;
  },
  'Integer indexOfChar(Integer)': (s: string, code: Int) => s.indexOf(unit(code)),
  'Integer indexOfChar(Integer, Integer)': (s: string, code: Int, from: Int) => s.indexOf(unit(code), required(from)),
  'Integer lastIndexOfChar(Integer)': (s: string, code: Int) => s.lastIndexOf(unit(code)),
  'Integer lastIndexOfChar(Integer, Integer)': (s: string, code: Int, from: Int) =>
    lastIndexOf(s, unit(code), required(from)),
};
