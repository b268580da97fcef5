import { isAssignable, isSubtype, supertypes } from '../../types/assignable.ts';
import { findMethods, instantiate, sameTypes, superclassOf } from '../../types/members.ts';
import type { FoundMethod } from '../../types/members.ts';
import type { Type, TypeDef } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { Position } from '../ast.ts';
import { signatureText } from '../declare/userDef.ts';
import type { UserDef, UserMethod } from '../declare/userDef.ts';

/** Checks what a class declares: parents, overriding, interfaces. Types that do not exist are reported on the way. */
export function checkDeclarations(def: UserDef): void {
  const { universe } = def.scope;
  if (isCircular(def)) {
    problem(def, def.decl.name.at, `Circular definition: ${def.name} is its own ancestor.`);
    return;
  }
  checkParents(def);
  for (const field of def.fields.values()) {
    if (field.type === universe.void) problem(def, def.decl.at, `Field ${field.name} can not be of type void.`);
  }
  for (const overloads of def.methods.values()) for (const method of overloads) checkMethod(def, method);
  void def.constructors.length; // resolves the types of their parameters
  if (def.kind === 'class') checkImplemented(def);
  for (const inner of def.inner.values()) {
    if (inner.name.split('.').at(-1)?.toLowerCase() === def.decl.name.name.toLowerCase()) {
      problem(def, inner.decl.name.at, `Inner type has the name of the class around it: ${def.name}.`);
    }
    if (def.outer) problem(def, inner.decl.at, 'Inner types of inner types are not allowed.');
    checkDeclarations(inner);
  }
}

function problem(def: UserDef, at: Position, message: string): void {
  def.scope.problems.add(def.file, at, message);
}

function isCircular(def: UserDef): boolean {
  const seen = new Set<TypeDef>();
  const visit = (at: TypeDef): boolean => {
    if (at === def && seen.size > 0) return true;
    if (seen.has(at)) return false;
    seen.add(at);
    return [at.superclass, ...at.interfaces].some((parent) => parent !== null && visit(parent.def));
  };
  return visit(def);
}

function checkParents(def: UserDef): void {
  const { universe } = def.scope;
  const { superclass, decl } = def;
  if (superclass && decl.kind === 'class' && decl.extends) {
    const at = decl.extends.at;
    const parent = superclass.def;
    if (parent.kind !== 'class') {
      problem(def, at, `Class must extend another class, but ${superclass.name} is ${article(parent.kind)}. Use implements.`);
    } else if (!parent.virtual && !parent.abstract && superclass !== universe.Exception) {
      const mend = parent.origin === 'user' ? ' Declare it virtual or abstract.' : '';
      problem(def, at, `Non-virtual and non-abstract type cannot be extended: ${superclass.name}.${mend}`);
    }
  }
  if (superclass && isSubtype(universe, superclass, universe.Exception) && !/exception$/i.test(def.name)) {
    problem(def, decl.name.at, `Exception class must end with the word Exception: ${def.name}.`);
  }
  const refs = decl.kind === 'class' ? decl.implements : decl.kind === 'interface' ? decl.extends : [];
  for (const parent of def.interfaces) {
    if (parent.def.kind !== 'interface') {
      problem(def, refs[0]?.at ?? decl.at, `Class must implement an interface, but ${parent.name} is ${article(parent.def.kind)}. Use extends.`);
    }
  }
}

function article(kind: string): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function checkMethod(def: UserDef, method: UserMethod): void {
  const { decl } = method;
  if (!decl || decl.kind !== 'method' || def.kind !== 'class') return;
  const at = decl.name.at;
  if (method.abstract && !def.abstract) problem(def, at, `Abstract methods must be in an abstract class: ${method.name}.`);
  if (method.abstract && decl.body) problem(def, at, `Abstract methods cannot have a body: ${method.name}.`);
  if (!method.abstract && !decl.body) problem(def, at, `Method must have a body: ${method.name}.`);
  if (isTestMethod(method) && (!method.static || method.params.length > 0 || method.returns !== def.scope.universe.void)) {
    problem(def, at, `Test methods are static, take no arguments and return void: ${method.name}.`);
  }
  const overridden = inheritedMethod(def, method);
  if (!overridden) {
    if (method.override) problem(def, at, `Method does not override an ancestor method: ${method.returns.name} ${method.name}${signatureText(method)}`);
    return;
  }
  const ancestor = overridden.symbol;
  // A private method is its class's own: another of the same name has nothing to do with it.
  if (ancestor.static || method.static || ancestor.visibility === 'private') return;
  if (!ancestor.virtual && !ancestor.abstract && ancestor.owner.origin === 'user') {
    problem(def, at, `Non-virtual, non-abstract methods cannot be overridden: ${ancestor.owner.name}.${ancestor.name}.`);
  } else if (!method.override) {
    problem(def, at, `Method must use the override keyword: ${method.returns.name} ${method.name}${signatureText(method)}`);
  }
  if (method.returns !== overridden.returns) {
    problem(def, at, `Return type of an overriding method must be ${overridden.returns.name}, not ${method.returns.name}.`);
  }
}

