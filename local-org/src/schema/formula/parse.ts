import { FormulaError } from './ast.ts';
import type { FormulaNode } from './ast.ts';

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly offset: number;
}

const PATTERNS: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /(?:\s|\/\*[\s\S]*?\*\/)+/y],
  ['number', /\d+\.?\d*|\.\d+/y],
  ['name', /\$?[A-Za-z_]\w*(?:[.:]\$?[A-Za-z_]\w*)*/y],
  ['symbol', /<>|<=|>=|!=|==|&&|\|\||[-+*/^&=<>!(),]/y],
];

/** Parses a formula. @throws FormulaError */
export function parseFormula(text: string): FormulaNode {
  const parser = new FormulaParser(tokenize(text));
  return parser.whole();
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const { value, end } = readText(text, at, quote);
      tokens.push({ kind: 'text', text: value, offset: at });
      at = end;
      continue;
    }
    let matched = false;
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match) continue;
      if (kind !== 'space') tokens.push({ kind, text: match[0], offset: at });
      at = pattern.lastIndex;
      matched = true;
      break;
    }
    if (!matched) throw new FormulaError(`Syntax error: unexpected character '${text[at]}'`, at);
  }
  tokens.push({ kind: 'end', text: 'end of formula', offset: text.length });
  return tokens;
}

function readText(text: string, start: number, quote: string): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] as string;
    if (char === quote) return { value, end: at + 1 };
    if (char === '\\') {
      at++;
      const escaped = text[at] ?? '';
      value += escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped === 'r' ? '\r' : escaped;
    } else value += char;
  }
  throw new FormulaError('Syntax error: the text literal has no end', start);
}

/**
 * Operators from the loosest to the tightest. That a power is looser than a product, and that NOT is an operator, is Salesforce's
 * own grammar (github.com/salesforce/formula-engine, Formula.g4).
 */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-', '&'],
  ['^'],
  ['*', '/'],
];

class FormulaParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): FormulaNode {
    const node = this.#level(0);
    if (this.#token.kind !== 'end') this.#unexpected();
    return node;
  }

  get #token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #unexpected(): never {
    throw new FormulaError(`Syntax error. Found '${this.#token.text}'`, this.#token.offset);
  }

  #take(symbol: string): boolean {
    if (this.#token.kind !== 'symbol' || this.#token.text !== symbol) return false;
    this.#at++;
    return true;
  }

  #level(level: number): FormulaNode {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#level(level + 1);
    while (this.#token.kind === 'symbol' && operators.includes(this.#token.text)) {
      const operator = this.#token.text;
      this.#at++;
      left = { kind: 'binary', operator, left, right: this.#level(level + 1) };
    }
    return left;
  }

  #unary(): FormulaNode {
    for (const operator of ['-', '+', '!'] as const) {
      if (this.#take(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    }
    if (this.#token.kind === 'name' && this.#token.text.toUpperCase() === 'NOT') {
      this.#at++;
      return { kind: 'unary', operator: '!', operand: this.#unary() };
    }
    return this.#primary();
  }

  #primary(): FormulaNode {
    const { kind, text, offset } = this.#token;
    if (this.#take('(')) {
      const inner = this.#level(0);
      if (!this.#take(')')) this.#unexpected();
      return inner;
    }
    if (kind === 'text') {
      this.#at++;
      return { kind: 'text', value: text };
    }
    if (kind === 'number') {
      this.#at++;
      return { kind: 'number', text };
    }
    if (kind !== 'name') this.#unexpected();
    this.#at++;
    if (this.#take('(')) return this.#call(text, offset);
    const upper = text.toUpperCase();
    if (upper === 'TRUE' || upper === 'FALSE') return { kind: 'boolean', value: upper === 'TRUE' };
    if (upper === 'NULL') return { kind: 'null' };
    return { kind: 'name', path: text.split('.'), offset };
  }

  #call(name: string, offset: number): FormulaNode {
    const args: FormulaNode[] = [];
    if (!this.#take(')')) {
      do args.push(this.#level(0));
      while (this.#take(','));
      if (!this.#take(')')) this.#unexpected();
    }
    return { kind: 'call', name: name.toUpperCase(), args, offset };
  }
}
