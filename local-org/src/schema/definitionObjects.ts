import type { DeclaredChild } from './buildSchema.ts';
import { makeObject } from './customObject.ts';
import type { ObjectDraft } from './customObject.ts';
import { idField, makeField } from './field.ts';
import type { FieldDraft } from './field.ts';

const ONLY = { createable: false, updateable: false, permissionable: false } as const;

function text(name: string, more: Partial<FieldDraft> = {}): FieldDraft {
  return makeField({ name, label: name, type: 'string', length: 255, ...ONLY, ...more });
}

function flag(name: string): FieldDraft {
  return makeField({ name, label: name, type: 'boolean', ...ONLY });
}

function number(name: string): FieldDraft {
  return makeField({ name, label: name, type: 'int', ...ONLY });
}

/**
 * The objects that describe objects and fields. Their ids are API names (`Account`, `Account.Name`), as DurableId says.
 * Source: Object Reference, EntityDefinition and FieldDefinition; the attributes that Apex uses.
 */
export function definitionObjects(): ObjectDraft[] {
  const entity = definition('EntityDefinition', [
    text('DurableId', { indexed: true }),
    text('QualifiedApiName', { indexed: true }),
    text('DeveloperName', { indexed: true }),
    text('NamespacePrefix'),
    text('MasterLabel'),
    text('Label'),
    text('PluralLabel'),
    text('KeyPrefix'),
    text('InternalSharingModel'),
    text('ExternalSharingModel'),
    ...['IsCustomSetting', 'IsCustomizable', 'IsQueryable', 'IsTriggerable', 'IsApexTriggerable', 'IsSearchable'].map(
      flag,
    ),
  ]);
  const field = definition('FieldDefinition', [
    text('DurableId', { indexed: true }),
    text('QualifiedApiName', { indexed: true }),
    text('DeveloperName'),
    text('EntityDefinitionId', {
      referenceTo: ['EntityDefinition'],
      relationshipName: 'EntityDefinition',
      indexed: true,
    }),
    text('NamespacePrefix'),
    text('MasterLabel'),
    text('Label'),
    text('DataType'),
    text('ValueTypeId'),
    text('RelationshipName'),
    text('ExtraTypeInfo'),
    number('Length'),
    number('Precision'),
    number('Scale'),
    ...['IsNillable', 'IsCalculated', 'IsIndexed', 'IsNameField', 'IsApiFilterable', 'IsApiSortable'].map(flag),
  ]);
  return [entity, field];
}

export const DEFINITION_CHILDREN: readonly DeclaredChild[] = [
  { parent: 'EntityDefinition', name: 'Fields', object: 'FieldDefinition', field: 'EntityDefinitionId' },
];

function definition(name: string, fields: readonly FieldDraft[]): ObjectDraft {
  const object = makeObject({
    name,
    label: name.replace('Definition', ' Definition'),
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    triggerable: false,
    searchable: false,
  });
  for (const field of [idField(), ...fields]) object.fields.set(field.name.toLowerCase(), field);
  object.nameField = 'QualifiedApiName';
  return object;
}
