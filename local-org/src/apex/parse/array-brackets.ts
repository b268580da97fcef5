import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { SourceToken } from './token.ts';

/**
 * The grammar knows one pair of brackets before the braces of an array, Apex takes several, as in `new T[][]{…}`: the others are
 * left out and counted on the `[` of the first (`furtherBrackets`).
 */
export function joinBrackets(tokens: SourceToken[]): SourceToken[] {
  const kept: SourceToken[] = [];
  const isPair = (at: number): boolean =>
    kept[at]?.type === ApexParser.LBRACK && kept[at + 1]?.type === ApexParser.RBRACK;
  for (const token of tokens) {
    if (token.type === ApexParser.LBRACE) {
      while (isPair(kept.length - 2) && isPair(kept.length - 4)) {
        const { furtherBrackets } = kept[kept.length - 2]!;
        kept.length -= 2;
        kept[kept.length - 2]!.furtherBrackets = furtherBrackets + 1;
      }
    }
    token.tokenIndex = kept.length;
    kept.push(token);
  }
  return kept;
}
