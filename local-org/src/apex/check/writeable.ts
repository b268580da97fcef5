import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';

/**
 * Why code may not give a field a value; null where it may. Records of custom metadata types are made in memory, where every
 * field may be given.
 */
export function writeFault(object: ObjectDescriptor, field: FieldDescriptor): string | null {
  const isWriteable = field.createable || field.updateable || field.name === 'Id' || object.metadataType;
  return isWriteable ? null : `Field is not writeable: ${object.name}.${field.name}`;
}
