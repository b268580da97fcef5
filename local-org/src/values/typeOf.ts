import { current } from '../engine/current.ts';
import { conversionCost, isNumeric, isSubtype, viewAs } from '../types/assignable.ts';
import type { Type } from '../types/type.ts';
import { raise } from './exception.ts';
import { HeldId, releaseId } from './heldId.ts';
import { isId } from './id.ts';

/** The run-time type of a value in boxed form; null for null. */
export function typeOf(value: unknown): Type | null {
  const universe = current.universe;
  switch (typeof value) {
    case 'string':
      return universe.String;
    case 'number':
      return universe.Integer;
    case 'bigint':
      return universe.Long;
    case 'boolean':
      return universe.Boolean;
    default:
      return value === null || value === undefined ? null : typeOfObject(value);
  }
}

function typeOfObject(value: object): Type {
  const { $type: type } = value as { readonly $type?: Type };
  if (type) return type;
  const name = (value.constructor as { readonly apexName?: string }).apexName;
  if (name === undefined) throw new Error(`a ${value.constructor.name} is no Apex value`);
  return current.universe.platform(name);
}

/** `value instanceof type`; false for null, unless told otherwise. */
export function isInstance(value: unknown, type: Type, ofNull = false): boolean {
  const actual = typeOf(value);
  if (!actual) return ofNull;
  if (actual === type) return true;
  const universe = current.universe;
  if (type === universe.Id) return typeof value === 'string' && isId(value);
  // An Id is always an instance of String: so the compiler of @salesforce/sfdx-scanner 2.13.7 has it.
  if (type === universe.String && value instanceof HeldId) return true;
  return knownSubtype(actual, type);
}

const subtypes = new WeakMap<Type, WeakMap<Type, boolean>>();

/** Whether a value of one type is an instance of the other; worked out once for each pair. */
function knownSubtype(from: Type, to: Type): boolean {
  let answers = subtypes.get(from);
  if (!answers) {
    answers = new WeakMap();
    subtypes.set(from, answers);
  }
  let answer = answers.get(to);
  if (answer === undefined) {
    const { universe } = current;
    // A number is an instance of every number type that it may be assigned to: 12 is a Decimal.
    // A Date is an instance of Datetime in the same way.
    const widens = (isNumeric(universe, from) || from === universe.Date) && conversionCost(universe, from, to) !== null;
    answer = widens || isSubtype(universe, from, to);
    answers.set(to, answer);
  }
  return answer;
}

/** The name of a value's type as exceptions show it. */
export function typeNameOf(value: unknown): string {
  const type = typeOf(value);
  // A stub goes by the name of what it stands for.
  return type ? shownName(type).replace(/__sfdc_ApexStub$/, '') : 'null';
}

/**
 * The value, which must be of the type (null is). Numbers are not converted: a cast does that with what passes here.
 *
 * @throws System.TypeException: Invalid conversion from runtime type String to Integer
 */
export function checkCast<T>(value: T, type: Type): T {
  const passes = value === null || isInstance(value, type) || givesAnything(value, type);
  if (passes && !hasForeignText(value, type)) return value;
  return raise(
    'System.TypeException',
    `Invalid conversion from runtime type ${typeNameOf(value)} to ${shownName(type)}`,
  );
}

/** A list of text becomes one of ids only where each is one. Source: rsoesemann/sobject-work-queue, its deserializer's tests. */
function hasForeignText(value: unknown, type: Type): boolean {
  const { universe } = current;
  if (value === null || type.def.name !== 'List' || type.args[0] !== universe.Id) return false;
  if (typeOf(value)?.args[0] !== universe.String) return false;
  return (value as { readonly items: readonly unknown[] }).items.some(
    (item) => typeof item === 'string' && !isId(item),
  );
}

/**
 * Iterators and iterables of Object pass for those of anything: only what they give is checked, when it is used.
 * Source: berehovskyi/apex-stream, whose streams cast their iterators so; the reference does not say it.
 */
function givesAnything(value: unknown, type: Type): boolean {
  const { universe } = current;
  if (type.def.namespace !== 'System' || !['Iterator', 'Iterable'].includes(type.def.name)) return false;
  const actual = typeOf(value);
  return actual !== null && viewAs(universe, actual, type.def)?.args[0] === universe.Object;
}

/**
 * How messages name a type: Object inside collections is ANY, and an enum of the platform has its namespace, which rests on
 * jasonsiders/apex-starter-pack alone.
 */
export function shownName(type: Type): string {
  const { def } = type;
  if (def.kind === 'enum' && def.origin === 'platform' && !type.name.includes('.'))
    return `${def.namespace}.${type.name}`;
  return type.args.length === 0
    ? type.name
    : `${type.def.name}<${type.args.map((arg) => (arg === current.universe.Object ? 'ANY' : shownName(arg))).join(',')}>`;
}

/**
 * What a collection whose static type does not tell keeps of an element, which must be of its own type.
 *
 * @throws System.TypeException
 */
export function checkedElement(value: unknown, element: Type, collection: Type): unknown {
  if (value === null || element === current.universe.Object) return value;
  // Every other collection keeps an Id as text.
  if (isInstance(value, element) || givesAnything(value, element)) return releaseId(value);
  if (element === current.universe.String && typeof value === 'string') return value;
  return raise(
    'System.TypeException',
    `Collection store exception adding ${typeNameOf(value)} to ${collection.name.replaceAll(', ', ',')}`,
  );
}
