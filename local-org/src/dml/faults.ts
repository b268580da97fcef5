import type { DmlFault, DmlOperation } from '../engine/data.ts';
import type { FieldDescriptor } from '../schema/descriptor.ts';
import { platformException, throwApex } from '../values/exception.ts';
import type { ApexException, DmlExceptionRow } from '../values/exception.ts';

export function fault(status: string, message: string, fields: readonly string[] = []): DmlFault {
  return { status, message, fields };
}

export function requiredMissing(names: readonly string[]): DmlFault {
  return fault('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
}

export function tooLong(field: FieldDescriptor, value: string): DmlFault {
  const message = `${field.label}: data value too large: ${value} (max length=${field.length})`;
  return fault('STRING_TOO_LONG', message, [field.name]);
}

export function badPicklistValue(field: FieldDescriptor, value: string): DmlFault {
  const message = `${field.label}: bad value for restricted picklist field: ${value}`;
  return fault('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
}

export function numberOutOfRange(field: FieldDescriptor, text: string): DmlFault {
  const message = `${field.label}: value outside of valid range on numeric field: ${text}`;
  return fault('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]);
}

export function badEmail(field: FieldDescriptor, value: string): DmlFault {
  return fault('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]);
}

export function wrongType(field: FieldDescriptor): DmlFault {
  return fault('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: `, [field.name]);
}

export function wrongObject(field: FieldDescriptor, id: string): DmlFault {
  return fault('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
}

/**
 * Source: Salesforce Release Notes, Spring '25, "Reparenting of Master-Detail Relationships". Classes of a version below 63
 * get it too, where the platform sometimes ignored the change.
 */
export function fixedMaster(field: FieldDescriptor): DmlFault {
  const message =
    `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that ` +
    'it is read/write for your profile or permission set.';
  return fault('INVALID_FIELD_FOR_INSERT_UPDATE', message, [field.name]);
}

export function duplicateValue(field: FieldDescriptor, otherId: string | null): DmlFault {
  const what = otherId === null ? '<unknown>' : field.name;
  const message = `duplicate value found: ${what} duplicates value on record with id: ${otherId ?? '<unknown>'}`;
  return fault('DUPLICATE_VALUE', message);
}

export const invalidReference = fault('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
export const convertedLead = fault('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
export const entityDeleted = fault('ENTITY_IS_DELETED', 'entity is deleted');

export function noReferenceAccess(id: string): DmlFault {
  const message = `insufficient access rights on cross-reference id: ${id}`;
  return fault('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message);
}

export const insufficientAccess = fault('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');

export function lockedRow(id: string): DmlFault {
  const message = `unable to obtain exclusive access to this record or 1 records: ${id}`;
  return fault('UNABLE_TO_LOCK_ROW', message);
}

/** A row that failed, by its place in the statement's input. */
export interface FailedRow {
  readonly index: number;
  readonly id: string | null;
  /** API name of the record's object, which a record that has no id yet does not tell. */
  readonly object?: string;
  readonly faults: readonly DmlFault[];
}

type Failing = DmlOperation | 'convertLead' | 'lock' | 'unlock';

const VERBS: Readonly<Record<Failing, string>> = {
  insert: 'Insert',
  update: 'Update',
  upsert: 'Upsert',
  delete: 'Delete',
  undelete: 'Undelete',
  merge: 'Merge',
  convertLead: 'ConvertLead',
  lock: 'Lock',
  unlock: 'Unlock',
};

/** `Insert failed. First exception on row 0; first error: …`. @throws System.DmlException always. */
export function raiseDml(operation: Failing, failed: readonly FailedRow[], text: string | null = null): never {
  throwApex(dmlException(operation, failed, text));
}

function dmlException(operation: Failing, failed: readonly FailedRow[], text: string | null): ApexException {
  const rows: DmlExceptionRow[] = failed.flatMap(({ index, id, object, faults }) =>
    faults.map(({ status, message, fields }) => ({ index, id, object, status, message, fields })),
  );
  const [first] = rows;
  if (!first) throw new Error('a DmlException needs a fault');
  const where = first.id === null ? `row ${first.index}` : `row ${first.index} with id ${first.id}`;
  const error = `${first.status}, ${first.message}: [${first.fields.join(', ')}]`;
  const message = `${VERBS[operation]} failed. First exception on ${where}; first error: ${error}`;
  const exception = platformException('System.DmlException', text ?? message);
  exception.dml = rows;
  return exception;
}
