import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import { joinBrackets } from './array-brackets.ts';
import { lex } from './lexer.ts';
import { ApexSyntaxError } from './syntax-error.ts';

/** The tokens of a file without white space and comments, ending in EOF, as the parser and its lookahead read them. */
export class Tokens {
  index = 0;
  readonly size: number;
  readonly all: ApexToken[];
  /** The type of each token: scanning ahead touches nothing else. */
  readonly types: Int16Array;

  constructor(all: ApexToken[]) {
    this.all = all;
    this.size = all.length;
    this.types = Int16Array.from(all, (token) => token.type);
  }

  LA(offset: number): number {
    return this.types[this.#place(offset)] ?? -1;
  }

  LT(offset: number): ApexToken {
    return this.get(this.#place(offset));
  }

  get(index: number): ApexToken {
    return this.all[index]!;
  }

  consume(): void {
    if (this.index < this.size - 1) this.index += 1;
  }

  seek(index: number): void {
    this.index = index;
  }

  mark(): number {
    return -1;
  }

  release(): void {}

  getText(): string {
    return '';
  }

  getHiddenTokensToLeft(): ApexToken[] {
    return [];
  }

  getHiddenTokensToRight(): ApexToken[] {
    return [];
  }

  #place(offset: number): number {
    const place = this.index + offset - (offset > 0 ? 1 : 0);
    return place < this.size ? place : this.size - 1;
  }
}

/** Splits a source text into tokens. Throws ApexSyntaxError at the first character that belongs to none. */
export function tokenize(source: string): Tokens {
  const all = joinBrackets(lex(source)) as unknown as ApexToken[];
  if (/[$\u0080-\uffff]/.test(source)) {
    for (const token of all) if (token.type === ApexParser.Identifier) checkIdentifier(token);
  }
  return new Tokens(all);
}

function checkIdentifier(token: ApexToken): void {
  const odd = /[^A-Za-z0-9_]/u.exec(token.text);
  if (odd === null) return;
  throw new ApexSyntaxError(
    `Invalid character '${odd[0]}' in the identifier '${token.text}': use the letters a to z, digits and underscores`,
    token.line,
    token.column + odd.index,
  );
}
