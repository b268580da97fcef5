import type { ObjectDescriptor } from '../schema/descriptor.ts';
import { computedReader } from '../store/computed.ts';
import type { FieldReader, Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { FieldValues } from '../values/sobject.ts';

/**
 * A stored row as triggers see it, with the values of its formulas. Where there are none the record shares the stored
 * row, so whoever gets it must set `readOnly` or copy its fields first.
 */
export function recordOf(store: Store, object: ObjectDescriptor, row: Row): SObjectValue {
  const readers = formulaReaders(store, object);
  if (readers.length === 0) return new SObjectValue(object, row as FieldValues);
  const fields: FieldValues = { ...row };
  for (const [name, read] of readers) fields[name] = read(row);
  return new SObjectValue(object, fields);
}

function formulaReaders(store: Store, object: ObjectDescriptor): [string, FieldReader][] {
  const readers: [string, FieldReader][] = [];
  for (const field of object.fields.values()) {
    const read = computedReader(store, object, field);
    if (read) readers.push([field.name, read]);
  }
  return readers;
}
