import type { FieldDescriptor, ObjectDescriptor } from './descriptor.ts';

/** A field, and the object that it is a field of. */
export interface LocatedField {
  readonly object: ObjectDescriptor;
  readonly field: FieldDescriptor;
}

/**
 * The field that a path of lookups leads to: `Code__c`, `Shop__r.Name`; null where there is none. Of a lookup to
 * several objects the first is followed.
 *
 * @param objectNamed the org's objects by name
 */
export function fieldAtPath(
  object: ObjectDescriptor,
  path: string,
  objectNamed: (name: string) => ObjectDescriptor | null,
): LocatedField | null {
  const [first = '', ...rest] = path.toLowerCase().split('.');
  if (rest.length === 0) {
    const field = object.fields.get(first);
    return field ? { object, field } : null;
  }
  const parent = objectNamed(object.parents.get(first)?.referenceTo[0] ?? '');
  return parent ? fieldAtPath(parent, rest.join('.'), objectNamed) : null;
}
