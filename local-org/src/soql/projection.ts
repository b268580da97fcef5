import { computedReader } from '../store/computed.ts';
import type { Row } from '../store/row.ts';
import { keyPrefixOf } from '../values/id.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { FieldValues } from '../values/sobject.ts';
import type { QueryContext } from './context.ts';
import type { ChildColumns, Columns, ParentColumns } from './plan.ts';
import { namedField, parentReader } from './reader.ts';
import { labelReader } from './labels.ts';
import { shownReader } from './shown.ts';

/** Runs the query for the child rows of one parent. */
export type ChildRunner = (child: ChildColumns, parent: Row) => unknown;

type Make = (row: Row, extra: readonly unknown[]) => FieldValues;

const makers = new WeakMap<Columns, Make>();

/**
 * A function that turns rows into records with these columns. The object literal is generated for each set of columns,
 * so that all records of a query share a hidden class.
 */
export function projector(columns: Columns, context: QueryContext, children: ChildRunner): (row: Row) => SObjectValue {
  const extras = extraReaders(columns, context, children);
  let make = makers.get(columns);
  if (!make) {
    make = generate(columns, extras);
    makers.set(columns, make);
  }
  const create = make;
  const { object } = columns;
  const plain = (row: Row): SObjectValue =>
    new SObjectValue(object, create(row, extras.length === 0 ? NONE : extras.map((extra) => extra.read(row))), true);
  if (columns.shown.length === 0) return plain;
  const shown = columns.shown.map((column) => ({ name: column.name, read: shownReader(column, context) }));
  return (row) => {
    const record = plain(row);
    record.shown = Object.fromEntries(shown.map(({ name, read }) => [name, read(row)]));
    return record;
  };
}

const NONE: readonly unknown[] = [];

interface Extra {
  readonly name: string;
  readonly read: (row: Row) => unknown;
}

/** What is not simply read from the row: labels, computed fields, parents, children. */
function extraReaders(columns: Columns, context: QueryContext, children: ChildRunner): Extra[] {
  const extras: Extra[] = [];
  for (const field of columns.fields) {
    const computed = computedReader(context.store, columns.object, field);
    if (computed) extras.push({ name: field.name, read: computed });
    else if (columns.labels.has(field.name)) {
      extras.push({ name: field.name, read: labelReader(field, (row) => row[field.name]) });
    }
  }
  for (const column of columns.converted) extras.push({ name: column.name, read: shownReader(column, context) });
  for (const parent of columns.parents) {
    extras.push({ name: parent.name, read: parentProjector(parent, context, children) });
  }
  for (const child of columns.children) {
    extras.push({ name: child.relationship.name, read: (row) => children(child, row) });
  }
  return extras;
}

/** Names come from the schema, whose names are identifiers. */
function generate(columns: Columns, extras: readonly Extra[]): Make {
  // What is not simply read comes later, and wins.
  const plain = columns.fields.map((field) => field.name);
  // A lookup that is followed is there too, and the id always is.
  for (const parent of columns.parents) if (!plain.includes(parent.step.field.name)) plain.push(parent.step.field.name);
  if (!plain.includes('Id')) plain.push('Id');
  const properties = [
    ...plain.map((name) => `${name}: row.${name}`),
    ...extras.map((extra, index) => `${extra.name}: extra[${index}]`),
  ];
  return new Function('row', 'extra', `return { ${properties.join(', ')} };`) as Make;
}

function parentProjector(
  parent: ParentColumns,
  context: QueryContext,
  children: ChildRunner,
): (row: Row) => SObjectValue | null {
  const find = parentReader(parent.step, [], context);
  const cases = new Map(
    (parent.cases ?? []).map((columns) => [columns.object.keyPrefix, projector(columns, context, children)]),
  );
  const named = parent.step.targets.length > 1;
  const project = named ? null : projector(parent.columns, context, children);
  return (row) => {
    const found = find(row);
    if (found === null) return null;
    const matching = cases.get(keyPrefixOf(found['Id'] as string));
    if (matching) return matching(found);
    return project ? project(found) : namedRecord(found, parent, context);
  };
}

/** The record behind a polymorphic lookup with fields of the Name object. */
function namedRecord(row: Row, parent: ParentColumns, context: QueryContext): SObjectValue | null {
  const fields: FieldValues = {};
  for (const field of parent.columns.fields) fields[field.name] = namedField(row, field.name, context);
  for (const inner of parent.columns.parents) {
    const read = parentReader(inner.step, [], context);
    const found = read(row);
    fields[inner.name] = found === null ? null : projector(inner.columns, context, () => null)(found);
  }
  fields['Id'] = row['Id'];
  return new SObjectValue(parent.columns.object, fields, true);
}
