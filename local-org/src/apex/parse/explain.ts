import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import { misalignedBrace, placeOf, wrongBracket } from './brackets.ts';
import { describeExpected } from './expected.ts';
import { after, before, wordsOf } from './fault.ts';
import type { Fault } from './fault.ts';
import type { ApexSyntaxError } from './syntax-error.ts';
import { isName } from './token-classes.ts';
import type { Tokens } from './tokens.ts';

const P = ApexParser;

/**
 * Puts the place where the parser stopped into words: what is there, what belongs there, and the mend where it is plain.
 * `found` is the token that fits nothing, or null for the one the parser stands on.
 */
export function explain(parser: ApexParser, tokens: Tokens, found: ApexToken | null): ApexSyntaxError {
  const token = found ?? tokens.get(tokens.index);
  const previous = token.tokenIndex > 0 ? tokens.get(token.tokenIndex - 1) : null;
  const expected = new Set<number>();
  for (const { start, stop } of parser.getExpectedTokens().intervals) {
    for (let type = start; type < stop; type++) expected.add(type);
  }
  const fault: Fault = { tokens, token, previous, expected, rules: parser.getRuleInvocationStack() };
  for (const explanation of EXPLANATIONS) {
    const error = explanation(fault);
    if (error !== null) return error;
  }
  return before(token, `Unexpected ${wordsOf(token)}: expected ${describeExpected(fault)}`);
}

/** The first that knows the fault explains it. */
const EXPLANATIONS: ((fault: Fault) => ApexSyntaxError | null)[] = [
  shortMultilineString,
  strayDeclaration,
  wrongBracket,
  otherLanguage,
  reservedName,
  missingSemicolon,
  strayKeyword,
];

function shortMultilineString({ token, previous }: Fault): ApexSyntaxError | null {
  if (previous === null || previous.stop + 1 !== token.start) return null;
  if (previous.text !== "''" || token.type !== P.StringLiteral) return null;
  return before(previous, "The text of a ''' string starts on a new line: add a line break after the opening '''");
}

const TYPE_WORDS = new Set<number>([P.CLASS, P.INTERFACE, P.ENUM]);

/** A method or type where a statement belongs: most likely the method before it lacks its closing brace. */
function strayDeclaration({ tokens, token, previous, rules }: Fault): ApexSyntaxError | null {
  if (!rules.includes('block') || previous === null) return null;
  const next = tokens.types[token.tokenIndex + 1] ?? P.EOF;
  const aType = TYPE_WORDS.has(token.type) && isName(next) && tokens.types[token.tokenIndex + 2] !== P.ASSIGN;
  const afterType = isName(previous.type) && rules.some((rule) => rule.startsWith('localVariableDeclaration'));
  const aMethod =
    (token.type === P.VOID && isName(next)) ||
    (previous.type === P.VOID && isName(token.type)) ||
    (token.type === P.LPAREN && afterType && startsMethod(tokens, token.tokenIndex));
  if (!aType && !aMethod) return null;
  const start = tokens.all.find(({ line }) => line === token.line)!;
  const open = misalignedBrace(tokens);
  const hint = open === null ? '' : ` (look at the '{' at ${placeOf(open)})`;
  const what = aMethod ? 'a method' : `the ${token.text.toLowerCase()}`;
  return before(start, `Unexpected start of ${what} inside a method: add the missing '}' before it${hint}`);
}

/** Whether the parenthesis is that of a method's parameters: a body follows it. */
function startsMethod(tokens: Tokens, open: number): boolean {
  let depth = 0;
  for (let index = open; index < tokens.size; index++) {
    if (tokens.types[index] === P.LPAREN) depth += 1;
    if (tokens.types[index] === P.RPAREN) depth -= 1;
    if (depth === 0) return tokens.types[index + 1] === P.LBRACE;
  }
  return false;
}