function isTestMethod(method: UserMethod): boolean {
  return method.annotations.includes('istest') || (method.decl?.modifiers.keywords.includes('testmethod') ?? false);
}

/** The method of a superclass (not of an interface) that this one overrides. */
function inheritedMethod(def: UserDef, method: UserMethod): FoundMethod | null {
  const { universe } = def.scope;
  const params = method.params.map((param) => param.type);
  for (let at = superclassOf(universe, universe.of(def)); at; at = superclassOf(universe, at)) {
    for (const symbol of at.def.methods.get(method.name.toLowerCase()) ?? []) {
      const found = instantiate(universe, symbol, at);
      if (sameTypes(found.params, params)) return found;
    }
  }
  const implicit = ['equals', 'hashcode', 'tostring'].includes(method.name.toLowerCase());
  if (implicit && method.override) {
    return { symbol: { ...method, virtual: true }, params, returns: method.returns };
  }
  return null;
}

/** Every abstract method of the parents has a body, and what implements an interface is public. */
function checkImplemented(def: UserDef): void {
  const { universe } = def.scope;
  const type = universe.of(def);
  const required = requiredMethods(universe, type);
  for (const [index, method] of required.entries()) {
    const candidates = findMethods(universe, type, method.symbol.name).filter(
      (found) => !found.symbol.abstract && fits(universe, found, method),
    );
    const [found] = candidates;
    if (!found) {
      const implicit = ['equals', 'hashcode', 'tostring'].includes(method.symbol.name.toLowerCase());
      if (def.abstract || implicit) continue;
      // Of methods that differ in what they return only (Database.Batchable.start), one is enough.
      const alternatives = required.filter((other, i) => i !== index && isAlternative(method, other));
      if (alternatives.some((other) => required.indexOf(other) < index)) continue;
      const params = method.params.map((param) => param.name).join(', ');
      problem(
        def,
        def.decl.name.at,
        `Class ${def.name} must implement the method: ${method.returns.name} ${method.symbol.owner.name}.${method.symbol.name}(${params})`,
      );
      continue;
    }
    if (found.symbol.owner !== def || method.symbol.owner.kind !== 'interface') continue;
    const at = (found.symbol as UserMethod).decl?.at ?? def.decl.at;
    if (found.symbol.visibility !== 'public' && found.symbol.visibility !== 'global') {
      problem(def, at, `${def.name}: Overriding implementations of ${method.symbol.owner.name}.${method.symbol.name} must be public or global.`);
    }
    const returns = required.filter((other) => other === method || isAlternative(method, other)).map((other) => other.returns);
    if (!returns.some((expected) => expected === found.returns || isAssignable(found.returns, expected, universe))) {
      problem(def, at, `Return type of ${found.symbol.name} must be ${returns.map((r) => r.name).join(' or ')}, not ${found.returns.name}.`);
    }
  }
}

/** The parameters are those of the interface, where records of one object may stand for SObjects in collections. */
function fits(universe: Universe, found: FoundMethod, required: FoundMethod): boolean {
  return (
    found.params.length === required.params.length &&
    found.params.every((param, i) => {
      const expected = required.params[i];
      return param === expected || (expected !== undefined && param.args.length > 0 && isSubtype(universe, expected, param));
    })
  );
}

function isAlternative(a: FoundMethod, b: FoundMethod): boolean {
  return a.symbol.owner === b.symbol.owner && a.symbol.name === b.symbol.name && sameTypes(a.params, b.params);
}

function requiredMethods(universe: Universe, type: Type): FoundMethod[] {
  const required: FoundMethod[] = [];
  const seen = new Set<Type>();
  const visit = (at: Type): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const overloads of at.def.methods.values()) {
      for (const symbol of overloads) if (symbol.abstract && !symbol.static) required.push(instantiate(universe, symbol, at));
    }
    for (const each of supertypes(universe, at)) visit(each);
  };
  visit(type);
  return required;
}
