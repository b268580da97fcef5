import { AnySet } from '../values/anySet.ts';
import { raise } from '../values/exception.ts';
import { releaseId } from '../values/heldId.ts';
import { ApexList } from '../values/list.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { Row } from '../store/row.ts';
import type { CompareOperator } from './ast.ts';
import { categoryOf, comparable, compare, foldText } from './comparable.ts';
import type { Category, Comparable } from './comparable.ts';
import type { QueryContext } from './context.ts';
import { dayRange, instantRange } from './dateLiterals.ts';
import { patternOf } from './like.ts';
import type { LikePattern } from './like.ts';
import { sideOf } from './operands.ts';
import type { Condition, ListCondition, Operand, RowValue, Value } from './plan.ts';
import { comparableReader, valueReader } from './reader.ts';
import { dateIn, ApexDatetime } from '../values/datetime.ts';

export type Predicate<T> = (row: T) => boolean;
type Read<T> = (row: T) => Comparable | null;

/** How conditions read what they compare: of rows or of groups. */
export interface ConditionSource<T> {
  readonly read: (value: Value) => Read<T>;
  /** Multi-select text as stored, for INCLUDES. */
  readonly text: (value: Value) => (row: T) => unknown;
  /** Ids that a semi-join selects. */
  readonly selected: (condition: Extract<Condition, { kind: 'semi' }>) => ReadonlySet<Comparable | null>;
  readonly context: QueryContext;
}

/** Conditions on rows. @param selected runs the query of a semi-join. */
export function rowSource(context: QueryContext, selected: ConditionSource<Row>['selected']): ConditionSource<Row> {
  return {
    context,
    selected,
    read: (value) => comparableReader(value as RowValue, context),
    text: (value) => valueReader(value as RowValue, context),
  };
}

/** Compiles a condition for one execution: binds and date literals have their values then. */
export function predicate<T>(condition: Condition, source: ConditionSource<T>): Predicate<T> {
  switch (condition.kind) {
    case 'and': {
      const terms = condition.terms.map((term) => predicate(term, source));
      return (row) => terms.every((term) => term(row));
    }
    case 'or': {
      const terms = condition.terms.map((term) => predicate(term, source));
      return (row) => terms.some((term) => term(row));
    }
    case 'not': {
      const term = predicate(condition.term, source);
      return (row) => !term(row);
    }
    case 'compare':
      return comparison(condition, source);
    case 'in':
      return membership(condition, source);
    case 'includes':
      return inclusion(condition, source);
    case 'semi': {
      const ids = source.selected(condition);
      const read = source.read(condition.left);
      return condition.negated ? (row) => !ids.has(read(row)) : (row) => ids.has(read(row));
    }
  }
}

function comparison<T>(condition: Extract<Condition, { kind: 'compare' }>, source: ConditionSource<T>): Predicate<T> {
  const { operator, right } = condition;
  const category = categoryOf(sideOf(condition.left).type);
  const read = source.read(condition.left);
  if (right.kind === 'range') return rangeComparison(read, operator, rangeOf(right, category, source.context));
  if (operator === 'like') {
    const pattern = likeOf(right, source.context);
    return (row) => {
      const value = read(row);
      return typeof value === 'string' && pattern.test(value);
    };
  }
  const listed = listOfBind(right, operator, category, source.context);
  if (listed) return operator === '=' ? (row) => listed.has(read(row)) : (row) => !listed.has(read(row));
  return plainComparison(read, operator, constantOf(right, category, source.context));
}

/** `Id = :ids` with a collection is IN, `!=` is NOT IN; null where the operand is something else. */
export function listOfBind(
  operand: Operand,
  operator: CompareOperator,
  category: Category,
  context: QueryContext,
): Set<Comparable | null> | null {
  if (operand.kind !== 'bind' || (operator !== '=' && operator !== '!=')) return null;
  const bound = context.bind(operand.node.name);
  if (!(bound instanceof ApexList || bound instanceof AnySet)) return null;
  return new Set([...bound].map((item) => bindValue(item, category)));
}

function plainComparison<T>(read: Read<T>, operator: CompareOperator, right: Comparable | null): Predicate<T> {
  if (operator === '=') return (row) => read(row) === right;
  if (operator === '!=') return (row) => read(row) !== right;
  // Nothing is less or greater than blank.
  if (right === null) return () => false;
  const order = (row: T): number | null => {
    const value = read(row);
    return value === null ? null : compare(value, right);
  };
  const test = ORDER_TESTS[operator];
  return (row) => {
    const result = order(row);
    return result !== null && test(result);
  };
}

const ORDER_TESTS: Readonly<Record<string, (order: number) => boolean>> &
  Record<CompareOperator, (o: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  like: () => false,
};

