import { computedReader } from '../store/computed.ts';
import { fieldReader } from '../store/row.ts';
import type { FieldReader, Row } from '../store/row.ts';
import { ApexDatetime, localMs } from '../values/datetime.ts';
import { ApexDate } from '../values/date.ts';
import { keyPrefixOf } from '../values/id.ts';
import { DAY_MS } from '../values/time.ts';
import { categoryOf, comparable } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import type { QueryContext } from './context.ts';
import { callDateFunction } from './dateFunctions.ts';
import { distanceReader } from './distance.ts';
import { labelReader } from './labels.ts';
import { sideOf } from './operands.ts';
import type { FieldValue, LookupStep, RowValue } from './plan.ts';

/** Reads the boxed value of an expression; null where a parent is missing. */
export function valueReader(value: RowValue, context: QueryContext): FieldReader {
  if (value.kind === 'field') return pathReader(value, context);
  const read = pathReader(value.argument, context);
  if (value.measure) return distanceReader(read, value.measure, context);
  if (value.name === 'tolabel') return labelReader(value.argument.field, read);
  return (row) => {
    const ms = localOf(read(row), value.convert, context);
    if (ms === null) return null;
    const result = callDateFunction(value.name, ms);
    return value.name === 'day_only' ? new ApexDate(result) : result;
  };
}

function localOf(value: unknown, convert: boolean, context: QueryContext): number | null {
  if (value instanceof ApexDate) return value.days * DAY_MS;
  if (value instanceof ApexDatetime) return convert ? localMs(value, context.zone) : value.ms;
  return null;
}

/** Reads an expression in the form in which it is compared. */
export function comparableReader(value: RowValue, context: QueryContext): (row: Row) => Comparable | null {
  const category = categoryOf(sideOf(value).type);
  const read = valueReader(value, context);
  // A checkbox of a missing parent counts as unchecked.
  const blank = category === 'boolean' ? false : null;
  return (row) => comparable(category, read(row)) ?? blank;
}

function pathReader(value: FieldValue, context: QueryContext): FieldReader {
  const last = value.lookups.at(-1);
  if (!last) return directReader(value, context);
  const rest = value.lookups.slice(0, -1);
  const parent = parentReader(last, rest, context);
  if (last.targets.length > 1) {
    const { name } = value.field;
    return (row) => {
      const at = parent(row);
      return at === null ? null : namedField(at, name, context);
    };
  }
  const read = directReader(value, context);
  return (row) => {
    const at = parent(row);
    return at === null ? null : read(at);
  };
}

function directReader(value: FieldValue, context: QueryContext): FieldReader {
  return computedReader(context.store, value.object, value.field) ?? fieldReader(value.object.name, value.field.name);
}

/** Follows lookups; null where one is blank or its record may not be seen. */
export function parentReader(
  step: LookupStep,
  before: readonly LookupStep[],
  context: QueryContext,
): (row: Row) => Row | null {
  const previous = before.at(-1);
  const from = previous ? parentReader(previous, before.slice(0, -1), context) : null;
  const { name } = step.field;
  const checks = new Map(step.targets.map((target) => [target.keyPrefix, context.visible(target)]));
  // Definitions of objects and fields are known by their names.
  const [target] = step.targets;
  const named = target?.keyPrefix === '' ? context.store.table(target) : null;
  return (row) => {
    const at = from ? from(row) : row;
    const id = at?.[name];
    if (typeof id !== 'string') return null;
    const parent = named ? named.byId(id) : context.store.byId(id);
    if (parent === null) return null;
    const visible = checks.get(keyPrefixOf(id));
    return visible && !visible(parent) ? null : parent;
  };
}

/** A field of the Name object read from whatever record it is: `Type` is the kind of record. */
export function namedField(row: Row, name: string, context: QueryContext): unknown {
  const object = context.schema.byKeyPrefix(keyPrefixOf(row['Id'] as string));
  if (!object) return null;
  if (name === 'Type') return object.name === 'Group' ? (row['Type'] ?? object.name) : object.name;
  if (name === 'Name') return object.nameField === null ? null : (row[object.nameField] ?? null);
  return row[name] ?? null;
}
