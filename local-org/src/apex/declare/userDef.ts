import type {
  ClassDecl,
  ConstructorDecl,
  EnumDecl,
  FieldDecl,
  InterfaceDecl,
  Member,
  MethodDecl,
  Modifiers,
  PropertyDecl,
  TypeDecl,
} from '../ast.ts';
import { sameTypes } from '../../types/members.ts';
import { mangleField, mangleMethod, mangleName } from '../../types/mangle.ts';
import type { FieldSymbol, MethodSymbol, Type, TypeDef, TypeKind, Visibility } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { Problems } from '../problems.ts';
import { resolveType } from './resolve.ts';
import type { TypeScope } from './resolve.ts';

/** What the declarations of one file have in common. */
export interface FileScope {
  readonly universe: Universe;
  readonly problems: Problems;
  readonly file: string;
  readonly apiVersion: number;
}

/** A method of the project with its syntax. */
export interface UserMethod extends MethodSymbol {
  readonly decl: MethodDecl | ConstructorDecl | null;
}

/** A class, interface or enum of the project; types of members are resolved when first asked for. */
export class UserDef implements TypeDef {
  readonly name: string;
  readonly namespace = '';
  readonly kind: TypeKind;
  readonly origin = 'user' as const;
  readonly outer: UserDef | null;
  readonly generic: readonly string[] = [];
  readonly abstract: boolean;
  readonly virtual: boolean;
  readonly visibility: Visibility;
  readonly testVisible: boolean;
  readonly isTest: boolean;
  readonly sobject = null;
  readonly sharing: 'with' | 'without' | 'inherited' | null;
  readonly apiVersion: number;
  readonly file: string;
  readonly enumValues: readonly string[];
  readonly inner = new Map<string, UserDef>();
  readonly decl: TypeDecl;
  readonly scope: TypeScope;
  #superclass: Type | null | undefined;
  #interfaces: readonly Type[] | undefined;
  #fields: Map<string, FieldSymbol> | undefined;
  #methods: Map<string, UserMethod[]> | undefined;
  #constructors: UserMethod[] | undefined;

  constructor(files: FileScope, decl: TypeDecl, outer: UserDef | null) {
    this.decl = decl;
    this.outer = outer;
    this.name = outer ? `${outer.name}.${decl.name.name}` : decl.name.name;
    this.kind = decl.kind;
    const { keywords } = decl.modifiers;
    this.abstract = keywords.includes('abstract') || decl.kind === 'interface';
    this.virtual = keywords.includes('virtual') || keywords.includes('abstract');
    this.visibility = visibilityOf(decl.modifiers, 'private');
    this.testVisible = hasAnnotation(decl.modifiers, 'testvisible');
    this.isTest = hasAnnotation(decl.modifiers, 'istest') || (outer?.isTest ?? false);
    this.sharing = sharingOf(keywords);
    this.apiVersion = files.apiVersion;
    this.file = files.file;
    this.scope = { universe: files.universe, problems: files.problems, file: files.file, def: this };
    this.enumValues = decl.kind === 'enum' ? decl.values.map((value) => value.name) : [];
    for (const member of decl.kind === 'class' ? decl.members : []) {
      if (!isType(member)) continue;
      const key = member.name.name.toLowerCase();
      if (this.inner.has(key))
        files.problems.add(files.file, member.name.at, `Type name already in use: ${this.name}.${member.name.name}`);
      else this.inner.set(key, new UserDef(files, member, this));
    }
  }

  get superclass(): Type | null {
    if (this.#superclass === undefined) {
      this.#superclass = null; // what is seen while resolving, where a cycle ends
      const ref = this.decl.kind === 'class' ? this.decl.extends : null;
      if (ref) {
        // Names in the extends clause are looked up outside the class itself, or its own inner types would need it.
        const type = resolveType({ ...this.scope, def: this.outer }, ref);
        this.#superclass = this.#mayBeParent(type) ? type : null;
      }
    }
    return this.#superclass;
  }

