import { substitute } from './members.ts';
import type { Type, TypeDef } from './type.ts';
import type { Universe } from './universe.ts';

/**
 * True where a value of `from` may be used as `to` without a conversion: same type, subclass, implemented interface,
 * Object, and collections whose elements are so related. This is also what `instanceof` and casts ask at run time.
 */
export function isSubtype(universe: Universe, from: Type, to: Type): boolean {
  if (from === to || to === universe.Object || from === universe.null) return true;
  if (from === universe.unknown || to === universe.unknown) return true;
  if (from.def === to.def) {
    // A set of Strings is no set of Ids, though a list of them may stand for a list of Ids.
    const related = RELATED[from.def.name] ?? isElementSubtype;
    if (from.def.name === 'Map' && narrows(universe, from.args[1] as Type, to.args[1] as Type)) return false;
    return from.args.every((arg, i) => related(universe, arg, to.args[i] as Type));
  }
  return supertypes(universe, from).some((parent) => isSubtype(universe, parent, to));
}

/**
 * A map of SObjects is none of one object, though a list of them stands for one and a map of such lists does: the cast
 * compiles and throws (DavidWalther/ApexUtils, Salesforce's forum; the guide says that maps behave as lists do).
 */
function narrows(universe: Universe, from: Type, to: Type): boolean {
  return from === universe.SObject && to !== from && to.def.kind === 'sobject';
}

/** The direct supertypes of a type, its arguments filled in. */
export function supertypes(universe: Universe, type: Type): Type[] {
  const { superclass, interfaces } = type.def;
  const parents = superclass ? [superclass, ...interfaces] : [...interfaces];
  return type.args.length === 0 ? parents : parents.map((parent) => substitute(universe, parent, type.def, type.args));
}

type Relation = (universe: Universe, from: Type, to: Type) => boolean;

const RELATED: Readonly<Record<string, Relation>> = { List: isElement, Map: isElement, Set: isSetElement };

/**
 * Lists, and the values of maps, of narrower numbers or Dates stand for those of wider ones or Datetimes, and are converted
 * when they are read: what the compiler in @salesforce/sfdx-scanner 2.13.7 takes.
 */
function isElement(universe: Universe, from: Type, to: Type): boolean {
  return isElementSubtype(universe, from, to) || conversionCost(universe, from, to) !== null;
}

function isSetElement(universe: Universe, from: Type, to: Type): boolean {
  // A set of Strings is no set of Objects: so the compiler of @salesforce/sfdx-scanner 2.13.7 (`instanceof is always false`), and
  // at run time wimvelzeboer/fflib-apex-extensions, fflib_ComparatorTest.
  if (to.def.kind !== 'sobject') return from === to || from === universe.unknown || to === universe.unknown;
  return isSubtype(universe, from, to) || isRecordOfAny(universe, from, to);
}

/** Elements: subtypes, SObject in both directions (checked when a row is used), String and Id, Decimal and Double. */
function isElementSubtype(universe: Universe, from: Type, to: Type): boolean {
  return (
    isSubtype(universe, from, to) ||
    isRecordOfAny(universe, from, to) ||
    (from === universe.Id && to === universe.String) ||
    (from === universe.String && to === universe.Id) ||
    (from === universe.Decimal && to === universe.Double) ||
    (from === universe.Double && to === universe.Decimal)
  );
}

/**
 * The implicit conversions between primitives (Apex Developer Guide, "Rules of Conversion"), cheapest first. A String
 * becomes an Id and a Double a Decimal too, which the guide does not list but the compiler accepts.
 */
export function conversionCost(universe: Universe, from: Type, to: Type): number | null {
  const ladder = [universe.Integer, universe.Long, universe.Double, universe.Decimal];
  const [low, high] = [ladder.indexOf(from), ladder.indexOf(to)];
  if (low >= 0 && high >= 0) {
    if (high > low) return high - low;
    return from === universe.Decimal && to === universe.Double ? 3 : null;
  }
  if (from === universe.Id && to === universe.String) return 1;
  if (from === universe.String && to === universe.Id) return 2;
  if (from === universe.Date && to === universe.Datetime) return 1;
  return null;
}

