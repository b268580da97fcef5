import { loadNamespace, parseConstructor, parseProperty, parseSignature } from '../signatures/load.ts';
import type { PlatformType, TypeRef } from '../signatures/load.ts';
import { normaliseSignature } from '../platform/define.ts';
import { emptyDef, plainDef } from './parameter.ts';
import type { FieldSymbol, MethodSymbol, Type, TypeDef, TypeKind } from './type.ts';
import type { Universe } from './universe.ts';

const PRIMITIVES = new Set(
  ['String', 'Integer', 'Long', 'Double', 'Decimal', 'Boolean', 'Id', 'Date', 'Datetime', 'Time', 'Blob'].map(
    (name) => `System.${name}`,
  ),
);

/** A type of the platform's library, its members parsed from the signature text when first asked for. */
export class PlatformDef implements TypeDef {
  readonly name: string;
  readonly namespace: string;
  readonly kind: TypeKind;
  readonly origin = 'platform' as const;
  readonly outer: TypeDef | null = null;
  readonly generic: readonly string[];
  readonly abstract: boolean;
  readonly virtual: boolean;
  readonly visibility = 'global' as const;
  readonly testVisible = false;
  readonly isTest = false;
  readonly sobject = null;
  readonly sharing = null;
  readonly apiVersion = 67;
  readonly file = null;
  readonly enumValues: readonly string[];
  /** `System.String`: the key of its implementation. */
  readonly qualified: string;
  readonly #json: PlatformType;
  readonly #universe: Universe;
  readonly #parameters: ReadonlyMap<string, Type>;
  #superclass: Type | null | undefined;
  #interfaces: readonly Type[] | undefined;
  #fields: Map<string, FieldSymbol> | undefined;
  #methods: Map<string, MethodSymbol[]> | undefined;
  #constructors: MethodSymbol[] | undefined;
  #inner: Map<string, TypeDef> | undefined;

  constructor(universe: Universe, json: PlatformType) {
    this.#universe = universe;
    this.#json = json;
    this.qualified = json.name;
    this.namespace = json.namespace;
    const implicit = json.namespace === 'System' || json.namespace === 'Schema';
    this.name = implicit ? json.name.slice(json.namespace.length + 1) : json.name;
    this.generic = json.generic ?? [];
    this.kind = json.name === 'System.SObject' ? 'sobject' : PRIMITIVES.has(json.name) ? 'primitive' : json.kind;
    this.abstract = json.abstract ?? json.kind === 'interface';
    this.virtual = json.virtual ?? false;
    this.enumValues = json.values ?? [];
    this.#parameters = new Map(
      this.generic.map((name) => [name, { name, def: plainDef(name, 'parameter'), args: [] } satisfies Type]),
    );
  }

  /** The type that a type parameter stands as within this definition. */
  parameter(index: number): Type {
    return this.#parameters.get(this.generic[index] ?? '') as Type;
  }

  get superclass(): Type | null {
    if (this.#superclass === undefined) {
      const text = this.#json.extends;
      this.#superclass =
        text !== undefined
          ? this.#type(parseTypeText(text))
          : this.kind === 'class' && this.qualified !== 'System.Exception' && isExceptionName(this.qualified)
            ? this.#universe.platform('System.Exception')
            : null;
    }
    return this.#superclass;
  }

  get interfaces(): readonly Type[] {
    this.#interfaces ??= (this.#json.implements ?? []).map((text) => this.#type(parseTypeText(text)));
    return this.#interfaces;
  }

  get fields(): ReadonlyMap<string, FieldSymbol> {
    this.#fields ??= new Map(
      (this.#json.properties ?? []).map((text) => {
        const property = parseProperty(text);
        const symbol: FieldSymbol = {
          name: property.name,
          owner: this,
          type: this.#type(property.type),
          static: property.static,
          final: property.readonly,
          visibility: 'global',
          testVisible: false,
          property: { get: 'global', set: property.readonly ? null : 'global', auto: false },
          js: normaliseSignature(`${text.replace(/^(static )?readonly /, '$1')}`),
          transient: false,
          annotations: [],
        };
        return [property.name.toLowerCase(), symbol];
      }),
    );
    return this.#fields;
  }

  get methods(): ReadonlyMap<string, readonly MethodSymbol[]> {
    if (!this.#methods) {
      this.#methods = new Map();
      for (const text of this.#json.methods ?? []) {
        const signature = parseSignature(text);
        const key = signature.name.toLowerCase();
        const overloads = this.#methods.get(key) ?? [];
        overloads.push(this.#method(signature.name, text, signature.params, signature.returns, signature.static));
        this.#methods.set(key, overloads);
      }
    }
    return this.#methods;
  }

  get constructors(): readonly MethodSymbol[] {
    this.#constructors ??= (this.#json.constructors ?? []).map((text) =>
      this.#method('<init>', `new ${text}`, parseConstructor(text), { name: 'void', args: [] }, false),
    );
    return this.#constructors;
  }

  get inner(): ReadonlyMap<string, TypeDef> {
    if (!this.#inner) {
      this.#inner = new Map();
      for (const name of Object.keys(this.#json.inner ?? {})) {
        const json = loadNamespace(this.namespace)?.get(`${this.qualified}.${name}`.toLowerCase());
        if (json) this.#inner.set(name.toLowerCase(), this.#universe.platformDef(json));
      }
    }
    return this.#inner;
  }

  #method(name: string, text: string, params: readonly TypeRef[], returns: TypeRef, isStatic: boolean): MethodSymbol {
    return {
      name,
      owner: this,
      params: params.map((param, index) => ({ name: `arg${index}`, type: this.#type(param) })),
      returns: returns.name === 'void' ? this.#universe.void : this.#type(returns),
      static: isStatic,
      abstract: this.kind === 'interface',
      virtual: !isStatic,
      override: false,
      visibility: 'global',
      testVisible: false,
      js: normaliseSignature(text),
      annotations: [],
    };
  }

  #type(ref: TypeRef): Type {
    return this.#parameters.get(ref.name) ?? this.#universe.fromRef(ref, this);
  }
}

function isExceptionName(qualified: string): boolean {
  return qualified.endsWith('Exception');
}

function parseTypeText(text: string): TypeRef {
  return parseSignature(`${text} x()`).returns;
}

export { emptyDef };
