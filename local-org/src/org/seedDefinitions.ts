import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { Store } from '../store/store.ts';

/** Writes what EntityDefinition and FieldDefinition know of the org's objects. */
export function seedDefinitions(store: Store): void {
  const entities = store.tableOf('EntityDefinition');
  const fields = store.tableOf('FieldDefinition');
  for (const object of store.schema.objects()) {
    if (object.shareOf?.object.endsWith('__c') || object.name === 'AggregateResult') continue;
    store.insert(entities, { ...entities.blankRow(), ...entityOf(object) });
    for (const field of object.fields.values()) {
      store.insert(fields, { ...fields.blankRow(), ...fieldOf(object, field) });
    }
  }
}

function entityOf(object: ObjectDescriptor): Record<string, unknown> {
  return {
    Id: object.name,
    DurableId: object.name,
    QualifiedApiName: object.name,
    DeveloperName: developerName(object.name),
    MasterLabel: object.label,
    Label: object.label,
    PluralLabel: object.plural,
    KeyPrefix: object.keyPrefix || null,
    InternalSharingModel: object.sharingModel,
    IsCustomSetting: object.customSetting !== null,
    IsCustomizable: object.custom || object.triggerable,
    IsQueryable: object.queryable,
    IsTriggerable: object.triggerable,
    IsApexTriggerable: object.triggerable,
    IsSearchable: object.searchable,
  };
}

function fieldOf(object: ObjectDescriptor, field: FieldDescriptor): Record<string, unknown> {
  const id = `${object.name}.${field.name}`;
  return {
    Id: id,
    DurableId: id,
    QualifiedApiName: field.name,
    DeveloperName: developerName(field.name),
    EntityDefinitionId: object.name,
    MasterLabel: field.label,
    Label: field.label,
    DataType: dataType(field),
    ValueTypeId: field.type,
    RelationshipName: field.relationshipName,
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
    IsNillable: field.nillable,
    IsCalculated: field.calculated,
    IsIndexed: field.indexed,
    IsNameField: field.nameField,
    IsApiFilterable: field.filterable,
    IsApiSortable: field.sortable,
  };
}

function developerName(name: string): string {
  return name.replace(/__\w+$/, '');
}

const DATA_TYPES: Readonly<Record<string, string>> = {
  boolean: 'Checkbox',
  date: 'Date',
  datetime: 'Date/Time',
  email: 'Email',
  phone: 'Phone',
  url: 'URL',
  picklist: 'Picklist',
  multipicklist: 'Picklist (Multi-Select)',
  time: 'Time',
  address: 'Address',
  location: 'Geolocation',
};

/** As Setup writes it: `Lookup(Account)`, `Text(80)`, `Number(16, 2)`. */
function dataType(field: FieldDescriptor): string {
  const plain = DATA_TYPES[field.type];
  if (plain !== undefined) return plain;
  if (field.autoNumber) return 'Auto Number';
  const numeric = `(${field.precision - field.scale}, ${field.scale})`;
  switch (field.type) {
    case 'reference':
      return `${field.masterDetail ? 'Master-Detail' : 'Lookup'}(${field.referenceTo.join(',')})`;
    case 'textarea':
      return field.length > 255 ? `Long Text Area(${field.length})` : `Text Area(${field.length})`;
    case 'currency':
      return `Currency${numeric}`;
    case 'percent':
      return `Percent${numeric}`;
    case 'int':
    case 'double':
    case 'long':
      return `Number${numeric}`;
    case 'id':
      return 'Lookup()';
    default:
      return `Text(${field.length})`;
  }
}
