import { isQuery } from './ast.ts';
import type { BindNode, CallNode, ConditionNode, PathNode, QueryNode } from './ast.ts';
import { categoryOf } from './comparable.ts';
import { operandOf, sideOf } from './operands.ts';
import type { Side } from './operands.ts';
import type { Condition, FieldValue, ListCondition, Plan, Value } from './plan.ts';
import type { QueryPlanner } from './planner.ts';
import { QueryError } from './problem.ts';
import { checkFilterable } from './resolve.ts';

/** Checks WHERE and HAVING. */
export class ConditionPlanner {
  readonly #planner: QueryPlanner;

  constructor(planner: QueryPlanner) {
    this.#planner = planner;
  }

  /** @param having aggregate functions are allowed. */
  plan(node: ConditionNode, having: boolean): Condition {
    switch (node.kind) {
      case 'and':
      case 'or':
        return { kind: node.kind, terms: node.terms.map((term) => this.plan(term, having)) };
      case 'not':
        return { kind: 'not', term: this.plan(node.term, having) };
      case 'compare': {
        const left = this.#left(node.left, having);
        const side = sideOf(left);
        if (left.kind === 'function' && left.measure && node.operator !== '<' && node.operator !== '>') {
          // SOQL and SOSL Reference, Location-Based SOQL Queries. unverified: the text
          throw new QueryError(
            'DISTANCE supports the operators < and > only',
            node.offset,
            'INVALID_QUERY_FILTER_OPERATOR',
          );
        }
        this.#checkOperator(side, node.operator, node.offset);
        this.#bind(node.right.kind === 'bind' ? node.right : null, side, false);
        return { kind: 'compare', left, operator: node.operator, right: operandOf(node.right, side, node.operator) };
      }
      case 'in':
      case 'includes':
        return this.#in(node, having);
    }
  }

  #left(node: PathNode | CallNode, having: boolean): Value {
    const value = this.#planner.value(node, having, 'filter');
    if (value.kind === 'field') checkFilterable(value);
    // A place is compared by how far it is, never by itself.
    if (value.kind === 'function' && !value.measure) checkFilterable(value.argument);
    return value;
  }

  #in(node: Extract<ConditionNode, { kind: 'in' | 'includes' }>, having: boolean): Condition {
    const left = this.#left(node.left, having);
    if (left.kind === 'function' && left.measure) {
      throw new QueryError(
        'DISTANCE supports the operators < and > only',
        node.offset,
        'INVALID_QUERY_FILTER_OPERATOR',
      );
    }
    const side = sideOf(left);
    // Multi-select picklists know = and IN on the whole text too.
    if (node.kind === 'includes' && side.type !== 'multipicklist') {
      const message = 'includes or excludes operator only valid on multipicklist field';
      throw new QueryError(message, node.offset, 'INVALID_QUERY_FILTER_OPERATOR');
    }
    if (isQuery(node.right)) return this.#semi(left, node.negated, node.right, node.offset);
    if ('kind' in node.right) {
      this.#bind(node.right, side, true);
      return listCondition(node.kind, { left, negated: node.negated, right: [], bind: node.right });
    }
    const right = node.right.map((operand) => {
      this.#bind(operand.kind === 'bind' ? operand : null, side, false);
      return operandOf(operand, side, '=');
    });
    return listCondition(node.kind, { left, negated: node.negated, right, bind: null });
  }

  #semi(left: Value, negated: boolean, query: QueryNode, offset: number): Condition {
    if (left.kind === 'aggregate') throw new QueryError('Semi join sub-selects are not allowed in HAVING', offset);
    const plan = this.#planner.innerPlan(query);
    const column = selectedColumn(plan, query);
    if (left.kind === 'field') checkJoin(left.field, column, offset, this.#planner.object.name);
    return { kind: 'semi', left, negated, plan, column };
  }

  #bind(bind: BindNode | null, side: Side, collection: boolean): void {
    if (!bind) return;
    this.#planner.context.binds.push({ name: bind.name, apexType: side.apexType, collection, offset: bind.offset });
  }

  #checkOperator(side: Side, operator: string, offset: number): void {
    const ordering = operator !== '=' && operator !== '!=' && operator !== 'like';
    const isText = categoryOf(side.type) === 'text';
    const isUnordered = ordering && (side.type === 'boolean' || side.type === 'multipicklist');
    if (isUnordered || (operator === 'like' && !isText)) {
      throw new QueryError(`invalid operator on ${side.type} field`, offset, 'INVALID_QUERY_FILTER_OPERATOR');
    }
  }
}

function listCondition(kind: 'in' | 'includes', rest: Omit<ListCondition<'in'>, 'kind'>): Condition {
  return kind === 'in' ? { kind, ...rest } : { kind, ...rest };
}

function selectedColumn(plan: Plan, query: QueryNode): FieldValue {
  const [item] = query.items;
  if (query.items.length !== 1 || item?.kind !== 'field' || plan.result !== 'rows') {
    throw new QueryError('Inner select in a semi join must have exactly one column', query.offset);
  }
  const usage = plan.columns;
  const [field] = usage.fields;
  const [parent] = usage.parents;
  if (parent) {
    const [inner] = parent.columns.fields;
    if (inner) {
      return {
        kind: 'field',
        lookups: [parent.step],
        object: parent.columns.object,
        field: inner,
        offset: item.value.offset,
      };
    }
  }
  if (!field) throw new QueryError('Inner select in a semi join must have exactly one column', query.offset);
  return { kind: 'field', lookups: [], object: plan.object, field, offset: item.value.offset };
}

function checkJoin(
  left: { name: string; type: string; referenceTo: readonly string[] },
  column: FieldValue,
  offset: number,
  object: string,
): void {
  const right = column.field;
  const wrong =
    right.type !== 'id' && right.type !== 'reference'
      ? `semi join sub selects can only query id fields, cannot use: '${right.name}'`
      : left.type !== 'id' && left.type !== 'reference'
        ? `The left operand field in the where expression for outer query should be an id field, cannot use: '${left.name}'`
        : null;
  if (wrong) throw new QueryError(wrong, offset, 'INVALID_QUERY_FILTER_OPERATOR');
  const outer = left.type === 'id' ? [object] : left.referenceTo;
  const inner = right.type === 'id' ? [column.object.name] : right.referenceTo;
  if (!outer.some((name) => inner.includes(name))) {
    throw new QueryError(
      `The selected field '${right.name}' in the subquery and the left operand field in the where expression in the ` +
        `outer query '${left.name}' should point to the same object type`,
      offset,
      'INVALID_QUERY_FILTER_OPERATOR',
    );
  }
}
