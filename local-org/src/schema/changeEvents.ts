import type { FieldDescriptor, ObjectDescriptor } from './descriptor.ts';
import { makeField } from './field.ts';

/** The object whose change events this names: `AccountChangeEvent`, `Thing__ChangeEvent`; null where it is no such name. */
export function changedObjectName(name: string): string | null {
  const custom = /^(.+__)ChangeEvent$/i.exec(name);
  if (custom) return `${custom[1]}c`;
  return /^(\w+?)ChangeEvent$/i.exec(name)?.[1] ?? null;
}

/** `Account` → `AccountChangeEvent`, `Thing__c` → `Thing__ChangeEvent`. */
export function changeEventName(object: string): string {
  return object.endsWith('__c') ? `${object.slice(0, -1)}ChangeEvent` : `${object}ChangeEvent`;
}

/**
 * What the change events of an object look like (Change Data Capture Developer Guide, Change Event Fields): its fields, none
 * of them required, without formulas and ids, and the header. null for objects that have none.
 */
export function changeEventOf(object: ObjectDescriptor): ObjectDescriptor | null {
  if (!object.triggerable || object.event || object.metadataType || object.bigObject || object.customSetting !== null)
    return null;
  const fields = new Map<string, FieldDescriptor>();
  for (const field of [...own(), ...changed(object)]) fields.set(field.name.toLowerCase(), field);
  const parents = new Map<string, FieldDescriptor>();
  for (const field of fields.values()) {
    if (field.relationshipName !== null) parents.set(field.relationshipName.toLowerCase(), field);
  }
  return {
    ...object,
    name: changeEventName(object.name),
    label: `${object.label} Change Event`,
    plural: `${object.label} Change Events`,
    keyPrefix: '',
    event: true,
    publishBehavior: 'PublishAfterCommit',
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    queryable: false,
    searchable: false,
    mergeable: false,
    feedEnabled: false,
    triggerable: true,
    fields,
    parents,
    children: new Map(),
    fieldSets: new Map(),
    recordTypes: [],
    validationRules: [],
    nameField: null,
    shareOf: null,
  };
}

function own(): FieldDescriptor[] {
  const header = makeField({
    name: 'ChangeEventHeader',
    label: 'Change Event Header',
    type: 'anytype',
    permissionable: false,
  });
  return [
    makeField({ name: 'ReplayId', label: 'Replay ID', type: 'string', length: 1000, permissionable: false }),
    { ...header, apexType: 'EventBus.ChangeEventHeader' },
  ];
}

function changed(object: ObjectDescriptor): FieldDescriptor[] {
  return [...object.fields.values()]
    .filter(
      ({ name, formula, rollup }) =>
        name !== 'Id' && name !== 'IsDeleted' && name !== 'SystemModstamp' && formula === null && rollup === null,
    )
    .map((field) => ({
      ...field,
      required: false,
      nillable: true,
      unique: false,
      // Tests make events by hand.
      createable: true,
    }));
}
