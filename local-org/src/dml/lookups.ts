import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { DmlContext } from './context.ts';

const lookups = new WeakMap<ObjectDescriptor, [ObjectDescriptor, FieldDescriptor][]>();

/** Lookups of other objects whose records hang on this one; owners and audit fields do not. */
export function lookupsTo(context: DmlContext, object: ObjectDescriptor): [ObjectDescriptor, FieldDescriptor][] {
  let found = lookups.get(object);
  if (!found) {
    found = [];
    for (const child of context.schema.objects()) {
      if (child.event) continue;
      for (const field of child.fields.values()) {
        const isAudit = /^(CreatedById|LastModifiedById|OwnerId|SetupOwnerId)$/.test(field.name);
        if (field.type === 'reference' && !isAudit && field.referenceTo.includes(object.name))
          found.push([child, field]);
      }
    }
    lookups.set(object, found);
  }
  return found;
}
