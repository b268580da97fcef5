import { addField, makeObject } from './customObject.ts';
import type { ObjectDraft } from './customObject.ts';
import type { FieldDescriptor, ObjectDescriptor } from './descriptor.ts';
import { deletedField, idField, makeField } from './field.ts';

/** The object with the field history of another. Source: Object Reference, StandardObjectNameHistory, CustomObject__History. */
export function historyName(object: string): string {
  if (object === 'Opportunity') return 'OpportunityFieldHistory';
  return object.endsWith('__c') ? `${object.slice(0, -1)}History` : `${object}History`;
}

/** Of all history objects. */
export const HISTORY_PREFIX = '017';

/** The lookup of a history object to what it is the history of; null where the object is none. */
export function historyParent(object: ObjectDescriptor): FieldDescriptor | null {
  if (object.keyPrefix !== HISTORY_PREFIX) return null;
  return [...object.fields.values()].find(({ deleteConstraint }) => deleteConstraint === 'Cascade') ?? null;
}

/** The history object of a custom object whose history is tracked; standard objects have theirs described. */
export function historyObjectOf(object: ObjectDraft): ObjectDraft[] {
  if (!object.custom || !object.tracksHistory) return [];
  const label = `${object.label} History`;
  const history = makeObject({
    name: historyName(object.name),
    label,
    plural: label,
    custom: true,
    keyPrefix: HISTORY_PREFIX,
    // Only in tests. Source: Salesforce Stack Exchange, "Is it possible to test apex that relies on field history tracking?"
    createable: true,
    updateable: false,
    deletable: false,
    undeletable: false,
    triggerable: false,
    searchable: false,
  });
  const fixed = { permissionable: false, custom: false, updateable: false } as const;
  const given = { ...fixed, createable: false } as const;
  addField(history, idField());
  addField(history, deletedField());
  const parent = { referenceTo: [object.name], relationshipName: 'Parent', deleteConstraint: 'Cascade' } as const;
  addField(
    history,
    makeField({ name: 'ParentId', label: 'Parent ID', type: 'reference', ...parent, ...fixed, required: true }),
  );
  const user = { referenceTo: ['User'], relationshipName: 'CreatedBy', defaultedOnCreate: true } as const;
  addField(history, makeField({ name: 'CreatedById', label: 'Created By ID', type: 'reference', ...user, ...given }));
  addField(
    history,
    makeField({ name: 'CreatedDate', label: 'Created Date', type: 'datetime', defaultedOnCreate: true, ...given }),
  );
  addField(
    history,
    makeField({ name: 'Field', label: 'Changed Field', type: 'picklist', length: 255, ...fixed, required: true }),
  );
  addField(history, makeField({ name: 'DataType', label: 'Datatype', type: 'picklist', length: 255, ...given }));
  for (const [name, label] of [
    ['OldValue', 'Old Value'],
    ['NewValue', 'New Value'],
  ] as const) {
    addField(history, makeField({ name, label, type: 'anytype', filterable: false, sortable: false, ...given }));
  }
  return [history];
}
