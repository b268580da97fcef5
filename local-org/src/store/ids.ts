import { readId } from '../values/id.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The 18-character id with this key prefix and number: prefix, instance and reserved characters, nine digits. */
export function idOf(keyPrefix: string, number: number): string {
  let digits = '';
  let rest = number;
  for (let at = 0; at < 8; at++) {
    digits = (DIGITS[rest % 62] ?? '0') + digits;
    rest = Math.floor(rest / 62);
  }
  const id = readId(`${keyPrefix}LO00${digits}`);
  if (id === null) throw new Error(`${keyPrefix} can't be a key prefix`);
  return id;
}
