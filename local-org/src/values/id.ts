import { raise } from './exception.ts';

const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const FORM = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** The three characters that make 15 case-sensitive ones safe where case is lost: one bit for each capital. */
function suffixOf(id: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 15; chunk += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at++) {
      const code = id.charCodeAt(chunk + at);
      if (code >= 65 && code <= 90) bits |= 1 << at;
    }
    suffix += SUFFIX[bits];
  }
  return suffix;
}

/**
 * The 18-character form of an id of 15 or 18 characters, or null where the text is no id. Apex looks at the length and at
 * the characters only: 18 characters whose last three do not fit the others are an id too, and stay as they are
 * (Apex Reference, Id Class: only `valueOf(text, true)` and `to15` look at them).
 */
export function readId(text: string): string | null {
  if (!FORM.test(text)) return null;
  const base = text.length === 15 ? text : text.slice(0, 15);
  const suffix = suffixOf(base);
  if (text.length === 15) return base + suffix;
  return text.slice(15).toUpperCase() === suffix ? base + suffix : text;
}

/** True where `instanceof Id` holds for a String. */
export function isId(text: string): boolean {
  return readId(text) !== null;
}

/** Converts a String to an Id; null stays null. @throws System.StringException: Invalid id: abc */
export function toId(text: string | null): string | null {
  if (text === null) return null;
  return readId(text) ?? raise('System.StringException', `Invalid id: ${text}`);
}

/** The 15-character form. */
export function to15(id: string): string {
  return id.slice(0, 15);
}

/** The three characters that tell the object. */
export function keyPrefixOf(id: string): string {
  return id.slice(0, 3);
}
