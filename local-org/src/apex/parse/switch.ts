import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type {
  ApexToken,
  ApexTerminalNode,
  BlockContext,
  SwitchStatementContext,
  WhenControlContext,
  WhenLiteralContext,
} from '@apexdevtools/apex-parser';
import type { Block, Expr, Switch, SwitchCase, Unary } from '../ast.ts';
import { expression } from './expressions.ts';
import { literal } from './literals.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import { identifier, optional, qualifiedName, startOf, tokenAt, typeRef } from './types.ts';

type BuildBlock = (ctx: BlockContext) => Block;

/** `switch on x { when … }` */
export function switchStatement(ctx: SwitchStatementContext, block: BuildBlock): Switch {
  const cases = ctx.whenControl_list().map((control) => switchCase(control, block));
  const early = cases.findIndex((when, index) => when.kind === 'else' && index < cases.length - 1);
  if (early >= 0) {
    const { start } = ctx.whenControl(early + 1);
    throw new ApexSyntaxError("Unexpected 'when' after 'when else', which must be the last", start.line, start.column);
  }
  return { kind: 'switch', value: expression(ctx.expression()), cases, at: startOf(ctx) };
}

function switchCase(ctx: WhenControlContext, block: BuildBlock): SwitchCase {
  const value = ctx.whenValue();
  const body = block(ctx.block());
  const at = startOf(ctx);
  if (optional(value.ELSE()) !== null) return { kind: 'else', body, at };
  const type = optional(value.typeRef());
  if (type !== null) return { kind: 'type', type: typeRef(type), name: identifier(value.id()), body, at };
  return { kind: 'values', values: value.whenLiteral_list().map(whenValue), body, at };
}

/** Signs become unary operators; parentheses around a value, which the platform tolerates, are dropped. */
function whenValue(ctx: WhenLiteralContext): Expr {
  const inner = optional(ctx.whenLiteral());
  if (inner !== null) return whenValue(inner);
  const name = optional(ctx.qualifiedName());
  if (name !== null) {
    const [first, ...rest] = qualifiedName(name);
    const start: Expr = { kind: 'name', ...first! };
    return rest.reduce<Expr>(
      (target, part) => ({ kind: 'field-access', target, name: part, safe: false, at: startOf(ctx) }),
      start,
    );
  }
  const tokens = ctx.children!.map((child): ApexToken => (child as ApexTerminalNode).symbol);
  return tokens.slice(0, -1).reduceRight<Expr>(
    (value, sign) => {
      const op: Unary['op'] = sign.type === ApexParser.SUB ? '-' : '+';
      return { kind: 'unary', op, value, at: tokenAt(sign) };
    },
    literal(tokens.at(-1)!),
  );
}
