import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import * as grammar from '@apexdevtools/apex-parser/antlr/ApexParser';
import type {
  ApexParserRuleContext,
  ApexTerminalNode,
  ApexToken,
  ExpressionContext,
  ExpressionListContext,
  MethodCallContext,
  PrimaryContext,
} from '@apexdevtools/apex-parser';
import type { AssignOperator, BinaryOperator, Call, Cast, Expr, Postfix, Unary } from '../ast.ts';
import { created } from './creation.ts';
import { literal } from './literals.ts';
import { queryText } from './query-text.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import { identifier, startOf, tokenAt, typeRef, voidType } from './types.ts';

/** The expression that a parse tree holds. Parentheses leave no trace but the shape of the tree. */
export function expression(ctx: ExpressionContext): Expr {
  const build = BUILDERS.get(ctx.constructor);
  if (build === undefined) throw new Error(`no expression is built from ${ctx.constructor.name}`);
  return build(ctx);
}

/** `a, b`; none for null. */
export function expressions(ctx: ExpressionListContext | null): Expr[] {
  return ctx === null || ctx === undefined ? [] : ctx.expression_list().map(expression);
}

const BUILDERS = new Map<unknown, (ctx: ApexParserRuleContext) => Expr>();

/** Registers how a labelled alternative of the grammar becomes an expression. */
function on<C extends ApexParserRuleContext>(type: new (...args: never[]) => C, build: (ctx: C) => Expr): void {
  BUILDERS.set(type, build as (ctx: ApexParserRuleContext) => Expr);
}

on(grammar.PrimaryExpressionContext, (ctx) => primary(ctx.primary()));
on(grammar.MethodCallExpressionContext, (ctx) => call(ctx.methodCall()));
on(grammar.SubExpressionContext, (ctx) => expression(ctx.expression()));
on(grammar.NewExpressionContext, (ctx) => created(ctx.creator(), startOf(ctx), expression));

on(grammar.DotExpressionContext, (ctx) => {
  const target = expression(ctx.expression());
  const safe = symbol(ctx, 1).type === ApexParser.QUESTIONDOT;
  const called = ctx.dotMethodCall();
  if (called === null) {
    return { kind: 'field-access', target, name: identifier(ctx.anyId()), safe, at: startOf(ctx) };
  }
  const args = expressions(called.expressionList());
  return { kind: 'method-call', target, name: identifier(called.anyId()), args, safe, at: startOf(ctx) };
});

on(grammar.ArrayExpressionContext, (ctx) => ({
  kind: 'index',
  target: expression(ctx.expression(0)),
  index: expression(ctx.expression(1)),
  at: startOf(ctx),
}));

on(grammar.CastExpressionContext, (ctx) => ({
  kind: 'cast',
  type: typeRef(ctx.typeRef()),
  value: expression(ctx.expression()),
  at: startOf(ctx),
}));

on(grammar.InstanceOfExpressionContext, (ctx) => ({
  kind: 'instanceof',
  value: expression(ctx.expression()),
  type: typeRef(ctx.typeRef()),
  at: startOf(ctx),
}));

on(grammar.PreOpExpressionContext, prefix);
on(grammar.NegExpressionContext, prefix);

/** The grammar lets a cast bind tighter than `++` behind its operand; Apex does not: `(Long) i++` increments i. */
on(grammar.PostOpExpressionContext, (ctx) => {
  const op = symbol(ctx, 1).text as Postfix['op'];
  const operand = ctx.expression();
  const casts: Cast[] = [];
  let inner = operand;
  while (inner instanceof grammar.CastExpressionContext) {
    casts.push({ kind: 'cast', type: typeRef(inner.typeRef()), value: NOTHING, at: startOf(inner) });
    inner = inner.expression();
  }
  const increment: Postfix = { kind: 'postfix', op, value: expression(inner), at: startOf(inner) };
  return casts.reduceRight<Expr>((value, cast) => ({ ...cast, value }), increment);
});
const NOTHING: Expr = { kind: 'this', at: 0 };

