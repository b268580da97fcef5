import { isQuery } from './ast.ts';
import type { ConditionNode, QueryNode } from './ast.ts';
import { QueryError } from './problem.ts';

const MOST_SEMI_JOINS = 2;

/** A query inside IN, and what stands around its condition. */
interface SemiJoin {
  readonly query: QueryNode;
  readonly offset: number;
  /** The operators around it, the outermost first. */
  readonly around: readonly ('and' | 'or' | 'not')[];
}

/**
 * Where WHERE may have queries inside IN. Source: SOQL and SOSL Reference, Comparison Operators, "Semi-Joins with IN and
 * Anti-Joins with NOT IN". unverified: the text about NOT
 *
 * @param isInner whether the query itself stands inside IN
 */
export function checkSemiJoins(query: QueryNode, isInner: boolean): void {
  const joins = query.where ? semiJoinsOf(query.where, []) : [];
  for (const [index, { around, offset }] of joins.entries()) {
    const fault = (message: string): never => {
      throw new QueryError(message, offset);
    };
    if (isInner) fault('Nesting of semi join sub-selects is not supported');
    if (around.includes('not')) fault("Semi join sub-selects are not allowed with the 'NOT' operator");
    if (around[0] === 'or') fault("Semi join sub-selects are not allowed with the 'OR' operator");
    if (around.includes('or')) {
      const message =
        'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.';
      fault(message);
    }
    if (index >= MOST_SEMI_JOINS) fault(`Maximum ${MOST_SEMI_JOINS} semi join sub-selects are allowed`);
  }
}

function semiJoinsOf(condition: ConditionNode, around: SemiJoin['around']): SemiJoin[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.terms.flatMap((term) => semiJoinsOf(term, [...around, condition.kind]));
    case 'not':
      return semiJoinsOf(condition.term, [...around, 'not']);
    case 'in':
      return isQuery(condition.right) ? [{ query: condition.right, offset: condition.offset, around }] : [];
    default:
      return [];
  }
}

/** Objects of which a query inside IN may not be. Source: as above. */
const NOT_INSIDE = new Set([
  ...['activityhistory', 'attachment', 'event', 'eventattendee', 'eventrelation'],
  ...['note', 'openactivity', 'tag', 'task'],
]);

/** What a query inside IN may not be or have. unverified: the text about ORDER BY and LIMIT */
export function checkInnerQuery(outer: string, query: QueryNode): void {
  const { path } = query.from;
  const inner = path.names.join('.');
  if (inner.toLowerCase() === outer.toLowerCase()) {
    throw new QueryError('The inner and outer selects should not be on the same object type', path.offset);
  }
  if (NOT_INSIDE.has(inner.toLowerCase())) {
    throw new QueryError(`Entity '${inner}' is not supported for semi join inner selects`, path.offset);
  }
  const clause =
    query.orderBy.length > 0
      ? 'ORDER'
      : query.limit
        ? 'LIMIT'
        : query.offsetBy
          ? 'OFFSET'
          : query.allRows
            ? 'ALL'
            : null;
  if (clause !== null) throw new QueryError(`unexpected token: '${clause}'`, query.offset);
}
