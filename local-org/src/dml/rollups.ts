import type { DmlFault } from '../engine/data.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { computedReader } from '../store/computed.ts';
import { ApexDecimal, decAdd, decFromInt } from '../values/decimal.ts';
import { unsupported } from '../values/exception.ts';
import { SObjectValue } from '../values/sobject.ts';
import { categoryOf, comparable, extreme } from '../soql/comparable.ts';
import type { Comparable } from '../soql/comparable.ts';
import type { DmlContext } from './context.ts';
import { saveChunk } from './saveChunk.ts';
import type { SaveOptions, SaveRow } from './save.ts';

/**
 * Recomputes the roll-up summaries of the masters of these rows, and saves those masters that changed. Where a master can't be
 * saved, neither can its details: its faults become theirs.
 */
export function updateRollups(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  const [first] = rows;
  if (!first) return;
  for (const field of first.object.fields.values()) {
    if (!field.masterDetail) continue;
    const master = context.schema.object(field.referenceTo[0] ?? '');
    if (!master) continue;
    const rollups = rollupsOver(master, first.object, field);
    if (rollups.length === 0) continue;
    const ids = new Set<string>();
    for (const row of rows) {
      for (const values of [row.before, row.record?.fields]) {
        const id = values?.[field.name];
        if (typeof id === 'string') ids.add(id);
      }
    }
    for (const { id, faults } of saveMasters(context, master, field, rollups, [...ids], options)) {
      for (const row of rows) if (belongs(row, field, id)) row.faults.push(...faults);
    }
  }
}

function rollupsOver(master: ObjectDescriptor, child: ObjectDescriptor, lookup: FieldDescriptor): FieldDescriptor[] {
  return [...master.fields.values()].filter(
    ({ rollup }) =>
      rollup !== null &&
      rollup.childObject.toLowerCase() === child.name.toLowerCase() &&
      rollup.foreignKey.toLowerCase() === lookup.name.toLowerCase(),
  );
}

function saveMasters(
  context: DmlContext,
  master: ObjectDescriptor,
  lookup: FieldDescriptor,
  rollups: readonly FieldDescriptor[],
  ids: readonly string[],
  options: SaveOptions,
): { id: string; faults: readonly DmlFault[] }[] {
  const table = context.store.table(master);
  const rows: SaveRow[] = [];
  for (const id of ids) {
    const before = table.byId(id);
    if (!before || before['IsDeleted'] === true) continue;
    const values = rollups.map((field) => [field.name, rollupValue(context, field, lookup, id)] as const);
    if (values.every(([name, value]) => sameValue(before[name], value))) continue;
    const input = new SObjectValue(master, { Id: id });
    const summaries = Object.fromEntries(values);
    const saved = { created: false, before: null, record: null, faults: [] };
    rows.push({ input, index: rows.length, object: master, summaries, ...saved });
  }
  // The master is saved like any record: its triggers and rules run. The platform does so whoever saved the detail.
  const system: SaveOptions = { ...options, access: { mode: 'system', sharing: false } };
  for (let from = 0; from < rows.length; from += 200) {
    saveChunk(context, rows.slice(from, from + 200), system);
  }
  return rows.map(({ input, faults }) => ({ id: input.id as string, faults }));
}

function belongs(row: SaveRow, lookup: FieldDescriptor, masterId: string): boolean {
  return [row.before, row.record?.fields].some((values) => values?.[lookup.name] === masterId);
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const left = comparable('number', a);
  return left !== undefined && left !== null && left === comparable('number', b);
}

function rollupValue(context: DmlContext, field: FieldDescriptor, lookup: FieldDescriptor, masterId: string): unknown {
  const { rollup } = field;
  if (!rollup) throw new Error(`${field.name} is no roll-up summary`);
  const child = context.schema.object(rollup.childObject);
  if (!child) throw new Error(`there is no object ${rollup.childObject}`);
  const rows = context.store
    .table(child)
    .find(lookup.name, masterId)
    .filter(
      (row) => row['IsDeleted'] !== true && rollup.filters.every((filter) => passes(context, child, row, filter)),
    );
  if (rollup.operation === 'count') return decFromInt(rows.length);
  const summarized = child.fields.get((rollup.field ?? '').toLowerCase());
  if (!summarized) throw new Error(`${child.name} has no field ${rollup.field}`);
  const values = rows.map((row) => valueOf(context, child, summarized, row)).filter((value) => value !== null);
  if (rollup.operation === 'sum') {
    return values
      .map((value) => (value instanceof ApexDecimal ? value : decFromInt(Number(value))))
      .reduce(decAdd, decFromInt(0));
  }
  const category = categoryOf(summarized.type);
  return extreme(values, (value) => comparable(category, value) as Comparable, rollup.operation === 'min');
}

/** Formulas are summarized and filtered by like other fields. */
function valueOf(context: DmlContext, child: ObjectDescriptor, field: FieldDescriptor, row: Row): unknown {
  const read = computedReader(context.store, child, field);
  return read ? read(row) : row[field.name];
}

function passes(
  context: DmlContext,
  child: ObjectDescriptor,
  row: Row,
  filter: { readonly field: string; readonly operation: string; readonly value: string },
): boolean {
  const field = child.fields.get(filter.field.toLowerCase());
  if (!field) throw new Error(`${child.name} has no field ${filter.field}`);
  const value = valueOf(context, child, field, row);
  const text = value === null ? '' : String(value).toLowerCase();
  // 5 and 5.00 are the same number.
  const isNumber = value !== null && categoryOf(field.type) === 'number';
  const same = (part: string): boolean => (isNumber && part !== '' ? Number(part) === Number(text) : part === text);
  const wanted = filter.value.split(',').map((part) => part.trim().toLowerCase());
  switch (filter.operation) {
    case 'equals':
      return wanted.some(same);
    case 'notEqual':
      return !wanted.some(same);
    case 'greaterThan':
      return Number(text) > Number(filter.value);
    case 'greaterOrEqual':
      return Number(text) >= Number(filter.value);
    case 'lessThan':
      return Number(text) < Number(filter.value);
    case 'lessOrEqual':
      return Number(text) <= Number(filter.value);
    default:
      return unsupported(`the filter operation ${filter.operation} of a roll-up summary`);
  }
}
