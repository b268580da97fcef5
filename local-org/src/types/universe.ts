import { loadNamespace, parseType, signatureIndex } from '../signatures/load.ts';
import type { PlatformType, TypeRef } from '../signatures/load.ts';
import type { ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import { plainDef } from './parameter.ts';
import { PlatformDef } from './platformDef.ts';
import { SObjectDef } from './sobjectDef.ts';
import type { Type, TypeDef } from './type.ts';

/**
 * All types of one project: the platform's, those of its objects, and its own classes. Types are interned, so that
 * `listOf(x) === listOf(x)`.
 */
export class Universe {
  readonly schema: Schema;
  /** Of the project, in lower case; empty where it has none. Its classes may be named with it. */
  readonly #namespace: string;
  readonly void: Type;
  /** The type of the literal null; assignable to everything. */
  readonly null: Type;
  /** The type of what has already been reported as a problem: fits everywhere, so that nothing is reported twice. */
  readonly unknown: Type;
  readonly Object: Type;
  readonly String: Type;
  readonly Integer: Type;
  readonly Long: Type;
  readonly Double: Type;
  readonly Decimal: Type;
  readonly Boolean: Type;
  readonly Id: Type;
  readonly Date: Type;
  readonly Datetime: Type;
  readonly Time: Type;
  readonly Blob: Type;
  readonly SObject: Type;
  readonly Exception: Type;
  readonly #plain = new Map<TypeDef, Type>();
  readonly #generic = new Map<string, Type>();
  readonly #ids = new Map<Type, number>();
  readonly #platform = new Map<string, PlatformDef>();
  readonly #sobjects = new Map<string, TypeDef>();
  readonly #users = new Map<string, TypeDef>();
  readonly #lookups = new Map<string, Type | null>();
  /** What holds the classes of the anonymous block that ran last. */
  #block: TypeDef | null = null;

  constructor(schema: Schema, namespace = '') {
    this.schema = schema;
    this.#namespace = namespace.toLowerCase();
    this.void = this.of(plainDef('void', 'void'));
    this.null = this.of(plainDef('null', 'null'));
    this.unknown = this.of(plainDef('unknown', 'null'));
    this.Object = this.of({ ...plainDef('Object', 'class'), virtual: true });
    this.String = this.system('String');
    this.Integer = this.system('Integer');
    this.Long = this.system('Long');
    this.Double = this.system('Double');
    this.Decimal = this.system('Decimal');
    this.Boolean = this.system('Boolean');
    this.Id = this.system('Id');
    this.Date = this.system('Date');
    this.Datetime = this.system('Datetime');
    this.Time = this.system('Time');
    this.Blob = this.system('Blob');
    this.SObject = this.system('SObject');
    this.Exception = this.system('Exception');
  }

  /** The type of a definition with these arguments (as many as it has parameters). */
  of(def: TypeDef, args: readonly Type[] = []): Type {
    if (args.length === 0) {
      let type = this.#plain.get(def);
      if (!type) {
        type = { name: def.name, def, args };
        this.#plain.set(def, type);
      }
      return type;
    }
    const key = `${def.name}<${args.map((arg) => this.#id(arg)).join(',')}>`;
    let type = this.#generic.get(key);
    if (!type) {
      type = { name: `${def.name}<${args.map((arg) => arg.name).join(', ')}>`, def, args };
      this.#generic.set(key, type);
    }
    return type;
  }

  listOf(element: Type): Type {
    return this.of(this.#systemDef('List'), [element]);
  }

  setOf(element: Type): Type {
    return this.of(this.#systemDef('Set'), [element]);
  }

  mapOf(key: Type, value: Type): Type {
    return this.of(this.#systemDef('Map'), [key, value]);
  }

  /** A type of namespace System (or Schema, or the built-in Object) by its simple name, another's by its qualified one. */
  system(name: string): Type {
    if (name === 'Object') return this.Object;
    if (name.includes('.')) return this.platform(name);
    return this.of(this.#systemDef(name));
  }

  /** A platform type without parameters by qualified name, any case: `Database.SaveResult`. */
  platform(qualified: string): Type {
    const def = this.findPlatform(qualified);
    if (!def) throw new Error(`the signatures have no type ${qualified}`);
    return this.of(def);
  }

  /** A platform definition by qualified name, any case, or null. */
  findPlatform(qualified: string): PlatformDef | null {
    const key = qualified.toLowerCase();
    const known = this.#platform.get(key);
    if (known) return known;
    const dot = key.indexOf('.');
    const json = dot < 0 ? undefined : loadNamespace(key.slice(0, dot))?.get(key);
    return json ? this.platformDef(json) : null;
  }

  /** The definition made of one signature entry. */
  platformDef(json: PlatformType): PlatformDef {
    const key = json.name.toLowerCase();
    let def = this.#platform.get(key);
    if (!def) {
      def = new PlatformDef(this, json);
      this.#platform.set(key, def);
    }
    return def;
  }

  /** True where the name is a namespace of the platform (described or left out). */
  isNamespace(name: string): boolean {
    const key = name.toLowerCase();
    const index = signatureIndex();
    return [...index.namespaces, ...index.leftOut].some((namespace) => namespace.toLowerCase() === key);
  }

  /** The type of an object by API name, any case, or null. */
  sobject(name: string): Type | null {
    const key = name.toLowerCase();
    if (key === 'sobject') return this.SObject;
    let def = this.#sobjects.get(key);
    if (!def) {
      const descriptor = this.schema.object(key);
      if (!descriptor) return null;
      def = new SObjectDef(this, descriptor);
      this.#sobjects.set(key, def);
    }
    return this.of(def);
  }

  /** The type of a descriptor of this universe's schema. */
  sobjectOf(descriptor: ObjectDescriptor): Type {
    return this.sobject(descriptor.name) ?? this.SObject;
  }

  /** Adds a top-level class of the project. */
  addUser(def: TypeDef): void {
    this.#users.set(def.name.toLowerCase(), def);
    this.#lookups.clear();
  }

  /** Makes the classes of an anonymous block known to its scripts; no source can name them from outside. */
  setBlock(def: TypeDef): void {
    this.#block = def;
    this.#lookups.clear();
  }

  /** A top-level class of the project by name in any case. */
  user(name: string): TypeDef | null {
    return this.#users.get(name.toLowerCase()) ?? null;
  }

  users(): Iterable<TypeDef> {
    return this.#users.values();
  }

  /**
   * A type by its text, as from outside every class: `Map<String, List<Account>>`, `Outer.Inner`, `Schema.Account`,
   * `Account[]`. null where there is none.
   */
  lookup(text: string): Type | null {
    const key = text.toLowerCase();
    let type = this.#lookups.get(key);
    if (type === undefined) {
      type = this.#lookup(text);
      this.#lookups.set(key, type);
    }
    return type;
  }

  #lookup(text: string): Type | null {
    if (text.endsWith('[]')) {
      const element = this.lookup(text.slice(0, -2));
      return element && this.listOf(element);
    }
    let ref: TypeRef;
    try {
      ref = parseType(text);
    } catch {
      return null;
    }
    return this.#fromNames(ref);
  }

  #fromNames(ref: TypeRef): Type | null {
    const args: Type[] = [];
    for (const arg of ref.args) {
      const type = this.#fromNames(arg);
      if (!type) return null;
      args.push(type);
    }
    const names = ref.name.split('.');
    const def = this.resolveName(names) ?? this.#ofBlock(names);
    return def && def.generic.length === args.length ? this.of(def, args) : null;
  }

  #ofBlock([first = '', ...rest]: readonly string[]): TypeDef | null {
    const isBlock = this.#block?.name.toLowerCase() === first.toLowerCase();
    return this.#block && isBlock ? innermost(this.#block, rest) : null;
  }

  /** Resolves a dotted name from outside every class: own classes, then System, Schema, objects, namespaces. */
  resolveName(names: readonly string[]): TypeDef | null {
    const [first = '', ...rest] = names;
    const start =
      this.user(first) ??
      (first.toLowerCase() === 'object' ? this.Object.def : null) ??
      this.findPlatform(`System.${first}`) ??
      this.sobject(first)?.def ??
      this.findPlatform(`Schema.${first}`);
    const direct = start && innermost(start, rest);
    if (direct) return direct;
    if (rest.length === 0) return null;
    const [second = '', ...deeper] = rest;
    const isOwn = this.#namespace !== '' && first.toLowerCase() === this.#namespace;
    const scoped = isOwn ? this.user(second) : this.#inNamespace(first.toLowerCase(), second);
    return (scoped && innermost(scoped, deeper)) ?? this.#generated(names.join('.'));
  }

  /**
   * The classes that the platform makes of other metadata: `DataWeaveScriptResource.name` of a script, `Flow.Interview.Name`
   * of a flow. Nothing of them is built, so that it does not matter whether there is such a script or flow.
   */
  #generated(name: string): TypeDef | null {
    const script = /^DataWeaveScriptResource\.\w+$/i.test(name);
    if (!script && !/^Flow\.Interview\.\w+$/i.test(name)) return null;
    return this.platformDef({
      name,
      namespace: script ? 'DataWeaveScriptResource' : 'Flow',
      kind: 'class',
      extends: script ? 'DataWeave.Script' : 'Flow.Interview',
      constructors: [script ? '()' : '(Map<String, Object>)'],
    });
  }

  #inNamespace(namespace: string, name: string): TypeDef | null {
    if (namespace === 'schema' && this.sobject(name)) return this.sobject(name)?.def ?? null;
    if (namespace === 'system' && name.toLowerCase() === 'object') return this.Object.def;
    // The Visualforce Developer Guide names the type of attributes that are pages so (apex:page, flow:interview …).
    if (namespace === 'apexpages' && name.toLowerCase() === 'pagereference')
      return this.findPlatform('System.PageReference');
    return this.findPlatform(`${namespace}.${name}`);
  }

  /** The type of a reference in the signatures, seen from a type of the platform. */
  fromRef(ref: TypeRef, from: PlatformDef): Type {
    const args = ref.args.map((arg) => {
      const index = from.generic.indexOf(arg.name);
      return index >= 0 ? from.parameter(index) : this.fromRef(arg, from);
    });
    const def =
      (ref.name === 'Object' ? this.Object.def : undefined) ??
      from.inner.get(ref.name.toLowerCase()) ??
      this.findPlatform(`${from.qualified.slice(0, from.qualified.lastIndexOf('.'))}.${ref.name}`) ??
      this.findPlatform(ref.name) ??
      this.findPlatform(`System.${ref.name}`) ??
      this.findPlatform(`Schema.${ref.name}`) ??
      this.sobject(ref.name.replace(/^Schema\./, ''))?.def;
    // A signature may mention an object or namespace that this org does not have; whoever uses it is told then.
    return def ? this.of(def, def.generic.length === args.length ? args : []) : this.of(this.#missing(ref.name));
  }

  #missing(name: string): TypeDef {
    let def = this.#sobjects.get(`?${name}`);
    if (!def) {
      def = plainDef(name, 'class');
      this.#sobjects.set(`?${name}`, def);
    }
    return def;
  }

  #systemDef(name: string): PlatformDef {
    const def = this.findPlatform(`System.${name}`) ?? this.findPlatform(`Schema.${name}`) ?? this.findPlatform(name);
    if (!def) throw new Error(`the signatures have no type System.${name}`);
    return def;
  }

  #id(type: Type): number {
    let id = this.#ids.get(type);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(type, id);
    }
    return id;
  }
}

function innermost(def: TypeDef, names: readonly string[]): TypeDef | null {
  let found: TypeDef | null = def;
  for (const name of names) found = found?.inner.get(name.toLowerCase()) ?? null;
  return found;
}
