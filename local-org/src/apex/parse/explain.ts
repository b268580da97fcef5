import { ApexParser } from '@apexdevtools/apex-parser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import { describeExpected } from './expected.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import { isName } from './token-classes.ts';
import type { Tokens } from './tokens.ts';

const P = ApexParser;

const CLOSER: Record<number, number> = { [P.LBRACE]: P.RBRACE, [P.LPAREN]: P.RPAREN, [P.LBRACK]: P.RBRACK };
const SIGN: Record<number, string> = {
  [P.LBRACE]: '{',
  [P.LPAREN]: '(',
  [P.LBRACK]: '[',
  [P.RBRACE]: '}',
  [P.RPAREN]: ')',
  [P.RBRACK]: ']',
};

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
  const rules = parser.getRuleInvocationStack();
  return (
    faultyLiteral(token, previous) ??
    wrongBracket(tokens, token, previous, expected) ??
    missingSemicolon(token, previous, expected, rules) ??
    strayKeyword(token, rules) ??
    reservedName(token, expected, rules) ??
    at(token, `Unexpected ${words(token)}: expected ${describeExpected(expected, rules)}`)
  );
}

function at(token: ApexToken, message: string): ApexSyntaxError {
  return new ApexSyntaxError(message, token.line, token.column);
}

/** Just behind a token, where what is missing belongs. */
function after(token: ApexToken, message: string): ApexSyntaxError {
  return new ApexSyntaxError(message, token.line, token.column + token.stop - token.start + 1);
}

function words(token: ApexToken): string {
  return token.type === P.EOF ? 'end of file' : `'${shorten(token.text)}'`;
}

function shorten(text: string): string {
  const line = text.split('\n', 1)[0]!;
  return line.length > 40 || line !== text ? `${line.slice(0, 40)}…` : text;
}

function faultyLiteral(token: ApexToken, previous: ApexToken | null): ApexSyntaxError | null {
  if (previous === null || previous.stop + 1 !== token.start) return null;
  if (previous.type === P.StringLiteral && previous.text === "''" && token.type === P.StringLiteral) {
    return at(previous, "The text of a ''' string starts on a new line: add a line break after the opening '''");
  }
  if (previous.type === P.DIV && (token.type === P.MUL || token.type === P.MUL_ASSIGN)) {
    return at(previous, 'Unterminated comment: add the closing */');
  }
  if (token.type === P.DIV && token.text === '/') return null;
  return null;
}

function wrongBracket(
  tokens: Tokens,
  token: ApexToken,
  previous: ApexToken | null,
  expected: Set<number>,
): ApexSyntaxError | null {
  const open = openBrackets(tokens, token.tokenIndex);
  const innermost = open.at(-1);
  if (token.type === P.EOF) {
    if (innermost === undefined) return null;
    const culprit = innermost.type === P.LBRACE ? suspectBrace(tokens, open) : innermost;
    const sign = SIGN[CLOSER[culprit.type]!]!;
    return at(culprit, `Missing '${sign}': this '${SIGN[culprit.type]}' is never closed. Add the '${sign}'`);
  }
  const closes = token.type === P.RBRACE || token.type === P.RPAREN || token.type === P.RBRACK;
  if (closes && innermost === undefined) {
    return at(token, `Unexpected '${token.text}': nothing is open here. Remove it, or add the opening bracket before it`);
  }
  if (innermost === undefined || innermost.type === P.LBRACE || previous === null) return null;
  const closer = CLOSER[innermost.type]!;
  if (token.type === closer || !expected.has(closer)) return null;
  if (!closes && token.type !== P.SEMI && token.type !== P.LBRACE && token.line === previous.line) return null;
  const where = `${innermost.line}:${innermost.column + 1}`;
  return after(previous, `Missing '${SIGN[closer]}' to close the '${SIGN[innermost.type]}' at ${where}`);
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
 * A missing brace shows only at the end of the file, where an outer one is left open. Its likely place is the first brace
 * whose closing partner stands in another column than the line that opened it.
 */
function suspectBrace(tokens: Tokens, open: ApexToken[]): ApexToken {
  const indent = new Map<number, number>();
  for (const token of tokens.all) if (!indent.has(token.line)) indent.set(token.line, token.column);
  const stack: ApexToken[] = [];
  let suspect: ApexToken | null = null;
  for (const token of tokens.all) {
    if (token.type === P.LBRACE) stack.push(token);
    if (token.type !== P.RBRACE) continue;
    const opener = stack.pop();
    const startsLine = indent.get(token.line) === token.column;
    if (opener === undefined || !startsLine || opener.line === token.line) continue;
    const inner = suspect === null || opener.tokenIndex > suspect.tokenIndex;
    if (inner && indent.get(opener.line)! > token.column) suspect = opener;
  }
  return suspect ?? open.at(-1)!;
}

const STARTS_NEXT = new Set<number>([
  ...[P.RBRACE, P.IF, P.FOR, P.WHILE, P.DO, P.TRY, P.RETURN, P.THROW, P.BREAK, P.CONTINUE, P.INSERT, P.UPDATE],
  ...[P.DELETE, P.UNDELETE, P.UPSERT, P.MERGE, P.PUBLIC, P.PRIVATE, P.PROTECTED, P.GLOBAL, P.STATIC, P.FINAL, P.ATSIGN],
  ...[P.SYSTEMRUNAS, P.VOID, P.CLASS, P.ELSE, P.CATCH, P.FINALLY],
]);

function missingSemicolon(
  token: ApexToken,
  previous: ApexToken | null,
  expected: Set<number>,
  rules: string[],
): ApexSyntaxError | null {
  if (previous === null) return null;
  // `foo\n bar();` reads as the declaration of bar with the type foo
  const twoLines = rules[0] === 'variableDeclarator' || rules.includes('localVariableDeclarationStatement');
  if (twoLines && token.type === P.LPAREN && isName(previous.type)) {
    const message = `Missing ';' at the end of the line before '${previous.text}'`;
    return at(previous, message);
  }
  if (!expected.has(P.SEMI) || token.type === P.SEMI) return null;
  const plain = expected.size === 1 || STARTS_NEXT.has(token.type) || token.line > previous.line;
  return plain ? after(previous, `Missing ';' after ${words(previous)}`) : null;
}

function strayKeyword(token: ApexToken, rules: string[]): ApexSyntaxError | null {
  const inBlock = rules[0] === 'block' || rules[0] === 'statement' || rules[0] === 'triggerBlock';
  if (!inBlock) return null;
  if (token.type === P.ELSE) return at(token, "Unexpected 'else': there is no 'if' before it");
  if (token.type === P.CATCH || token.type === P.FINALLY) {
    return at(token, `Unexpected '${token.text}': there is no 'try' before it`);
  }
  if (token.type === P.CLASS || token.type === P.PUBLIC || token.type === P.PRIVATE || token.type === P.STATIC) {
    return at(token, `Unexpected '${token.text}' inside a method: add the missing '}' before it, or remove it`);
  }
  return null;
}

function reservedName(token: ApexToken, expected: Set<number>, rules: string[]): ApexSyntaxError | null {
  if (!/^[a-z]/i.test(token.text) || token.type === P.Identifier || token.type === P.EOF) return null;
  if (rules[0] !== 'id' && !(expected.size > 50 && expected.has(P.Identifier) && !expected.has(P.LPAREN))) return null;
  return at(token, `'${token.text}' is a reserved word and can't be a name: choose another`);
}
