import { isAssignable, isSubtype, supertypes } from '../../types/assignable.ts';
import { findMethods, instantiate, sameTypes, superclassOf } from '../../types/members.ts';
import type { FoundMethod } from '../../types/members.ts';
import type { MethodSymbol, Type, Visibility } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { Position } from '../ast.ts';
import { lacksSuperclass } from '../declare/missingParents.ts';
import type { UserDef, UserMethod } from '../declare/userDef.ts';

const CLOSED: readonly Visibility[] = ['private', 'protected'];
const OF_EVERY_OBJECT = ['equals', 'hashcode', 'tostring'];

/** `Integer Foo.add(Integer, Integer)`, as messages show a method. */
export function methodText(method: MethodSymbol): string {
  return `${method.returns.name} ${method.owner.name}.${method.name}(${method.params.map((param) => param.type.name).join(', ')})`;
}

/** Reports what is wrong with a method as the overriding of an inherited one. */
export function checkOverriding(def: UserDef, method: UserMethod): void {
  const { decl } = method;
  if (!decl) return;
  const at = decl.name.at;
  const overridden = inheritedMethod(def, method);
  if (!overridden) {
    if (method.override && !method.static && !lacksSuperclass(def))
      report(def, at, `@Override specified for non-overriding method: ${methodText(method)}`);
    return;
  }
  const ancestor = overridden.symbol;
  if (method.static) return;
  if (ancestor.static) {
    report(def, at, `Cannot override static method: ${methodText(ancestor)} with ${methodText(method)}`);
    return;
  }
  if (!ancestor.virtual && !ancestor.abstract && ancestor.owner.origin === 'user') {
    report(def, at, `Non-virtual, non-abstract methods cannot be overridden: ${methodText(ancestor)}`);
  } else if (!method.override && ancestor.visibility !== 'private') {
    report(def, at, `Method must use the override keyword: ${methodText(method)}`);
  }
  if (isReduced(method.visibility, ancestor.visibility)) {
    report(
      def,
      at,
      `Cannot reduce the visibility of method: ${methodText(method)}. It is ${ancestor.visibility} in ${ancestor.owner.name}.`,
    );
  }
  if (method.returns !== overridden.returns && !isUnknown(def, method.returns, overridden.returns)) {
    report(
      def,
      at,
      `Method return types clash: ${overridden.returns.name} vs ${method.returns.name} from the type ${def.name}`,
    );
  }
}

/** What is global may be overridden by what is public. */
function isReduced(visibility: Visibility, inherited: Visibility): boolean {
  if (!CLOSED.includes(visibility)) return false;
  return !CLOSED.includes(inherited) || CLOSED.indexOf(visibility) < CLOSED.indexOf(inherited);
}

function isUnknown(def: UserDef, ...types: Type[]): boolean {
  return types.includes(def.scope.universe.unknown);
}

/**
 * The method of a superclass (not of an interface) that this one overrides. Private ones of other files are not seen.
 */
function inheritedMethod(def: UserDef, method: UserMethod): FoundMethod | null {
  const { universe } = def.scope;
  const params = method.params.map((param) => param.type);
  for (let at = superclassOf(universe, universe.of(def)); at; at = superclassOf(universe, at)) {
    for (const symbol of at.def.methods.get(method.name.toLowerCase()) ?? []) {
      const found = instantiate(universe, symbol, at);
      if (isPrivate(symbol) && !method.override) continue;
      if (sameTypes(found.params, params)) return found;
    }
  }
  const implicit = OF_EVERY_OBJECT.includes(method.name.toLowerCase());
  if (implicit && method.override) return { symbol: { ...method, virtual: true }, params, returns: method.returns };
  return null;
}

function isPrivate(symbol: MethodSymbol): boolean {
  return symbol.visibility === 'private' && !symbol.virtual && !symbol.abstract;
}

/**
 * Reports the abstract methods of the parents that have no body, and implementations that differ from the interface.
 */
export function checkImplemented(def: UserDef): void {
  const { universe } = def.scope;
  const required = requiredMethods(universe, universe.of(def));
  for (const method of required) {
    const found = implementation(universe, universe.of(def), method);
    if (!found) reportMissing(def, method, required);
    else checkImplementation(def, found, method, required);
  }
}

