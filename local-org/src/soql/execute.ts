import { inOpenOrder, ordersAreShuffled } from '../values/anyOrder.ts';
import type { Row } from '../store/row.ts';
import { raise, unsupported } from '../values/exception.ts';
import { SObjectValue } from '../values/sobject.ts';
import { aggregateRows, sortedBy } from './aggregate.ts';
import { candidates } from './candidates.ts';
import type { Comparable } from './comparable.ts';
import type { QueryContext } from './context.ts';
import { predicate, rowSource } from './filter.ts';
import type { ConditionSource, Predicate } from './filter.ts';
import type { Condition, Operand, Plan } from './plan.ts';
import { projector } from './projection.ts';
import type { ChildRunner } from './projection.ts';
import { comparableReader } from './reader.ts';

/** What a query gives, and how many rows count against the limit. */
export interface QueryResult {
  readonly records: SObjectValue[];
  /** Of `SELECT COUNT()`: the number; else the number of records. */
  readonly count: number;
  readonly rowsUsed: number;
  /** Ids of the rows read, for FOR UPDATE. */
  readonly ids: readonly string[];
}

export interface ExecuteOptions {
  /** Rows of only this user, for USING SCOPE mine. */
  readonly userId: string;
  /** Makes the list of child rows. */
  readonly listOf: (object: string, rows: SObjectValue[]) => object;
}

/** Runs a plan. */
export function execute(plan: Plan, context: QueryContext, options: ExecuteOptions): QueryResult {
  return new Execution(plan, context, options).run();
}

class Execution {
  readonly #plan: Plan;
  readonly #context: QueryContext;
  readonly #options: ExecuteOptions;
  #childRows = 0;

  constructor(plan: Plan, context: QueryContext, options: ExecuteOptions) {
    this.#plan = plan;
    this.#context = context;
    this.#options = options;
  }

  run(): QueryResult {
    const plan = this.#plan;
    const limit = this.#amount(plan.limit);
    const offset = this.#amount(plan.offsetBy) ?? 0;
    const most = limit === null ? Infinity : limit + offset;
    // Without an order the first rows do; groups and counts need all.
    const anyFirst = plan.orderBy.length === 0 && plan.result === 'rows' && !ordersAreShuffled();
    const enough = anyFirst ? most : Infinity;
    const rows = this.#matching(plan, enough);
    if (plan.result === 'count') {
      const count = Math.min(Math.max(rows.length - offset, 0), limit ?? Infinity);
      return { records: [], count, rowsUsed: 1, ids: [] };
    }
    if (plan.result === 'aggregate') return this.#aggregate(rows, offset, most);
    const window = this.#ordered(plan, rows).slice(offset, most);
    const project = projector(plan.columns, this.#context, this.#children());
    const records = window.map((row) => project(row));
    const ids = plan.lock ? window.map((row) => row['Id'] as string) : [];
    return { records, count: records.length, rowsUsed: records.length + this.#childRows, ids };
  }

  #aggregate(rows: readonly Row[], offset: number, most: number): QueryResult {
    const object = this.#context.schema.object('AggregateResult');
    if (!object) throw new Error('the schema has no AggregateResult object');
    const { records, groups } = aggregateRows(this.#plan, rows, this.#context, object);
    const onlyCounts = this.#plan.outputs.every(({ value }) => value.kind !== 'aggregate' || value.name === 'count');
    const window = records.slice(offset, most);
    return { records: window, count: window.length, rowsUsed: onlyCounts ? groups : rows.length, ids: [] };
  }

  #matching(plan: Plan, enough: number): Row[] {
    const { store } = this.#context;
    if (plan.object.rowsNotBuilt) unsupported(`rows of ${plan.object.name}`);
    if (plan.object.bigObject) unsupported(`queries of the big object ${plan.object.name}`);
    const table = store.table(plan.object);
    const source = this.#source();
    const tests: Predicate<Row>[] = [];
    if (!plan.allRows && plan.object.fields.has('isdeleted')) tests.push((row) => row['IsDeleted'] !== true);
    const visible = this.#context.visible(plan.object);
    const where = plan.where ? predicate(plan.where, source) : null;
    if (where) tests.push(where);
    if (plan.scope === 'mine') tests.push((row) => row['OwnerId'] === this.#options.userId);
    // Sharing last: it costs most.
    if (visible) tests.push(visible);
    const found: Row[] = [];
    const slots = candidates(plan.where, table, source);
    scan: for (const row of slots ? slots.map((slot) => table.at(slot)) : table.slots) {
      if (row === null) continue;
      for (const test of tests) if (!test(row)) continue scan;
      found.push(row);
      if (found.length === enough) break;
    }
    return inOpenOrder(found);
  }

  #ordered(plan: Plan, rows: Row[]): Row[] {
    if (plan.orderBy.length === 0) return rows;
    const terms = plan.orderBy.map((term) => {
      if (term.value.kind === 'aggregate') throw new Error('rows are not ordered by aggregate functions');
      return { ...term, read: comparableReader(term.value, this.#context) };
    });
    return sortedBy(rows, terms);
  }

  #source(): ConditionSource<Row> {
    const known = new Map<Condition, ReadonlySet<Comparable | null>>();
    return rowSource(this.#context, (condition) => {
      let ids = known.get(condition);
      if (!ids) {
        const read = comparableReader(condition.column, this.#context);
        const limit = this.#amount(condition.plan.limit) ?? Infinity;
        const rows = this.#ordered(condition.plan, this.#matching(condition.plan, Infinity)).slice(0, limit);
        ids = new Set(rows.map(read).filter((id) => id !== null));
        known.set(condition, ids);
      }
      return ids;
    });
  }

  /** Child rows are found by the lookup's index and put under their parents. */
  #children(): ChildRunner {
    const runs = new Map<object, (parent: Row) => SObjectValue[]>();
    return (child, parent) => {
      let run = runs.get(child);
      if (!run) {
        run = this.#childRun(child.plan, child.relationship.field);
        runs.set(child, run);
      }
      const records = run(parent);
      this.#childRows += records.length;
      return this.#options.listOf(child.plan.object.name, records);
    };
  }

  #childRun(plan: Plan, lookup: string): (parent: Row) => SObjectValue[] {
    const table = this.#context.store.table(plan.object);
    const test = plan.where ? predicate(plan.where, this.#source()) : null;
    const visible = this.#context.visible(plan.object);
    const limit = this.#amount(plan.limit) ?? Infinity;
    const offset = this.#amount(plan.offsetBy) ?? 0;
    const project = projector(plan.columns, this.#context, this.#children());
    return (parent) => {
      const rows = table
        .find(lookup, parent['Id'])
        .filter((row) => row['IsDeleted'] !== true)
        .filter((row) => (!test || test(row)) && (!visible || visible(row)));
      return this.#ordered(plan, inOpenOrder(rows))
        .slice(offset, offset + limit)
        .map((row) => project(row));
    };
  }

  #amount(operand: Operand | null): number | null {
    if (operand === null) return null;
    if (operand.kind === 'constant') return operand.value as number;
    if (operand.kind === 'range') throw new Error('a range is no amount');
    const value = this.#context.bind(operand.node.name);
    if (value === null) return null;
    const amount = typeof value === 'bigint' ? Number(value) : value;
    if (typeof amount !== 'number' || amount < 0) {
      return raise('System.QueryException', `Invalid query locator or row limit: ${String(value)}`);
    }
    return amount;
  }
}
