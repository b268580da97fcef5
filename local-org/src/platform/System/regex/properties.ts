/** POSIX and Java names of `\p{…}` as content of a class (US-ASCII, as Java has them by default). */
const CLASSES: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\0-\\x7f',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: '0-9a-zA-Z',
  Punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  Graph: '\\x21-\\x7e',
  Print: '\\x20-\\x7e',
  Blank: '\\x20\\t',
  Cntrl: '\\0-\\x1f\\x7f',
  XDigit: '0-9a-fA-F',
  Space: '\\t-\\r\\x20',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaTitleCase: '\\p{Lt}',
  javaAlphabetic: '\\p{Alphabetic}',
  javaDigit: '\\p{Nd}',
  javaLetter: '\\p{L}',
  javaLetterOrDigit: '\\p{L}\\p{Nd}',
  javaWhitespace: '\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000',
  javaSpaceChar: '\\p{Z}',
  javaISOControl: '\\0-\\x1f\\x7f-\\x9f',
};

const BINARY: Readonly<Record<string, string>> = {
  alphabetic: 'Alphabetic',
  ideographic: 'Ideographic',
  letter: 'L',
  lowercase: 'Lowercase',
  uppercase: 'Uppercase',
  titlecase: 'Lt',
  punctuation: 'P',
  control: 'Cc',
  white_space: 'White_Space',
  digit: 'Nd',
  hex_digit: 'Hex_Digit',
  emoji: 'Emoji',
};

function works(property: string): boolean {
  try {
    return new RegExp(`\\p{${property}}`, 'v') !== null;
  } catch {
    return false;
  }
}

/** The content of a class for `\p{name}`, or null where Java or JavaScript has no such property. */
export function propertyClass(name: string): string | null {
  const known = CLASSES[name];
  if (known !== undefined) return known;
  const pair = /^(\w+)=(\w+)$/.exec(name);
  if (pair) {
    const key = (pair[1] ?? '').toLowerCase();
    const value = pair[2] ?? '';
    const property =
      key === 'script' || key === 'sc' ? `Script=${value}` : key === 'general_category' || key === 'gc' ? value : null;
    return property !== null && works(property) ? `\\p{${property}}` : null;
  }
  if (/^(L|M|N|Z|C|P|S)[a-z]?$/.test(name) && works(name)) return `\\p{${name}}`;
  if (name === 'LC') return '\\p{Lu}\\p{Ll}\\p{Lt}';
  if (name === 'L1') return '\\0-\\xff';
  if (name.startsWith('Is')) {
    const rest = name.slice(2);
    const binary = BINARY[rest.toLowerCase()];
    if (binary) return `\\p{${binary}}`;
    if (/^[LMNZCPS][a-z]?$/.test(rest) && works(rest)) return `\\p{${rest}}`;
    if (works(`Script=${rest}`)) return `\\p{Script=${rest}}`;
  }
  return null;
}