/** The method with a body that a call of this one runs on an object of the type; null where there is none. */
export function implementation(universe: Universe, type: Type, method: FoundMethod): FoundMethod | null {
  const candidates = findMethods(universe, type, method.symbol.name).filter((found) => !found.symbol.abstract);
  return (
    candidates.find((found) => sameTypes(found.params, method.params)) ??
    candidates.find((found) => fits(universe, found, method)) ??
    null
  );
}

function reportMissing(def: UserDef, method: FoundMethod, required: readonly FoundMethod[]): void {
  const { symbol } = method;
  // A class that declares the method abstract should be abstract itself, which is said of the method.
  if (
    def.abstract ||
    symbol.owner === def ||
    lacksSuperclass(def) ||
    OF_EVERY_OBJECT.includes(symbol.name.toLowerCase())
  )
    return;
  // Of methods that differ in what they return only (Database.Batchable.start), one is enough: the first is reported.
  if (required.find((other) => isAlternative(method, other)) !== method) return;
  const ofInterface = symbol.owner.kind === 'interface';
  const params = method.params.map((param) => param.name).join(', ');
  const text = `${method.returns.name} ${symbol.owner.name}.${symbol.name}(${params})`;
  report(
    def,
    def.decl.name.at,
    `Class ${def.name} must implement the ${ofInterface ? '' : 'abstract '}method: ${text}`,
  );
}

function checkImplementation(
  def: UserDef,
  found: FoundMethod,
  method: FoundMethod,
  required: readonly FoundMethod[],
): void {
  const { universe } = def.scope;
  if (method.symbol.owner.kind !== 'interface') return;
  // What is inherited and does not fit is the fault of the class that brings the two together.
  const at = (found.symbol.owner === def && (found.symbol as UserMethod).decl?.name.at) || def.decl.name.at;
  const { visibility } = found.symbol;
  if (visibility !== 'public' && visibility !== 'global') {
    report(
      def,
      at,
      `${def.name}: Overriding implementations of global or public interface methods must be global or public: ${methodText(found.symbol)}`,
    );
  }
  const returns = required.filter((other) => isAlternative(method, other)).map((other) => other.returns);
  if (isUnknown(def, found.returns, ...returns)) return;
  const agrees = returns.some(
    (expected) =>
      expected === found.returns ||
      (found.returns !== universe.void && isReturnable(universe, found.returns, expected)),
  );
  if (!agrees) {
    report(
      def,
      at,
      `Method return types clash: ${returns.map((type) => type.name).join(' or ')} vs ${found.returns.name} from the type ${def.name}`,
    );
  }
}

/** An implementation may return a subtype, related elements, an Id for a String, but nothing else that is converted. */
function isReturnable(universe: Universe, from: Type, to: Type): boolean {
  const texts = [universe.Id, universe.String];
  if (texts.includes(from) && texts.includes(to)) return true;
  return isSubtype(universe, from, to) || (from.args.length > 0 && isAssignable(from, to, universe));
}

/**
 * The parameters are those of the interface, where records of one object may stand for SObjects in collections, and an
 * Object for anything. unverified: the reference is silent; it rests on the released packages nebula-core, apex-query and
 * Apex-Opensource-Library (`Comparator<Boolean>` with `compare(Object, Object)`)
 */
function fits(universe: Universe, found: FoundMethod, required: FoundMethod): boolean {
  return (
    found.params.length === required.params.length &&
    found.params.every((param, i) => {
      const expected = required.params[i];
      if (expected === undefined) return false;
      if (param === expected || param === universe.unknown || expected === universe.unknown) return true;
      if (param === universe.Object && required.symbol.owner.kind === 'interface') return true;
      return param.args.length > 0 && isSubtype(universe, expected, param);
    })
  );
}

function isAlternative(a: FoundMethod, b: FoundMethod): boolean {
  return a.symbol.owner === b.symbol.owner && a.symbol.name === b.symbol.name && sameTypes(a.params, b.params);
}

/** The abstract methods of a type's parents. */
export function requiredMethods(universe: Universe, type: Type): FoundMethod[] {
  const required: FoundMethod[] = [];
  const seen = new Set<Type>();
  const visit = (at: Type): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const overloads of at.def.methods.values()) {
      for (const symbol of overloads)
        if (symbol.abstract && !symbol.static) required.push(instantiate(universe, symbol, at));
    }
    for (const each of supertypes(universe, at)) visit(each);
  };
  visit(type);
  return required;
}

function report(def: UserDef, at: Position, message: string): void {
  def.scope.problems.add(def.file, at, message);
}
