import type { Row } from '../store/row.ts';
import type { Table } from '../store/table.ts';
import { categoryOf } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import { constantOf, listOfBind, valuesOf } from './filter.ts';
import type { ConditionSource } from './filter.ts';
import { sideOf } from './operands.ts';
import type { Condition, ListCondition } from './plan.ts';

/**
 * Fields whose comparable value is the key of their index. Numbers are indexed by their decimal text, so only whole ones could be
 * looked up: they are scanned.
 */
const INDEXED_CATEGORIES = new Set(['text', 'id']);

/**
 * Slots that contain every row that a condition can be true for, in order, found through indexes; null where only a
 * scan finds them. The condition is still to be checked on each.
 */
export function candidates(condition: Condition | null, table: Table, source: ConditionSource<Row>): number[] | null {
  const found = condition === null ? null : lookup(condition, table, source);
  return found === null ? null : [...found].sort((a, b) => a - b);
}

function lookup(condition: Condition, table: Table, source: ConditionSource<Row>): Set<number> | null {
  switch (condition.kind) {
    case 'and': {
      let best: Set<number> | null = null;
      for (const term of condition.terms) {
        const found = lookup(term, table, source);
        if (found && (best === null || found.size < best.size)) best = found;
        if (best && best.size < 50) break;
      }
      return best;
    }
    case 'or': {
      const all = new Set<number>();
      for (const term of condition.terms) {
        const found = lookup(term, table, source);
        if (!found) return null;
        for (const slot of found) all.add(slot);
      }
      return all;
    }
    case 'compare': {
      if (condition.operator !== '=' || !isIndexed(condition, table)) return null;
      const category = categoryOf(sideOf(condition.left).type);
      return slotsOf(
        condition,
        table,
        listOfBind(condition.right, '=', category, source.context) ?? [
          constantOf(condition.right, category, source.context),
        ],
      );
    }
    case 'in': {
      if (condition.negated || !isIndexed(condition, table)) return null;
      return slotsOf(condition, table, valuesOf(condition, categoryOf(sideOf(condition.left).type), source.context));
    }
    case 'semi':
      if (condition.negated || !isIndexed(condition, table)) return null;
      return slotsOf(condition, table, source.selected(condition));
    case 'not':
    case 'includes':
      return null;
  }
}

type Leaf = Extract<Condition, { kind: 'compare' }> | ListCondition<'in'> | Extract<Condition, { kind: 'semi' }>;

function isIndexed(condition: Leaf, table: Table): boolean {
  const { left } = condition;
  if (left.kind !== 'field' || left.lookups.length > 0) return false;
  return INDEXED_CATEGORIES.has(categoryOf(left.field.type)) && table.index(left.field.name) !== null;
}

function slotsOf(condition: Leaf, table: Table, values: Iterable<Comparable | null>): Set<number> | null {
  const { left } = condition;
  if (left.kind !== 'field') return null;
  const slots = new Set<number>();
  for (const value of values) {
    // Blank values are in no index.
    if (value === null) return null;
    if (left.field.type === 'id') {
      const slot = table.slotOf(String(value));
      if (slot !== undefined) slots.add(slot);
      continue;
    }
    for (const slot of table.index(left.field.name)?.find(value) ?? []) slots.add(slot);
  }
  return slots;
}
