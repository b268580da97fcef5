import type { Program, ProgramClass, SourceProblem } from '../engine/program.ts';
import '../platform/index.ts';
import { platformClassOf } from '../platform/define.ts';
import type { FieldSymbol, MethodSymbol, Type } from '../types/type.ts';
import type { PlatformDef } from '../types/platformDef.ts';
import { hooks, invoke } from '../values/invoke.ts';
import { raise, traceHooks, UnsupportedError } from '../values/exception.ts';
import { checkAnonymous } from './analyse.ts';
import type { CheckOptions } from './check/context.ts';
import type { Compilation } from './compile.ts';
import { emitAnonymous } from './emit/classes.ts';
import { methodSeesAllData } from './declare/seeAllData.ts';
import { hasAnnotation } from './declare/userDef.ts';
import type { UserDef } from './declare/userDef.ts';
import { parseApex } from './parse/parse.ts';
import { initialise } from './runtime/loader.ts';
import { Runtime } from './runtime/runtime.ts';
import type { RuntimeOptions } from './runtime/runtime.ts';
import { Stubs } from './runtime/stubs.ts';
import { placeOf } from './runtime/trace.ts';

/** Whether local-org has built a member of a platform type. */
export function isBuilt(member: MethodSymbol | FieldSymbol): boolean {
  const def = member.owner as PlatformDef;
  if (def.kind === 'interface') return true;
  const key = 'params' in member ? member.js : propertyKey(member.js);
  return platformClassOf(def.qualified)?.members.has(key) ?? false;
}

function propertyKey(text: string): string {
  return text.startsWith('static ') ? text.replace(/^static /, 'static get ') : `get ${text}`;
}

/** A compiled project, loaded and ready to run in this thread. */
export function loadProgram(compilation: Compilation, check: CheckOptions, options: RuntimeOptions): LoadedProgram {
  const runtime = new Runtime(options);
  const { loader } = runtime;
  for (const unit of compilation.units) {
    const { declared, file } = unit;
    for (const script of unit.scripts) if (script.kind === 'class') loader.add({ script, file });
    if (unit.broken !== null)
      loader.addBroken(declared.kind === 'class' ? declared.def.name : declared.decl.name.name, unit.broken);
  }
  for (const unit of compilation.units) {
    if (unit.declared.kind !== 'trigger') continue;
    const { decl } = unit.declared;
    const script = unit.scripts.find((found) => found.kind === 'trigger');
    if (!script) continue;
    let body: (() => void) | null = null;
    const run = (): void => (body ??= loader.body({ script, file: unit.file }))();
    runtime.triggers.add({ name: decl.name.name, object: decl.object.name, events: decl.events, run });
  }
  const program = new LoadedProgram(compilation, check, runtime);
  program.install();
  return program;
}

export class LoadedProgram implements Program {
  readonly universe;
  readonly triggers;
  readonly classes: readonly ProgramClass[];
  readonly runtime: Runtime;
  readonly #compilation: Compilation;
  readonly #check: CheckOptions;

  constructor(compilation: Compilation, check: CheckOptions, runtime: Runtime) {
    this.#compilation = compilation;
    this.#check = check;
    this.runtime = runtime;
    this.universe = compilation.universe;
    this.triggers = runtime.triggers;
    this.classes = compilation.units.flatMap((unit) =>
      unit.declared.kind === 'class' ? [describe(unit.declared.def, unit.broken)] : [],
    );
  }

  /** Makes this the program that platform code creates objects of. */
  install(): void {
    hooks.instantiate = (type) => initialise(new (this.runtime.cls(type.def.name))());
    hooks.construct = (type) => this.#construct(type, []);
    hooks.callStatic = (type, { js }, args) => this.runtime.cls(type.def.name)[js]?.(...args);
    const stubs = new Stubs(this.universe, (name) => this.runtime.cls(name));
    hooks.label = (name) => this.#check.labels.get(name.toLowerCase()) ?? null;
    hooks.stub = (type, provider) => stubs.create(type, provider);
    traceHooks.place = placeOf(this.#compilation.units);
  }

  newInstance(typeName: string, args: unknown[] = []): object {
    const type = this.universe.lookup(typeName);
    if (!type || type.def.origin !== 'user') throw new UnsupportedError(`there is no class ${typeName}`);
    return this.#construct(type, args);
  }

  #construct(type: Type, args: unknown[]): object {
    const symbol = type.def.constructors.find((found) => found.params.length === args.length);
    if (!symbol || type.def.abstract) {
      return raise('System.TypeException', `${type.name} has no constructor with ${args.length} arguments`);
    }
    const object = new (this.runtime.cls(type.def.name))() as Record<string, (...args: unknown[]) => object>;
    return (object[symbol.js] as (...args: unknown[]) => object).apply(object, args);
  }

  call(target: object, method: string, args: unknown[]): unknown {
    return invoke(target, method, args);
  }

  callStatic(typeName: string, method: string, args: unknown[]): unknown {
    const def = this.universe.lookup(typeName)?.def;
    const symbol = def?.methods
      .get(method.toLowerCase())
      ?.find((found) => found.static && found.params.length === args.length);
    if (!def || !symbol) throw new UnsupportedError(`there is no static method ${typeName}.${method}`);
    return this.runtime.cls(def.name)[symbol.js]?.(...args);
  }

  anonymous(source: string): { problems: readonly SourceProblem[]; run: () => void } {
    const parsed = parseApex(source, 'AnonymousBlock.apex', 'anonymous');
    const refused = {
      run: (): never => {
        throw new Error('the block has problems');
      },
    };
    if (!parsed.unit?.anonymous) return { problems: parsed.problems, ...refused };
    const apiVersion = 67;
    const checked = checkAnonymous(parsed.unit.anonymous, this.#compilation, this.#check, apiVersion);
    if (checked.problems.list.length > 0) return { problems: checked.problems.list, ...refused };
    this.universe.setBlock(checked.holder.def);
    const scripts = emitAnonymous(checked.holder, checked.body, { universe: this.universe, coverage: false });
    const file = 'AnonymousBlock.apex';
    let run: (() => void) | null = null;
    for (const script of scripts) {
      if (script.kind === 'class') this.runtime.loader.add({ script, file });
      else run = this.runtime.loader.body({ script, file });
    }
    return { problems: [], run: run ?? (() => undefined) };
  }
}

/** From the syntax alone: to resolve the types of all methods would be half the time of loading a large program. */
function describe(def: UserDef, broken: string | null): ProgramClass {
  const testMethods: string[] = [];
  const setupMethods: string[] = [];
  const seeAllData = new Set<string>();
  for (const member of def.decl.kind === 'class' ? def.decl.members : []) {
    if (member.kind !== 'method') continue;
    const { modifiers, name } = member;
    if (hasAnnotation(modifiers, 'testsetup')) setupMethods.push(name.name);
    else if (hasAnnotation(modifiers, 'istest') || modifiers.keywords.includes('testmethod')) {
      testMethods.push(name.name);
      if (methodSeesAllData(modifiers, def.decl.modifiers, def.apiVersion)) seeAllData.add(name.name);
    }
  }
  const isTest = def.isTest || testMethods.length > 0;
  return { name: def.name, isTest, testMethods, setupMethods, seeAllData, broken };
}
