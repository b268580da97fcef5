import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A command line that can't be meant; told with the usage. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
  readonly code = 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE';
}

/** The number that an option gives, null where it is not given. @throws Misuse */
export function wholeNumber(option: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new Misuse(`--${option} takes a whole number ${range}, not ${text}`);
}

/** Fails before any work is done where a file can't be written afterwards. @throws Misuse */
export function checkTarget(option: string, file: string | undefined): void {
  if (file === undefined) return;
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new Misuse(`--${option} ${file}: there is no folder ${folder}`);
}
