import { QueryError } from './problem.ts';

export type TokenKind = 'word' | 'string' | 'number' | 'date' | 'datetime' | 'bind' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; of a string its value, of a bind its name. */
  readonly text: string;
  /** The text in lower case, for keywords. */
  readonly lower: string;
  readonly offset: number;
}

const PATTERNS: readonly (readonly [TokenKind | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['datetime', /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/iy],
  ['date', /\d{4}-\d{2}-\d{2}(?![\dT])/y],
  ['number', /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['bind', /:\s*(\$?\w+(?:\.\w+)*)/y],
  ['word', /[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*/y],
  ['symbol', /<=|>=|!=|<>|[=<>(),:]/y],
];

/** Splits a query into tokens. @throws QueryError at a character that no token begins with. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === "'") {
      const string = readString(text, at);
      tokens.push({ kind: 'string', text: string.value, lower: '', offset: at });
      at = string.end;
      continue;
    }
    const token = readToken(text, at, tokens.at(-1));
    if (token.kind !== 'space') {
      tokens.push({ kind: token.kind, text: token.text, lower: token.text.toLowerCase(), offset: at });
    }
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '<EOF>', lower: '', offset: text.length });
  return tokens;
}

function readToken(
  text: string,
  at: number,
  before: Token | undefined,
): { kind: TokenKind | 'space'; text: string; end: number } {
  for (const [kind, pattern] of PATTERNS) {
    // `LAST_N_DAYS:30` is no bind.
    if (
      kind === 'bind' &&
      before?.kind === 'word' &&
      before.offset + before.text.length === at &&
      /(?:^|_)N_/i.test(before.text)
    ) {
      continue;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, text: match[1] ?? match[0], end: pattern.lastIndex };
  }
  throw new QueryError(`line 1:${at} no viable alternative at character '${text[at]}'`, at);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  // LIKE tells `\%` from `%`, so these keep their backslash.
  _: '\\_',
  '%': '\\%',
};

function readString(text: string, start: number): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] as string;
    if (char === "'") return { value, end: at + 1 };
    if (char !== '\\') {
      value += char;
      continue;
    }
    at++;
    const escape = text[at] ?? '';
    if (escape === 'u') {
      const code = /^[0-9a-fA-F]{4}/.exec(text.slice(at + 1))?.[0];
      if (!code) throw new QueryError(`Illegal string literal`, start);
      value += String.fromCharCode(Number.parseInt(code, 16));
      at += 4;
      continue;
    }
    const meaning = ESCAPES[escape];
    if (meaning === undefined) {
      throw new QueryError(`Invalid string literal. Illegal character sequence '\\${escape}' in string literal`, start);
    }
    value += meaning;
  }
  throw new QueryError(`line 1:${start} mismatched character '<EOF>' expecting '''`, start);
}
