import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import {
  condition,
  creatorRest,
  furtherOperator,
  operand,
  operator,
  primary,
  startsOperand,
} from './predict-expressions.ts';
import { scanType, startsDeclaration } from './scan.ts';
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
  { rule: P.RULE_triggerBlockMember, decisions: [null, looseMember] },
  { rule: P.RULE_anonymousBlockMember, decisions: [null, looseMember] },
  { rule: P.RULE_typeDeclaration, decisions: [null, null, null, typeDeclaration] },
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
  { rule: P.RULE_creator, decisions: [creatorRest] },
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

const DECLARING = keywordTable(
  [
    ...[P.VOID, P.CLASS, P.INTERFACE, P.ENUM, P.PUBLIC, P.PRIVATE, P.PROTECTED, P.GLOBAL, P.STATIC, P.ABSTRACT],
    ...[P.VIRTUAL, P.OVERRIDE, P.WEBSERVICE, P.TESTMETHOD],
  ].map((type) => [type, 1]),
);

/** 1 is a declaration, which `Integer x = 1;` counts as too; 2 a statement. */
function looseMember(tokens: Tokens): number {
  return DECLARING[tokens.LA(1)] === 1 || startsDeclaration(tokens.types, tokens.index) ? 1 : 2;
}

function typeDeclaration(tokens: Tokens): number {
  for (let index = tokens.index; index < tokens.size; index++) {
    const type = tokens.types[index];
    if (type === P.CLASS) return 1;
    if (type === P.ENUM) return 2;
    if (type === P.INTERFACE) return 3;
    if (type === P.LBRACE) break;
  }
  return 0;
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
  if (type === P.VOID) return tokens.LA(2) === P.DOT ? 20 : 0;
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
  if (!isName(types[end]!)) return 7 - skip;
  const next = types[end + 1];
  if (next === P.LPAREN) return 1;
  return (next === P.LBRACE ? 6 : 7) - skip;
}

function forControl(tokens: Tokens): number {
  const end = scanType(tokens.types, tokens.index);
  return end > 0 && isName(tokens.types[end]!) && tokens.types[end + 1] === P.COLON ? 1 : 2;
}
