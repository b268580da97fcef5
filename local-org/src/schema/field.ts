import type { FieldDescriptor, FieldType, RollupDescriptor } from './descriptor.ts';

/** A field under construction. */
export type FieldDraft = { -readonly [K in keyof FieldDescriptor]: FieldDescriptor[K] };

/** The Apex type of a value by describe type; reference fields are ids. */
export const APEX_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'Id',
  string: 'String',
  textarea: 'String',
  email: 'String',
  phone: 'String',
  url: 'String',
  picklist: 'String',
  multipicklist: 'String',
  combobox: 'String',
  boolean: 'Boolean',
  int: 'Integer',
  long: 'Long',
  double: 'Decimal',
  currency: 'Decimal',
  percent: 'Decimal',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
  reference: 'Id',
  address: 'Address',
  location: 'Location',
  base64: 'Blob',
  encryptedstring: 'String',
  anytype: 'Object',
};

/** A field with the values that most fields have, changed by what is given. */
export function makeField(given: Partial<FieldDraft> & Pick<FieldDraft, 'name' | 'type'>): FieldDraft {
  const type = given.type;
  const long = type === 'textarea' && (given.length ?? 0) > 255;
  const reads = given.formula !== undefined && given.formula !== null;
  const calculated = given.calculated ?? (reads || (given.rollup ?? null) !== null);
  const system = calculated || given.autoNumber === true;
  const rollup: RollupDescriptor | null = given.rollup ?? null;
  return {
    label: given.name.replace(/__c$/, '').replaceAll('_', ' '),
    apexType: APEX_TYPES[type],
    length: type === 'id' || type === 'reference' ? 18 : 0,
    precision: 0,
    scale: 0,
    required: false,
    nillable: type !== 'boolean' && given.required !== true,
    createable: !system,
    updateable: !system,
    defaultedOnCreate: type === 'boolean',
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: type === 'id' || given.externalId === true,
    filterable: !long && type !== 'base64' && type !== 'address' && type !== 'location',
    sortable: !long && !['base64', 'multipicklist', 'address', 'location'].includes(type),
    autoNumber: false,
    custom: false,
    defaultValue: null,
    defaultFormula: null,
    referenceTo: [],
    relationshipName: null,
    deleteConstraint: 'SetNull',
    masterDetail: false,
    picklist: [],
    restrictedPicklist: false,
    formula: null,
    blankAsZero: false,
    nameField: false,
    permissionable: !(given.required === true || given.masterDetail === true || type === 'id'),
    groupable: isGroupable(type, long, given.formula ?? null),
    aggregatable: !['boolean', 'textarea', 'base64', 'address', 'location', 'multipicklist'].includes(type),
    htmlFormatted: false,
    inlineHelpText: null,
    displayFormat: null,
    startingNumber: 1,
    relationshipOrder: null,
    reparentable: false,
    writeRequiresMasterRead: false,
    compoundFieldName: null,
    compoundOf: [],
    controllingField: null,
    tracked: false,
    indexed: type === 'id' || type === 'reference' || given.unique === true || given.externalId === true,
    ...given,
    calculated,
    rollup,
  };
}

function isGroupable(type: FieldType, long: boolean, formula: string | null): boolean {
  if (formula !== null || long) return false;
  return !['double', 'currency', 'percent', 'datetime', 'base64', 'address', 'location', 'multipicklist'].includes(
    type,
  );
}

/** Read-only fields that every stored object has. */
export function auditFields(): FieldDraft[] {
  const readOnly = { createable: false, updateable: false, permissionable: false, nillable: false } as const;
  const byUser = (name: string, label: string, relationshipName: string) =>
    makeField({ name, label, type: 'reference', referenceTo: ['User'], relationshipName, ...readOnly });
  const at = (name: string, label: string) => makeField({ name, label, type: 'datetime', indexed: false, ...readOnly });
  return [
    { ...at('CreatedDate', 'Created Date'), defaultedOnCreate: true },
    { ...byUser('CreatedById', 'Created By ID', 'CreatedBy'), defaultedOnCreate: true },
    { ...at('LastModifiedDate', 'Last Modified Date'), defaultedOnCreate: true },
    { ...byUser('LastModifiedById', 'Last Modified By ID', 'LastModifiedBy'), defaultedOnCreate: true },
    { ...at('SystemModstamp', 'System Modstamp'), defaultedOnCreate: true },
  ];
}

export function idField(label = 'Record ID'): FieldDraft {
  return makeField({
    name: 'Id',
    label,
    type: 'id',
    length: 18,
    createable: false,
    updateable: false,
    nillable: false,
    defaultedOnCreate: true,
    idLookup: true,
    indexed: true,
  });
}

export function deletedField(): FieldDraft {
  return makeField({
    name: 'IsDeleted',
    label: 'Deleted',
    type: 'boolean',
    createable: false,
    updateable: false,
    permissionable: false,
    defaultedOnCreate: true,
  });
}

export function ownerField(referenceTo: readonly string[]): FieldDraft {
  return makeField({
    name: 'OwnerId',
    label: 'Owner ID',
    type: 'reference',
    referenceTo,
    relationshipName: 'Owner',
    nillable: false,
    defaultedOnCreate: true,
    permissionable: false,
  });
}

export function recordTypeField(): FieldDraft {
  return makeField({
    name: 'RecordTypeId',
    label: 'Record Type ID',
    type: 'reference',
    referenceTo: ['RecordType'],
    relationshipName: 'RecordType',
    permissionable: false,
    defaultedOnCreate: true,
  });
}
