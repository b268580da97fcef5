import { isCastable } from '../../types/assignable.ts';
import type { FieldSymbol } from '../../types/type.ts';
import type { Expr, Switch, SwitchCase } from '../ast.ts';
import type { BExpr, BStatement, BSwitch, Local } from '../bound.ts';
import { resolveType } from '../declare/resolve.ts';
import { UserDef } from '../declare/userDef.ts';
import type { BodyContext } from './context.ts';
import { boxed, tryConvert } from './convert.ts';
import { checkExpr } from './expressions.ts';
import { operandOf } from './numeric.ts';
import { checkBlock } from './statements.ts';

/** `switch on value { when … }`; text is compared with regard to case, unlike `==`. */
export function checkSwitch(cx: BodyContext, statement: Switch): BStatement {
  const { universe } = cx;
  const value = checkExpr(cx, statement.value);
  const { type } = value;
  const allowed =
    type === universe.Integer ||
    type === universe.Long ||
    type === universe.String ||
    type.def.kind === 'enum' ||
    type.def.kind === 'sobject' ||
    type === universe.unknown;
  if (!allowed)
    cx.fail(
      value.at,
      `${type.name} is not a valid switch expression type. It may be Integer, Long, String, an enum or an SObject.`,
    );
  const temp = cx.temporary(type, 'switch');
  temp.maybeNull = true;
  const seen = new Set<string>();
  const cases: BSwitch['cases'] = statement.cases.map((clause) => cx.nested(() => checkCase(cx, clause, temp, seen)));
  return { k: 'switch', value: boxed(universe, value), temp, cases, at: statement.at };
}

function checkCase(cx: BodyContext, clause: SwitchCase, temp: Local, seen: Set<string>): BSwitch['cases'][number] {
  const { universe } = cx;
  const { at } = clause;
  const subject: BExpr = { k: 'local', local: temp, type: temp.type, at };
  if (clause.kind === 'else') return { tests: [], local: null, otherwise: true, body: checkBlock(cx, clause.body), at };
  if (clause.kind === 'type') {
    const of = resolveType(cx, clause.type);
    if (of !== universe.unknown) {
      if (of.def.kind !== 'sobject') cx.fail(at, `${of.name} cannot be a 'when type variable' block`);
      else if (of === temp.type) {
        cx.fail(at, `${of.name} in the 'when expression' is already matching the switch expression type`);
      } else if (!isCastable(temp.type, of, universe)) cx.fail(at, notConvertible(of.name, temp.type.name));
      once(cx, seen, of.name, at);
    }
    const local = cx.declare(clause.name.name, of, clause.name.at);
    const test: BExpr = { k: 'instanceof', value: subject, of, type: universe.Boolean, at };
    return { tests: [test], local, otherwise: false, body: checkBlock(cx, clause.body), at };
  }
  const tests = clause.values.map((expr) => {
    const value = whenValue(cx, expr, temp);
    const key = value.k === 'const' ? `=${String(value.value)}` : value.k === 'enum-value' ? value.name : null;
    if (key !== null && value.type !== universe.unknown) once(cx, seen, key, expr.at);
    const on = operandOf(universe, temp.type);
    const test: BExpr = {
      k: 'equality',
      negated: false,
      exact: true,
      on,
      left: subject,
      right: value,
      type: universe.Boolean,
      at: expr.at,
    };
    return test;
  });
  return { tests, local: null, otherwise: false, body: checkBlock(cx, clause.body), at };
}

function once(cx: BodyContext, seen: Set<string>, key: string, at: number): void {
  if (seen.has(key))
    cx.fail(at, `${key.replace(/^=/, '')} occurs as more than one when branch for this switch statement`);
  seen.add(key);
}

function whenValue(cx: BodyContext, expr: Expr, temp: Local): BExpr {
  const { universe } = cx;
  const { type } = temp;
  if (type.def.kind === 'enum' && expr.kind === 'name') {
    const name = type.def.enumValues.find((value) => value.toLowerCase() === expr.name.toLowerCase());
    if (name !== undefined) return { k: 'enum-value', name, type, at: expr.at };
    return cx.fail(expr.at, `Variable does not exist: ${expr.name}. ${type.name} has no such value.`);
  }
  const value = checkExpr(cx, expr);
  if (value.type === universe.unknown) return value;
  if (value.k === 'enum-value') return cx.fail(expr.at, "Enum value used in 'when expression' should be unqualified");
  const fault = constantFault(value);
  if (fault !== null) return cx.fail(expr.at, fault);
  if (type.def.kind === 'sobject' && value.type !== universe.null) {
    return cx.fail(expr.at, "Switching on SObject types must be a 'when type variable' or 'when null'");
  }
  return tryConvert(universe, value, type) ?? cx.fail(expr.at, notConvertible(value.type.name, type.name));
}

function notConvertible(from: string, to: string): string {
  return `${from} value in 'when expression' cannot be implicitly converted to the ${to} type in switch expression`;
}

/** A when value is a literal, or a constant that is one. */
function constantFault(value: BExpr): string | null {
  if (value.k === 'const') return null;
  if (value.k !== 'field') return "'when expression' must be a literal, a constant literal field or enum value";
  const { symbol } = value;
  if (!symbol.static || !symbol.final) return `Field must be a static final constant: ${symbol.name}`;
  return isLiteral(symbol) ? null : `Field must be a non null literal: ${symbol.name}`;
}

function isLiteral(symbol: FieldSymbol): boolean {
  const { owner } = symbol;
  if (!(owner instanceof UserDef) || owner.decl.kind !== 'class') return false;
  for (const member of owner.decl.members) {
    if (member.kind !== 'field') continue;
    const init = member.variables.find(({ name }) => name.name.toLowerCase() === symbol.name.toLowerCase())?.init;
    if (init) return (init.kind === 'unary' ? init.value : init).kind === 'literal';
  }
  return false;
}
