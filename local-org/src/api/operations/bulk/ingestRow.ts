import type { ObjectDescriptor } from '../../../schema/descriptor.ts';

/** In an upload: the field becomes null. An empty value leaves it as it is. */
const NULL = '#N/A';

/** A column of an upload: a field, or an external id of a record that is referred to. */
export interface Column {
  /** Name of the field, or of the relationship. */
  readonly name: string;
  /** `Account.Code__c`: the field of the parent, and its object where the relationship has several. */
  readonly key: { readonly field: string; readonly object: string | null } | null;
}

/** `Name`, `Account.Code__c`, `Lead:Who.Email`; null where the object has no such field. */
export function columnOf(object: ObjectDescriptor, header: string): Column | null {
  const match = /^(?:(\w+):)?(\w+)(?:\.(\w+))?$/.exec(header.trim());
  const [, type = null, name = '', key] = match ?? [];
  if (key === undefined) {
    const field = type === null ? object.fields.get(name.toLowerCase()) : undefined;
    return field ? { name: field.name, key: null } : null;
  }
  return object.parents.has(name.toLowerCase()) ? { name, key: { field: key, object: type } } : null;
}

/** A row as the JSON that the REST API takes. */
export function rowJsonOf(columns: readonly Column[], values: readonly string[]): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  columns.forEach(({ name, key }, at) => {
    const value = values[at] ?? '';
    if (value === '') return;
    if (value === NULL) json[name] = null;
    else if (key === null) json[name] = value;
    else json[name] = { ...(key.object === null ? {} : { attributes: { type: key.object } }), [key.field]: value };
  });
  return json;
}
