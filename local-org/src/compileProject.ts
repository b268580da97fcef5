import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compile } from './apex/compile.ts';
import type { Compilation } from './apex/compile.ts';
import type { CheckOptions } from './apex/check/context.ts';
import { isBuilt, loadProgram } from './apex/program.ts';
import type { LoadedProgram } from './apex/program.ts';
import type { Problem } from './apex/problem.ts';
import { findSources } from './apex/source/project.ts';
import { current } from './engine/current.ts';
import { scratchDefinitions } from './schema/features.ts';
import { readLabels } from './schema/labels.ts';
import { loadSchema } from './schema/loadSchema.ts';
import type { LoadedProject } from './schema/loadSchema.ts';
import { metadataFiles } from './schema/projectFiles.ts';
import { prepareQuery } from './soql/prepare.ts';

/** A project read and compiled, its program ready to run in this thread. */
export interface CompiledProject extends LoadedProject {
  readonly dir: string;
  readonly compilation: Compilation;
  readonly program: LoadedProgram;
  /** Of Apex and metadata together. Files are relative to the project. */
  readonly allProblems: readonly Problem[];
  /** What was left out on purpose. */
  readonly notes: readonly string[];
}

/** Options of {@link compileProject}. */
export interface ProjectOptions {
  /** Where syntax trees and code are kept between runs; null for nowhere. */
  readonly cacheDir: string | null;
  /** Generated code notes which lines ran. */
  readonly coverage?: boolean;
}

/** Reads and compiles an sfdx project. Problems are collected, never thrown. */
export async function compileProject(dir: string, options: ProjectOptions): Promise<CompiledProject> {
  const sources = findSources(dir);
  const loaded = loadSchema(dir);
  const labelProblems: Parameters<typeof readLabels>[1] = [];
  const files = metadataFiles(dir, labelProblems);
  const labels = readLabels(files, labelProblems);
  const check: CheckOptions = {
    labels,
    pages: new Map((files.get('page') ?? []).map(({ fullName }) => [fullName.toLowerCase(), fullName])),
    isBuilt,
    prepareQuery: (text, apiVersion) => prepareQuery(loaded.schema, text, apiVersion),
  };
  const compilation = await compile(sources, loaded.schema, {
    check,
    cacheDir: options.cacheDir,
    coverage: options.coverage ?? false,
    environment: metadataHash(dir, files),
  });
  const program = loadProgram(compilation, check, {
    universe: compilation.universe,
    labels,
    prepareQuery: (text, apiVersion) => current.tx.data.prepare(text, apiVersion),
  });
  const metadataProblems = [...loaded.problems, ...labelProblems].map(({ file, line, message, kind }) => ({
    file: relative(dir, file).split(sep).join('/'),
    line,
    column: 1,
    message: kind === 'notBuilt' ? `Unsupported: ${message}` : message,
  }));
  return {
    ...loaded,
    dir,
    compilation,
    program,
    allProblems: withoutRepeats([...compilation.problems, ...metadataProblems, ...nothingFound(dir, sources, files)]),
    notes: sources.notes,
  };
}

/** A folder with nothing of a project in it is most likely the wrong one. */
function nothingFound(
  dir: string,
  { sources, problems }: ReturnType<typeof findSources>,
  files: ReturnType<typeof metadataFiles>,
): Problem[] {
  const found = sources.length + problems.length + [...files.values()].reduce((sum, of) => sum + of.length, 0);
  if (found > 0 || existsSync(join(dir, 'sfdx-project.json'))) return [];
  const message = 'There is neither this file nor any metadata here: name the folder of a project';
  return [{ file: 'sfdx-project.json', line: 1, column: 1, message }];
}

/** Several readers look at sfdx-project.json; the first that tells of a problem knows its place best. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ file, line, message }) => {
    const key = `${file}:${line}:${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Code depends on every description of an object or label, and on the names of pages. */
function metadataHash(dir: string, files: ReturnType<typeof metadataFiles>): string {
  const hash = createHash('sha256');
  for (const kind of ['object', 'field', 'fieldSet', 'labels', 'globalValueSet', 'page', 'settings']) {
    for (const { path } of files.get(kind) ?? []) hash.update(path).update(readFileSync(path));
  }
  for (const path of scratchDefinitions(dir)) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}
