import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compileProject } from '../../compileProject.ts';
import type { Problem } from '../../apex/problem.ts';
import { isUnsupported } from '../../apex/compile.ts';
import { projectFolder } from '../projectFolder.ts';

export const usage = 'local-org check <project>';

/** `local-org check <dir>`: compiles a project and lists its problems. Returns the exit code. */
export async function check(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const dir = projectFolder(positionals, usage);
  if (dir === null) return 2;
  const started = performance.now();
  const project = await compileProject(resolve(dir), { cacheDir: cacheDirOf(dir) });
  for (const problem of project.allProblems) console.error(problemText(problem));
  const unsupported = project.allProblems.filter(isUnsupported).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const others = project.allProblems.length - unsupported;
  console.log(
    `${counted(project.compilation.units.length, 'file')} in ${seconds} s: ${counted(others, 'problem')}` +
      (unsupported > 0 ? `, ${counted(unsupported, 'thing')} that local-org does not support` : ''),
  );
  return project.allProblems.length > 0 ? 1 : 0;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `file:line:column: message`, as editors read it. */
export function problemText({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

/** Where a project's compiled code is kept: beside its sources, in a folder that git ignores. */
export function cacheDirOf(dir: string): string {
  return join(resolve(dir), '.local-org');
}
