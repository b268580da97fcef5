import type { BindNode, CompareOperator, ConditionNode, OperandNode, QueryNode } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { QueryParser } from './parser.ts';

const COMPARE: Readonly<Record<string, CompareOperator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** Parses WHERE and HAVING. */
export class ConditionParser {
  readonly #queries: QueryParser;
  readonly #cursor: Cursor;

  constructor(queries: QueryParser) {
    this.#queries = queries;
    this.#cursor = queries.cursor;
  }

  /**
   * SOQL mixes AND, OR and NOT only with parentheses: after the first, another is an unexpected token. Source: SOQL and SOSL
   * Reference, conditionExpression; jetstreamapp/soql-parser-js, issue 201, for NOT after AND.
   */
  condition(): ConditionNode {
    if (this.#cursor.takeWord('not')) {
      const term = this.#term();
      if (this.#cursor.isWord('and') || this.#cursor.isWord('or')) this.#cursor.unexpected();
      return { kind: 'not', term };
    }
    const first = this.#term();
    const terms = [first];
    const kind = this.#cursor.isWord('and') ? 'and' : this.#cursor.isWord('or') ? 'or' : null;
    if (kind === null) return first;
    while (this.#cursor.takeWord(kind)) terms.push(this.#term());
    if (this.#cursor.isWord(kind === 'and' ? 'or' : 'and')) this.#cursor.unexpected();
    return { kind, terms };
  }

  #term(): ConditionNode {
    if (this.#cursor.isWord('not')) this.#cursor.unexpected();
    if (this.#cursor.takeSymbol('(')) {
      const inner = this.condition();
      this.#cursor.expectSymbol(')');
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): ConditionNode {
    const left = this.#queries.operandPath();
    const { kind, text, lower, offset } = this.#cursor.token;
    const operator = kind === 'symbol' ? COMPARE[text] : undefined;
    if (operator) {
      this.#cursor.next();
      return { kind: 'compare', left, operator, right: this.operand(), offset };
    }
    if (kind !== 'word') this.#cursor.unexpected();
    if (lower === 'like') {
      this.#cursor.next();
      return { kind: 'compare', left, operator: 'like', right: this.operand(), offset };
    }
    if (lower === 'includes' || lower === 'excludes') {
      this.#cursor.next();
      return { kind: 'includes', left, negated: lower === 'excludes', right: this.#values(false), offset };
    }
    // The name before what is no operator is told, too. Source: octoberswimmer/aer-dist, issue 81
    if (lower !== 'not' && lower !== 'in') this.#cursor.unexpected(left.offset);
    const negated = this.#cursor.takeWord('not');
    this.#cursor.expectWord('in');
    return { kind: 'in', left, negated, right: this.#values(true), offset };
  }

  #values(queries: boolean): readonly OperandNode[] | BindNode | QueryNode {
    const { kind, text, offset } = this.#cursor.token;
    if (kind === 'bind') {
      this.#cursor.next();
      return { kind: 'bind', name: text, offset };
    }
    this.#cursor.expectSymbol('(');
    if (queries && this.#cursor.isWord('select')) {
      const query = this.#queries.query();
      this.#cursor.expectSymbol(')');
      return query;
    }
    const values = [this.operand()];
    while (this.#cursor.takeSymbol(',')) values.push(this.operand());
    this.#cursor.expectSymbol(')');
    return values;
  }

  /** A literal or a bind. */
  operand(): OperandNode {
    const { kind, text, lower, offset } = this.#cursor.token;
    if (kind === 'end' || kind === 'symbol') this.#cursor.unexpected();
    this.#cursor.next();
    switch (kind) {
      case 'bind':
        return { kind, name: text, offset };
      case 'string':
        return { kind, value: text, offset };
      case 'number':
      case 'date':
      case 'datetime':
        return { kind, text, offset };
      case 'word':
        break;
    }
    if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true', offset };
    if (lower === 'null') return { kind: 'null', offset };
    if (!this.#cursor.takeSymbol(':')) return { kind: 'dateLiteral', name: lower, n: null, offset };
    const number = this.#cursor.token;
    if (number.kind !== 'number' || !/^\d+$/.test(number.text)) this.#cursor.unexpected();
    this.#cursor.next();
    return { kind: 'dateLiteral', name: lower, n: Number(number.text), offset };
  }
}
