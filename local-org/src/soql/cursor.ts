import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { QueryError } from './problem.ts';

/** The tokens of a query and a place among them. */
export class Cursor {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = tokenize(text);
  }

  get token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  peek(ahead: number): Token {
    return (this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1)) as Token;
  }

  next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  /** True where the next tokens are these keywords. */
  isWord(...words: string[]): boolean {
    return words.every((word, index) => {
      const token = this.peek(index);
      return token.kind === 'word' && token.lower === word;
    });
  }

  /** Takes these keywords if they come next. */
  takeWord(...words: string[]): boolean {
    if (!this.isWord(...words)) return false;
    this.#at += words.length;
    return true;
  }

  isSymbol(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at++;
    return true;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) this.unexpected();
  }

  expectSymbol(symbol: string): void {
    if (this.takeSymbol(symbol)) return;
    if (symbol === ')') {
      throw new QueryError(`expecting a right parentheses, found '${this.token.text}'`, this.token.offset);
    }
    if (symbol === '(') {
      throw new QueryError(`expecting a left parentheses, found '${this.token.text}'`, this.token.offset);
    }
    this.unexpected();
  }

  /** @param since where what has no continuation begins, if that is before the token */
  unexpected(since = this.token.offset): never {
    const text = this.text.slice(since, this.token.offset) + this.token.text;
    throw new QueryError(`unexpected token: '${text}'`, this.token.offset);
  }
}
