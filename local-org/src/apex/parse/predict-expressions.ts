import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import { looksLikeCast, scanType } from './scan.ts';
import { isName, keywordTable } from './token-classes.ts';
import type { Tokens } from './tokens.ts';

// Each function picks an alternative as predict.ts explains: counted from 1 in the order of the grammar, 0 for "can't tell".

const P = ApexParser;

const OPERANDS = keywordTable([
  [P.NEW, 3],
  [P.ADD, 6],
  [P.SUB, 6],
  [P.INC, 6],
  [P.DEC, 6],
  [P.TILDE, 7],
  [P.BANG, 7],
  [P.LIST, 1],
  [P.MAP, 1],
  [P.VOID, 1],
  [P.LBRACK, 1],
  [P.FindLiteral, 1],
  [P.IntegerLiteral, 1],
  [P.LongLiteral, 1],
  [P.NumberLiteral, 1],
  [P.StringLiteral, 1],
  [P.MultilineStringLiteral, 1],
  [P.BooleanLiteral, 1],
  [P.NULL, 1],
]);

/** The kind of operand ahead: 1 primary, 2 call, 3 new, 4 cast, 5 parentheses, 6 sign, 7 negation. */
export function operand(tokens: Tokens): number {
  const type = tokens.LA(1);
  if (isName(type) || type === P.THIS || type === P.SUPER) return tokens.LA(2) === P.LPAREN ? 2 : 1;
  if (type === P.LPAREN) {
    const cast = looksLikeCast(tokens);
    return cast === null ? 0 : cast ? 4 : 5;
  }
  return OPERANDS[type] ?? 0;
}

/** Whether a token of this type can begin an expression. */
export function startsOperand(type: number): boolean {
  return isName(type) || type === P.THIS || type === P.SUPER || type === P.LPAREN || (OPERANDS[type] ?? 0) !== 0;
}

const PRIMARIES = keywordTable([
  [P.THIS, 1],
  [P.SUPER, 2],
  [P.IntegerLiteral, 3],
  [P.LongLiteral, 3],
  [P.NumberLiteral, 3],
  [P.StringLiteral, 3],
  [P.MultilineStringLiteral, 3],
  [P.BooleanLiteral, 3],
  [P.NULL, 3],
  [P.LIST, 4],
  [P.MAP, 4],
  [P.VOID, 5],
  [P.FindLiteral, 8],
]);

/** 1 this, 2 super, 3 literal, 4 class literal, 5 `void.class`, 6 name, 7 query, 8 search. */
export function primary(tokens: Tokens): number {
  const type = tokens.LA(1);
  if (isName(type)) {
    const next = tokens.LA(2);
    if (next !== P.DOT && next !== P.LT && next !== P.LBRACK) return 6;
    const end = scanType(tokens.types, tokens.index);
    return end > 0 && tokens.types[end] === P.DOT && tokens.types[end + 1] === P.CLASS ? 4 : 6;
  }
  if (type === P.LBRACK) return tokens.LA(2) === P.SELECT ? 7 : tokens.LA(2) === P.FIND ? 8 : 0;
  return PRIMARIES[type] ?? 0;
}

/** What follows the type after `new`: 1 is `{}`, 2 arguments, 3 brackets, 4 pairs of a map, 5 elements. */
export function creatorRest(tokens: Tokens): number {
  const type = tokens.LA(1);
  if (type === P.LPAREN) return 2;
  if (type === P.LBRACK) return 3;
  if (type !== P.LBRACE) return 0;
  if (tokens.LA(2) === P.RBRACE) return 1;
  let depth = 0;
  for (let index = tokens.index + 1; index < tokens.size; index++) {
    const next = tokens.types[index];
    if (next === P.LPAREN || next === P.LBRACK || next === P.LBRACE) depth += 1;
    else if (depth === 0 && (next === P.COMMA || next === P.RBRACE)) return 5;
    else if (depth === 0 && next === P.MAPTO) return 4;
    else if (next === P.RPAREN || next === P.RBRACK || next === P.RBRACE) depth -= 1;
  }
  return 5;
}

/** For each operator its alternative, and how tightly the grammar lets it bind. */
const OPERATORS: ([alternative: number, precedence: number] | undefined)[] = [];
for (const [alternative, precedence, ...types] of [
  [1, 14, P.MUL, P.DIV],
  [2, 13, P.ADD, P.SUB],
  [4, 11, P.LT, P.GT],
  [5, 9, P.TRIPLEEQUAL, P.TRIPLENOTEQUAL, P.EQUAL, P.NOTEQUAL, P.LESSANDGREATER],
  [6, 8, P.BITAND],
  [7, 7, P.CARET],
  [8, 6, P.BITOR],
  [9, 5, P.AND],
  [10, 4, P.OR],
  [11, 3, P.COAL],
  [12, 2, P.QUESTION],
  [13, 1, P.ASSIGN, P.ADD_ASSIGN, P.SUB_ASSIGN, P.MUL_ASSIGN, P.DIV_ASSIGN, P.AND_ASSIGN, P.OR_ASSIGN, P.XOR_ASSIGN],
  [13, 1, P.LSHIFT_ASSIGN, P.RSHIFT_ASSIGN, P.URSHIFT_ASSIGN],
  [14, 23, P.DOT, P.QUESTIONDOT],
  [15, 22, P.LBRACK],
  [16, 17, P.INC, P.DEC],
  [17, 10, P.INSTANCEOF],
] as const) {
  for (const type of types) OPERATORS[type] = [alternative, precedence];
}
const SHIFT = [3, 12] as const;

function operatorAhead(tokens: Tokens): readonly [alternative: number, precedence: number] | undefined {
  const type = tokens.LA(1);
  if ((type === P.LT || type === P.GT) && tokens.LA(2) === type) return SHIFT;
  return OPERATORS[type];
}

/** Which operator is ahead. */
export function operator(tokens: Tokens): number {
  return operatorAhead(tokens)?.[0] ?? 0;
}

/** 1 where an operator goes on with the operand just read, in the precedence that the parser is at; 2 where it ends. */
export function furtherOperator(tokens: Tokens, parser: ApexParser): number {
  const ahead = operatorAhead(tokens);
  if (ahead === undefined) return 2;
  // In `merge a [SELECT …]` the bracket starts the next operand.
  if (tokens.LA(1) === P.LBRACK && tokens.LA(2) === P.SELECT) return 0;
  return parser.precpred(parser._ctx, ahead[1]) ? 1 : 2;
}

/** 1 is a chain of AND, 2 of OR, 3 starts with NOT: the first connective at this depth decides. */
export function condition(tokens: Tokens): number {
  if (tokens.LA(1) === P.NOT) return 3;
  let depth = 0;
  for (let index = tokens.index; index < tokens.size; index++) {
    const type = tokens.types[index];
    if (type === P.LPAREN || type === P.LBRACK || type === P.LBRACE) depth += 1;
    else if (type === P.RPAREN || type === P.RBRACK || type === P.RBRACE) depth -= 1;
    else if (depth === 0 && type === P.SOQLOR) return 2;
    else if (depth === 0 && type === P.SOQLAND) return 1;
    if (depth < 0) return 1;
  }
  return 1;
}
