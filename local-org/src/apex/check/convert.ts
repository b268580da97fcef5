import { conversionCost, isAssignable, isCastable, isSubtype } from '../../types/assignable.ts';
import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { BConvert, BExpr, Conversion } from '../bound.ts';
import type { BodyContext } from './context.ts';

/** The value as `to`, or a problem that says why it can't be. */
export function convert(cx: BodyContext, value: BExpr, to: Type, message?: string): BExpr {
  const converted = tryConvert(cx.universe, value, to);
  if (converted) return converted;
  return cx.fail(
    value.at,
    message ?? `Illegal assignment from ${typeName(value)} to ${to.name}.${mend(cx.universe, value.type, to)}`,
  );
}

/** The value as `to` by the implicit conversions of Apex, or null. */
export function tryConvert(universe: Universe, value: BExpr, to: Type): BExpr | null {
  const from = value.type;
  if (from === to || from === universe.unknown || to === universe.unknown) return value;
  if (from === universe.null) return to === universe.void ? null : { ...value, type: to };
  if (value.k === 'coalesce' && from === universe.SObject && to.def.sobject) {
    // Apex Developer Guide, Null Coalescing Operator: both operands must be instances of the type that is assigned to.
    const left = tryConvert(universe, value.left, to);
    const right = tryConvert(universe, value.right, to);
    return left && right && { ...value, left, right, type: to };
  }
  const fromQuery = queryConversion(universe, value, to);
  if (fromQuery) return fromQuery;
  if (isRowOfQuery(value) && from === universe.SObject && to.def.sobject) return narrowed(value, to);
  if (!isAssignable(from, to, universe)) return null;
  const how = conversionOf(universe, from, to);
  return how === null ? value : { k: 'convert', how, value, type: to, at: value.at };
}

/** Whether {@link tryConvert} would succeed. */
export function canConvert(universe: Universe, value: BExpr, to: Type): boolean {
  return tryConvert(universe, value, to) !== null;
}

/**
 * How dear a conversion is, for choosing between overloads: 0 is the same type, null not possible. The steps of class
 * inheritance are cheaper than conversions of value, Object is dearest.
 */
export function convertCost(universe: Universe, value: BExpr, to: Type): number | null {
  const from = value.type;
  if (from === to) return 0;
  if (from === universe.unknown || to === universe.unknown) return 1;
  if (from === universe.null) return to === universe.Object ? 2 : 1;
  if (isQuery(value) && queryConversion(universe, value, to)) return 30;
  if (!isAssignable(from, to, universe)) return null;
  const cost = conversionCost(universe, from, to);
  if (cost !== null) return 10 + cost;
  if (to === universe.Object) return 60;
  if (isSubtype(universe, from, to)) return from.def === to.def ? 1 : 1 + inheritanceSteps(from, to);
  return 25;
}

function inheritanceSteps(from: Type, to: Type): number {
  let steps = 1;
  for (let at = from.def.superclass; at; at = at.def.superclass, steps++) if (at.def === to.def) return steps;
  return 8;
}

/** A query may stand where its one row is wanted. What a query in text selects is only known when it runs. */
function queryConversion(universe: Universe, value: BExpr, to: Type): BExpr | null {
  if (to.def.kind !== 'sobject') return null;
  if (value.k === 'coalesce' && isQuery(value.left)) {
    const isNull = value.right.k === 'const' && value.right.value === null;
    const left = tryConvert(universe, rowOrNull(value.left), to);
    const right = isNull ? { ...value.right, type: to } : tryConvert(universe, value.right, to);
    return left && right && { ...value, left, right, type: to };
  }
  if (!isQuery(value)) return null;
  const row = value.type.args[0] as Type;
  if (value.k === 'soql' && row !== to && to !== universe.SObject) return null;
  const one: BExpr = { k: 'convert', how: 'rows-one', value, type: value.k === 'soql' ? to : row, at: value.at };
  return one.type === to ? one : narrowed(one, to);
}

/** A record of an object that is only known at run time, as one of this object; another throws then. */
export function narrowed(value: BExpr, to: Type): BExpr {
  return { k: 'convert', how: 'narrow-sobject', value, type: to, at: value.at };
}

