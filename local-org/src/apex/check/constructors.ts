import { instantiate } from '../../types/members.ts';
import { isSubtype } from '../../types/assignable.ts';
import type { Block, Call, Expr, Statement } from '../ast.ts';
import type { BStatement } from '../bound.ts';
import { lacksSuperclass } from '../declare/missingParents.ts';
import type { UserDef } from '../declare/userDef.ts';
import { argTypes } from './callText.ts';
import { chooseConstructor } from './construction.ts';
import type { BodyContext } from './context.ts';
import { checkExpr } from './expressions.ts';
import { chooseOverload, convertArgs } from './overloads.ts';
import { checkStatements } from './statements.ts';

/**
 * The statements of a constructor: `this(…)` or `super(…)` may come first, or what it extends is made without
 * arguments.
 */
export function checkConstructorBody(cx: BodyContext, block: Block): BStatement {
  const [first, ...rest] = block.statements;
  const call = first?.kind === 'expression' ? constructorCallOf(first.expr) : null;
  if (!call || !first) {
    checkImplicitSuper(cx, cx.def as UserDef, block.at);
    cx.constructorCall = (statement) => innerCall(cx, statement);
    const statements = checkStatements(cx, block.statements);
    cx.constructorCall = null;
    return { k: 'block', statements, at: block.at };
  }
  const made = checkConstructorCall(cx, call, first.at);
  return { k: 'block', statements: [...made, ...checkStatements(cx, rest)], at: block.at };
}

/**
 * Reports a superclass that can't be constructed without arguments by the class, which has no constructor to pass
 * any.
 */
export function checkImplicitSuper(cx: BodyContext, def: UserDef, at: number): void {
  const { superclass } = def;
  const { universe } = cx;
  // Every exception has a constructor without arguments.
  if (
    !superclass ||
    superclass.def.origin !== 'user' ||
    superclass.def.kind !== 'class' ||
    isSubtype(universe, superclass, universe.Exception)
  )
    return;
  const declared = superclass.def.constructors.map((symbol) => instantiate(universe, symbol, superclass));
  const chosen = chooseOverload(universe, declared, []);
  if (!chosen) {
    cx.fail(at, `No default constructor available in super type: ${superclass.name}. Call super(…) with arguments.`);
  } else if (!cx.sees(chosen.symbol.owner, chosen.symbol.visibility, chosen.symbol.testVisible)) {
    cx.fail(at, `Constructor is not visible: [${superclass.name}].<Constructor>(). It is ${chosen.symbol.visibility}.`);
  }
}

/**
 * `this(…)` as the first statement of a block inside: `if (a) { … } else { this(b); }`. The reference only has it first in the
 * constructor; that it may begin an inner block rests on akohan91/Salesforce_LibAK alone.
 */
function innerCall(cx: BodyContext, statement: Statement): BStatement[] | null {
  const call = statement.kind === 'expression' ? constructorCallOf(statement.expr) : null;
  return call?.name.name.toLowerCase() === 'this' ? checkConstructorCall(cx, call, statement.at) : null;
}

function constructorCallOf(expr: Expr): Call | null {
  return expr.kind === 'call' && /^(this|super)$/i.test(expr.name.name) ? expr : null;
}

function checkConstructorCall(cx: BodyContext, call: Call, at: number): BStatement[] {
  const of = call.name.name.toLowerCase() as 'this' | 'super';
  cx.inConstructorCall = true;
  const args = call.args.map((arg) => checkExpr(cx, arg));
  cx.inConstructorCall = false;
  const type = of === 'this' ? cx.self : cx.def.superclass;
  if (!type) {
    // A class that extends none has Object above it, whose constructor takes nothing (Salesforce's compiler of 2021).
    if (!lacksSuperclass(cx.def) && args.length > 0) {
      cx.fail(at, `No constructor defined: void <init>(${argTypes(args)})`);
    }
    return [];
  }
  const chosen = chooseConstructor(cx, type, args, at);
  if (!chosen) {
    if (!args.some((arg) => arg.type === cx.universe.unknown)) {
      cx.fail(at, `Constructor not defined: [${type.name}].<Constructor>(${argTypes(args)})`);
    }
    return [];
  }
  const { symbol } = chosen;
  if (!cx.sees(symbol.owner, symbol.visibility, symbol.testVisible)) {
    cx.fail(
      at,
      `Constructor is not visible: [${type.name}].<Constructor>(${argTypes(args)}). It is ${symbol.visibility}.`,
    );
  }
  return [{ k: 'constructor-call', of, constructorSymbol: symbol, args: convertArgs(cx, chosen, args), at }];
}