interface Range {
  readonly start: number;
  readonly end: number;
}

function rangeOf(operand: Extract<Operand, { kind: 'range' }>, category: Category, context: QueryContext): Range {
  const today = dateIn(new ApexDatetime(context.now), context.zone).days;
  const range = dayRange(operand.name, operand.n, today);
  if (!range) throw new Error(`${operand.name} is no date literal`);
  return category === 'datetime' ? instantRange(range, context.zone) : range;
}

function rangeComparison<T>(read: Read<T>, operator: CompareOperator, { start, end }: Range): Predicate<T> {
  const at = (test: (value: number) => boolean): Predicate<T> => {
    return (row) => {
      const value = read(row);
      return typeof value === 'number' && test(value);
    };
  };
  switch (operator) {
    case '=':
      return at((value) => value >= start && value < end);
    case '!=': {
      const within = at((value) => value >= start && value < end);
      return (row) => !within(row);
    }
    case '<':
      return at((value) => value < start);
    case '<=':
      return at((value) => value < end);
    case '>':
      return at((value) => value >= end);
    case '>=':
      return at((value) => value >= start);
    case 'like':
      return () => false;
  }
}

/** The comparable value of an operand; of a bind its value now. */
export function constantOf(operand: Operand, category: Category, context: QueryContext): Comparable | null {
  if (operand.kind === 'constant') return operand.value as Comparable | null;
  if (operand.kind === 'range') throw new Error('a range is no constant');
  return bindValue(context.bind(operand.node.name), category);
}

function bindValue(bound: unknown, category: Category): Comparable | null {
  const value = bound instanceof SObjectValue ? bound.id : bound;
  const result = comparable(category, value);
  if (result !== undefined) return result;
  if (category === 'id') return raise('System.QueryException', `Invalid ID value: ${String(value)}`);
  return raise('System.QueryException', `Invalid bind expression type for column of type ${category}`);
}

function likeOf(operand: Operand, context: QueryContext): LikePattern {
  if (operand.kind === 'constant' && operand.value !== null) return operand.value as LikePattern;
  const value = operand.kind === 'bind' ? releaseId(context.bind(operand.node.name)) : null;
  if (value instanceof ApexList || value instanceof AnySet) {
    const patterns = [...value]
      .map(releaseId)
      .filter((item) => typeof item === 'string')
      .map(patternOf);
    return { test: (text) => patterns.some((pattern) => pattern.test(text)) };
  }
  return typeof value === 'string' ? patternOf(value) : { test: () => false };
}

/** Values of an IN in comparable form. */
export function valuesOf(
  condition: ListCondition<'in'> | ListCondition<'includes'>,
  category: Category,
  context: QueryContext,
): Set<Comparable | null> {
  const values = new Set<Comparable | null>();
  if (!condition.bind) {
    for (const operand of condition.right) {
      if (operand.kind !== 'range') values.add(constantOf(operand, category, context));
    }
    return values;
  }
  const bound = context.bind(condition.bind.name);
  if (bound === null) return values;
  if (bound instanceof ApexList || bound instanceof AnySet) {
    for (const item of bound) values.add(bindValue(item, category));
    return values;
  }
  values.add(bindValue(bound, category));
  return values;
}

function membership<T>(condition: ListCondition<'in'>, source: ConditionSource<T>): Predicate<T> {
  const category = categoryOf(sideOf(condition.left).type);
  const read = source.read(condition.left);
  const values = valuesOf(condition, category, source.context);
  const ranges = condition.right
    .filter((operand) => operand.kind === 'range')
    .map((operand) => rangeComparison(read, '=', rangeOf(operand, category, source.context)));
  const within: Predicate<T> =
    ranges.length === 0 ? (row) => values.has(read(row)) : (row) => values.has(read(row)) || ranges.some((r) => r(row));
  return condition.negated ? (row) => !within(row) : within;
}

/** `INCLUDES ('a;b', 'c')`: a and b are selected, or c is. */
function inclusion<T>(condition: ListCondition<'includes'>, source: ConditionSource<T>): Predicate<T> {
  const read = source.text(condition.left);
  const wanted = [...valuesOf(condition, 'text', source.context)].map((value) =>
    typeof value === 'string' ? value.split(';').map((part) => part.trim()) : null,
  );
  const within: Predicate<T> = (row) => {
    const text = read(row);
    if (typeof text !== 'string') return wanted.includes(null);
    const selected = new Set(foldText(text).split(';'));
    return wanted.some((all) => all !== null && all.every((part) => selected.has(part)));
  };
  return condition.negated ? (row) => !within(row) : within;
}