function isRowOfQuery(value: BExpr): boolean {
  return value.k === 'convert' && (value.how === 'rows-one' || value.how === 'rows-one-or-null');
}

/** `[SELECT …] ?? record`: no row is null here and no exception. */
export function rowOrNull(query: BExpr): BExpr {
  const row = query.type.args[0] ?? query.type;
  return { k: 'convert', how: 'rows-one-or-null', value: query, type: row, at: query.at };
}

/** Whether the value is that of a query for rows, in brackets or in text. */
export function isQuery(value: BExpr): boolean {
  if (value.k === 'soql') return value.result !== 'count';
  if (value.k !== 'platform-call' || value.method.owner.name !== 'Database') return false;
  return value.method.name === 'query' || value.method.name === 'queryWithBinds';
}

/**
 * Whether the value is a set of rows, of a query or of a record's children: where its rows are SObjects each of them may stand
 * for a record of one object, which an SObject otherwise does not (trailheadapps/apex-recipes, MetadataCatalogRecipes).
 */
export function isRecordSet(value: BExpr): boolean {
  if (isQuery(value)) return true;
  return value.k === 'platform-call' && value.method.owner.name === 'SObject' && value.method.name === 'getSObjects';
}

function conversionOf(universe: Universe, from: Type, to: Type): Conversion | null {
  const { Integer, Long, Double, Decimal, String, Id, Date, Datetime, SObject } = universe;
  if (from === Integer) {
    if (to === Long) return 'int-long';
    if (to === Double) return 'int-double';
    return to === Decimal ? 'int-decimal' : null;
  }
  if (from === Long) {
    if (to === Double) return 'long-double';
    return to === Decimal ? 'long-decimal' : null;
  }
  if (from === Double) return to === Decimal ? 'double-decimal' : 'box-double';
  if (from === Decimal) return to === Double ? 'decimal-double' : null;
  if (from === String && to === Id) return 'string-id';
  if (from === Id && to === universe.Object) return 'hold-id';
  if (from === Date && to === Datetime) return 'date-datetime';
  const name = universe.sobject('Name');
  if (from === name && to.def.sobject && to !== name && to !== SObject) return 'narrow-sobject';
  return null;
}

/** A field's value as its static type: only a Double and a Long look different inside. */
export function unboxed(universe: Universe, value: BExpr): BExpr {
  if (value.type === universe.Double)
    return { k: 'convert', how: 'unbox-double', value, type: value.type, at: value.at };
  if (value.type === universe.Long) return { k: 'convert', how: 'unbox-long', value, type: value.type, at: value.at };
  return value;
}

/** An element of a collection as its static type; the collection may be one of narrower numbers or of Dates. */
export function elementRead(universe: Universe, value: BExpr): BExpr {
  const { type, at } = value;
  if (type === universe.Decimal) return { k: 'convert', how: 'read-decimal', value, type, at };
  if (type === universe.Datetime) return { k: 'convert', how: 'read-datetime', value, type, at };
  return unboxed(universe, value);
}

/** Conversions of what is read: what is behind them may be assigned to. */
export const READS: ReadonlySet<Conversion> = new Set(['unbox-double', 'unbox-long', 'read-decimal', 'read-datetime']);

/** A value for a collection's element, a field or an Object parameter. */
export function boxed(universe: Universe, value: BExpr): BExpr {
  if (value.type !== universe.Double) return value;
  const node: BConvert = { k: 'convert', how: 'box-double', value, type: universe.Object, at: value.at };
  return node;
}

/** The type's name as messages have it. */
export function typeName(value: BExpr): string {
  return value.type.name;
}

function mend(universe: Universe, from: Type, to: Type): string {
  if (from === universe.Object && to !== universe.void) return ` Cast it: (${to.name}).`;
  if (to === universe.String) return ' Use String.valueOf(…).';
  if (
    from === universe.String &&
    [universe.Integer, universe.Long, universe.Decimal, universe.Double, universe.Date].includes(to)
  ) {
    return ` Use ${to.name}.valueOf(…).`;
  }
  if (to === universe.Integer && [universe.Long, universe.Decimal, universe.Double].includes(from))
    return ' Use .intValue().';
  if (from !== universe.void && isCastable(from, to, universe)) return ` Cast it: (${to.name}).`;
  return '';
}
