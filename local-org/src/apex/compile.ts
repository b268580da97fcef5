import { createHash } from 'node:crypto';
import type { Schema } from '../schema/descriptor.ts';
import type { Universe } from '../types/universe.ts';
import { checkUnit, checkUnitDeclarations, declare } from './analyse.ts';
import type { Declarations, Declared } from './analyse.ts';
import type { CheckOptions } from './check/context.ts';
import { CodeCache } from './codeCache.ts';
import { declarationsHash } from './declarationsHash.ts';
import { emitClass, emitTrigger } from './emit/classes.ts';
import type { Script } from './emit/classes.ts';
import { parseAll } from './parse/parse-all.ts';
import type { Problem } from './problem.ts';
import type { ProjectSources } from './source/project.ts';
import { isTooDeep, unlessTooDeep } from './tooDeep.ts';

/** What one source file became. */
export interface CompiledUnit {
  readonly declared: Declared;
  readonly file: string;
  /** Empty where the file has problems other than what local-org lacks. */
  readonly scripts: readonly Script[];
  /** Why there are none; null where the file compiled. */
  readonly broken: string | null;
}

export interface Compilation {
  readonly universe: Universe;
  readonly units: readonly CompiledUnit[];
  readonly problems: readonly Problem[];
}

export interface CompileOptions {
  readonly check: CheckOptions;
  /** Where syntax trees and generated code are kept; null for nowhere. */
  readonly cacheDir: string | null;
  readonly coverage: boolean;
  /** A hash of everything outside the sources that code depends on: schema, labels. */
  readonly environment: string;
}

/** Compiles the sources of a project; what has not changed comes from the cache. */
export async function compile(sources: ProjectSources, schema: Schema, options: CompileOptions): Promise<Compilation> {
  const parsed = await parseAll(sources.sources, { cacheDir: options.cacheDir });
  const declarations = declare(schema, parsed, sources.namespace);
  const cache = options.cacheDir === null ? null : new CodeCache(options.cacheDir);
  const context = `${sources.namespace}:${contextHash(declarations, options, cache)}`;
  const units: CompiledUnit[] = [];
  for (const declared of declarations.units) {
    const { source } = declared.parsed;
    const unit = unlessTooDeep(source, () => compileUnit(declared, declarations, options, cache, context));
    if (isTooDeep(unit)) {
      declarations.problems.list.push(unit);
      const broken = `${unit.file}:${unit.line}:${unit.column}: ${unit.message}`;
      units.push({ declared, file: source.file, scripts: [], broken });
    } else units.push(unit);
  }
  cache?.save();
  return { universe: declarations.universe, units, problems: [...sources.problems, ...declarations.problems.list] };
}

/** Code depends on the declarations of all files, on the schema, and on the compiler itself. */
function contextHash(declarations: Declarations, options: CompileOptions, cache: CodeCache | null): string {
  const hash = createHash('sha256')
    .update(options.environment)
    .update(options.coverage ? 'coverage' : 'plain');
  for (const { parsed } of declarations.units) {
    const { source, unit } = parsed;
    const known = cache?.declarationsOf(source.hash);
    const own = known ?? (unit ? declarationsHash(unit) : '');
    cache?.setDeclarations(source.hash, own);
    hash.update(`${source.file}:${source.apiVersion}:${own}\n`);
  }
  return hash.digest('hex');
}

function compileUnit(
  declared: Declared,
  declarations: Declarations,
  options: CompileOptions,
  cache: CodeCache | null,
  context: string,
): CompiledUnit {
  const { source } = declared.parsed;
  const key = `${source.hash}:${context}`;
  const cached = cache?.code(key);
  if (cached) return { declared, file: source.file, scripts: cached, broken: null };
  const { problems, universe } = declarations;
  checkUnitDeclarations(declared);
  const bound = checkUnit(declared, options.check);
  // Some of the file's problems were found when another file asked for its declarations.
  const found = problems.list.filter((problem) => problem.file === source.file);
  const fatal = found.find((problem) => !isUnsupported(problem));
  if (fatal || !bound) {
    const reason = fatal
      ? `${fatal.file}:${fatal.line}:${fatal.column}: ${fatal.message}`
      : `${source.file} was not compiled`;
    return { declared, file: source.file, scripts: [], broken: reason };
  }
  const emitOptions = { universe, coverage: options.coverage };
  const scripts = 'holder' in bound ? emitTrigger(bound, emitOptions) : emitClass(bound, emitOptions);
  // What has problems is checked anew each time, so that they are said each time.
  if (found.length === 0) cache?.setCode(key, scripts);
  return { declared, file: source.file, scripts, broken: null };
}

/** Whether a problem is that local-org lacks something, rather than that the program is wrong. */
export function isUnsupported(problem: Problem): boolean {
  return problem.message.startsWith('Unsupported:');
}
