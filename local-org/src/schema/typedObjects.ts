import type { DeclaredChild } from './buildSchema.ts';
import { makeFieldsLater, makeObject } from './customObject.ts';
import type { ObjectDraft } from './customObject.ts';
import type { FieldType } from './descriptor.ts';
import { makeField } from './field.ts';
import type { FieldDraft } from './field.ts';
import { loadTypedObjects } from './standard/load.ts';

const TYPES: Readonly<Record<string, FieldType>> = {
  Id: 'reference',
  String: 'string',
  Boolean: 'boolean',
  Integer: 'int',
  Long: 'long',
  Decimal: 'double',
  Date: 'date',
  Datetime: 'datetime',
  Time: 'time',
  Blob: 'base64',
  Address: 'address',
  Location: 'location',
};

const SYSTEM = new Set(
  'Id IsDeleted CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp LastViewedDate'
    .split(' ')
    .concat('LastReferencedDate'),
);

/**
 * Drafts of the standard objects of which only names and types are known, so that Apex which mentions them compiles and
 * makes records of them in memory. They have no rows here: DML and queries of them stop.
 *
 * unverified: what describing them says beyond names and Apex types (lengths, picklists, what may be written).
 */
export function typedObjects(): ObjectDraft[] {
  return loadTypedObjects().map((object) => {
    const draft = makeObject({
      name: object.name,
      label: words(object.name),
      keyPrefix: object.keyPrefix,
      rowsNotBuilt: true,
      undeletable: object.fields.includes('IsDeleted Boolean'),
      triggerable: false,
    });
    draft.nameField = object.fields.some((line) => line.startsWith('Name ')) ? 'Name' : null;
    return makeFieldsLater(draft, () => object.fields.map(fieldOf));
  });
}

/** The lists that such objects have of one another. */
export function typedChildren(): DeclaredChild[] {
  return loadTypedObjects().flatMap((parent) =>
    (parent.children ?? []).map((line) => {
      const [name = '', object = '', field = ''] = line.split(' ');
      return { parent: parent.name, name, object, field };
    }),
  );
}

function fieldOf(line: string): FieldDraft {
  const [name = '', apexType = '', relationshipName = null, parent = ''] = line.split(' ');
  const type = name === 'Id' ? 'id' : (TYPES[apexType] ?? 'anytype');
  const may = !SYSTEM.has(name);
  return makeField({
    name,
    label: words(name),
    type,
    apexType,
    length: type === 'id' || type === 'reference' ? 18 : type === 'string' ? 255 : 0,
    createable: may,
    updateable: may,
    permissionable: may && name !== 'Name',
    nameField: name === 'Name',
    relationshipName,
    referenceTo: parent === '' || parent === 'SObject' ? [] : [parent],
  });
}

function words(name: string): string {
  return name.replace(/Id$/, ' ID').replace(/([a-z0-9])([A-Z])/g, '$1 $2');
}