/** True where Apex assigns `from` to `to` without a cast. */
export function isAssignable(from: Type, to: Type, universe: Universe): boolean {
  if (from === universe.unknown || to === universe.unknown) return true;
  if (to === universe.void || from === universe.void) return false;
  return (
    (isSubtype(universe, from, to) && argumentsAgree(universe, from, to, false)) ||
    conversionCost(universe, from, to) !== null ||
    isRecordOfName(universe, from, to) ||
    isLooseIterable(universe, from, to) ||
    isWiderComparator(universe, from, to)
  );
}

/** Lists and maps of SObjects stand for those of one object; a row of another throws when it is used. */
function isRecordOfAny(universe: Universe, from: Type, to: Type): boolean {
  if (from.def.kind !== 'sobject' || to.def.kind !== 'sobject') return false;
  return from === universe.SObject || isRecordOfName(universe, from, to);
}

/**
 * Name, the type of a relationship that leads to several objects (`Task.What`), narrows to each of them wherever values are
 * assigned, and takes a record of each.
 */
function isRecordOfName(universe: Universe, from: Type, to: Type): boolean {
  if (from.def.kind !== 'sobject' || to.def.kind !== 'sobject') return false;
  const name = universe.sobject('Name');
  return from === name || to === name;
}

/** Iterables of Object stand for those of anything: only what they give is checked, when it is used. */
function isLooseIterable(universe: Universe, from: Type, to: Type): boolean {
  return from.def === to.def && from.def.name === 'Iterable' && from.args[0] === universe.Object;
}

/**
 * A comparator of Objects sorts a list of anything. The reference only shows comparators of the list's own element; this
 * rests on SCWells72/sirono-common alone, whose one comparator sorts lists of each primitive type and of records.
 */
function isWiderComparator(universe: Universe, from: Type, to: Type): boolean {
  if (to.def.name !== 'Comparator' || to.def.origin === 'user') return false;
  return viewAs(universe, from, to.def)?.args[0] === universe.Object;
}

/**
 * What the compiler asks of collections beyond what a cast asks at run time: sets have the same element, and the values of
 * a map are narrowed to one object by a cast only.
 */
function argumentsAgree(universe: Universe, from: Type, to: Type, isCast: boolean): boolean {
  if (from === universe.null || from === to || to.args.length === 0) return true;
  const view = viewAs(universe, from, to.def);
  if (!view) return true;
  return view.args.every((arg, i) => {
    const expected = to.args[i] as Type;
    if (arg === expected || arg === universe.unknown || expected === universe.unknown) return true;
    // Sets, and the keys of maps, have one type.
    if (to.def.name === 'Set' || (to.def.name === 'Map' && i === 0)) return false;
    if (!isCast && to.def.name === 'Map' && arg === universe.SObject && expected.def.kind === 'sobject') return false;
    return argumentsAgree(universe, arg, expected, isCast);
  });
}

/** The type, or the supertype of it, that instantiates a definition. */
export function viewAs(universe: Universe, type: Type, def: TypeDef): Type | null {
  if (type.def === def) return type;
  for (const parent of supertypes(universe, type)) {
    const found = viewAs(universe, parent, def);
    if (found) return found;
  }
  return null;
}

/** True where a cast from one type to the other can succeed for some value. */
export function isCastable(from: Type, to: Type, universe: Universe): boolean {
  if (isAssignable(from, to, universe)) return true;
  if (isSubtype(universe, from, to)) return argumentsAgree(universe, from, to, true);
  if (isSubtype(universe, to, from)) return argumentsAgree(universe, to, from, true);
  if (from === universe.Object || to === universe.Object) return true;
  if (conversionCost(universe, to, from) !== null && isNumeric(universe, from)) return true;
  if (from.def.kind === 'interface') return isOpen(to.def) || isSubtype(universe, to, from);
  if (to.def.kind === 'interface') return isOpen(from.def);
  if (from.def !== to.def || to.def.name === 'Set') return false;
  return from.args.every((arg, i) => {
    const wanted = to.args[i] as Type;
    if (to.def.name === 'Map' && i === 0) return arg === wanted;
    const related = to.def.name === 'List' || to.def.name === 'Map' ? isElement : isElementSubtype;
    return related(universe, arg, wanted) || related(universe, wanted, arg);
  });
}

/** A class that a subclass may give the interface to. */
function isOpen(def: TypeDef): boolean {
  return def.kind === 'interface' || def.virtual || def.abstract;
}

export function isNumeric(universe: Universe, type: Type): boolean {
  return type === universe.Integer || type === universe.Long || type === universe.Double || type === universe.Decimal;
}
