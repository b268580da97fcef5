import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { unsupported } from '../../values/exception.ts';

/** What the running user may do with records of an object. */
export interface ObjectRights {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
}

/** What the running user may do with a field. */
export interface FieldRights {
  readonly read: boolean;
  readonly edit: boolean;
}

/** Answers of the org's security for the running user; the data layer fills it. */
export const rights: {
  object: (object: ObjectDescriptor) => ObjectRights;
  field: (object: ObjectDescriptor, field: FieldDescriptor) => FieldRights;
} = {
  object: (object) => unsupported(`rights on ${object.name} without an org`),
  field: (object, field) => unsupported(`rights on ${object.name}.${field.name} without an org`),
};
