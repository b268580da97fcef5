import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../problem.ts';

const FILE = 'sfdx-project.json';

const schema = z.object({
  packageDirectories: z.array(z.object({ path: z.string().min(1) })).min(1),
  // The Salesforce CLI takes null for none.
  namespace: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
  sourceApiVersion: z
    .string()
    .regex(/^\d+\.0$/, 'expected a version like "67.0"')
    .optional(),
});

/** What sfdx-project.json says about where sources are. */
export interface ProjectFile {
  /** Absolute where the project folder is; all exist. */
  directories: string[];
  /** Empty where there is none. */
  namespace: string;
  /** As in `67`; null where the file does not say. */
  sourceApiVersion: number | null;
}

/** Reads sfdx-project.json. A folder without one is a package directory itself; null after a problem. */
export function readProjectFile(projectDir: string, problems: Problem[]): ProjectFile | null {
  const path = join(projectDir, FILE);
  if (!existsSync(path)) return { directories: [projectDir], namespace: '', sourceApiVersion: null };
  const content = parseJson(readFileSync(path, 'utf8'), problems);
  if (content === null) return null;
  const parsed = schema.safeParse(content.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    problems.push({ file: FILE, line: 1, column: 1, message: `${where === '' ? '' : `${where}: `}${issue?.message}` });
    return null;
  }
  const { packageDirectories, namespace, sourceApiVersion } = parsed.data;
  const directories: string[] = [];
  for (const directory of packageDirectories) {
    // The Salesforce CLI takes either separator on any system.
    const full = join(projectDir, directory.path.replaceAll('\\', '/'));
    if (existsSync(full)) directories.push(full);
    else problems.push(missingDirectory(readFileSync(path, 'utf8'), directory.path));
  }
  const own = directories.filter((directory) => !directories.some((other) => isInside(directory, other)));
  return {
    directories: [...new Set(own)],
    namespace,
    sourceApiVersion: sourceApiVersion === undefined ? null : Number(sourceApiVersion),
  };
}

/** A package directory may lie in another, whose files then are its own too: they are read once. */
function isInside(directory: string, other: string): boolean {
  return directory !== other && !relative(other, directory).startsWith('..');
}

function parseJson(text: string, problems: Problem[]): { value: unknown } | null {
  const reason = jsonFault(text);
  if (reason === null) return { value: JSON.parse(text) as unknown };
  // The message rarely has the place. It is where the shortest faulty beginning of the text ends.
  let [good, faulty] = [0, text.length + 1];
  while (faulty - good > 1) {
    const middle = (good + faulty) >> 1;
    if (isBeginning(text.slice(0, middle))) good = middle;
    else faulty = middle;
  }
  const before = text.slice(0, good).split('\n');
  problems.push({
    file: FILE,
    line: before.length,
    column: before.at(-1)!.length + 1,
    message: `Malformed JSON: ${reason.replace(/,? (?:\.\.\.)?".*| (?:in JSON )?at position.*/s, '')}`,
  });
  return null;
}

function jsonFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether more text could make this one valid. */
function isBeginning(text: string): boolean {
  const fault = jsonFault(text);
  if (fault === null || /^Unexpected end|^Unterminated/.test(fault)) return true;
  return Number(/at position (\d+)/.exec(fault)?.[1]) >= text.length;
}

function missingDirectory(text: string, path: string): Problem {
  const lines = text.split('\n');
  const line = lines.findIndex((content) => content.includes(JSON.stringify(path)));
  const column = lines[line]?.indexOf(JSON.stringify(path)) ?? 0;
  const message = `The package directory '${path}' does not exist: create it or remove the entry`;
  return { file: FILE, line: line + 1, column: column + 1, message };
}
