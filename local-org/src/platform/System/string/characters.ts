/** What Java's Character.isWhitespace takes for white space. */
const WHITE = '\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000';

export const WHITESPACE_ONLY = new RegExp(`^[${WHITE}]*$`);
export const HAS_WHITESPACE = new RegExp(`[${WHITE}]`);
export const WHITESPACE_RUN = new RegExp(`[${WHITE}]+`, 'g');

/** Java's String.trim: everything up to the space, control characters too. */
export function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 32) start++;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  return text.slice(start, end);
}

const CATEGORIES = ('Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pd Ps Pe Pi Pf Pc Po Sm Sc Sk So' as const)
  .split(' ')
  .map((name) => ({ name, test: new RegExp(`^\\p{${name}}$`, 'u') }));

/** Unicode general category of a UTF-16 unit: `Lu`, `Nd` … (java.lang.Character.getType). */
export function categoryOf(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code >= 97 && code <= 122) return 'Ll';
  if (code >= 65 && code <= 90) return 'Lu';
  if (code >= 48 && code <= 57) return 'Nd';
  return CATEGORIES.find(({ test }) => test.test(unit))?.name ?? 'Cn';
}

/** Splits where the category changes; with `camel`, a capital before a small letter goes with it. */
export function splitByCategory(text: string, camel: boolean): string[] {
  if (text === '') return [];
  const tokens: string[] = [];
  let start = 0;
  let current = categoryOf(text[0] as string);
  for (let at = 1; at < text.length; at++) {
    const category = categoryOf(text[at] as string);
    if (category === current) continue;
    if (camel && category === 'Ll' && current === 'Lu') {
      if (at - 1 > start) tokens.push(text.slice(start, at - 1));
      start = at - 1;
    } else {
      tokens.push(text.slice(start, at));
      start = at;
    }
    current = category;
  }
  tokens.push(text.slice(start));
  return tokens;
}

/** Small becomes capital; capital and title case become small. */
export function swapCase(text: string): string {
  let swapped = '';
  for (const char of text) {
    const lower = char.toLowerCase();
    swapped += char === lower ? char.toUpperCase() : lower;
  }
  return swapped;
}

/** Code points in reverse, so that pairs of surrogates stay pairs. */
export function reverse(text: string): string {
  return [...text].reverse().join('');
}

/** A locale of Java (`tr_TR`, `tr`) for JavaScript; undefined for the root locale. */
export function caseLocale(locale: string): string | undefined {
  const tag = locale.replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
