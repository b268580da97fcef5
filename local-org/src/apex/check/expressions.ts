import { isAssignable, isCastable, isSubtype } from '../../types/assignable.ts';
import type { Type } from '../../types/type.ts';
import type { Expr, Index, Literal, NewCollection, Ternary } from '../ast.ts';
import type { BExpr, LValue } from '../bound.ts';
import { findType, refText, resolveType } from '../declare/resolve.ts';
import { checkAssign, checkIncrement } from './assignments.ts';
import { checkCall, checkMethodCall } from './calls.ts';
import { checkNew } from './construction.ts';
import type { BodyContext } from './context.ts';
import { boxed, convert, elementRead, READS, tryConvert, unboxed } from './convert.ts';
import { findVariable, resolveEntity, unknownName } from './entities.ts';
import { checkBinary, checkUnary } from './operators.ts';
import { promoted } from './numeric.ts';
import { checkSoql, checkSosl } from './queries.ts';

/** Checks one expression. What is wrong with it is reported, and its type is then `universe.unknown`. */
export function checkExpr(cx: BodyContext, expr: Expr): BExpr {
  switch (expr.kind) {
    case 'literal':
      return checkLiteral(cx, expr);
    case 'name': {
      const variable = findVariable(cx, expr.name, expr.at);
      return variable ?? unknownName(cx, expr.name, expr.at);
    }
    case 'this':
      if (cx.isStatic) return cx.fail(expr.at, 'This cannot be referenced in a static context');
      return { k: 'this', type: cx.self, at: expr.at };
    case 'super':
      return cx.fail(expr.at, 'super stands only before a method or constructor call.');
    case 'field-access': {
      const entity = resolveEntity(cx, expr);
      if (entity.kind === 'value') return entity.value;
      return entity.kind === 'describe'
        ? cx.fail(expr.at, `${entity.of} needs the name of one: .${entity.of}.Name`)
        : unknownName(cx, entity.names.join('.'), expr.at);
    }
    case 'call':
      return checkCall(cx, expr);
    case 'method-call':
      return checkMethodCall(cx, expr);
    case 'index':
      return checkIndex(cx, expr);
    case 'new':
      return checkNew(cx, expr);
    case 'new-collection':
      return checkNewCollection(cx, expr);
    case 'cast': {
      const value = checkExpr(cx, expr.value);
      return checkCast(cx, value, resolveType(cx, expr.type), expr.at);
    }
    case 'instanceof':
      return checkInstanceOf(cx, checkExpr(cx, expr.value), resolveType(cx, expr.type), expr.at);
    case 'unary':
      return expr.op === '++' || expr.op === '--' ? checkIncrement(cx, expr, 'new') : checkUnary(cx, expr);
    case 'postfix':
      return checkIncrement(cx, expr, 'old');
    case 'binary':
      return checkBinary(cx, expr);
    case 'assign':
      return checkAssign(cx, expr);
    case 'ternary':
      return checkTernary(cx, expr);
    case 'class-literal': {
      const of = refText(expr.type) === 'void' ? cx.universe.void : findType(cx, expr.type);
      if (!of) return cx.fail(expr.at, `Invalid type: ${refText(expr.type)}`);
      return { k: 'class-literal', of, type: cx.universe.system('Type'), at: expr.at };
    }
    case 'soql':
      return checkSoql(cx, expr);
    case 'sosl':
      return checkSosl(cx, expr);
  }
}

/** An expression that must be a condition. */
export function checkCondition(cx: BodyContext, expr: Expr): BExpr {
  const value = checkExpr(cx, expr);
  const message = `Condition expression must be of type Boolean: ${value.type.name}`;
  return value.type === cx.universe.null
    ? cx.fail(value.at, message)
    : convert(cx, value, cx.universe.Boolean, message);
}

