import type { Type } from '../../types/type.ts';
import type { Binary, BinaryOperator, Position, Unary } from '../ast.ts';
import type { Arithmetic, BExpr } from '../bound.ts';
import type { BodyContext } from './context.ts';
import { boxed, canConvert, convert, isQuery, rowOrNull, tryConvert } from './convert.ts';
import { checkExpr, commonType } from './expressions.ts';
import { operandOf, promoted } from './numeric.ts';

/** What gives a value of both operands; `&&` and `||` may leave out the second. */
export type ValueOperator = Exclude<BinaryOperator, '&&' | '||'>;

/** `a op b` */
export function checkBinary(cx: BodyContext, expr: Binary): BExpr {
  const { op, at } = expr;
  if (op === '&&' || op === '||') {
    const [left, right] = [checkExpr(cx, expr.left), checkExpr(cx, expr.right)];
    const { Boolean: boolean, null: nothing } = cx.universe;
    if (left.type === nothing || right.type === nothing) {
      const [a, b] = [left, right].map(({ type }) => (type === nothing ? 'NULL' : type.name));
      return cx.fail(at, `Comparison arguments must be compatible types: ${a}, ${b}`);
    }
    return { k: 'logical', op, left: logical(cx, left), right: logical(cx, right), type: boolean, at };
  }
  const left = checkExpr(cx, expr.left);
  const right = checkExpr(cx, expr.right);
  return combine(cx, op, left, right, at);
}

function logical(cx: BodyContext, value: BExpr): BExpr {
  return convert(
    cx,
    value,
    cx.universe.Boolean,
    `Logical operator can only be applied to Boolean. This is ${value.type.name}.`,
  );
}

/** An operator on two checked operands; also what `x op= y` stores. */
export function combine(cx: BodyContext, op: ValueOperator, left: BExpr, right: BExpr, at: Position): BExpr {
  const { universe } = cx;
  if (left.type === universe.unknown) return left;
  if (right.type === universe.unknown) return right;
  switch (op) {
    case '==':
    case '!=':
    case '===':
    case '!==':
      return equality(cx, op, left, right, at);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(cx, op, left, right, at);
    case '??':
      return coalesce(cx, left, right, at);
    default:
      return arithmetic(cx, op, left, right, at);
  }
}

function arithmetic(cx: BodyContext, op: Arithmetic, left: BExpr, right: BExpr, at: Position): BExpr {
  const { universe } = cx;
  const [a, b] = [left.type, right.type];
  if (op === '+' && (a === universe.String || b === universe.String)) {
    if (a === universe.void || b === universe.void)
      return cx.fail(at, 'Arithmetic expressions are not allowed on void types');
    return { k: 'concat', left, right, type: universe.String, at };
  }
  if (op === '+' || op === '-') {
    const shifted = shiftDate(cx, op, left, right, at);
    if (shifted) return shifted;
  }
  const type = promoted(universe, a, b);
  const isBits = op === '&' || op === '|' || op === '^';
  if (isBits && a === universe.Boolean && b === universe.Boolean) {
    return { k: 'arithmetic', op, on: 'boolean', left, right, type: universe.Boolean, at };
  }
  const isShift = op === '<<' || op === '>>' || op === '>>>';
  const integral = type === universe.Integer || type === universe.Long;
  if (!type || ((isBits || isShift) && !integral)) {
    return cx.fail(at, `${operandRule(op)}. These are ${a.name} and ${b.name}.`);
  }
  if (isShift) {
    // The value keeps its type; the distance is an Integer or a Long.
    return { k: 'arithmetic', op, on: operandOf(universe, a), left, right: asDistance(cx, right, a), type: a, at };
  }
  return {
    k: 'arithmetic',
    op,
    on: operandOf(universe, type),
    left: convert(cx, left, type),
    right: convert(cx, right, type),
    type,
    at,
  };
}

function asDistance(cx: BodyContext, distance: BExpr, of: Type): BExpr {
  if (distance.type === of) return distance;
  if (of === cx.universe.Long) return convert(cx, distance, of);
  return { k: 'cast', value: distance, numeric: true, type: of, at: distance.at };
}

/** Date + Integer is days; Datetime + number is days too, with fractions. */
function shiftDate(cx: BodyContext, op: '+' | '-', left: BExpr, right: BExpr, at: Position): BExpr | null {
  const { universe } = cx;
  const { type } = left;
  if (type !== universe.Date && type !== universe.Datetime && type !== universe.Time) return null;
  const on = operandOf(universe, type);
  const isWhole = right.type === universe.Integer || right.type === universe.Long;
  if (type === universe.Date && !isWhole) {
    return cx.fail(at, 'Date expressions must use Integer or Long');
  }
  if (type === universe.Time && !isWhole) return cx.fail(at, 'Time expressions must use Integer or Long');
  const days =
    right.type === universe.Long && type === universe.Datetime ? null : tryConvert(universe, right, universe.Decimal);
  if (!days || right.type === universe.null)
    return cx.fail(at, 'Date/time expressions must use Integer or Double or Decimal');
  return { k: 'arithmetic', op, on, left, right: convert(cx, days, universe.Double), type, at };
}

function comparison(cx: BodyContext, op: '<' | '<=' | '>' | '>=', left: BExpr, right: BExpr, at: Position): BExpr {
  const { universe } = cx;
  const type = comparableType(cx, left, right);
  if (!type) {
    return cx.fail(at, `Comparison arguments must be compatible types: ${left.type.name}, ${right.type.name}`);
  }
  const on = operandOf(universe, type);
  if (on === 'object' || on === 'boolean') {
    return cx.fail(at, `Inequality operator not allowed for this type: ${type.name}`);
  }
  return {
    k: 'compare',
    op,
    on,
    left: convert(cx, left, type),
    right: convert(cx, right, type),
    type: universe.Boolean,
    at,
  };
}

