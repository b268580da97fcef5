import { ApexErrorListener, ApexLexer } from '@apexdevtools/apex-parser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import { stringFault } from './string-fault.ts';
import { ApexSyntaxError } from './syntax-error.ts';

/**
 * The source as the lexer reads it: UTF-16 units straight from the string. The library's own stream copies the text into
 * an array of code points first, whose offsets are not those of the string.
 */
class SourceCharacters {
  index = 0;
  readonly size: number;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.size = text.length;
  }

  LA(offset: number): number {
    const at = this.index + offset - (offset > 0 ? 1 : 0);
    return offset === 0 || at < 0 || at >= this.size ? -1 : this.#text.charCodeAt(at);
  }

  LT(offset: number): number {
    return this.LA(offset);
  }

  consume(): void {
    this.index += 1;
  }

  seek(index: number): void {
    this.index = index;
  }

  reset(): void {
    this.index = 0;
  }

  mark(): number {
    return -1;
  }

  release(): void {}

  getText(start: number, stop: number): string {
    return this.#text.slice(start, stop + 1);
  }

  toString(): string {
    return this.#text;
  }
}

/** The tokens of a file without white space and comments, ending in EOF, as the parser and its lookahead read them. */
export class Tokens {
  index = 0;
  readonly size: number;
  readonly all: ApexToken[];
  /** The type of each token: scanning ahead touches nothing else. */
  readonly types: Int16Array;
  /** The parser asks here for the factory of tokens that it would insert; it never inserts any. */
  readonly tokenSource: ApexLexer;

  constructor(all: ApexToken[], lexer: ApexLexer) {
    this.all = all;
    this.size = all.length;
    this.types = Int16Array.from(all, (token) => token.type);
    this.tokenSource = lexer;
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
  const lexer = new ApexLexer(new SourceCharacters(source));
  lexer.removeErrorListeners();
  lexer.addErrorListener(new FaultyCharacter(source, lexer));
  const foreign = /[$\u0080-\uffff]/.test(source);
  const all: ApexToken[] = [];
  for (;;) {
    const token = lexer.nextToken();
    if (token.channel !== 0) continue;
    token.tokenIndex = all.length;
    all.push(token);
    if (token.type === ApexLexer.EOF) return new Tokens(all, lexer);
    if (token.type === ApexLexer.StringLiteral) {
      if (lexer.line !== token.line) throw stringFault(source, token.start, token.line, token.column);
    } else if (token.type === ApexLexer.MUL || token.type === ApexLexer.MUL_ASSIGN) {
      checkComment(all.at(-2) ?? token, token);
    } else if (foreign && token.type === ApexLexer.Identifier) {
      checkIdentifier(token);
    } else if (token.type === ApexLexer.LBRACE) {
      joinBrackets(all);
    }
  }
}

/** The pairs of brackets that stand behind the first one of `new T[][]{…}`, by the `[` of the first. */
const furtherBrackets = new WeakMap<ApexToken, number>();

/** How many pairs of brackets follow the one that this `[` opens, as in `new T[][]{…}`. */
export function bracketsAfter(open: ApexToken): number {
  return furtherBrackets.get(open) ?? 0;
}

/** The grammar knows one pair of brackets before the braces of an array; Apex takes several. Others are counted and left out. */
function joinBrackets(all: ApexToken[]): void {
  const isPair = (at: number): boolean => all[at]?.type === ApexLexer.LBRACK && all[at + 1]?.type === ApexLexer.RBRACK;
  let further = 0;
  while (isPair(all.length - 3) && isPair(all.length - 5)) {
    all.splice(all.length - 3, 2);
    further += 1;
  }
  if (further === 0) return;
  furtherBrackets.set(all[all.length - 3]!, further);
  all.at(-1)!.tokenIndex = all.length - 1;
}

/** A comment without an end reaches us as the operators `/` and `*`, which never stand together otherwise. */
function checkComment(previous: ApexToken, token: ApexToken): void {
  if (previous.type !== ApexLexer.DIV || previous.stop + 1 !== token.start) return;
  throw new ApexSyntaxError('Unterminated comment: add the closing */', previous.line, previous.column);
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

/** Turns the lexer's "token recognition error" into what is wrong and what to write instead. */
class FaultyCharacter extends ApexErrorListener {
  readonly #source: string;
  readonly #lexer: ApexLexer;

  constructor(source: string, lexer: ApexLexer) {
    super();
    this.#source = source;
    this.#lexer = lexer;
  }

  override apexSyntaxError(line: number, column: number): never {
    const start = this.#lexer._tokenStartCharIndex;
    const character = String.fromCodePoint(this.#source.codePointAt(start) ?? 0);
    if (character === "'") throw stringFault(this.#source, start, line, column);
    const mend = character === '"' ? ': strings are written in single quotes' : '';
    throw new ApexSyntaxError(`Unexpected character '${character}'${mend}`, line, column);
  }
}