function checkLiteral(cx: BodyContext, { type, text, at }: Literal): BExpr {
  const { universe } = cx;
  switch (type) {
    case 'Integer': {
      // 2147483648 stands only behind a minus; checkUnary takes that case before it gets here.
      const value = Number(text);
      if (value > 2147483647) return cx.fail(at, `Illegal integer: ${text}. Write ${text}L for a Long.`);
      return { k: 'const', value, type: universe.Integer, at };
    }
    case 'Long': {
      const value = BigInt(text.replace(/l$/i, ''));
      if (value > 9223372036854775807n)
        return cx.fail(at, `Illegal long: ${text}. The greatest is 9223372036854775807.`);
      return { k: 'const', value, type: universe.Long, at };
    }
    case 'Double':
      return { k: 'const', value: Number(text), type: universe.Double, at };
    case 'Decimal':
      return { k: 'const', value: text, type: universe.Decimal, at };
    case 'String':
      return { k: 'const', value: text, type: universe.String, at };
    case 'Boolean':
      return { k: 'const', value: text === 'true', type: universe.Boolean, at };
    case 'null':
      return { k: 'const', value: null, type: universe.null, at };
  }
}

function checkIndex(cx: BodyContext, expr: Index): BExpr {
  const target = checkExpr(cx, expr.target);
  const element = target.type.def.name === 'List' ? target.type.args[0] : undefined;
  const index = element ? integer(cx, expr.index, 'List index') : checkExpr(cx, expr.index);
  if (target.type === cx.universe.unknown) return target;
  if (!element) return cx.fail(expr.at, `Expression must be a list type: ${target.type.name}`);
  return elementRead(cx.universe, { k: 'index', target, index, type: element, at: expr.at });
}

function integer(cx: BodyContext, expr: Expr, what: string): BExpr {
  const value = checkExpr(cx, expr);
  const message = `${what} must be of type Integer: ${value.type.name}`;
  return value.type === cx.universe.null
    ? cx.fail(value.at, message)
    : convert(cx, value, cx.universe.Integer, message);
}

function checkNewCollection(cx: BodyContext, expr: NewCollection): BExpr {
  const { universe } = cx;
  const type = resolveType(cx, expr.type);
  const size = expr.size && integer(cx, expr.size, 'List size');
  const [first, second] = type.args;
  const name = type.def.name;
  // The grammar lets nothing but collections have elements in braces or a size.
  if (type === universe.unknown || !first) return faultAfter(cx, expr);
  if (expr.pairs && (name !== 'Map' || !second)) return cx.fail(expr.at, `Only a Map has pairs; this is ${type.name}.`);
  if (expr.elements && expr.elements.length > 0 && name === 'Map')
    return cx.fail(expr.at, 'A Map is given as { key => value }.');
  const element = (expr: Expr, to: Type, message: (from: string) => string): BExpr => {
    const value = checkExpr(cx, expr);
    return boxed(universe, convert(cx, value, to, message(value.type.name)));
  };
  const ofElement = (from: string): string =>
    `Initial expression is of incorrect type, expected: ${first.name} but was: ${from}`;
  return {
    k: 'collection-new',
    elements: expr.elements && expr.elements.map((value) => element(value, first, ofElement)),
    pairs:
      expr.pairs &&
      expr.pairs.map(({ key, value }) => ({
        key: element(key, first, (from) => `Invalid key type ${from} for ${type.name}`),
        value: element(value, second ?? first, (from) => `Invalid value type ${from} for ${type.name}`),
      })),
    size,
    type,
    at: expr.at,
  };
}

/** What stands in the braces of a type that does not exist is checked all the same. */
function faultAfter(cx: BodyContext, expr: NewCollection): BExpr {
  for (const part of expr.elements ?? []) checkExpr(cx, part);
  for (const { key, value } of expr.pairs ?? []) [key, value].forEach((part) => checkExpr(cx, part));
  return { k: 'fault', message: 'the type does not exist', type: cx.universe.unknown, at: expr.at };
}

function checkCast(cx: BodyContext, value: BExpr, to: Type, at: number): BExpr {
  const { universe } = cx;
  if (to === universe.unknown || value.type === universe.unknown) return { ...value, type: to };
  const converted = tryConvert(universe, value, to);
  if (converted)
    return converted.type === to
      ? converted
      : { k: 'cast', value: boxed(universe, converted), numeric: false, type: to, at };
  if (promoted(universe, value.type, to)) return { k: 'cast', value, numeric: true, type: to, at };
  // It compiles and throws. Source: pkozuchowski/Apex-Opensource-Library, LoggerTest; the reference does not say it.
  const throws = value.type === universe.Datetime && to === universe.Date;
  if (!throws && !isCastable(value.type, to, universe)) {
    return cx.fail(at, `Incompatible types since an instance of ${value.type.name} is never an instance of ${to.name}`);
  }
  return unboxed(universe, { k: 'cast', value: boxed(universe, value), numeric: false, type: to, at });
}

