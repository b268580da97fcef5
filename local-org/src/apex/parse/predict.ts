import { ApexParser } from '@apexdevtools/apex-parser';
import { looksLikeCast, scanType, startsDeclaration } from './scan.ts';
import { isName, keywordTable } from './token-classes.ts';
import type { Tokens } from './tokens.ts';

/**
 * Picks the alternative of one decision of the grammar, counted from 1 as the grammar lists them, from the tokens
 * ahead; 0 leaves the choice to the general algorithm.
 */
type Lookahead = (tokens: Tokens, parser: ApexParser) => number;

const P = ApexParser;

/**
 * The general algorithm works out a decision's automaton when it first meets the tokens, which costs 60 to 170 ms per
 * 1,000 lines in a fresh process, against 10 when all is known. These decisions were nearly all of that cost, and each
 * can be made by looking at a few tokens. Outcomes are those of the general algorithm (a test compares the trees),
 * except where the grammar is ambiguous: see looksLikeCast.
 */
const LOOKAHEAD: { rule: number; decisions: (Lookahead | null)[] }[] = [
  { rule: P.RULE_typeRef, decisions: [(t) => (t.LA(1) === P.DOT && t.LA(2) !== P.CLASS ? 1 : 2)] },
  // the type arguments after List, Set, Map and a name, then which of these four it is
  { rule: P.RULE_typeName, decisions: [typeArguments, typeArguments, typeArguments, typeArguments, typeName] },
  { rule: P.RULE_statement, decisions: [statement] },
  { rule: P.RULE_ifStatement, decisions: [(t) => (t.LA(1) === P.ELSE ? 1 : 2)] },
  { rule: P.RULE_memberDeclaration, decisions: [(t) => member(t, 0)] },
  { rule: P.RULE_triggerMemberDeclaration, decisions: [(t) => member(t, 1)] },
  { rule: P.RULE_anonymousMemberDeclaration, decisions: [(t) => member(t, 1)] },
  { rule: P.RULE_forControl, decisions: [null, null, null, forControl] },
  { rule: P.RULE_forInit, decisions: [(t) => (startsDeclaration(t.types, t.index) ? 1 : 2)] },
  {
    rule: P.RULE_expression,
    // the first operand; which shift; whether >=; call or field after the dot; the operator; whether one follows
    decisions: [operand, null, null, (t) => (t.LA(2) === P.LPAREN ? 1 : 2), operator, furtherOperator],
  },
  { rule: P.RULE_primary, decisions: [primary] },
  { rule: P.RULE_whereLogicalExpression, decisions: [null, null, condition] },
  { rule: P.RULE_logicalExpression, decisions: [null, null, condition] },
];

/** Makes the parser take the shortcuts. */
export function predictFast(parser: ApexParser, tokens: Tokens): void {
  const general = parser._interp.adaptivePredict.bind(parser._interp);
  parser._interp.adaptivePredict = (input, decision, context) => {
    const shortcut = shortcuts[decision];
    if (shortcut !== undefined && shortcut !== null) {
      const alternative = shortcut(tokens, parser);
      if (alternative !== 0) return alternative;
    }
    return general(input, decision, context);
  };
}

const shortcuts = byDecision();

function byDecision(): (Lookahead | null | undefined)[] {
  const found: (Lookahead | null | undefined)[] = [];
  // The rule of a decision is there at run time, but the library's types leave it out.
  const states = P._ATN.decisionToState as unknown as { ruleIndex: number }[];
  for (const { rule, decisions } of LOOKAHEAD) {
    const numbers = states.flatMap((state, decision) => (state.ruleIndex === rule ? [decision] : []));
    if (numbers.length !== decisions.length) {
      const name = P.ruleNames[rule];
      throw new Error(`The grammar's rule ${name} has changed with its package: revise src/apex/parse/predict.ts`);
    }
    numbers.forEach((number, index) => (found[number] = decisions[index]));
  }
  return found;
}

function typeArguments(tokens: Tokens): number {
  return tokens.LA(1) === P.LT ? 1 : 2;
}

function typeName(tokens: Tokens): number {
  const type = tokens.LA(1);
  if (type === P.LIST) return 1;
  if (type === P.SET) return 2;
  if (type === P.MAP) return 3;
  return isName(type) ? 4 : 0;
}

const STATEMENTS = keywordTable([
  [P.LBRACE, 1],
  [P.IF, 2],
  [P.FOR, 4],
  [P.WHILE, 5],
  [P.DO, 6],
  [P.TRY, 7],
  [P.RETURN, 8],
  [P.THROW, 9],
  [P.BREAK, 10],
  [P.CONTINUE, 11],
  [P.INSERT, 12],
  [P.UPDATE, 13],
  [P.DELETE, 14],
  [P.UNDELETE, 15],
  [P.UPSERT, 16],
  [P.MERGE, 17],
  [P.SYSTEMRUNAS, 18],
  [P.FINAL, 19],
  [P.ATSIGN, 19],
]);

function statement(tokens: Tokens): number {
  const type = tokens.LA(1);
  if (type === P.SWITCH && tokens.LA(2) === P.ON) return 3;
  const keyword = STATEMENTS[type] ?? 0;
  if (keyword !== 0) return keyword;
  if (startsDeclaration(tokens.types, tokens.index)) return 19;
  return startsOperand(type) ? 20 : 0;
}

/** Alternatives from 1: method, constructor, interface, class, enum, property, field; without the constructor `skip` 1. */
function member(tokens: Tokens, skip: number): number {
  const first = tokens.LA(1);
  if (first === P.VOID) return 1;
  if (first === P.INTERFACE) return 3 - skip;
  if (first === P.CLASS) return 4 - skip;
  if (first === P.ENUM) return 5 - skip;
  const types = tokens.types;
  const end = scanType(types, tokens.index);
  if (end < 0) return 0;
  if (types[end] === P.LPAREN) return skip === 0 ? 2 : 0;
  if (!isName(types[end]!)) return 0;
  const next = types[end + 1];
  if (next === P.LPAREN) return 1;
  return (next === P.LBRACE ? 6 : 7) - skip;
}

function forControl(tokens: Tokens): number {
  const end = scanType(tokens.types, tokens.index);
  return end > 0 && isName(tokens.types[end]!) && tokens.types[end + 1] === P.COLON ? 1 : 2;
}

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

function operand(tokens: Tokens): number {
  const type = tokens.LA(1);
  if (isName(type) || type === P.THIS || type === P.SUPER) return tokens.LA(2) === P.LPAREN ? 2 : 1;
  if (type === P.LPAREN) {
    const cast = looksLikeCast(tokens);
    return cast === null ? 0 : cast ? 4 : 5;
  }
  return OPERANDS[type] ?? 0;
}

function startsOperand(type: number): boolean {
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

function primary(tokens: Tokens): number {
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

function operator(tokens: Tokens): number {
  return operatorAhead(tokens)?.[0] ?? 0;
}

function furtherOperator(tokens: Tokens, parser: ApexParser): number {
  const ahead = operatorAhead(tokens);
  if (ahead === undefined) return 2;
  // In `merge a [SELECT …]` the bracket starts the next operand.
  if (tokens.LA(1) === P.LBRACK && tokens.LA(2) === P.SELECT) return 0;
  return parser.precpred(parser._ctx, ahead[1]) ? 1 : 2;
}

/** 1 is a chain of AND, 2 of OR, 3 starts with NOT: the first connective at this depth decides. */
function condition(tokens: Tokens): number {
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
