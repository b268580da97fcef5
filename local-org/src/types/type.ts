import type { ObjectDescriptor } from '../schema/descriptor.ts';

/**
 * Types of Apex. The checker and the running program share them: `List<Account>` is one object, whether it is the static
 * type of an expression or what a list carries at run time, so identity is equality.
 */

/** A type with its arguments filled in. Interned by a {@link Universe}: compare with `===`. */
export interface Type {
  /** As messages show it: `String`, `List<Account>`, `Outer.Inner`, `Database.SaveResult`. */
  readonly name: string;
  readonly def: TypeDef;
  readonly args: readonly Type[];
}

export type TypeKind = 'class' | 'interface' | 'enum' | 'sobject' | 'primitive' | 'parameter' | 'void' | 'null';

/** The modifiers that decide whether a member may be seen. */
export type Visibility = 'private' | 'protected' | 'public' | 'global';

/** A declared type: what all its instantiations share. */
export interface TypeDef {
  /** Without namespace System or Schema, with every other: `String`, `Database.SaveResult`, `Outer.Inner`. */
  readonly name: string;
  /** `System`, `Schema`, `Database` …; empty for the project's own classes and for SObjects. */
  readonly namespace: string;
  readonly kind: TypeKind;
  readonly origin: 'platform' | 'user' | 'sobject';
  readonly outer: TypeDef | null;
  /** Names of the type parameters; empty where the type is not generic. Only platform types have any. */
  readonly generic: readonly string[];
  readonly abstract: boolean;
  readonly virtual: boolean;
  readonly visibility: Visibility;
  /** `@TestVisible` or `@IsTest` on the type. */
  readonly testVisible: boolean;
  readonly isTest: boolean;
  /** The following are computed when first asked for. In a generic type they mention its parameters. */
  readonly superclass: Type | null;
  readonly interfaces: readonly Type[];
  /** Own members only, by lower-case name. */
  readonly fields: ReadonlyMap<string, FieldSymbol>;
  readonly methods: ReadonlyMap<string, readonly MethodSymbol[]>;
  readonly constructors: readonly MethodSymbol[];
  readonly inner: ReadonlyMap<string, TypeDef>;
  /** Of an enum, in order; else empty. */
  readonly enumValues: readonly string[];
  /** Of an SObject type (not of the generic SObject); else null. */
  readonly sobject: ObjectDescriptor | null;
  /** Declared sharing of a user class; null where nothing is declared. */
  readonly sharing: 'with' | 'without' | 'inherited' | null;
  /** The API version of the file that declares it; 67 for platform types. */
  readonly apiVersion: number;
  /** The file that declares it, or null for platform and SObject types. */
  readonly file: string | null;
}

/** A field or property. */
export interface FieldSymbol {
  readonly name: string;
  readonly owner: TypeDef;
  readonly type: Type;
  readonly static: boolean;
  readonly final: boolean;
  readonly visibility: Visibility;
  readonly testVisible: boolean;
  /** A property has accessors; null where it has none of that kind. A field has neither object. */
  readonly property: {
    readonly get: Visibility | null;
    readonly set: Visibility | null;
    readonly auto: boolean;
  } | null;
  /** The name of the JavaScript property that holds the value (of user types), or the member key (of platform types). */
  readonly js: string;
  readonly transient: boolean;
  /** The constant's value where it is known at compile time. */
  readonly annotations: readonly string[];
}

/** A method or constructor (then name is `<init>` and returns is void). */
export interface MethodSymbol {
  readonly name: string;
  readonly owner: TypeDef;
  readonly params: readonly { readonly name: string; readonly type: Type }[];
  readonly returns: Type;
  readonly static: boolean;
  readonly abstract: boolean;
  readonly virtual: boolean;
  readonly override: boolean;
  readonly visibility: Visibility;
  readonly testVisible: boolean;
  /** User types: the mangled JavaScript name. Platform types: the signature text, the key of its implementation. */
  readonly js: string;
  readonly annotations: readonly string[];
}
