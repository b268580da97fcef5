import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import { stringFault } from './string-fault.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import { SourceToken } from './token.ts';

const P = ApexParser;
/** No token has this type. */
const NONE = 0;

type Kind = readonly [type: number, pattern: RegExp];

const BLANKS = /(?:[ \t\r\n\f]+|\/\/[^\r\n]*|\/\*[^]*?\*\/)+/y;
const LETTER = String.raw`[a-z$_\u0100-\ud7ff\udc00-\uffff]|[\ud800-\udbff][\udc00-\udfff]`;
const WORD = new RegExp(`(?:${LETTER})(?:${LETTER}|[0-9])*`, 'iy');
const CURRENCY = /^[a-z]{3}[0-9]+$/i;
const TIME = String.raw`\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[+-]\d+(?::\d+)?)`;
const DATE = String.raw`\d{4}-\d\d-\d\d`;
const ESCAPE = String.raw`\\(?:[btnfr"'\\]|u[0-9a-f]{4})`;
const FIND = String.raw`\[[ \t\r\n\f]*find[ \t\r\n\f]+`;
const FIND_ESCAPE = String.raw`\\[+\-&|!(){}^"~*?:'\\]`;
/** By the first character. Of those that begin alike the longest comes first. */
const NUMBERS: readonly Kind[] = [
  [P.DateTimeLiteral, new RegExp(`${DATE}t${TIME}`, 'iy')],
  [P.DateLiteral, new RegExp(DATE, 'y')],
  [P.TimeLiteral, new RegExp(TIME, 'iy')],
  [P.NumberLiteral, /\d*\.\d+d?/iy],
  [P.LongLiteral, /\d+l/iy],
  [P.IntegerLiteral, /\d+/y],
];
const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  "'": [
    [P.MultilineStringLiteral, new RegExp(String.raw`'''[\r\n](?:${ESCAPE}|[^\\])*?'''`, 'iy')],
    [P.StringLiteral, new RegExp(String.raw`'[^'\\]*(?:${ESCAPE}[^'\\]*)*'`, 'iy')],
  ],
  // A bracket and the words that a SOSL query looks for are one token.
  '[': [
    [P.FindLiteral, new RegExp(String.raw`${FIND}'(?:[^'\\]|${FIND_ESCAPE})*'`, 'iy')],
    [P.FindLiteralAlt, new RegExp(String.raw`${FIND}\{(?:[^}\\]|${FIND_ESCAPE})*\}`, 'iy')],
  ],
  '.': [[P.NumberLiteral, /\.\d+d?/iy]],
  ...Object.fromEntries([...'0123456789'].map((digit) => [digit, NUMBERS])),
};

const KEYWORDS = new Map<string, number>([
  ['true', P.BooleanLiteral],
  ['false', P.BooleanLiteral],
]);
const SYMBOLS = new Map<string, number>();
P.literalNames.forEach((literal, type) => {
  const text = literal?.slice(1, -1) ?? '';
  if (/^[a-z]/.test(text)) KEYWORDS.set(text, type);
  else if (text !== '') SYMBOLS.set(text, type);
});
const LONGEST_SYMBOL = Math.max(...[...SYMBOLS.keys()].map((text) => text.length));

/**
 * Splits a source text into the tokens of the grammar (ApexLexer.g4 of apex-parser), white space and comments left out, the last one
 * EOF. In a fresh process the grammar's own lexer, which works out its automaton as it reads, takes several times as long for a file;
 * a test compares the two. One thing is read otherwise: two stars between slashes are a whole comment, as in Salesforce, where that
 * lexer reads on to the end of the next one.
 * @throws ApexSyntaxError at the first character that belongs to no token, and for a string or a comment that has no end.
 */
export function lex(source: string): SourceToken[] {
  const tokens: SourceToken[] = [];
  let line = 1;
  let lineStart = 0;
  let nextLine = source.indexOf('\n') + 1;
  const passTo = (offset: number): void => {
    while (nextLine > 0 && nextLine <= offset) {
      line += 1;
      lineStart = nextLine;
      nextLine = source.indexOf('\n', nextLine) + 1;
    }
  };
  let at = 0;
  for (;;) {
    at = endOf(BLANKS, source, at) ?? at;
    passTo(at);
    const isEnd = at === source.length;
    const [type, end] = isEnd ? [P.EOF, at] : tokenAt(source, at);
    if (source.startsWith('/*', at)) throw openComment(line, at - lineStart);
    if (type === NONE) throw foreignCharacter(source, at, line, at - lineStart);
    const token = new SourceToken(type, at, end - 1, line, at - lineStart, source);
    token.tokenIndex = tokens.length;
    tokens.push(token);
    if (isEnd) return tokens;
    at = end;
    passTo(at);
    if (type === P.StringLiteral && line > token.line) throw stringFault(source, token.start, token.line, token.column);
  }
}

/** Type and end of the token that begins at an offset; NONE if none does. */
function tokenAt(source: string, at: number): [type: number, end: number] {
  const wordEnd = endOf(WORD, source, at);
  if (wordEnd !== null) return word(source, at, wordEnd);
  for (const [type, pattern] of KINDS[source[at]!] ?? []) {
    const end = endOf(pattern, source, at);
    if (end !== null) return [type, end];
  }
  for (let length = LONGEST_SYMBOL; length > 0; length--) {
    const symbol = source.slice(at, at + length);
    const type = SYMBOLS.get(symbol);
    if (type !== undefined) return [type, at + symbol.length];
  }
  return [NONE, at];
}

function word(source: string, at: number, end: number): [type: number, end: number] {
  const text = source.slice(at, end);
  const plain = text.toLowerCase();
  // One token, unlike any other name with a dot.
  if (plain === 'system' && source.slice(end, end + 6).toLowerCase() === '.runas') return [P.SYSTEMRUNAS, end + 6];
  return [KEYWORDS.get(plain) ?? (CURRENCY.test(text) ? P.IntegralCurrencyLiteral : P.Identifier), end];
}

/** Where the pattern's match ends that begins at an offset; null if none does. */
function endOf(pattern: RegExp, source: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : null;
}

function openComment(line: number, column: number): ApexSyntaxError {
  return new ApexSyntaxError('Unterminated comment: add the closing */', line, column);
}

/** What is wrong with a character that begins no token, and what to write instead. */
function foreignCharacter(source: string, at: number, line: number, column: number): ApexSyntaxError {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (character === "'") return stringFault(source, at, line, column);
  const mend = character === '"' ? ': strings are written in single quotes' : '';
  return new ApexSyntaxError(`Unexpected character '${character}'${mend}`, line, column);
}
