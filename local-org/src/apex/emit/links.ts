import type { FieldSymbol, MethodSymbol, Type, TypeDef } from '../../types/type.ts';
import type { PlatformDef } from '../../types/platformDef.ts';

/**
 * What a generated script refers to outside itself. Each is a variable of the script, filled when the program is linked:
 * `T0` types, `K0` classes of the project, `S0` their statics, `P0` members of the platform, `Q0` queries, `D0` Decimals.
 */
export class Links {
  /** Of the class that the script is of: some members of the platform do something else for older ones. */
  readonly #apiVersion: number;
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  constructor(apiVersion: number) {
    this.#apiVersion = apiVersion;
  }

  type(type: Type): string {
    return this.#link('T', `$r.type(${quote(typeKey(type))})`);
  }

  /** The JavaScript class of a class of the project. */
  class(def: TypeDef): string {
    return this.#link('K', `$r.cls(${quote(def.name)})`);
  }

  /** A function that gives the statics of a class of the project in the running transaction. */
  statics(def: TypeDef): string {
    return this.#link('S', `$r.statics(${quote(def.name)})`);
  }

  /** The implementation of a method or constructor of the platform. */
  member(symbol: MethodSymbol): string {
    return this.#member(symbol.owner, symbol.js);
  }

  /** The implementation of a property of the platform. */
  property(symbol: FieldSymbol, access: 'get' | 'set'): string {
    const key = symbol.js.startsWith('static ')
      ? symbol.js.replace(/^static /, `static ${access} `)
      : `${access} ${symbol.js}`;
    return this.#member(symbol.owner, key);
  }

  enumValue(type: Type, name: string): string {
    return this.#link('E', `$r.enumValue(${quote(typeKey(type))},${quote(name)})`);
  }

  object(name: string): string {
    return this.#link('O', `$r.object(${quote(name)})`);
  }

  query(text: string, apiVersion: number): string {
    return this.#link('Q', `$r.query(${quote(text)},${apiVersion})`);
  }

  decimal(text: string): string {
    return this.#link('D', `$r.decimal(${quote(text)})`);
  }

  /** Any other constant of the script. */
  constant(expression: string): string {
    return this.#link('C', expression);
  }

  /** Declarations of all links, for the script's first line. */
  declarations(): string {
    const names = [...this.#names.values()];
    return names.length === 0 ? '' : `let ${names.join(',')};`;
  }

  /** Assignments that fill them. */
  assignments(): string {
    return [...this.#names].map(([expression, name]) => `${name}=${expression};`).join('');
  }

  #member(owner: TypeDef, key: string): string {
    return this.#link('P', `$r.member(${quote(qualified(owner))},${quote(key)},${this.#apiVersion})`);
  }

  #link(prefix: string, expression: string): string {
    let name = this.#names.get(expression);
    if (name === undefined) {
      const count = this.#counts.get(prefix) ?? 0;
      this.#counts.set(prefix, count + 1);
      name = `${prefix}${count}`;
      this.#names.set(expression, name);
    }
    return name;
  }
}

/** The text under which the universe finds the type from anywhere. */
export function typeKey(type: Type): string {
  const { def } = type;
  const name = def.origin === 'platform' ? qualified(def) : def.origin === 'sobject' ? `Schema.${def.name}` : def.name;
  return type.args.length === 0 ? name : `${name}<${type.args.map(typeKey).join(',')}>`;
}

/** The name of a type of the platform with its namespace. */
export function qualified(def: TypeDef): string {
  return (def as PlatformDef).qualified ?? def.name;
}

/** A JavaScript string literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}
