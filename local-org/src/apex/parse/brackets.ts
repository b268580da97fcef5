import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import { after, before, wordsOf } from './fault.ts';
import type { Fault } from './fault.ts';
import type { ApexSyntaxError } from './syntax-error.ts';
import type { Tokens } from './tokens.ts';

const P = ApexParser;

const CLOSER: Record<number, number> = { [P.LBRACE]: P.RBRACE, [P.LPAREN]: P.RPAREN, [P.LBRACK]: P.RBRACK };
const SIGN: Record<number, string> = { [P.RBRACE]: '}', [P.RPAREN]: ')', [P.RBRACK]: ']' };
const CLOSES_STATEMENT = new Set<number>([P.RBRACE, P.RPAREN, P.RBRACK, P.SEMI, P.LBRACE]);

/** A bracket that is never closed, one that closes nothing, and a missing `)` or `]`. */
export function wrongBracket(fault: Fault): ApexSyntaxError | null {
  const { tokens, token, previous, expected, rules } = fault;
  const open = openBrackets(tokens, token.tokenIndex);
  const innermost = open.at(-1);
  if (token.type === P.EOF && innermost !== undefined) {
    const culprit = innermost.type === P.LBRACE ? (misalignedBrace(tokens) ?? innermost) : innermost;
    const sign = SIGN[CLOSER[culprit.type]!]!;
    return before(culprit, `Missing '${sign}': this '${culprit.text}' is never closed. Add the '${sign}'`);
  }
  if (innermost === undefined || previous === null) {
    if (SIGN[token.type] !== undefined) {
      const mend = 'remove it, or add the opening bracket before it';
      return before(token, `Unexpected '${token.text}', which closes nothing: ${mend}`);
    }
    return previous === null ? null : afterTheEnd(token, previous, rules);
  }
  if (innermost.type === P.LBRACE) return null;
  const closer = CLOSER[innermost.type]!;
  if (token.type === closer || !expected.has(closer)) return null;
  if (!CLOSES_STATEMENT.has(token.type) && token.line === previous.line) return null;
  return after(previous, `Missing '${SIGN[closer]}' to close the '${innermost.text}' at ${placeOf(innermost)}`);
}

function afterTheEnd(token: ApexToken, previous: ApexToken, rules: string[]): ApexSyntaxError | null {
  if (previous.type !== P.RBRACE || (rules[0] !== 'compilationUnit' && rules[0] !== 'triggerUnit')) return null;
  const what = rules[0] === 'triggerUnit' ? 'trigger' : 'type';
  const end = `the end of the ${what}, which the '}' at ${placeOf(previous)} closes`;
  return before(token, `Unexpected ${wordsOf(token)} after ${end}: remove a '}' before it, or what follows it`);
}

/** The brackets that are open before the token with this index; a closing one that does not fit closes nothing. */
function openBrackets(tokens: Tokens, end: number): ApexToken[] {
  const open: ApexToken[] = [];
  for (let index = 0; index < end; index++) {
    const token = tokens.get(index);
    if (CLOSER[token.type] !== undefined) open.push(token);
    else if (open.length > 0 && CLOSER[open.at(-1)!.type] === token.type) open.pop();
  }
  return open;
}

/**
 * The brace that most likely lacks its partner, or null. A missing brace shows only where an outer one is missed; the likely
 * place is the last brace whose partner is further left than the line that opened it.
 */
export function misalignedBrace(tokens: Tokens): ApexToken | null {
  const indents = new Map<number, number>();
  for (const token of tokens.all) if (!indents.has(token.line)) indents.set(token.line, token.column);
  const stack: ApexToken[] = [];
  let suspect: ApexToken | null = null;
  for (const token of tokens.all) {
    if (token.type === P.LBRACE) stack.push(token);
    if (token.type !== P.RBRACE) continue;
    const opener = stack.pop();
    if (opener === undefined || opener.line === token.line || indents.get(token.line) !== token.column) continue;
    const innermost = suspect === null || opener.tokenIndex > suspect.tokenIndex;
    if (innermost && indents.get(opener.line)! > token.column) suspect = opener;
  }
  return suspect;
}

/** Line and column as a message gives them. */
export function placeOf(token: ApexToken): string {
  return `${token.line}:${token.column + 1}`;
}
