import { unsupported } from '../../../values/exception.ts';
import { literal } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { propertyClass } from './properties.ts';

const CLASS_ESCAPES: Readonly<Record<string, string>> = {
  d: '0-9',
  w: '0-9A-Za-z_',
  s: '\\t-\\r\\x20',
  h: '\\x20\\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
  v: '\\n\\x0b\\f\\r\\x85\\u2028\\u2029',
};
const CHAR_ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', a: '\x07', e: '\x1b' };

/** `\d`, `\p{…}` …: as content of a class. */
export function classEscape(cursor: Cursor): { content: string; negated: boolean } | null {
  const letter = cursor.peek();
  const known = CLASS_ESCAPES[letter.toLowerCase()];
  if (known !== undefined && letter !== '') {
    cursor.at++;
    return { content: known, negated: letter !== letter.toLowerCase() };
  }
  if (letter !== 'p' && letter !== 'P') return null;
  const name = /^[pP](?:\{([^}]*)\}|(.))/.exec(cursor.rest);
  if (!name) return cursor.fail('Unknown character property');
  cursor.at += name[0].length;
  const text = name[1] ?? name[2] ?? '';
  if (/^(In|blk=|block=)/.test(text))
    unsupported(`\\p{${text}} in regular expressions`, 'write the range of characters');
  const content = propertyClass(text);
  if (content === null) return cursor.fail(`Unknown character property name {${text}}`);
  return { content, negated: letter === 'P' };
}

export function escapedChar(cursor: Cursor): string {
  const rest = cursor.rest;
  const code = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|0([0-3]?[0-7]{1,2})|c(.))/.exec(rest);
  if (code) {
    cursor.at += code[0].length;
    const [, unit, hex, point, octal, control] = code;
    if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) ^ 64);
    const value = octal !== undefined ? parseInt(octal, 8) : parseInt(unit ?? hex ?? point ?? '0', 16);
    return String.fromCodePoint(value);
  }
  const char = cursor.take();
  const named = CHAR_ESCAPES[char];
  if (named !== undefined) return named;
  if (/[a-zA-Z]/.test(char)) cursor.fail('Illegal/unsupported escape sequence');
  return char;
}

/** The class after its `[`. */
export function classAfterBracket(cursor: Cursor): string {
  const negated = cursor.eat('^');
  const operands: string[] = [];
  let union = '';
  for (let first = true; ; first = false) {
    if (cursor.done) cursor.fail('Unclosed character class');
    if (!first && cursor.eat(']')) break;
    if (cursor.eat('&&')) {
      operands.push(union);
      union = '';
      continue;
    }
    if (cursor.eat('[')) {
      union += classAfterBracket(cursor);
      continue;
    }
    union += range(cursor);
  }
  operands.push(union);
  const [only = ''] = operands;
  // Java reads `[a-z&&]` as `[a-z]`.
  const filled = operands.filter((operand) => operand !== '');
  const content = filled.length <= 1 ? (filled[0] ?? only) : filled.map((operand) => `[${operand}]`).join('&&');
  return `[${negated ? '^' : ''}${content}]`;
}

function range(cursor: Cursor): string {
  const low = classChar(cursor);
  if (typeof low !== 'string') return low.negated ? `[^${low.content}]` : low.content;
  if (cursor.peek() !== '-' || /^-(?:\]|\[|&&)/.test(cursor.rest)) return literal(low);
  cursor.at++;
  const high = classChar(cursor);
  if (typeof high !== 'string' || (high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0)) {
    return cursor.fail('Illegal character range');
  }
  return `${literal(low)}-${literal(high)}`;
}

function classChar(cursor: Cursor): string | { content: string; negated: boolean } {
  if (!cursor.eat('\\')) return cursor.take();
  if (cursor.done) cursor.fail('Unclosed character class');
  if (cursor.eat('Q')) {
    return { content: [...cursor.quoted()].map(literal).join(''), negated: false };
  }
  return classEscape(cursor) ?? escapedChar(cursor);
}
