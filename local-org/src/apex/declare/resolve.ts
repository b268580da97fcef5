import type { TypeRef } from '../ast.ts';
import { findInner } from '../../types/members.ts';
import type { Type, TypeDef } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { isTypeVisible } from '../../types/visibility.ts';
import type { Problems } from '../problems.ts';

/** Where names of types are looked up, and where it is said that one does not exist. */
export interface TypeScope {
  readonly universe: Universe;
  readonly problems: Problems;
  readonly file: string;
  /** The class in which the reference stands; null in a trigger or anonymous block. */
  readonly def: TypeDef | null;
}

/** The type that a reference means. An unknown one is reported (once) and is then `universe.unknown`. */
export function resolveType(scope: TypeScope, ref: TypeRef): Type {
  const type = findType(scope, ref);
  if (type) {
    const depth = depthOf(type);
    if (depth > MOST_NESTED) {
      scope.problems.add(scope.file, ref.at, `Exceeded max parameterized type depth: ${MOST_NESTED}, depth: ${depth}`);
    }
    const named = innermost(type, ref.dims);
    if (scope.def && !isTypeVisible(scope.def, named.def)) {
      scope.problems.add(scope.file, ref.at, `Type is not visible: ${named.name}. It is ${named.def.visibility}.`);
    }
    return type;
  }
  scope.problems.add(scope.file, ref.at, typeFault(scope, ref));
  return scope.universe.unknown;
}

/** Collections in collections, the outermost counted. Source: Apex Developer Guide, Lists. */
const MOST_NESTED = 8;

function depthOf(type: Type): number {
  return type.args.length === 0 ? 0 : 1 + Math.max(...type.args.map(depthOf));
}

/** What `X[][]` is an array of. */
function innermost(type: Type, dims: number): Type {
  let element = type;
  for (let i = 0; i < dims; i++) element = element.args[0] ?? element;
  return element;
}

/** Why a reference means no type: there is none, or its arguments are too many or too few. */
function typeFault(scope: TypeScope, ref: TypeRef): string {
  const names = ref.names.map((part) => part.name);
  const def = findDef(scope, names);
  const found = ref.names.at(-1)?.args.length ?? 0;
  if (!def || def.generic.length === found) return `Invalid type: ${refText(ref)}`;
  const expected = def.generic.length;
  if (expected === 0) return `Type arguments provided for a non-parameterized type: ${def.name}`;
  if (found === 0) return `No type arguments provided for a parameterized type: ${def.name}`;
  return `Invalid type argument count for ${def.name}: expected ${expected} but found ${found}`;
}

/** As {@link resolveType}, but null and silent where there is no such type. */
export function findType(scope: TypeScope, ref: TypeRef): Type | null {
  const { universe } = scope;
  const args: Type[] = [];
  for (const [index, part] of ref.names.entries()) {
    if (index < ref.names.length - 1 && part.args.length > 0) return null;
    for (const arg of part.args) args.push(resolveType(scope, arg));
  }
  const def = findDef(
    scope,
    ref.names.map((part) => part.name),
  );
  if (!def || def.generic.length !== args.length) return null;
  let type = sameNamedObject(universe, def, ref) ?? universe.of(def, args);
  for (let i = 0; i < ref.dims; i++) type = universe.listOf(type);
  return type;
}

/**
 * `BusinessHours hours` holds a record: the class of that name has only static methods, so that nothing can be of its type.
 */
function sameNamedObject(universe: Universe, def: TypeDef, ref: TypeRef): Type | null {
  if (def.origin !== 'platform' || ref.names.length !== 1) return null;
  let isStatic = staticOnly.get(def);
  if (isStatic === undefined) staticOnly.set(def, (isStatic = hasStaticMethodsOnly(def)));
  return isStatic ? universe.sobject(def.name) : null;
}

/** Asked of every type that is named in a project, and the same in all. */
const staticOnly = new WeakMap<TypeDef, boolean>();

function hasStaticMethodsOnly(def: TypeDef): boolean {
  if (def.kind !== 'class' || def.constructors.length > 0 || def.fields.size > 0) return false;
  const methods = [...def.methods.values()].flat();
  return methods.length > 0 && methods.every((method) => method.static);
}

/** The definition of a dotted name, innermost scope first. */
export function findDef(scope: TypeScope, names: readonly string[]): TypeDef | null {
  const [first = '', ...rest] = names;
  let def = scope.def && findInner(scope.def, first);
  if (def) {
    for (const name of rest) {
      def = innerOf(def, name);
      if (!def) break;
    }
    if (def) return def;
  }
  return scope.universe.resolveName(names) ?? ownName(scope, names);
}

/**
 * `Outer.Outer` is the class itself, since no inner class may have its name. unverified: the reference is silent; it rests on
 * apexfarm/ApexTriggerHandler, TriggersTest
 */
function ownName(scope: TypeScope, [first = '', second = '', ...rest]: readonly string[]): TypeDef | null {
  if (rest.length > 0 || first.toLowerCase() !== second.toLowerCase()) return null;
  const def = scope.universe.resolveName([first]);
  return def?.origin === 'user' && def.kind === 'class' ? def : null;
}

function innerOf(def: TypeDef, name: string): TypeDef | null {
  for (let at: TypeDef | null = def; at; at = at.superclass?.def ?? null) {
    const inner = at.inner.get(name.toLowerCase());
    if (inner) return inner;
  }
  return null;
}

/** A reference as the source has it. */
export function refText(ref: TypeRef): string {
  const names = ref.names
    .map(({ name, args }) => (args.length ? `${name}<${args.map(refText).join(',')}>` : name))
    .join('.');
  return names + '[]'.repeat(ref.dims);
}
