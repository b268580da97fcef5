import { isNumeric, isSubtype } from '../../types/assignable.ts';
import type { Assign, Expr, Postfix, Unary } from '../ast.ts';
import type { BConst, BExpr, LValue, Local } from '../bound.ts';
import type { BodyContext } from './context.ts';
import { boxed, convert, tryConvert } from './convert.ts';
import { asLValue, checkExpr } from './expressions.ts';
import { combine } from './operators.ts';
import type { ValueOperator } from './operators.ts';
import { writeFault } from './writeable.ts';

/** `x = v`, `x += v` and so on. */
export function checkAssign(cx: BodyContext, expr: Assign): BExpr {
  const outer = cx.writtenAt;
  if (expr.op === '=') cx.writtenAt = expr.target.kind === 'field-access' ? expr.target.name.at : expr.target.at;
  const target = checkTarget(cx, expr.target);
  cx.writtenAt = outer;
  const value = checkExpr(cx, expr.value);
  if (!target) return { k: 'fault', message: 'not assignable', type: cx.universe.unknown, at: expr.at };
  if (expr.op === '=') {
    const converted = convert(cx, value, target.type);
    if (target.k === 'local' && mayBeNull(converted)) target.local.maybeNull = true;
    return { k: 'assign', target, value: stored(cx, target, converted), type: target.type, at: expr.at };
  }
  return compound(cx, target, expr.op.slice(0, -1) as ValueOperator, value, 'new', expr.at);
}

/** `++x`, `x--` … */
export function checkIncrement(cx: BodyContext, expr: Unary | Postfix, gives: 'old' | 'new'): BExpr {
  const target = checkTarget(cx, expr.value);
  if (!target) return { k: 'fault', message: 'not assignable', type: cx.universe.unknown, at: expr.at };
  if (!isNumeric(cx.universe, target.type)) {
    const name =
      expr.kind === 'postfix' ? 'postfix increment/decrement' : `prefix ${expr.op === '++' ? 'in' : 'de'}crement`;
    return cx.fail(expr.at, `Unary ${name} can only be applied to numeric expressions: ${target.type.name}`);
  }
  const one: BConst = { k: 'const', value: 1, type: cx.universe.Integer, at: expr.at };
  return compound(cx, target, expr.op === '++' ? '+' : '-', one, gives, expr.at);
}

function compound(
  cx: BodyContext,
  target: LValue,
  op: ValueOperator,
  value: BExpr,
  gives: 'old' | 'new',
  at: number,
): BExpr {
  const old = oldValue(cx, target);
  const before: BExpr = { k: 'local', local: old, type: target.type, at };
  const result = combine(cx, op, before, value, at);
  const converted =
    tryConvert(cx.universe, result, target.type) ??
    cx.fail(at, `Illegal assignment from ${result.type.name} to ${target.type.name}.`);
  return { k: 'compound', target, old, result: stored(cx, target, converted), gives, type: target.type, at };
}

/**
 * The local that stands for the value before; it may be null where the target may, which later code can still decide.
 */
function oldValue(cx: BodyContext, target: LValue): Local {
  const { name, type, js, final } = cx.temporary(target.type, 'old');
  return {
    name,
    type,
    js,
    final,
    get maybeNull() {
      return target.k !== 'local' || target.local.maybeNull;
    },
    set maybeNull(_value: boolean) {},
  };
}

/** Whether a value may be null; false only where that is certain whatever the program does later. */
export function mayBeNull(value: BExpr): boolean {
  switch (value.k) {
    case 'const':
      return value.value === null;
    case 'arithmetic':
    case 'concat':
    case 'compare':
    case 'equality':
    case 'logical':
    case 'not':
    case 'negate':
    case 'instanceof':
    case 'new':
    case 'platform-new':
    case 'collection-new':
    case 'record-new':
    case 'exception-new':
      return false;
    case 'convert':
      return mayBeNull(value.value);
    case 'ternary':
      return mayBeNull(value.then) || mayBeNull(value.else);
    case 'platform-call':
      return value.safe || !(value.method.name === 'size' || value.method.name === 'length');
    default:
      return true;
  }
}

/** The left side of an assignment; what can't be assigned to is reported. */
function checkTarget(cx: BodyContext, expr: Expr): LValue | null {
  const value = checkExpr(cx, expr);
  if (value.type === cx.universe.unknown) return null;
  const target = asLValue(value);
  if (!target) {
    cx.fail(expr.at, 'Expression cannot be assigned');
    return null;
  }
  const refusal = refusalOf(cx, target);
  if (refusal) {
    cx.fail(expr.at, refusal);
    return null;
  }
  return target;
}

/**
 * Final locals and parameters of older classes may be set again: so the compiler in @salesforce/sfdx-scanner 2.13.7, which
 * knows the versions below this one. For the others the reference's rule is taken ("can be assigned a value only once").
 */
const FINAL_LOCALS_SINCE = 54;

/** Older classes may store to static properties that have no setter, as that compiler has it for versions to 41. */
const SETTERS_SINCE = 42;

function refusalOf(cx: BodyContext, target: LValue): string | null {
  if (target.k === 'local') {
    return target.local.final && cx.def.apiVersion >= FINAL_LOCALS_SINCE ? finalFault(target.local.name) : null;
  }
  if ('safe' in target && target.safe) return 'Safe navigation operator cannot be used as the target of an assignment.';
  if (target.k === 'record-field') {
    const object = target.target.type.def.sobject;
    const field = object?.fields.get(target.field.name.toLowerCase());
    return object && field ? writeFault(object, field) : null;
  }
  if (target.k === 'field' || target.k === 'property' || target.k === 'platform-property') {
    const { symbol } = target;
    const { property } = symbol;
    if (property && !property.set && !(symbol.static && cx.def.apiVersion < SETTERS_SINCE))
      return `A value cannot be stored to ${symbol.name} in type ${symbol.owner.name}. It has no setter.`;
    if (property?.set && cx.accessorOf !== symbol && !cx.sees(symbol.owner, property.set, symbol.testVisible)) {
      return `A value cannot be stored to ${symbol.name} in type ${symbol.owner.name} here. Its setter is ${property.set}.`;
    }
    if (symbol.final && cx.accessorOf !== symbol && !mayInitialise(cx, target)) return finalFault(symbol.name);
  }
  return null;
}

function finalFault(name: string): string {
  return `Final members can only be assigned in their declaration, init blocks, or constructors: ${name}`;
}

/**
 * Final fields and properties are set where they are declared, in constructors and in initialisers, also of subclasses; static
 * ones not in constructors. So the compiler of @salesforce/sfdx-scanner 2.13.7 has it.
 */
function mayInitialise(cx: BodyContext, target: Extract<LValue, { symbol: unknown }>): boolean {
  const mayBe = cx.returns === cx.universe.null || (cx.isConstructor && !target.symbol.static);
  return mayBe && isSubtype(cx.universe, cx.self, cx.universe.of(target.symbol.owner));
}

/** The value in the form in which the target keeps it. */
function stored(cx: BodyContext, target: LValue, value: BExpr): BExpr {
  const keepsBoxed = target.k === 'record-field' || target.k === 'index';
  return keepsBoxed ? boxed(cx.universe, value) : value;
}