for (const type of [
  grammar.Arth1ExpressionContext,
  grammar.Arth2ExpressionContext,
  grammar.BitExpressionContext,
  grammar.CmpExpressionContext,
  grammar.EqualityExpressionContext,
  grammar.BitAndExpressionContext,
  grammar.BitNotExpressionContext,
  grammar.BitOrExpressionContext,
  grammar.LogAndExpressionContext,
  grammar.LogOrExpressionContext,
  grammar.CoalExpressionContext,
]) {
  on<ApexParserRuleContext>(type, binary);
}

on(grammar.CondExpressionContext, (ctx) => ({
  kind: 'ternary',
  condition: expression(ctx.expression(0)),
  then: expression(ctx.expression(1)),
  else: expression(ctx.expression(2)),
  at: startOf(ctx),
}));

on(grammar.AssignExpressionContext, (ctx) => ({
  kind: 'assign',
  op: symbol(ctx, 1).text as AssignOperator,
  target: expression(ctx.expression(0)),
  value: expression(ctx.expression(1)),
  at: startOf(ctx),
}));

function prefix(ctx: grammar.PreOpExpressionContext | grammar.NegExpressionContext): Expr {
  const op = symbol(ctx, 0).text as Unary['op'];
  return { kind: 'unary', op, value: expression(ctx.expression()), at: startOf(ctx) };
}

/** The operators are one token, but for `>=`, `<=`, and the shifts, whose characters come as tokens of their own. */
function binary(ctx: ApexParserRuleContext): Expr {
  const children = ctx.children!;
  const last = children.length - 1;
  let op = symbol(ctx, 1).text;
  for (let index = 2; index < last; index++) {
    const token = symbol(ctx, index);
    // `> =` is taken. Source: SalesforceFoundation/Volunteers-for-Salesforce; the reference does not say it.
    if (token.text !== '=' && token.start !== symbol(ctx, index - 1).stop + 1) {
      const message = `Unexpected white space inside an operator: write '${op}${token.text}'`;
      throw new ApexSyntaxError(message, token.line, token.column);
    }
    op += token.text;
  }
  return {
    kind: 'binary',
    op: op === '<>' ? '!=' : (op as BinaryOperator),
    left: expression(children[0] as ExpressionContext),
    right: expression(children[last] as ExpressionContext),
    at: startOf(ctx),
  };
}

function symbol(ctx: ApexParserRuleContext, child: number): ApexToken {
  return (ctx.children![child] as ApexTerminalNode).symbol;
}

function call(ctx: MethodCallContext): Call {
  const { start } = ctx;
  const name = start.type === ApexParser.THIS || start.type === ApexParser.SUPER;
  return {
    kind: 'call',
    name: { name: name ? start.text.toLowerCase() : start.text, at: tokenAt(start) },
    args: expressions(ctx.expressionList()),
    at: tokenAt(start),
  };
}

function primary(ctx: PrimaryContext): Expr {
  const at = startOf(ctx);
  if (ctx instanceof grammar.IdPrimaryContext) return { kind: 'name', name: ctx.start.text, at };
  if (ctx instanceof grammar.LiteralPrimaryContext) return literal(ctx.start);
  if (ctx instanceof grammar.ThisPrimaryContext) return { kind: 'this', at };
  if (ctx instanceof grammar.SuperPrimaryContext) return { kind: 'super', at };
  if (ctx instanceof grammar.TypeRefPrimaryContext) return { kind: 'class-literal', type: typeRef(ctx.typeRef()), at };
  if (ctx instanceof grammar.VoidPrimaryContext) return { kind: 'class-literal', type: voidType(ctx.start), at };
  const { text, bound } = queryText(ctx);
  return { kind: ctx instanceof grammar.SoqlPrimaryContext ? 'soql' : 'sosl', text, binds: bound.map(expression), at };
}