  get interfaces(): readonly Type[] {
    if (!this.#interfaces) {
      this.#interfaces = [];
      const refs =
        this.decl.kind === 'class' ? this.decl.implements : this.decl.kind === 'interface' ? this.decl.extends : [];
      this.#interfaces = refs.map((ref) => resolveType(this.scope, ref)).filter((type) => this.#mayBeParent(type));
    }
    return this.#interfaces;
  }

  /** Reports a type that would be its own ancestor: nothing else would ever end then. */
  #mayBeParent(type: Type): boolean {
    if (type === this.scope.universe.unknown) return false;
    const seen = new Set<TypeDef>();
    const leadsHere = (def: TypeDef): boolean => {
      if (def === this) return true;
      if (seen.has(def)) return false;
      seen.add(def);
      return [def.superclass, ...def.interfaces].some((parent) => parent !== null && leadsHere(parent.def));
    };
    if (!leadsHere(type.def)) return true;
    this.#problem(this.decl.name.at, `Circular definition: ${this.name}. It is its own ancestor.`);
    return false;
  }

  get fields(): ReadonlyMap<string, FieldSymbol> {
    if (!this.#fields) {
      this.#fields = new Map();
      for (const member of this.#members()) {
        if (member.kind === 'field') {
          for (const variable of member.variables) this.#addField(variable.name, member, null);
        } else if (member.kind === 'property') this.#addField(member.name, member, member);
      }
    }
    return this.#fields;
  }

  get methods(): ReadonlyMap<string, readonly UserMethod[]> {
    if (!this.#methods) {
      this.#methods = new Map();
      for (const decl of this.decl.kind === 'interface' ? this.decl.methods : this.#members()) {
        if (decl.kind !== 'method') continue;
        const key = decl.name.name.toLowerCase();
        const overloads = this.#methods.get(key) ?? [];
        const method = this.#method(decl);
        if (this.#isNew(method, overloads)) overloads.push(method);
        this.#methods.set(key, overloads);
      }
    }
    return this.#methods;
  }

  get constructors(): readonly UserMethod[] {
    if (!this.#constructors) {
      this.#constructors = [];
      for (const decl of this.#members()) {
        if (decl.kind !== 'constructor') continue;
        const symbol = this.#constructorSymbol(decl);
        if (this.#isNew(symbol, this.#constructors)) this.#constructors.push(symbol);
      }
      if (this.#constructors.length === 0 && this.kind === 'class') {
        this.#constructors.push(implicitConstructor(this, [], this.scope.universe));
      }
    }
    return this.#constructors;
  }

  #members(): readonly Member[] {
    return this.decl.kind === 'class' ? this.decl.members : [];
  }

  /** Reports a method or constructor that has the parameters of another. */
  #isNew(method: UserMethod, others: readonly UserMethod[]): boolean {
    const types = (of: UserMethod): Type[] => of.params.map((param) => param.type);
    const same = others.some((other) => sameTypes(types(other), types(method)));
    const name = method.name === '<init>' ? '<Constructor>' : method.name;
    const text = `${method.returns.name} ${this.name}.${name}${signatureText(method)}`;
    if (same && method.decl) {
      this.#problem(method.decl.name.at, `Method already defined: ${name} ${text} from the type ${this.name}`);
    }
    return !same;
  }

  #problem(at: number, message: string): void {
    this.scope.problems.add(this.file, at, message);
  }

  #addField(name: { name: string; at: number }, decl: FieldDecl | PropertyDecl, property: PropertyDecl | null): void {
    const key = name.name.toLowerCase();
    const own = visibilityOf(decl.modifiers, 'private');
    const { keywords } = decl.modifiers;
    // A field hides one of its name in a superclass, so both must have room; a virtual property is one with its override.
    const isOneOfMany = keywords.some((word) => ['virtual', 'abstract', 'override'].includes(word));
    if (this.#fields?.has(key)) return this.#problem(name.at, `Duplicate field: ${name.name}`);
    this.#fields?.set(key, {
      name: name.name,
      owner: this,
      type: resolveType(this.scope, decl.type),
      static: keywords.includes('static'),
      final: keywords.includes('final'),
      visibility: own,
      testVisible: hasAnnotation(decl.modifiers, 'testvisible'),
      property: property && {
        get: property.getter && visibilityOf(property.getter.modifiers, own),
        set: property.setter && visibilityOf(property.setter.modifiers, own),
        auto: !property.getter?.body && !property.setter?.body,
      },
      js: mangleField(name.name) + (isOneOfMany ? '' : `$${mangleName(this.name)}`),
      transient: keywords.includes('transient'),
      annotations: decl.modifiers.annotations.map((annotation) => annotation.name.toLowerCase()),
    });
  }

  #method(decl: MethodDecl): UserMethod {
    const params = decl.params.map((param) => ({
      name: param.name.name,
      type: resolveType(this.scope, param.type),
    }));
    const { keywords } = decl.modifiers;
    const ofInterface = this.kind === 'interface';
    return {
      name: decl.name.name,
      owner: this,
      params,
      returns: decl.returns ? resolveType(this.scope, decl.returns) : this.scope.universe.void,
      static: keywords.includes('static') || keywords.includes('testmethod'),
      abstract: keywords.includes('abstract') || ofInterface,
      virtual: keywords.includes('virtual') || keywords.includes('abstract') || ofInterface,
      override: keywords.includes('override'),
      visibility: ofInterface ? 'global' : visibilityOf(decl.modifiers, 'private'),
      testVisible: hasAnnotation(decl.modifiers, 'testvisible'),
      js: this.#methodName(decl, params),
      annotations: decl.modifiers.annotations.map((annotation) => annotation.name.toLowerCase()),
      decl,
    };
  }

  /**
   * A private method is its class's own, and a subclass may have another of the same name; before version 61 that one
   * overrides it (Apex Developer Guide, Versioned Behavior Changes).
   */
  #methodName(decl: MethodDecl, params: MethodSymbol['params']): string {
    const { keywords } = decl.modifiers;
    const own = !['public', 'protected', 'global', 'virtual', 'abstract', 'override', 'static'].some((word) =>
      keywords.includes(word),
    );
    const isOwn = own && this.kind === 'class' && this.apiVersion >= 61;
    return mangleMethod(decl.name.name, params) + (isOwn ? `$$${mangleName(this.name)}` : '');
  }

  #constructorSymbol(decl: ConstructorDecl): UserMethod {
    const params = decl.params.map((param) => ({ name: param.name.name, type: resolveType(this.scope, param.type) }));
    return {
      ...implicitConstructor(this, params, this.scope.universe),
      visibility: visibilityOf(decl.modifiers, 'private'),
      testVisible: hasAnnotation(decl.modifiers, 'testvisible'),
      annotations: decl.modifiers.annotations.map((annotation) => annotation.name.toLowerCase()),
      decl,
    };
  }
}

