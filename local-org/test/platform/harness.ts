import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../src/platform/index.ts';
import { checkUnit, checkUnitDeclarations, declare } from '../../src/apex/analyse.ts';
import type { CheckOptions } from '../../src/apex/check/context.ts';
import { emitClass } from '../../src/apex/emit/classes.ts';
import { parseApex } from '../../src/apex/parse/parse.ts';
import { isBuilt } from '../../src/apex/program.ts';
import { initialise } from '../../src/apex/runtime/loader.ts';
import { Runtime } from '../../src/apex/runtime/runtime.ts';
import { capsFor, zeroCounters } from '../../src/engine/caps.ts';
import { current } from '../../src/engine/current.ts';
import type { RunningUser, Transaction } from '../../src/engine/transaction.ts';
import { buildSchema } from '../../src/schema/buildSchema.ts';
import { standardObjects } from '../../src/schema/standardObjects.ts';
import type { Universe } from '../../src/types/universe.ts';
import { Universe as UniverseClass } from '../../src/types/universe.ts';
import { ApexException } from '../../src/values/exception.ts';
import { hooks } from '../../src/values/invoke.ts';

const { objects, children } = standardObjects();
const schema = buildSchema(objects, children);

/** What the org's clock shows: 2024-03-15T20:30:45.678Z. */
export const NOW = Date.UTC(2024, 2, 15, 20, 30, 45, 678);

const USER: RunningUser = {
  id: '005000000000001AAA',
  username: 'test@example.com',
  name: 'Test User',
  profileId: '00e000000000001AAA',
  roleId: null,
  userType: 'Standard',
  timeZone: 'America/Los_Angeles',
  locale: 'en_US',
  language: 'en_US',
};

/** Makes the values of a program usable: universe, user and clock. Returns the lines that System.debug writes. */
export function enter(universe: Universe = new UniverseClass(schema), user: Partial<RunningUser> = {}): string[] {
  const lines: string[] = [];
  const services: Partial<Transaction['services']> = { now: () => NOW };
  const tx: Partial<Transaction> = {
    kind: 'anonymous',
    asynchronous: false,
    statics: new Map(),
    user: { ...USER, ...user },
    used: zeroCounters(),
    caps: capsFor('anonymous'),
    cpuStart: performance.now(),
    cpuCap: 10_000,
    services: services as Transaction['services'],
    debug: (_level, text) => void lines.push(text),
  };
  Object.assign(current, { tx, universe, fuel: 20_000, depth: 0, sharing: false, dead: false });
  return lines;
}

/** Runs statements of Apex, with more members of their class if given; the lines that they print, an exception last. */
export function run(statements: string, members = '', user: Partial<RunningUser> = {}, apiVersion = 67): string[] {
  const text = `public class T {\n${members}\nstatic void run() {\n${statements}\n}\n}`;
  const { unit, problems } = parseApex(text, 'T.cls', 'class-file');
  if (!unit) throw new Error(JSON.stringify(problems));
  const source = { file: 'T.cls', name: 'T', kind: 'class-file' as const, text, hash: '', apiVersion };
  const declarations = declare(schema, [{ source, unit, problems: [] }]);
  const check: CheckOptions = {
    labels: new Map(),
    isBuilt,
    prepareQuery: () => ({ message: 'there is no data in this test', offset: 0, code: 'MALFORMED_QUERY' }),
  };
  const runtime = new Runtime({ universe: declarations.universe, ...check });
  for (const declared of declarations.units) {
    checkUnitDeclarations(declared);
    const bound = checkUnit(declared, check);
    const [problem] = declarations.problems.list;
    if (problem) throw new Error(`${problem.line}:${problem.column} ${problem.message}`);
    if (!bound || 'holder' in bound) throw new Error('not a class');
    for (const script of emitClass(bound, { universe: declarations.universe, coverage: false })) {
      runtime.loader.add({ script, file: 'T.cls' });
    }
  }
  const lines = enter(declarations.universe, user);
  hooks.instantiate = (type) => initialise(new (runtime.cls(type.def.name))());
  try {
    (runtime.cls('T')['run$'] as () => void)();
  } catch (error) {
    if (!(error instanceof ApexException)) throw error;
    lines.push(String(error));
  }
  return lines;
}

/** What each expression prints. */
export function values(...expressions: string[]): string[] {
  return run(expressions.map((expression) => `System.debug(${expression});`).join('\n'));
}

/** The exception that an expression or statements end with: `System.MathException: Divide by 0`. */
export function failure(statements: string): string {
  const lines = run(/[;}]\s*$/.test(statements) ? statements : `Object o = ${statements};`);
  const last = lines.at(-1);
  if (last === undefined) throw new Error(`nothing was thrown by ${statements}`);
  return last;
}

/** A test of what expressions print, as a table from expression to text. */
export function check(name: string, expected: Readonly<Record<string, string>>): void {
  test(name, () => assert.deepEqual(values(...Object.keys(expected)), Object.values(expected)));
}
