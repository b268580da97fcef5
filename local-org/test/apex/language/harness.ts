import '../../../src/platform/index.ts';
import { checkUnit, checkUnitDeclarations, declare } from '../../../src/apex/analyse.ts';
import type { CheckOptions } from '../../../src/apex/check/context.ts';
import { emitClass } from '../../../src/apex/emit/classes.ts';
import { parseApex } from '../../../src/apex/parse/parse.ts';
import { isBuilt } from '../../../src/apex/program.ts';
import { initialise } from '../../../src/apex/runtime/loader.ts';
import { Runtime } from '../../../src/apex/runtime/runtime.ts';
import { current } from '../../../src/engine/current.ts';
import type { Transaction } from '../../../src/engine/transaction.ts';
import type { Schema } from '../../../src/schema/descriptor.ts';
import { ApexException } from '../../../src/values/exception.ts';
import { hooks } from '../../../src/values/invoke.ts';

const noObjects: Schema = { object: () => null, objects: () => [], byKeyPrefix: () => null };

/**
 * Compiles a class `T` (its members are given) and runs its `static void run()`. Returns what it printed with
 * System.debug; the last line is the exception where one got out, as `Type: message`.
 * `others` are the texts of further classes by name.
 *
 * Only the language is under test here: there is no org behind it.
 */
export function run(members: string, apiVersion = 60, others: Readonly<Record<string, string>> = {}): string[] {
  const texts = Object.entries({ T: `public class T {\n${members}\n}`, ...others });
  const sources = texts.map(([name, text]) => {
    const file = `${name}.cls`;
    const { unit, problems } = parseApex(text, file, 'class-file');
    if (!unit) throw new Error(JSON.stringify(problems));
    return { source: { file, name, kind: 'class-file' as const, text, hash: '', apiVersion }, unit, problems: [] };
  });
  const declarations = declare(noObjects, sources);
  const check: CheckOptions = {
    labels: new Map(),
    isBuilt,
    prepareQuery: () => ({ message: 'there are no objects in this test', offset: 0, code: 'INVALID_TYPE' }),
  };
  const runtime = new Runtime({ universe: declarations.universe, ...check });
  for (const declared of declarations.units) {
    checkUnitDeclarations(declared);
    const bound = checkUnit(declared, check);
    const [problem] = declarations.problems.list;
    if (problem) throw new Error(`${problem.line}:${problem.column} ${problem.message}`);
    if (!bound || 'holder' in bound) throw new Error('not a class');
    for (const script of emitClass(bound, { universe: declarations.universe, coverage: false })) {
      runtime.loader.add({ script, file: declared.parsed.source.file });
    }
  }
  const lines: string[] = [];
  enter(declarations.universe, lines);
  hooks.instantiate = (type) => initialise(new (runtime.cls(type.def.name))());
  try {
    (runtime.cls('T')['run$'] as () => void)();
  } catch (error) {
    if (!(error instanceof ApexException)) throw error;
    lines.push(String(error));
  }
  return lines;
}

function enter(universe: typeof current.universe, lines: string[]): void {
  // The transaction has what the language itself touches, and nothing else.
  const tx: Partial<Transaction> = {
    statics: new Map(),
    cpuStart: performance.now(),
    cpuCap: 10_000,
    debug: (_level, text) => void lines.push(text),
  };
  Object.assign(current, { tx, universe, fuel: 20_000, depth: 0, sharing: false, dead: false });
}
