import { BoundExpressionContext } from '@apexdevtools/apex-parser/antlr/ApexParser';
import type {
  ApexParserRuleContext,
  ApexParseTree,
  ApexTerminalNode,
  ApexToken,
  ExpressionContext,
} from '@apexdevtools/apex-parser';
import type { SourceToken } from './token.ts';

/** A query between its brackets, and the expressions bound in it in order of appearance. */
export interface QueryText {
  /**
   * The source between the brackets, character for character, so that an offset maps back, except that comments are
   * blanks and the expression bound as number n (from 0) is `:$n`, padded to its length with blanks and its line breaks.
   */
  text: string;
  bound: ExpressionContext[];
}

/** Reads the query that `ctx`, a whole `[…]`, holds. */
export function queryText(ctx: ApexParserRuleContext): QueryText {
  const source = (ctx.start as unknown as SourceToken).source;
  const bound: ExpressionContext[] = [];
  let text = '';
  let end = ctx.start.start;

  const copy = (token: ApexToken): void => {
    text += blank(source.slice(end, token.start)) + token.text;
    end = token.stop + 1;
  };
  const walk = (node: ApexParseTree): void => {
    if (node instanceof BoundExpressionContext) {
      const placeholder = `:$${bound.length}`;
      const last = node.stop!.stop;
      const blanks = source.slice(node.start.start, last + 1).replace(/[^\r\n]/g, ' ');
      const lineBreaks = blanks.slice(0, placeholder.length).replaceAll(' ', '');
      text += blank(source.slice(end, node.start.start)) + placeholder + lineBreaks;
      text += blanks.slice(placeholder.length);
      end = last + 1;
      bound.push(node.expression());
      return;
    }
    const children = (node as ApexParserRuleContext).children;
    if (children === undefined) copy((node as ApexTerminalNode).symbol);
    else children?.forEach(walk);
  };
  walk(ctx);
  return { text: text.slice(1, -1), bound };
}

/** What stands between two tokens, comments turned into blanks. */
function blank(text: string): string {
  return /^\s*$/.test(text) ? text : text.replace(/[^\r\n]/g, ' ');
}