function checkInstanceOf(cx: BodyContext, value: BExpr, of: Type, at: number): BExpr {
  const { universe } = cx;
  const node: BExpr = { k: 'instanceof', value: boxed(universe, value), of, type: universe.Boolean, at };
  if (of === universe.unknown || value.type === universe.unknown) return node;
  if (isAlways(cx, value.type, of)) {
    return cx.fail(
      at,
      `Operation instanceof is always true since an instance of ${value.type.name} is always an instance of ${of.name}`,
    );
  }
  const possible =
    isCastable(value.type, of, universe) || isSubtype(universe, value.type, of) || of.def.kind === 'interface';
  if (!possible) {
    return cx.fail(
      at,
      `Operation instanceof is always false since an instance of ${value.type.name} is never an instance of ${of.name}`,
    );
  }
  return node;
}

/**
 * Whether the static type answers yes already: so the compiler in @salesforce/sfdx-scanner 2.13.7. Of records in collections it
 * does not here, since lists of SObjects and of one object stand for each other. Since version 60 that a List is an Iterable of
 * its elements is known (Apex Developer Guide, Using the instanceof Keyword).
 */
function isAlways(cx: BodyContext, from: Type, of: Type): boolean {
  const { universe } = cx;
  if (from === universe.null) return false;
  // Of a list of SObjects it may be asked. Source: the compiler in @salesforce/sfdx-scanner 2.13.7; jongpie/NebulaFramework
  if (from === of && from.def.name === 'List' && from.args[0] === universe.SObject) return false;
  if (from === of || of === universe.Object) return true;
  if (from.args.length === 0) return isSubtype(universe, from, of);
  if (from.def !== of.def) {
    const areIterable = from.def.name === 'List' && of.def.name === 'Iterable' && from.args[0] === of.args[0];
    return areIterable && cx.def.apiVersion >= 60;
  }
  const isOpen = (type: Type): boolean =>
    type === universe.unknown || type.def.kind === 'sobject' || type.args.some(isOpen);
  return isAssignable(from, of, universe) && !of.args.some(isOpen);
}

function checkTernary(cx: BodyContext, expr: Ternary): BExpr {
  const { universe } = cx;
  const condition = checkCondition(cx, expr.condition);
  const then = checkExpr(cx, expr.then);
  const otherwise = checkExpr(cx, expr.else);
  const type = commonType(cx, then, otherwise);
  if (!type) {
    return cx.fail(expr.at, `Incompatible types in ternary operator: ${then.type.name}, ${otherwise.type.name}`);
  }
  return {
    k: 'ternary',
    condition,
    then: tryConvert(universe, then, type) ?? then,
    else: tryConvert(universe, otherwise, type) ?? otherwise,
    type,
    at: expr.at,
  };
}

/** The type of an expression that gives one of two values; null where they have none in common. */
export function commonType(cx: BodyContext, a: BExpr, b: BExpr): Type | null {
  const { universe } = cx;
  if (a.type === b.type) return a.type;
  if (a.type === universe.unknown || a.type === universe.null) return b.type;
  if (b.type === universe.unknown || b.type === universe.null) return a.type;
  const numeric = promoted(universe, a.type, b.type);
  if (numeric) return numeric;
  if (isSubtype(universe, a.type, b.type)) return b.type;
  if (isSubtype(universe, b.type, a.type)) return a.type;
  if (tryConvert(universe, b, a.type)) return a.type;
  if (tryConvert(universe, a, b.type)) return b.type;
  if (a.type.def.kind === 'sobject' && b.type.def.kind === 'sobject') return universe.SObject;
  for (let at = a.type.def.superclass; at; at = at.def.superclass) if (isSubtype(universe, b.type, at)) return at;
  for (const parent of a.type.def.interfaces) if (isSubtype(universe, b.type, parent)) return parent;
  return null;
}

/** What an assignment may store into; anything else is null. */
export function asLValue(value: BExpr): LValue | null {
  switch (value.k) {
    case 'local':
    case 'field':
    case 'property':
    case 'platform-property':
    case 'record-field':
    case 'record-parent':
    case 'index':
      return value;
    case 'convert':
      return READS.has(value.how) ? asLValue(value.value) : null;
    default:
      return null;
  }
}
