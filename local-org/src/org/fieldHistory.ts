import type { RecordChange } from '../engine/records.ts';
import type { FieldDescriptor, ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import { historyName } from '../schema/historyObjects.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { RowWriter } from './rowWriter.ts';

/** Longer texts are noted as changed, without their values. */
const LONGEST_TEXT = 255;

/** The object that a row of field history is about. */
interface History {
  readonly name: string;
  readonly parentField: string;
}

/** Whether any object's history is tracked. */
export function tracksAnyHistory(schema: Schema): boolean {
  return [...schema.objects()].some(({ tracksHistory }) => tracksHistory);
}

/**
 * Writes the field history of what a transaction has changed. It comes at the end: the transaction itself does not see it, and
 * tests, which commit nothing, never do. Sources: Salesforce Help, Field History Tracking; Salesforce Stack Exchange, "Is it
 * possible to test apex that relies on field history tracking?". That several changes of a field in one transaction make one
 * row, and what DataType says, is unverified.
 */
export function writeHistory(store: Store, writer: RowWriter, changes: readonly RecordChange[]): void {
  for (const { object, before, after } of changes) {
    const history =
      object.tracksHistory && after && after['IsDeleted'] !== true ? historyOf(store.schema, object) : null;
    if (!history || !after) continue;
    const parent = { [history.parentField]: after['Id'] };
    if (!before) {
      writer.insert(history.name, { ...parent, Field: 'created' });
      continue;
    }
    for (const field of object.fields.values()) {
      if (!field.tracked || same(before[field.name], after[field.name])) continue;
      for (const values of rowsOf(store, field, before as Row, after as Row)) {
        writer.insert(history.name, { ...parent, Field: nameOf(field), ...values });
      }
    }
  }
}

function historyOf(schema: Schema, object: ObjectDescriptor): History | null {
  const history = schema.object(historyName(object.name));
  if (!history) return null;
  return { name: history.name, parentField: object.custom ? 'ParentId' : `${object.name}Id` };
}

/** Standard lookups are named without `Id`. */
function nameOf({ name, type, custom }: FieldDescriptor): string {
  return type === 'reference' && !custom ? name.replace(/Id$/, '') : name;
}

function rowsOf(store: Store, field: FieldDescriptor, before: Row, after: Row): Record<string, unknown>[] {
  const [old, now] = [before[field.name] ?? null, after[field.name] ?? null];
  if (field.length > LONGEST_TEXT || field.type === 'multipicklist') return [{ DataType: 'TextArea' }];
  const row = { DataType: 'Text', OldValue: old, NewValue: now };
  if (field.type !== 'reference') return [row];
  // A lookup has two rows: the names, and the ids.
  const named = { ...row, OldValue: labelOf(store, old), NewValue: labelOf(store, now) };
  return [named, { ...row, DataType: 'EntityId' }];
}

function labelOf(store: Store, id: unknown): unknown {
  return typeof id === 'string' ? (store.byId(id)?.['Name'] ?? id) : null;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (a !== null && b !== null && typeof a === typeof b && String(a) === String(b));
}