/** What other languages write, or this one elsewhere. */
function otherLanguage({ token, previous, rules }: Fault): ApexSyntaxError | null {
  if (token.type === P.IN && rules.includes('forControl')) {
    return before(token, "Unexpected 'in': write ':' between the variable and the collection of a loop");
  }
  if (token.type === P.COLON && rules[0] === 'setCreatorRest') {
    return before(token, "Unexpected ':': the pairs of a map are written 'key => value'");
  }
  if (token.type === P.LBRACE && rules[0] === 'expression') {
    return before(token, "Unexpected '{': a list is written 'new List<Type>{ … }'");
  }
  if (!rules.includes('soqlLiteral')) return null;
  if (token.type === P.SOQLAND || token.type === P.SOQLOR) {
    return before(token, 'AND and OR are mixed: put the conditions that belong together in parentheses');
  }
  if (previous?.type === P.LIMIT || previous?.type === P.OFFSET) {
    return before(token, `Unexpected ${wordsOf(token)}: expected a number, or ':' and a variable`);
  }
  return null;
}

const AFTER_NAME = new Set<number>([P.ASSIGN, P.SEMI, P.COMMA, P.RPAREN, P.COLON, P.LPAREN, P.LBRACE]);

function reservedName({ tokens, token, previous, expected, rules }: Fault): ApexSyntaxError | null {
  if (!/^[a-z]/i.test(token.text) || token.type === P.EOF || isName(token.type)) return null;
  const typed = previous !== null && (isName(previous.type) || previous.type === P.GT || previous.type === P.RBRACK);
  const named =
    typed &&
    previous.line === token.line &&
    AFTER_NAME.has(tokens.types[token.tokenIndex + 1]!) &&
    !rules.includes('soqlLiteral');
  const onlyName =
    expected.has(P.Identifier) && !expected.has(P.LPAREN) && !expected.has(P.RBRACE) && rules[0] === 'id';
  if (!named && !onlyName) return null;
  return before(token, `'${token.text}' is a reserved word and can't be a name: choose another`);
}

const STARTS_NEXT = new Set<number>([
  ...[P.RBRACE, P.IF, P.FOR, P.WHILE, P.DO, P.TRY, P.RETURN, P.THROW, P.BREAK, P.CONTINUE, P.INSERT, P.UPDATE],
  ...[P.DELETE, P.UNDELETE, P.UPSERT, P.MERGE, P.PUBLIC, P.PRIVATE, P.PROTECTED, P.GLOBAL, P.STATIC, P.FINAL, P.ATSIGN],
  ...[P.SYSTEMRUNAS, P.VOID, P.CLASS, P.ELSE, P.CATCH, P.FINALLY, P.EOF],
]);

function missingSemicolon({ token, previous, expected, rules }: Fault): ApexSyntaxError | null {
  if (previous === null) return null;
  // `foo\n bar();` reads as the declaration of bar with the type foo
  const declares = rules[0] === 'variableDeclarator' || rules[0] === 'localVariableDeclarationStatement';
  if (declares && token.type === P.LPAREN && isName(previous.type)) {
    return before(previous, `Missing ';' before '${previous.text}'`);
  }
  if (!expected.has(P.SEMI) || token.type === P.SEMI) return null;
  const plain = expected.size === 1 || STARTS_NEXT.has(token.type) || token.line > previous.line;
  return plain ? after(previous, `Missing ';' after ${wordsOf(previous)}`) : null;
}

function strayKeyword({ token, rules }: Fault): ApexSyntaxError | null {
  if (rules[0] !== 'block' && rules[0] !== 'statement' && rules[0] !== 'triggerBlock') return null;
  if (token.type === P.ELSE) return before(token, "Unexpected 'else': there is no 'if' before it");
  if (token.type === P.CATCH || token.type === P.FINALLY) {
    return before(token, `Unexpected '${token.text}': there is no 'try' before it`);
  }
  return null;
}