function implicitConstructor(owner: UserDef, params: MethodSymbol['params'], universe: Universe): UserMethod {
  return {
    name: '<init>',
    owner,
    params,
    returns: universe.void,
    static: false,
    abstract: false,
    virtual: false,
    override: false,
    visibility: 'public',
    testVisible: false,
    js: mangleMethod(`ctor$${mangleName(owner.name)}`, params),
    annotations: [],
    decl: null,
  };
}

export function isType(member: Member): member is ClassDecl | InterfaceDecl | EnumDecl {
  return member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum';
}

/** True where the modifiers have this annotation (lower case). */
export function hasAnnotation(modifiers: Modifiers, name: string): boolean {
  return modifiers.annotations.some((annotation) => annotation.name.toLowerCase() === name);
}

function visibilityOf(modifiers: Modifiers, otherwise: Visibility): Visibility {
  const { keywords } = modifiers;
  if (keywords.includes('webservice')) return 'global';
  return (['global', 'public', 'protected', 'private'] as const).find((word) => keywords.includes(word)) ?? otherwise;
}

function sharingOf(keywords: readonly string[]): TypeDef['sharing'] {
  if (keywords.includes('with sharing')) return 'with';
  if (keywords.includes('without sharing')) return 'without';
  return keywords.includes('inherited sharing') ? 'inherited' : null;
}

/** `(String, Integer)`, for messages. */
export function signatureText(method: { params: readonly { type: Type }[] }): string {
  return `(${method.params.map((param) => param.type.name).join(', ')})`;
}
