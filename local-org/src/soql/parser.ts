import type { CallNode, OperandNode, OrderNode, PathNode, QueryNode, SelectItem, TypeofNode, WithNode } from './ast.ts';
import { ConditionParser } from './conditionParser.ts';
import { Cursor } from './cursor.ts';
import { QueryError } from './problem.ts';

/** Parses a query. @throws QueryError where it is not SOQL, in Salesforce's words. */
export function parseQuery(text: string): QueryNode {
  const cursor = new Cursor(text);
  const query = new QueryParser(cursor).query();
  if (cursor.token.kind !== 'end') cursor.unexpected();
  return query;
}

/** Words that end a list and can't be an alias. */
const RESERVED = new Set([
  ...['from', 'where', 'with', 'group', 'having', 'order', 'limit', 'offset', 'for', 'all', 'using', 'update', 'and'],
  ...[
    'or',
    'not',
    'like',
    'in',
    'includes',
    'excludes',
    'asc',
    'desc',
    'nulls',
    'select',
    'else',
    'end',
    'then',
    'when',
  ],
]);

const MODES = ['user_mode', 'system_mode', 'security_enforced'] as const;

export class QueryParser {
  readonly cursor: Cursor;
  readonly #conditions: ConditionParser;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
    this.#conditions = new ConditionParser(this);
  }

  query(): QueryNode {
    const offset = this.cursor.token.offset;
    this.cursor.expectWord('select');
    // Source of the text: beyond-the-cloud-dev/soql-lib, issue 260
    if (this.cursor.isWord('from')) this.cursor.unexpected(offset);
    const items = this.#list(() => this.#item());
    this.cursor.expectWord('from');
    const from = this.#from();
    const scope = this.cursor.takeWord('using') ? this.#scope() : null;
    const where = this.cursor.takeWord('where') ? this.#conditions.condition() : null;
    const withClause = this.cursor.isWord('with') ? this.#with() : null;
    const group = this.#groupBy();
    const having = this.cursor.takeWord('having') ? this.#conditions.condition() : null;
    const orderBy = this.#orderBy();
    const limit = this.cursor.takeWord('limit') ? this.#amount() : null;
    const offsetBy = this.cursor.takeWord('offset') ? this.#amount() : null;
    const forClauses = this.#forClauses();
    const allRows = this.cursor.takeWord('all', 'rows');
    if (this.cursor.isWord('update', 'tracking') || this.cursor.isWord('update', 'viewstat')) {
      throw new QueryError('local-org does not support UPDATE TRACKING and UPDATE VIEWSTAT', this.cursor.token.offset);
    }
    return {
      items,
      from,
      scope,
      where,
      with: withClause,
      ...group,
      having,
      orderBy,
      limit,
      offsetBy,
      forClauses,
      allRows,
      offset,
    };
  }

  #list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.cursor.takeSymbol(',')) items.push(item());
    return items;
  }

  #item(): SelectItem {
    if (this.cursor.isSymbol('(')) {
      this.cursor.next();
      const query = this.query();
      this.cursor.expectSymbol(')');
      return { kind: 'query', query };
    }
    if (this.cursor.isWord('typeof')) return this.#typeof();
    const value = this.operandPath();
    return { kind: 'field', value, alias: this.#alias() };
  }

  #alias(): string | null {
    const { kind, lower, text } = this.cursor.token;
    if (kind !== 'word' || RESERVED.has(lower) || text.includes('.')) return null;
    this.cursor.next();
    return text;
  }

  #typeof(): TypeofNode {
    this.cursor.expectWord('typeof');
    const relationship = this.path();
    const cases: { object: PathNode; fields: PathNode[] }[] = [];
    while (this.cursor.takeWord('when')) {
      const object = this.path(true);
      this.cursor.expectWord('then');
      cases.push({ object, fields: this.#list(() => this.path()) });
    }
    if (cases.length === 0) this.cursor.unexpected();
    const otherwise = this.cursor.takeWord('else') ? this.#list(() => this.path()) : [];
    this.cursor.expectWord('end');
    return { kind: 'typeof', relationship, cases, otherwise };
  }

  #from(): QueryNode['from'] {
    const path = this.path(true);
    this.cursor.takeWord('as');
    const alias = this.#alias();
    if (this.cursor.isSymbol(',')) {
      throw new QueryError(
        'local-org does not support several objects in FROM: use relationship paths',
        this.cursor.token.offset,
      );
    }
    return { path, alias };
  }

  #scope(): string {
    this.cursor.expectWord('scope');
    return this.path().names.join('.');
  }

  #with(): WithNode {
    const offset = this.cursor.next().offset;
    for (const kind of MODES) if (this.cursor.takeWord(kind)) return { kind, offset };
    if (this.cursor.isWord('data')) {
      throw new QueryError('local-org does not support WITH DATA CATEGORY', offset);
    }
    return this.cursor.unexpected();
  }

  #groupBy(): Pick<QueryNode, 'groupBy' | 'grouping'> {
    if (!this.cursor.takeWord('group', 'by')) return { groupBy: [], grouping: 'plain' };
    const word = this.cursor.token.lower;
    if ((word === 'rollup' || word === 'cube') && this.cursor.peek(1).text === '(') {
      this.cursor.next();
      this.cursor.next();
      const groupBy = this.#list(() => this.operandPath());
      this.cursor.expectSymbol(')');
      return { groupBy, grouping: word };
    }
    return { groupBy: this.#list(() => this.operandPath()), grouping: 'plain' };
  }

  #orderBy(): OrderNode[] {
    if (!this.cursor.takeWord('order', 'by')) return [];
    return this.#list(() => {
      const value = this.operandPath();
      const descending = this.cursor.takeWord('desc');
      if (!descending) this.cursor.takeWord('asc');
      let nullsLast: boolean | null = null;
      if (this.cursor.takeWord('nulls')) {
        nullsLast = this.cursor.takeWord('last');
        if (!nullsLast) this.cursor.expectWord('first');
      }
      return { value, descending, nullsLast };
    });
  }

  #amount(): OperandNode {
    const { kind, text, offset } = this.cursor.token;
    if (kind === 'bind') {
      this.cursor.next();
      return { kind: 'bind', name: text, offset };
    }
    if (kind !== 'number' || !/^\d+$/.test(text)) this.cursor.unexpected();
    this.cursor.next();
    return { kind: 'number', text, offset };
  }

  #forClauses(): QueryNode['forClauses'] {
    const clauses: ('update' | 'view' | 'reference')[] = [];
    while (this.cursor.takeWord('for')) {
      const word = this.cursor.token.lower;
      if (word !== 'update' && word !== 'view' && word !== 'reference') this.cursor.unexpected();
      this.cursor.next();
      clauses.push(word);
      this.cursor.takeSymbol(',');
    }
    return clauses;
  }

  /** A field path or a function of one. */
  operandPath(): PathNode | CallNode {
    if (this.cursor.peek(1).text === '(' && this.cursor.peek(1).kind === 'symbol') return this.call();
    return this.path();
  }

  /** @param any whether a reserved word is a name here: after FROM and WHEN, Group and Order are objects. */
  path(any = false): PathNode {
    const { kind, text, lower, offset } = this.cursor.token;
    if (kind !== 'word' || (!any && RESERVED.has(lower))) this.cursor.unexpected();
    this.cursor.next();
    return { kind: 'path', names: text.split('.'), offset };
  }

  call(): CallNode {
    const { kind, text, offset } = this.cursor.token;
    if (kind !== 'word') this.cursor.unexpected();
    this.cursor.next();
    this.cursor.expectSymbol('(');
    const args: CallNode['args'][number][] = [];
    if (text.toLowerCase() === 'fields' && this.cursor.isWord('all')) {
      const all = this.cursor.next();
      this.cursor.expectSymbol(')');
      return { kind: 'call', name: text, args: [{ kind: 'path', names: [all.text], offset: all.offset }], offset };
    }
    if (!this.cursor.isSymbol(')')) {
      args.push(
        ...this.#list(() => (this.cursor.token.kind === 'word' ? this.operandPath() : this.#conditions.operand())),
      );
    }
    this.cursor.expectSymbol(')');
    return { kind: 'call', name: text, args, offset };
  }
}
