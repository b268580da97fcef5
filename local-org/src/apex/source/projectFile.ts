import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../problem.ts';

const FILE = 'sfdx-project.json';

const schema = z.object({
  packageDirectories: z.array(z.object({ path: z.string().min(1) })).min(1),
  namespace: z.string().default(''),
});

/** What sfdx-project.json says about where sources are. */
export interface ProjectFile {
  /** Absolute where the project folder is; all exist. */
  directories: string[];
  namespace: string;
}

/** Reads sfdx-project.json. A folder without one is a package directory itself; null after a problem. */
export function readProjectFile(projectDir: string, problems: Problem[]): ProjectFile | null {
  const path = join(projectDir, FILE);
  if (!existsSync(path)) return { directories: [projectDir], namespace: '' };
  const content = parseJson(readFileSync(path, 'utf8'), problems);
  if (content === null) return null;
  const parsed = schema.safeParse(content.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    problems.push({ file: FILE, line: 1, column: 1, message: `${where === '' ? '' : `${where}: `}${issue?.message}` });
    return null;
  }
  const { packageDirectories, namespace } = parsed.data;
  const directories: string[] = [];
  for (const directory of packageDirectories) {
    // The Salesforce CLI takes either separator on any system.
    const full = join(projectDir, directory.path.replaceAll('\\', '/'));
    if (existsSync(full)) directories.push(full);
    else problems.push(missingDirectory(readFileSync(path, 'utf8'), directory.path));
  }
  return { directories, namespace };
}

function parseJson(text: string, problems: Problem[]): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // V8 gives the place within its message, but none for a text that just ends.
    const [, line = null, column = null] = /\(line (\d+) column (\d+)\)/.exec(reason) ?? [];
    const end = text.split('\n');
    problems.push({
      file: FILE,
      line: line === null ? end.length : Number(line),
      column: column === null ? end.at(-1)!.length + 1 : Number(column),
      message: `Malformed JSON: ${reason.replace(/ (?:in JSON )?at position.*/s, '')}`,
    });
    return null;
  }
}

function missingDirectory(text: string, path: string): Problem {
  const lines = text.split('\n');
  const line = lines.findIndex((content) => content.includes(JSON.stringify(path)));
  const column = lines[line]?.indexOf(JSON.stringify(path)) ?? 0;
  const message = `The package directory '${path}' does not exist: create it or remove the entry`;
  return { file: FILE, line: line + 1, column: column + 1, message };
}
