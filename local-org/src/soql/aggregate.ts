import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { decAdd, decDivide, decFromInt, decFromLong, decFromDouble, ApexDecimal } from '../values/decimal.ts';
import { ApexDouble } from '../values/double.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { FieldValues } from '../values/sobject.ts';
import { categoryOf, comparable, compare, extreme } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import type { QueryContext } from './context.ts';
import { predicate } from './filter.ts';
import type { ConditionSource } from './filter.ts';
import { sideOf } from './operands.ts';
import { keyOf } from './planner.ts';
import type { AggregateValue, OrderBy, Plan, Value } from './plan.ts';
import { comparableReader, valueReader } from './reader.ts';
import { shownOfGroup } from './shown.ts';

/** Rows with the same values in what they are grouped by; subtotals have fewer. */
interface Group {
  /** Boxed values of the grouped expressions, null in those that a subtotal sums over. */
  readonly keys: readonly unknown[];
  /** Which of the expressions the group sums over. */
  readonly summed: readonly boolean[];
  readonly rows: Row[];
}

/** The rows of an aggregate query, before LIMIT. */
export function aggregateRows(
  plan: Plan,
  rows: readonly Row[],
  context: QueryContext,
  result: ObjectDescriptor,
): { records: SObjectValue[]; groups: number } {
  const calculator = new Calculator(plan, context);
  let groups = calculator.groups(rows);
  if (plan.having) {
    const test = predicate(plan.having, calculator.source());
    groups = groups.filter((group) => test(group));
  }
  const records = calculator.sorted(groups, plan.orderBy).map((group) => {
    const fields: FieldValues = {};
    for (const { alias, value, formatted } of plan.outputs) {
      const found = calculator.value(value, group);
      fields[alias] = formatted ? shownOfGroup(shapeOf(value), found) : found;
    }
    return new SObjectValue(result, fields, true);
  });
  return { records, groups: groups.length };
}

const WHOLE = { type: 'int', scale: 0 } as const;

/** What kind of number or date a value is. */
function shapeOf(value: Value): Pick<FieldDescriptor, 'type' | 'scale'> {
  if (value.kind === 'field') return value.field;
  if (value.kind === 'function' || value.argument === null || value.name.startsWith('count')) return WHOLE;
  return value.name === 'grouping' ? WHOLE : shapeOf(value.argument);
}

class Calculator {
  readonly #plan: Plan;
  readonly #context: QueryContext;
  readonly #keys: readonly string[];

  constructor(plan: Plan, context: QueryContext) {
    this.#plan = plan;
    this.#context = context;
    this.#keys = plan.groupBy.map(keyOf);
  }

  groups(rows: readonly Row[]): Group[] {
    const { groupBy, grouping } = this.#plan;
    const readers = groupBy.map((value) => ({
      boxed: valueReader(value, this.#context),
      key: comparableReader(value, this.#context),
    }));
    if (groupBy.length === 0) return [{ keys: [], summed: [], rows: [...rows] }];
    const all: Group[] = [];
    for (const summed of summations(groupBy.length, grouping)) {
      const found = new Map<string, Group>();
      for (const row of rows) {
        const key = readers.map((reader, index) => (summed[index] ? '' : textOf(reader.key(row)))).join('\u0000');
        let group = found.get(key);
        if (!group) {
          const keys = readers.map((reader, index) => (summed[index] ? null : reader.boxed(row)));
          group = { keys, summed, rows: [] };
          found.set(key, group);
        }
        group.rows.push(row);
      }
      all.push(...found.values());
    }
    return all;
  }

  value(value: Value, group: Group): unknown {
    if (value.kind !== 'aggregate') return group.keys[this.#keys.indexOf(keyOf(value))] ?? null;
    return this.#aggregate(value, group);
  }

  #aggregate(value: AggregateValue, group: Group): unknown {
    if (value.name === 'grouping') {
      const index = value.argument ? this.#keys.indexOf(keyOf(value.argument)) : -1;
      return group.summed[index] ? 1 : 0;
    }
    if (!value.argument) return group.rows.length;
    const read = valueReader(value.argument, this.#context);
    const values = group.rows.map(read).filter((item) => item !== null);
    const category = categoryOf(sideOf(value.argument).type);
    const key = (item: unknown) => comparable(category, item) as Comparable;
    switch (value.name) {
      case 'count':
        return values.length;
      case 'count_distinct':
        return new Set(values.map(key)).size;
      case 'sum':
        return values.length === 0 ? null : sumOf(values);
      case 'avg':
        return values.length === 0 ? null : averageOf(values);
      case 'min':
      case 'max':
        return extreme(values, key, value.name === 'min');
    }
  }

  /** Conditions of HAVING read groups. */
  source(): ConditionSource<Group> {
    return {
      context: this.#context,
      read: (value) => {
        const category = categoryOf(sideOf(value).type);
        return (group) => comparable(category, this.value(value, group)) ?? null;
      },
      text: (value) => (group) => this.value(value, group),
      selected: () => {
        throw new Error('the planner allows no semi-join in HAVING');
      },
    };
  }

  sorted(groups: readonly Group[], orderBy: readonly OrderBy[]): Group[] {
    const source = this.source();
    const terms = orderBy.map((term) => ({ ...term, read: source.read(term.value) }));
    return sortedBy(groups, terms);
  }
}

/** Which expressions each round of grouping sums over: none; for ROLLUP ever more from the right; for CUBE every set. */
function summations(count: number, grouping: Plan['grouping']): boolean[][] {
  const places = Array.from({ length: count }, (_, index) => index);
  if (grouping === 'plain') return [places.map(() => false)];
  if (grouping === 'rollup') return [...places, count].map((kept) => places.map((index) => index >= count - kept));
  return Array.from({ length: 2 ** count }, (_, bits) => places.map((index) => (bits & (1 << index)) !== 0));
}

function textOf(key: Comparable | null): string {
  return key === null ? 'n' : `${(typeof key)[0]}${String(key)}`;
}

function decimalOf(value: unknown): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  if (typeof value === 'number') return decFromInt(value);
  if (typeof value === 'bigint') return decFromLong(value);
  if (value instanceof ApexDouble) return decFromDouble(value.value);
  throw new Error('only numbers are added up');
}

function sumOf(values: readonly unknown[]): ApexDecimal {
  return values.map(decimalOf).reduce(decAdd);
}

const AVERAGE_SCALE = 15;

function averageOf(values: readonly unknown[]): ApexDecimal {
  const average = decDivide(sumOf(values), decFromInt(values.length), AVERAGE_SCALE, 'HALF_UP');
  return trimmed(average);
}

function trimmed(value: ApexDecimal): ApexDecimal {
  let { unscaled, scale } = value;
  while (scale > 0 && unscaled % 10n === 0n) {
    unscaled /= 10n;
    scale--;
  }
  return new ApexDecimal(unscaled, scale);
}

/** A term of ORDER BY with its reader. */
export interface SortTerm<T> {
  readonly read: (item: T) => Comparable | null;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

/** Sorts stably, reading each key once. */
export function sortedBy<T>(items: readonly T[], terms: readonly SortTerm<T>[]): T[] {
  const keyed = items.map((item) => ({ item, keys: terms.map((term) => term.read(item)) }));
  keyed.sort((a, b) => {
    for (const [index, term] of terms.entries()) {
      const left = a.keys[index] ?? null;
      const right = b.keys[index] ?? null;
      if (left === right) continue;
      if (left === null) return term.nullsLast ? 1 : -1;
      if (right === null) return term.nullsLast ? -1 : 1;
      const order = compare(left, right);
      if (order !== 0) return term.descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}
