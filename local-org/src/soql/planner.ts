import type { FieldDescriptor, ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import type { CallNode, OperandNode, OrderNode, PathNode, QueryNode } from './ast.ts';
import { ColumnsPlanner, unwrapped } from './columnsPlanner.ts';
import { ConditionPlanner } from './conditionPlanner.ts';
import { measureOf } from './distance.ts';
import { isDateFunction, needsDatetime } from './dateFunctions.ts';
import type {
  AggregateValue,
  BindUse,
  FunctionValue,
  Operand,
  Output,
  OrderBy,
  Plan,
  RowValue,
  ShownStep,
  Usage,
  Value,
} from './plan.ts';
import { noSuchObject, noSuchRelationship, QueryError } from './problem.ts';
import { checkInnerQuery, checkSemiJoins } from './semiJoins.ts';
import { checkGroupable, checkSortable, Resolver } from './resolve.ts';

const AGGREGATES = new Set(['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'grouping']);

/** Types of the fields that FORMAT takes. */
const FORMATTED = new Set(['int', 'long', 'double', 'percent', 'currency', 'date', 'datetime', 'time']);

/** Collects what a query and its subqueries use. */
export interface PlanContext {
  readonly schema: Schema;
  readonly usages: Usage[];
  readonly binds: BindUse[];
}

/** Checks a query against a schema. @throws QueryError where Salesforce would refuse it. */
export function planQuery(schema: Schema, query: QueryNode): Plan {
  const context: PlanContext = { schema, usages: [], binds: [] };
  const [name = ''] = query.from.path.names;
  const object = schema.object(query.from.path.names.join('.'));
  if (!object?.queryable) throw noSuchObject(name, query.from.path.offset);
  return new QueryPlanner(context, query, object).plan(true);
}

export class QueryPlanner {
  readonly context: PlanContext;
  readonly query: QueryNode;
  readonly object: ObjectDescriptor;
  readonly resolver: Resolver;
  readonly #isInner: boolean;

  /** @param isInner whether it stands inside IN */
  constructor(context: PlanContext, query: QueryNode, object: ObjectDescriptor, isInner = false) {
    this.context = context;
    this.query = query;
    this.object = object;
    this.#isInner = isInner;
    this.resolver = new Resolver(context.schema, object, query.from.alias);
  }

  plan(top: boolean): Plan {
    const { query } = this;
    const result = this.#resultKind();
    if (!top && result !== 'rows')
      throw new QueryError('only root queries support aggregate expressions', query.offset);
    checkSemiJoins(query, this.#isInner);
    this.#checkOverall(result);
    const conditions = new ConditionPlanner(this);
    const where = query.where ? conditions.plan(query.where, false) : null;
    const groupBy = query.groupBy.map((node) => this.#groupValue(node));
    const outputs = result === 'aggregate' ? this.#outputs(groupBy) : [];
    const columns = new ColumnsPlanner(this).columns(result === 'rows' ? query.items : []);
    if (query.having && result !== 'aggregate') {
      throw new QueryError('HAVING clause is only allowed with a GROUP BY clause', query.offset);
    }
    const having = query.having ? conditions.plan(query.having, true) : null;
    const orderBy = query.orderBy.map((node) => this.#order(node, result, groupBy));
    if (result !== 'rows' && query.forClauses.includes('update')) {
      throw new QueryError('FOR UPDATE is not allowed with aggregate functions', query.offset);
    }
    if (!top && query.forClauses.includes('update')) {
      throw new QueryError('FOR UPDATE is not allowed in a subquery', query.offset);
    }
    if (query.orderBy.length > 0 && query.forClauses.includes('update')) {
      throw new QueryError("You can't use the ORDER BY keyword in any SOQL query that uses locking", query.offset);
    }
    return {
      object: this.object,
      result,
      columns,
      outputs,
      groupBy,
      grouping: query.grouping,
      where,
      having,
      orderBy,
      limit: this.#amount(query.limit, 'limit'),
      offsetBy: this.#amount(query.offsetBy, 'offset'),
      lock: query.forClauses.includes('update'),
      allRows: query.allRows,
      scope: this.#scope(),
      mode: this.#mode(),
      usages: this.context.usages,
      binds: this.context.binds,
    };
  }

  #resultKind(): Plan['result'] {
    const { items, groupBy } = this.query;
    const [only] = items;
    const call = only?.kind === 'field' && only.value.kind === 'call' ? only.value : null;
    if (items.length === 1 && call && isCountOfRows(call)) return 'count';
    const aggregates = items.some((item) => {
      const inner = item.kind === 'field' && item.value.kind === 'call' ? unwrapped(item.value).argument : undefined;
      return inner?.kind === 'call' && AGGREGATES.has(inner.name.toLowerCase());
    });
    return aggregates || groupBy.length > 0 ? 'aggregate' : 'rows';
  }

  /** Without groups there is one row, which no LIMIT cuts. COUNT() stands alone (unverified: the text). */
  #checkOverall(result: Plan['result']): void {
    const { items, groupBy, limit, offset } = this.query;
    if (result !== 'aggregate') return;
    for (const item of items) {
      if (item.kind === 'field' && item.value.kind === 'call' && isCountOfRows(item.value)) {
        throw new QueryError('COUNT() must be the only element in the SELECT list', item.value.offset);
      }
    }
    if (groupBy.length === 0 && limit) {
      throw new QueryError('Non-grouped query that uses overall aggregate functions cannot also use LIMIT', offset);
    }
  }

  /** A field, a date function or, where allowed, an aggregate function. */
  value(node: PathNode | CallNode, aggregates: boolean, clause: Usage['clause']): Value {
    if (node.kind === 'path') {
      const value = this.resolver.field(node);
      this.use(value, clause);
      return value;
    }
    const name = node.name.toLowerCase();
    if (AGGREGATES.has(name)) {
      if (!aggregates) throw new QueryError(`Aggregate functions are not allowed here: ${node.name}`, node.offset);
      return this.#aggregate(node, name as AggregateValue['name'], clause);
    }
    if (name === 'distance') return this.distance(node, clause);
    if (name === 'tolabel') return this.#label(node, clause);
    return this.#dateFunction(node, clause);
  }

  /** DISTANCE of a location or address. */
  distance(node: CallNode, clause: Usage['clause']): FunctionValue {
    const [place] = node.args;
    if (place?.kind !== 'path') throw new QueryError(`unexpected token: '${node.name}'`, node.offset);
    const measure = measureOf(node, (name, offset) =>
      this.context.binds.push({ name, apexType: 'Double', collection: false, offset }),
    );
    const argument = this.resolver.field(place);
    this.use(argument, clause);
    if (argument.field.type !== 'location' && argument.field.type !== 'address') {
      // unverified: the text
      throw new QueryError(`DISTANCE needs a location field: ${argument.field.name}`, node.offset, 'INVALID_FIELD');
    }
    return { kind: 'function', name: 'distance', argument, convert: false, measure, offset: node.offset };
  }

  /** `WHERE toLabel(Status) = 'Draft'`. Source: SOQL and SOSL Reference, toLabel(). */
  #label(node: CallNode, clause: Usage['clause']): FunctionValue {
    const [path] = node.args;
    if (node.args.length !== 1 || path?.kind !== 'path') {
      throw new QueryError(`unexpected token: '${node.name}'`, node.offset);
    }
    const argument = this.resolver.field(path);
    this.use(argument, clause);
    return { kind: 'function', name: 'tolabel', argument, convert: false, offset: node.offset };
  }

  /** What only filters have, and DISTANCE in ORDER BY too. */
  #checkPlainFunction(value: Value, allowed: readonly string[] = []): void {
    if (value.kind !== 'function' || allowed.includes(value.name) || isDateFunction(value.name)) return;
    throw new QueryError(`local-org does not support the function ${value.name} here`, value.offset);
  }

  #aggregate(node: CallNode, name: AggregateValue['name'], clause: Usage['clause']): AggregateValue {
    const [argument, ...more] = node.args;
    if (argument === undefined && name === 'count')
      return { kind: 'aggregate', name, argument: null, offset: node.offset };
    if (argument === undefined || more.length > 0 || (argument.kind !== 'path' && argument.kind !== 'call')) {
      throw new QueryError(`unexpected token: '${node.name}'`, node.offset);
    }
    const value = this.value(argument, false, clause);
    this.#checkPlainFunction(value);
    if (value.kind === 'aggregate') throw new QueryError(`unexpected token: '${node.name}'`, node.offset);
    if (value.kind === 'field') checkAggregate(value.field.type, value.field.aggregatable, name, node);
    if (value.kind === 'field' && value.field.type === 'currency' && !name.startsWith('count')) {
      // Their results are in the corporate currency.
      const isOne = this.resolver.schema.object('CurrencyType') === null;
      if (!isOne) throw new QueryError(`${node.name} of amounts in several currencies is not built`, node.offset);
    }
    return { kind: 'aggregate', name, argument: value, offset: node.offset };
  }

  #dateFunction(node: CallNode, clause: Usage['clause']): RowValue {
    const name = node.name.toLowerCase();
    if (!isDateFunction(name)) {
      throw new QueryError(`local-org does not support the function ${node.name}`, node.offset);
    }
    let [argument] = node.args;
    let convert = false;
    if (argument?.kind === 'call' && argument.name.toLowerCase() === 'converttimezone') {
      convert = true;
      [argument] = argument.args;
    }
    if (node.args.length !== 1 || argument?.kind !== 'path') {
      throw new QueryError(`unexpected token: '${node.name}'`, node.offset);
    }
    const value = this.resolver.field(argument);
    this.use(value, clause);
    const { type } = value.field;
    if (type !== 'datetime' && (type !== 'date' || needsDatetime(name))) {
      throw new QueryError(`The function ${node.name} can't be used with the field ${value.field.name}`, node.offset);
    }
    return { kind: 'function', name, argument: value, convert, offset: node.offset };
  }

  /** Notes that fields are read: the last one and the lookups on the way. */
  use(value: RowValue, clause: Usage['clause']): void {
    const field = value.kind === 'field' ? value : value.argument;
    let object = this.object;
    for (const step of field.lookups) {
      this.context.usages.push({ object, field: step.field, clause });
      object = step.targets.length === 1 ? (step.targets[0] ?? object) : field.object;
    }
    this.context.usages.push({ object: field.object, field: field.field, clause });
  }

  #groupValue(node: PathNode | CallNode): RowValue {
    const value = this.value(node, false, 'select');
    if (value.kind === 'aggregate') throw new QueryError(`unexpected token: '${value.name}'`, node.offset);
    this.#checkPlainFunction(value);
    if (value.kind === 'field') checkGroupable(value);
    return value;
  }

  #outputs(groupBy: readonly RowValue[]): Output[] {
    let unnamed = 0;
    const names = new Set<string>();
    return this.query.items.map((item) => {
      if (item.kind !== 'field')
        throw new QueryError('Field must be grouped or aggregated: subquery', this.query.offset);
      const { formatted, value } = this.#output(item.value);
      if (value.kind !== 'aggregate') this.#checkGrouped(value, groupBy);
      const alias = item.alias ?? (value.kind === 'field' ? value.field.name : `expr${unnamed++}`);
      if (names.has(alias.toLowerCase())) throw new QueryError(`duplicate alias: ${alias}`, item.value.offset);
      names.add(alias.toLowerCase());
      return { alias, value, formatted };
    });
  }

  /** One column of an aggregate query, with or without FORMAT around it. */
  #output(node: PathNode | CallNode): Omit<Output, 'alias'> {
    const { steps, argument } = node.kind === 'call' ? unwrapped(node) : { steps: [], argument: node };
    const isShown = node.kind === 'call' && steps.length > 0;
    if (!isShown) return { value: this.value(node, true, 'select'), formatted: false };
    if (steps.join() !== 'format' || (argument?.kind !== 'path' && argument?.kind !== 'call')) {
      throw new QueryError(`local-org does not support ${node.name} in a query with groups`, node.offset);
    }
    const value = this.value(argument, true, 'select');
    if (value.kind === 'field') this.checkShown(node, steps, value.field);
    return { value, formatted: true };
  }

  /** Which fields FORMAT and the like take. unverified: the texts. */
  checkShown(call: CallNode, steps: readonly ShownStep[], field: FieldDescriptor): void {
    const fault = (what: string): never => {
      throw new QueryError(`${call.name}() ${what}: ${field.name}`, call.offset, 'INVALID_FIELD');
    };
    if (steps.includes('currency')) {
      if (field.type !== 'currency') fault('can only be used with currency fields');
      if (!this.context.schema.object('CurrencyType')) fault('needs an organization with several currencies');
    } else if (steps.includes('format') && !FORMATTED.has(field.type)) {
      fault('can only be used with number, date, time and currency fields');
    }
  }

  #checkGrouped(value: RowValue, groupBy: readonly RowValue[], what = 'Field'): void {
    const key = keyOf(value);
    if (groupBy.some((grouped) => keyOf(grouped) === key)) return;
    const name = value.kind === 'field' ? value.field.name : value.name;
    throw new QueryError(`${what} must be grouped or aggregated: ${name}`, value.offset);
  }

  #order(node: OrderNode, result: Plan['result'], groupBy: readonly RowValue[]): OrderBy {
    const value = this.value(node.value, result === 'aggregate', 'filter');
    this.#checkPlainFunction(value, ['distance']);
    if (value.kind === 'field') checkSortable(value);
    if (result === 'aggregate' && value.kind !== 'aggregate') this.#checkGrouped(value, groupBy, 'Ordered field');
    return { value, descending: node.descending, nullsLast: node.nullsLast ?? false };
  }

  #amount(node: OperandNode | null, what: 'limit' | 'offset'): Operand | null {
    if (node === null) return null;
    if (node.kind === 'bind') {
      this.context.binds.push({ name: node.name, apexType: 'Integer', collection: false, offset: node.offset });
      return { kind: 'bind', node };
    }
    if (node.kind !== 'number') throw new QueryError(`unexpected token: '${what}'`, node.offset);
    const value = Number(node.text);
    if (what === 'offset' && value > 2000) {
      throw new QueryError(`Maximum SOQL offset allowed is 2000`, node.offset, 'MALFORMED_QUERY');
    }
    return { kind: 'constant', value };
  }

  #scope(): Plan['scope'] {
    const scope = this.query.scope?.toLowerCase() ?? 'everything';
    if (scope === 'everything' || scope === 'mine') return scope;
    throw new QueryError(`local-org does not support USING SCOPE ${this.query.scope}`, this.query.offset);
  }

  #mode(): Plan['mode'] {
    const kind = this.query.with?.kind;
    return kind === 'user_mode' ? 'user' : kind === 'system_mode' ? 'system' : kind ? 'enforced' : null;
  }

  /** The plan of `(SELECT … FROM Contacts)`. */
  childPlan(query: QueryNode): {
    relationship: NonNullable<ReturnType<ObjectDescriptor['children']['get']>>;
    plan: Plan;
  } {
    const path = query.from.path;
    const name = path.names.at(-1) ?? '';
    const relationship = this.object.children.get(name.toLowerCase());
    const child = relationship ? this.context.schema.object(relationship.object) : null;
    if (!relationship || !child) throw noSuchRelationship(name, 'FROM part of query call', path.offset);
    return { relationship, plan: new QueryPlanner(this.context, query, child).plan(false) };
  }

  /** The plan of a query inside IN. */
  innerPlan(query: QueryNode): Plan {
    const name = query.from.path.names.join('.');
    const object = this.context.schema.object(name);
    if (!object?.queryable) throw noSuchObject(name, query.from.path.offset);
    checkInnerQuery(this.object.name, query);
    return new QueryPlanner(this.context, query, object, true).plan(false);
  }
}

function isCountOfRows({ name, args }: CallNode): boolean {
  return name.toLowerCase() === 'count' && args.length === 0;
}

/** Two values with the same key read the same. */
export function keyOf(value: RowValue): string {
  const field = value.kind === 'field' ? value : value.argument;
  const path = [...field.lookups.map((step) => step.field.name), field.field.name].join('.');
  return value.kind === 'field' ? path : `${value.name}(${path},${value.convert})`;
}

function checkAggregate(type: string, aggregatable: boolean, name: string, node: CallNode): void {
  const numeric = ['int', 'long', 'double', 'currency', 'percent'].includes(type);
  const countable = aggregatable || name === 'count' || name === 'count_distinct';
  if (!countable || ((name === 'sum' || name === 'avg') && !numeric)) {
    const argument = node.args[0];
    const field = argument?.kind === 'path' ? argument.names.join('.') : '';
    throw new QueryError(
      `field ${field} does not support aggregate operator ${name.toUpperCase()}`,
      node.offset,
      'INVALID_FIELD',
    );
  }
}
