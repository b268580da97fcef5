import type { FieldDescriptor } from '../schema/descriptor.ts';
import type { FieldReader } from '../store/row.ts';

/** The labels of a picklist's values. */
export function labelReader(field: FieldDescriptor, read: FieldReader): FieldReader {
  const labels = new Map(field.picklist.map((entry) => [entry.value.toLowerCase(), entry.label]));
  return (row) => {
    const value = read(row);
    return typeof value === 'string' ? (labels.get(value.toLowerCase()) ?? value) : null;
  };
}
