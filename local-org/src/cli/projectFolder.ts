import { statSync } from 'node:fs';

/** The one folder that a command was given; null where there is none, which it has then said. */
export function projectFolder(positionals: readonly string[], usage: string): string | null {
  const [dir] = positionals;
  if (dir === undefined || positionals.length > 1) {
    process.stderr.write(`usage: ${usage}\n`);
    return null;
  }
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return dir;
  process.stderr.write(`${dir}: there is no such folder\n`);
  return null;
}
