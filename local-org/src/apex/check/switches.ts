import { isCastable } from '../../types/assignable.ts';
import type { Expr, Switch, SwitchCase } from '../ast.ts';
import type { BExpr, BStatement, BSwitch, Local } from '../bound.ts';
import { resolveType } from '../declare/resolve.ts';
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
  if (!allowed) cx.fail(value.at, `Illegal switch expression type: ${type.name}. It may be Integer, Long, String, an enum or an SObject.`);
  const temp = cx.temporary(type, 'switch');
  temp.maybeNull = true;
  const seen = new Set<string>();
  const cases: BSwitch['cases'] = statement.cases.map((clause, index) => {
    if (clause.kind === 'else' && index < statement.cases.length - 1) cx.fail(clause.at, 'when else must be the last.');
    return cx.nested(() => checkCase(cx, clause, temp, seen));
  });
  return { k: 'switch', value: boxed(universe, value), temp, cases, at: statement.at };
}

function checkCase(cx: BodyContext, clause: SwitchCase, temp: Local, seen: Set<string>): BSwitch['cases'][number] {
  const { universe } = cx;
  const { at } = clause;
  const subject: BExpr = { k: 'local', local: temp, type: temp.type, at };
  if (clause.kind === 'else') return { tests: [], local: null, otherwise: true, body: checkBlock(cx, clause.body), at };
  if (clause.kind === 'type') {
    const of = resolveType(cx, clause.type);
    if (of !== universe.unknown && (of.def.kind !== 'sobject' || !isCastable(temp.type, of, universe))) {
      cx.fail(clause.at, `Invalid type in when: ${of.name} is never a ${temp.type.name}.`);
    }
    const local = cx.declare(clause.name.name, of, clause.name.at);
    const test: BExpr = { k: 'instanceof', value: subject, of, type: universe.Boolean, at };
    return { tests: [test], local, otherwise: false, body: checkBlock(cx, clause.body), at };
  }
  const tests = clause.values.map((expr) => {
    const value = whenValue(cx, expr, temp);
    const key = value.k === 'const' ? `=${String(value.value)}` : value.k === 'enum-value' ? value.name : null;
    if (key !== null && value.type !== universe.unknown) {
      if (seen.has(key)) cx.fail(expr.at, `Duplicate when value: ${key.replace(/^=/, '')}.`);
      seen.add(key);
    }
    const on = operandOf(universe, temp.type);
    const test: BExpr = { k: 'equality', negated: false, exact: true, on, left: subject, right: value, type: universe.Boolean, at: expr.at };
    return test;
  });
  return { tests, local: null, otherwise: false, body: checkBlock(cx, clause.body), at };
}

function whenValue(cx: BodyContext, expr: Expr, temp: Local): BExpr {
  const { universe } = cx;
  if (temp.type.def.kind === 'enum' && expr.kind === 'name') {
    const name = temp.type.def.enumValues.find((value) => value.toLowerCase() === expr.name.toLowerCase());
    if (name !== undefined) return { k: 'enum-value', name, type: temp.type, at: expr.at };
    return cx.fail(expr.at, `Enum value does not exist: ${expr.name} in ${temp.type.name}.`);
  }
  const value = checkExpr(cx, expr);
  const converted = tryConvert(universe, value, temp.type);
  return converted ?? cx.fail(expr.at, `When value must be of type ${temp.type.name}, but this is ${value.type.name}.`);
}
