import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import { ApexSyntaxError } from './syntax-error.ts';
import type { Tokens } from './tokens.ts';

/** Where the parser stopped. */
export interface Fault {
  tokens: Tokens;
  /** The token that fits nothing. */
  token: ApexToken;
  /** The one before it, or null. */
  previous: ApexToken | null;
  /** The types of tokens that would have fitted, as far as the parser tells. */
  expected: Set<number>;
  /** The grammar's rules that it was in, the innermost first. */
  rules: string[];
}

/** A fault at the start of a token. */
export function before(token: ApexToken, message: string): ApexSyntaxError {
  return new ApexSyntaxError(message, token.line, token.column);
}

/** A fault just behind a token, where what is missing belongs. */
export function after(token: ApexToken, message: string): ApexSyntaxError {
  return new ApexSyntaxError(message, token.line, token.column + token.stop - token.start + 1);
}

/** The token as a message names it. */
export function wordsOf(token: ApexToken): string {
  if (token.type === ApexParser.EOF) return 'end of file';
  const line = token.text.split('\n', 1)[0]!;
  return line.length > 40 || line !== token.text ? `'${line.slice(0, 40)}…'` : `'${line}'`;
}