function comparableType(cx: BodyContext, left: BExpr, right: BExpr): Type | null {
  const { universe } = cx;
  if (left.type === universe.null || right.type === universe.null) return null;
  const numeric = promoted(universe, left.type, right.type);
  if (numeric) return numeric;
  if (left.type === right.type) return left.type;
  if (canConvert(universe, right, left.type)) return left.type;
  return canConvert(universe, left, right.type) ? right.type : null;
}

function equality(cx: BodyContext, op: '==' | '!=' | '===' | '!==', left: BExpr, right: BExpr, at: Position): BExpr {
  const { universe } = cx;
  const negated = op.startsWith('!');
  const exact = op.length === 3;
  if (exact && left.type.def.kind === 'primitive' && right.type.def.kind === 'primitive') {
    return cx.fail(at, `Exact equality operator only allowed for reference types: ${left.type.name}`);
  }
  const numeric = promoted(universe, left.type, right.type);
  // Id and String compare as ids where one is an Id variable and the other text.
  const pair = [left.type, right.type];
  const ids = pair.includes(universe.Id) && pair.every((type) => type === universe.Id || type === universe.String);
  const type = numeric ?? (ids ? universe.Id : commonType(cx, left, right)) ?? looseCommon(cx, left.type, right.type);
  if (!type || type === universe.void || isUnrelated(cx, left.type, right.type)) {
    return cx.fail(at, `Comparison arguments must be compatible types: ${left.type.name}, ${right.type.name}`);
  }
  const on = ids ? 'id' : operandOf(universe, type === universe.null ? universe.Object : type);
  const operand = (value: BExpr): BExpr => {
    const same = ids ? value : (tryConvert(universe, value, type) ?? value);
    return on === 'object' ? boxed(universe, same) : same;
  };
  return { k: 'equality', negated, exact, on, left: operand(left), right: operand(right), type: universe.Boolean, at };
}

/** Records of two objects are never the same. */
function isUnrelated({ universe }: BodyContext, a: Type, b: Type): boolean {
  const isObject = (type: Type): boolean => type.def.sobject !== null && type !== universe.sobject('Name');
  return a !== b && isObject(a) && isObject(b);
}

/** Types that are not assignable either way but whose values may be the same: interfaces. */
function looseCommon(cx: BodyContext, a: Type, b: Type): Type | null {
  const { universe } = cx;
  const open = (type: Type): boolean => type.def.kind === 'interface';
  return open(a) || open(b) ? universe.Object : null;
}

function coalesce(cx: BodyContext, from: BExpr, right: BExpr, at: Position): BExpr {
  const { universe } = cx;
  const left = right.type.def.kind === 'sobject' && isQuery(from) ? rowOrNull(from) : from;
  const type = commonType(cx, left, right);
  if (!type)
    return cx.fail(at, `Incompatible types in null coalescing operator: ${left.type.name}, ${right.type.name}`);
  return {
    k: 'coalesce',
    left: tryConvert(universe, left, type) ?? left,
    right: tryConvert(universe, right, type) ?? right,
    type,
    at,
  };
}

/** `-x`, `+x`, `!x`, `~x` */
export function checkUnary(cx: BodyContext, expr: Unary): BExpr {
  const { universe } = cx;
  const { at } = expr;
  if (expr.op === '!') {
    const message = '! operator can only be applied to boolean expressions';
    const operand = checkExpr(cx, expr.value);
    const value =
      operand.type === universe.null ? cx.fail(at, message) : convert(cx, operand, universe.Boolean, message);
    return { k: 'not', value, type: universe.Boolean, at };
  }
  if (
    expr.op === '-' &&
    expr.value.kind === 'literal' &&
    expr.value.type === 'Integer' &&
    expr.value.text === '2147483648'
  ) {
    return { k: 'const', value: -2147483648, type: universe.Integer, at };
  }
  const value = checkExpr(cx, expr.value);
  if (value.type === universe.unknown) return value;
  const on = operandOf(universe, value.type);
  if (expr.op === '~') {
    if (on !== 'int' && on !== 'long') return cx.fail(at, `Invalid type for bitwise negate: ${value.type.name}`);
    return { k: 'negate', op: '~', on, value, type: value.type, at };
  }
  // Plus before a String changes nothing; Salesforce compiles it. unverified: rests on the rflib package alone
  if (expr.op === '+' && value.type === universe.String) return value;
  if (on !== 'int' && on !== 'long' && on !== 'double' && on !== 'decimal') {
    return cx.fail(at, `Unary negation must use a numeric argument. This is ${value.type.name}.`);
  }
  if (expr.op === '+') return value;
  if (value.k === 'const') return { ...value, value: negated(value.value), at };
  return { k: 'negate', op: '-', on, value, type: value.type, at };
}

function negated(value: string | number | bigint | boolean | null): string | number | bigint | boolean | null {
  if (typeof value === 'number' || typeof value === 'bigint') return -value;
  if (typeof value === 'string') return value.startsWith('-') ? value.slice(1) : `-${value}`;
  return value;
}

function operandRule(op: Arithmetic): string {
  if (op === '&' || op === '|' || op === '^') {
    return `${op} operator can only be applied to Boolean expressions or to Integer or Long expressions`;
  }
  return op.length > 1
    ? `${op} operation can only be applied to Integer or Long types`
    : 'Arithmetic expressions must use numeric arguments';
}
