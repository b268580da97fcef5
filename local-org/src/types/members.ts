import { supertypes } from './assignable.ts';
import type { FieldSymbol, MethodSymbol, Type, TypeDef } from './type.ts';
import type { Universe } from './universe.ts';

/** Replaces the type parameters of `def` in a type by the arguments. */
export function substitute(universe: Universe, type: Type, def: TypeDef, args: readonly Type[]): Type {
  if (args.length === 0) return type;
  if (type.def.kind === 'parameter') return args[def.generic.indexOf(type.name)] ?? type;
  if (type.args.length === 0) return type;
  return universe.of(
    type.def,
    type.args.map((arg) => substitute(universe, arg, def, args)),
  );
}

/** A field found on a type: the symbol and its type with the arguments filled in. */
export interface FoundField {
  readonly symbol: FieldSymbol;
  readonly type: Type;
}

/** The field or property of this name, own or inherited; null where there is none. */
export function findField(universe: Universe, type: Type, name: string): FoundField | null {
  const key = name.toLowerCase();
  for (let at: Type | null = type; at; at = superclassOf(universe, at)) {
    const found = ownOf(universe, at, key);
    if (found) return found;
  }
  return null;
}

/** The field or property that the type itself declares. @param key its name in lower case */
export function ownOf(universe: Universe, type: Type, key: string): FoundField | null {
  const symbol = type.def.fields.get(key);
  return symbol ? { symbol, type: substitute(universe, symbol.type, type.def, type.args) } : null;
}

/** A method found on a type, parameter and return types filled in. */
export interface FoundMethod {
  readonly symbol: MethodSymbol;
  readonly params: readonly Type[];
  readonly returns: Type;
}

/** All methods of this name that a call on the type could mean; an overridden one is not among them. */
export function findMethods(universe: Universe, type: Type, name: string): FoundMethod[] {
  const key = name.toLowerCase();
  const found: FoundMethod[] = [];
  const seen = new Set<Type>();
  const visit = (at: Type): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const symbol of at.def.methods.get(key) ?? []) {
      const method = instantiate(universe, symbol, at);
      if (!found.some((other) => sameTypes(other.params, method.params) || implementsIt(universe, other, method))) {
        found.push(method);
      }
    }
    for (const parent of supertypes(universe, at)) visit(parent);
  };
  visit(type);
  return found;
}

/** Whether a class's method is what an interface of the project asks for: it may take Object where the interface does not. */
function implementsIt(universe: Universe, method: FoundMethod, asked: FoundMethod): boolean {
  const { owner } = asked.symbol;
  return (
    owner.kind === 'interface' &&
    owner.origin === 'user' &&
    !method.symbol.abstract &&
    method.params.length === asked.params.length &&
    method.params.every((param, at) => param === asked.params[at] || param === universe.Object)
  );
}

/** A method of the type's own definition with the type's arguments filled in. */
export function instantiate(universe: Universe, symbol: MethodSymbol, type: Type): FoundMethod {
  return {
    symbol,
    params: symbol.params.map((param) => substitute(universe, param.type, type.def, type.args)),
    returns: substitute(universe, symbol.returns, type.def, type.args),
  };
}

/** The superclass with arguments filled in. */
export function superclassOf(universe: Universe, type: Type): Type | null {
  const parent = type.def.superclass;
  return parent && substitute(universe, parent, type.def, type.args);
}

export function sameTypes(a: readonly Type[], b: readonly Type[]): boolean {
  return a.length === b.length && a.every((type, i) => type === b[i]);
}

/** The inner type of this name: own, inherited, or of an enclosing class. */
export function findInner(def: TypeDef, name: string): TypeDef | null {
  const key = name.toLowerCase();
  for (let outer: TypeDef | null = def; outer; outer = outer.outer) {
    for (let at: TypeDef | null = outer; at; at = at.superclass?.def ?? null) {
      const inner = at.inner.get(key);
      if (inner) return inner;
    }
    if (outer.outer === null && outer.origin === 'user' && outer.name.toLowerCase() === key) return outer;
  }
  return besideSuperclass(def, key);
}

/**
 * What stands beside a superclass that is an inner class of another: its code can name it, and so can a subclass's.
 * unverified: the reference does not say so; it rests on the tests of apex-query
 */
function besideSuperclass(def: TypeDef, key: string): TypeDef | null {
  for (let at = def.superclass?.def ?? null; at; at = at.superclass?.def ?? null) {
    const inner = at.outer?.inner.get(key);
    if (inner) return inner;
  }
  return null;
}
