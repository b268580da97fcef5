import { raise } from '../../../values/exception.ts';

const SHORT: Readonly<Record<string, string>> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };

function unicode(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function escapeSource(text: string, special: RegExp): string {
  return text.replace(/[^\x20-\x7e]|["'\\/]/g, (unit) => {
    if (special.test(unit)) return `\\${unit}`;
    const code = unit.charCodeAt(0);
    return SHORT[unit] ?? (code < 32 || code > 127 ? unicode(unit) : unit);
  });
}

export function escapeJava(text: string): string {
  return escapeSource(text, /["\\]/);
}

export function escapeEcmaScript(text: string): string {
  return escapeSource(text, /["'\\/]/);
}

/** Characters beyond ASCII as `\uXXXX`. */
export function escapeUnicode(text: string): string {
  return text.replace(/[^\0-\x7f]/g, unicode);
}

const LONG: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t', f: '\f', r: '\r' };

/** Undoes the escapes of Java and ECMAScript; a backslash before anything else is dropped. */
export function unescapeJava(text: string): string {
  return text.replace(
    /\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|([^]))/g,
    (_, hex?: string, octal?: string, char?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      return LONG[char ?? ''] ?? char ?? '';
    },
  );
}

/** Undoes `\uXXXX`, also written `\u+XXXX`. */
export function unescapeUnicode(text: string): string {
  return text.replace(/\\u+\+?([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** A field of a CSV file: in quotes where it has a comma, quote or line end. */
export function escapeCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Undoes {@link escapeCsv}; text in quotes that need not be so is left alone. */
export function unescapeCsv(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inner = text.slice(1, -1);
  return /[",\r\n]/.test(inner) ? inner.replaceAll('""', '"') : text;
}

const NUMBER_STYLE = /^\{(\d+)\s*,\s*(\w+)/;

/**
 * String.format: the rules of Java's MessageFormat, arguments made text first. `''` is a quote, text in quotes is literal,
 * a number that has no argument stays as it is. Arguments that are null are none, as they are for Java.
 *
 * @throws System.StringException for an element that asks for a number, date or choice, since arguments are text by then
 * @throws System.IllegalArgumentException for unmatched braces and argument numbers that are none
 */
export function messageFormat(template: string, args: readonly string[]): string {
  let text = '';
  for (let at = 0; at < template.length;) {
    const char = template[at] as string;
    if (char === "'") {
      if (template[at + 1] === "'") {
        text += "'";
        at += 2;
        continue;
      }
      for (at++; at < template.length; at++) {
        if (template[at] !== "'") text += template[at];
        else if (template[at + 1] === "'") {
          text += "'";
          at++;
        } else break;
      }
      at++;
    } else if (char === '{') {
      const end = template.indexOf('}', at);
      if (end < 0) raise('System.IllegalArgumentException', 'Unmatched braces in the pattern.');
      text += element(template.slice(at, end + 1), args);
      at = end + 1;
    } else {
      text += char;
      at++;
    }
  }
  return text;
}

function element(pattern: string, args: readonly string[]): string {
  const style = NUMBER_STYLE.exec(pattern);
  if (style) {
    const kind = style[2] === 'date' || style[2] === 'time' ? 'Date' : 'Number';
    raise('System.StringException', `Cannot format given Object as a ${kind}`);
  }
  const number = pattern.slice(1, -1).trim();
  if (!/^\d+$/.test(number)) raise('System.IllegalArgumentException', `can't parse argument number: ${number}`);
  return args[Number(number)] ?? pattern;
}
