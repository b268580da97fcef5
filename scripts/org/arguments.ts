import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { CommandError, messageOf } from './commandError.ts';

/** The options of a command line. @throws CommandError (exit code 2) with the usage where it can't be read */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  usage: string,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; strict: true }>>['values'] {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new CommandError(`${messageOf(error)}\n\n${usage}`, 2, { cause: error });
  }
}

/** A whole number of an option. @throws CommandError (exit code 2) */
export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new CommandError(`--${option} takes a whole number from ${least} to ${most}, not "${text}".`, 2);
}

/** Writes a report as JSON and makes the folder where it is missing. @throws CommandError naming the file */
export function writeReport(file: string, report: unknown): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    throw new CommandError(`The report can't be written to ${path}: ${messageOf(error)}. Name another file.`, 1, {
      cause: error,
    });
  }
}
