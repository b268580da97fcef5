import { Script as VmScript } from 'node:vm';
import { current } from '../../engine/current.ts';
import type { Universe } from '../../types/universe.ts';
import { ApexException, UnsupportedError } from '../../values/exception.ts';
import type { Script } from '../emit/classes.ts';
import { addBridges } from './bridges.ts';
import type { Runtime } from './runtime.ts';

/** A generated class. Its methods are found by their mangled names. */
export type JsClass = (new () => object) & {
  readonly $newStatics: () => object;
  readonly $initStatics: () => void;
} & Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** What a class's script gives. */
interface ClassUnit {
  readonly parent: string | null;
  readonly link: () => void;
  readonly define: (parent: new () => object) => JsClass;
}

/** What the script of a trigger or anonymous block gives. */
interface BodyUnit {
  readonly link: () => void;
  readonly run: () => void;
}

/** A script and the file that it comes from. */
export interface LoadedScript {
  readonly script: Script;
  /** Named in stack traces. */
  readonly file: string;
}

class Entry {
  readonly name: string;
  readonly loaded: LoadedScript;
  jsClass: JsClass | null = null;
  /** Why it could not be linked; said again to whoever needs it. */
  fault: unknown = null;

  constructor(name: string, loaded: LoadedScript) {
    this.name = name;
    this.loaded = loaded;
  }
}

/** Turns scripts into running classes, each when it is first needed. */
export class Loader {
  readonly #universe: Universe;
  readonly #runtime: Runtime;
  readonly #entries = new Map<string, Entry>();
  /** Why a class can't be run, by lower-case name. */
  readonly #broken = new Map<string, string>();

  constructor(universe: Universe, runtime: Runtime) {
    this.#universe = universe;
    this.#runtime = runtime;
  }

  add(loaded: LoadedScript): void {
    const { name } = loaded.script;
    this.#entries.set(name.toLowerCase(), new Entry(name, loaded));
  }

  /** Names a class that has problems: whoever needs it is told. */
  addBroken(name: string, reason: string): void {
    this.#broken.set(name.toLowerCase(), reason);
  }

  /** The JavaScript class of a class of the project, by name in any case. */
  class(name: string): JsClass {
    const entry = this.#entry(name);
    return entry.jsClass ?? this.#define(entry);
  }

  /** A function that gives the statics of a class in the running transaction, made and initialised on first use. */
  statics(name: string): () => object {
    const entry = this.#entry(name);
    let transaction: object | null = null;
    let holder: object | null = null;
    return () => {
      const { tx } = current;
      if (tx !== transaction) {
        holder = tx.statics.get(entry) ?? this.#initialise(entry);
        transaction = tx;
      }
      return holder as object;
    };
  }

  /** Runs the body of a trigger or anonymous block; links it first. */
  body(loaded: LoadedScript): () => void {
    const unit = this.#evaluate(loaded) as BodyUnit;
    unit.link();
    return unit.run;
  }

  #entry(name: string): Entry {
    const key = name.toLowerCase();
    const entry = this.#entries.get(key);
    if (entry) return entry;
    const reason = this.#broken.get(key) ?? this.#broken.get(key.split('.')[0] ?? '');
    throw new UnsupportedError(reason ?? `there is no class ${name}`);
  }

  #initialise(entry: Entry): object {
    const jsClass = entry.jsClass ?? this.#define(entry);
    const holder = jsClass.$newStatics();
    // Known before it is filled: initialisers may refer to their own class, or to one that refers back.
    current.tx.statics.set(entry, holder);
    jsClass.$initStatics();
    return holder;
  }

  #define(entry: Entry): JsClass {
    if (entry.fault !== null) throw entry.fault;
    try {
      return this.#linked(entry);
    } catch (error) {
      entry.jsClass = null;
      entry.fault = error;
      throw error;
    }
  }

  #linked(entry: Entry): JsClass {
    const unit = this.#evaluate(entry.loaded) as ClassUnit;
    const jsClass = unit.define(this.#parent(unit.parent));
    entry.jsClass = jsClass;
    const type = this.#universe.lookup(entry.name);
    Object.defineProperty(jsClass.prototype, '$type', { value: type });
    const own = Object.getOwnPropertyNames(jsClass.prototype).find((name) => name.startsWith('$init$'));
    const inherited = (Object.getPrototypeOf(jsClass.prototype) as { $inits?: readonly string[] }).$inits ?? [];
    Object.defineProperty(jsClass.prototype, '$inits', { value: own === undefined ? inherited : [...inherited, own] });
    if (type) addBridges(this.#universe, type, jsClass.prototype as Record<string, unknown>);
    unit.link();
    return jsClass;
  }

  #parent(name: string | null): new () => object {
    if (name === null) return ApexObject;
    return name === '!exception' ? UserException : this.class(name);
  }

  #evaluate({ script, file }: LoadedScript): ClassUnit | BodyUnit {
    const factory = new VmScript(script.js, {
      filename: file,
      lineOffset: script.firstLine - 1,
    }).runInThisContext() as (runtime: Runtime, registers: typeof current) => ClassUnit | BodyUnit;
    return factory(this.#runtime, current);
  }
}

/** What every object of a class of the project is. */
class ApexObject {}

/** What every exception that a project declares is. */
class UserException extends ApexException {
  declare readonly $inits: readonly string[];

  /** The implicit constructors: message and cause. */
  $exception(message: string | null, cause: ApexException | null): this {
    this.message = message;
    this.cause = cause;
    return initialise(this);
  }
}

/** Runs the field initialisers of an object, those of its ancestors first. */
export function initialise<T extends object>(object: T): T {
  const methods = object as unknown as { $inits: readonly string[] } & Record<string, () => void>;
  for (const name of methods.$inits) methods[name]?.();
  return object;
}
