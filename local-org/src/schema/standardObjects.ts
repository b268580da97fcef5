import { makeFieldsLater, makeObject } from './customObject.ts';
import type { ObjectDraft } from './customObject.ts';
import type { DeclaredChild } from './buildSchema.ts';
import { definitionObjects, DEFINITION_CHILDREN } from './definitionObjects.ts';
import type { Features } from './features.ts';
import { idField, makeField } from './field.ts';
import type { FieldDraft } from './field.ts';
import { typedChildren, typedObjects } from './typedObjects.ts';
import { loadStandardObjects } from './standard/load.ts';
import type { StandardField, StandardObject } from './standard/load.ts';

/** Fields that the platform indexes besides ids, lookups, unique and external id fields. */
const INDEXED = new Set(['Name', 'Email', 'Username', 'DeveloperName', 'Alias', 'FederationIdentifier', 'CaseNumber']);

/** Lookups to definitions, whose keys are no ids but text, by the relationship's name. */
const BY_NAME: Readonly<Record<string, string>> = {
  'FlowDefinitionView.TriggerObjectOrEventId': 'TriggerObjectOrEvent',
};

/** Numbers in another form than eight digits. Source: Object Reference, QuoteLineItem, LineNumber. */
const DISPLAY_FORMATS: Readonly<Record<string, string>> = { 'QuoteLineItem.LineNumber': 'QL-{00000}' };

/** Fields of the API type JunctionIdList, by object: they make rows of a junction object and are not stored. */
const JUNCTION_LISTS: Readonly<Record<string, readonly string[]>> = { EmailMessage: ['ToIds', 'CcIds', 'BccIds'] };

function junctionList(name: string): FieldDraft {
  const label = name.replace('Ids', ' IDs');
  const none = { filterable: false, sortable: false, groupable: false, aggregatable: false, permissionable: false };
  return makeField({ name, label, type: 'anytype', apexType: 'List<String>', ...none });
}

/** Organisation-wide defaults of a new org; objects that are not listed are public. */
const SHARING: Readonly<Record<string, ObjectDraft['sharingModel']>> = {
  Account: 'ReadWrite',
  Contact: 'ControlledByParent',
  Lead: 'PublicReadWriteTransfer',
  Case: 'PublicReadWriteTransfer',
  Task: 'Private',
  Event: 'Private',
  User: 'Read',
};

/** Drafts of the standard objects that an org with these features has, new ones at each call, and their relationships. */
export function standardObjects(features: Features = new Set()): { objects: ObjectDraft[]; children: DeclaredChild[] } {
  const described = [...loadStandardObjects().values()];
  const standard = described.filter(({ feature }) => feature === undefined || features.has(feature));
  const there = new Set(standard.map(({ name }) => name));
  const absent = new Set(described.map(({ name }) => name).filter((name) => !there.has(name)));
  const objects = standard.map((object) => draftOf(object, features, absent));
  for (const extra of [...pseudoObjects(), ...typedObjects()]) {
    if (!objects.some((object) => object.name === extra.name)) objects.push(extra);
  }
  const children = standard.flatMap((object) =>
    object.childRelationships
      .filter((child) => !absent.has(child.object))
      .map((child) => ({ parent: object.name, name: child.name, object: child.object, field: child.field })),
  );
  return { objects, children: [...children, ...DEFINITION_CHILDREN, ...typedChildren()] };
}

function draftOf(object: StandardObject, features: Features, absent: ReadonlySet<string>): ObjectDraft {
  const draft = makeObject({
    name: object.name,
    label: object.label,
    plural: object.plural,
    keyPrefix: object.keyPrefix ?? '',
    setup: object.setup,
    ...(object.event ? { event: true, publishBehavior: 'PublishAfterCommit' as const } : {}),
    createable: object.createable,
    updateable: object.updateable,
    deletable: object.deletable,
    undeletable: object.undeletable,
    queryable: object.queryable,
    searchable: object.searchable,
    mergeable: object.mergeable,
    triggerable: object.triggerable,
    sharingModel: SHARING[object.name] ?? 'ReadWrite',
  });
  draft.nameField = object.fields.find((field) => field.nameField)?.name ?? null;
  return makeFieldsLater(draft, () => fieldsOf(object, features, absent));
}

/** Fields that no permission set hides though they may be blank. Source: octoberswimmer/aer-dist, issue 215 */
const SHOWN_TO_ALL = new Set(['Case.Status']);

function fieldsOf(object: StandardObject, features: Features, absent: ReadonlySet<string>): FieldDraft[] {
  const compounds = new Map<string, string>();
  for (const field of object.fields) for (const part of field.compoundOf) compounds.set(part, field.name);
  const fields = object.fields
    // Whether there is a RecordTypeId hangs on each object's record types, which are read later.
    .filter(({ feature }) => feature === null || feature === 'RecordTypes' || features.has(feature))
    .map((field) => fieldOf(field, compounds.get(field.name) ?? null));
  for (const field of fields) {
    if (field.referenceTo.some((name) => absent.has(name))) {
      field.referenceTo = field.referenceTo.filter((name) => !absent.has(name));
    }
    field.displayFormat = DISPLAY_FORMATS[`${object.name}.${field.name}`] ?? field.displayFormat;
    if (SHOWN_TO_ALL.has(`${object.name}.${field.name}`)) field.permissionable = false;
    const relationship = BY_NAME[`${object.name}.${field.name}`];
    if (relationship === undefined) continue;
    field.type = 'reference';
    field.referenceTo = ['EntityDefinition'];
    field.relationshipName = relationship;
  }
  return [...fields, ...(JUNCTION_LISTS[object.name] ?? []).map(junctionList)];
}

function fieldOf(field: StandardField, compoundFieldName: string | null): FieldDraft {
  const system = !field.createable && !field.updateable;
  return makeField({
    name: field.name,
    label: field.label,
    type: field.type,
    apexType: field.apexType,
    length: field.length,
    precision: field.precision,
    scale: field.scale,
    required: field.required,
    nillable: field.nillable,
    createable: field.createable,
    updateable: field.updateable,
    defaultedOnCreate: field.defaultedOnCreate,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    idLookup: field.idLookup,
    filterable: field.filterable,
    sortable: field.sortable,
    autoNumber: field.autoNumber,
    calculated: field.calculated,
    nameField: field.nameField,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    deleteConstraint: field.cascadeDelete ? 'Cascade' : 'SetNull',
    picklist: field.picklist.map((value) => ({ ...value, active: true })),
    restrictedPicklist: field.restrictedPicklist,
    compoundOf: field.compoundOf,
    compoundFieldName,
    defaultValue: field.type === 'boolean' ? false : null,
    permissionable:
      compoundFieldName !== 'Name' &&
      !field.required &&
      !field.nameField &&
      !system &&
      field.type !== 'id' &&
      field.name !== 'OwnerId',
    indexed:
      field.type === 'id' || field.type === 'reference' || field.unique || field.externalId || INDEXED.has(field.name),
  });
}

/** What Apex code names without there being records of it. */
function pseudoObjects(): ObjectDraft[] {
  const only = { createable: false, updateable: false, permissionable: false } as const;
  const none = { createable: false, updateable: false, deletable: false, undeletable: false, triggerable: false };
  const text = (name: string) => makeField({ name, label: name, type: 'string', length: 255, ...only });
  const name = makeObject({ name: 'Name', label: 'Name', ...none, queryable: false, searchable: false });
  const fields = [
    idField(),
    { ...text('Name'), nameField: true },
    ...['FirstName', 'LastName', 'Alias', 'Username', 'Email', 'Phone', 'Title', 'Type'].map(text),
    makeField({ name: 'IsActive', label: 'Active', type: 'boolean', ...only }),
    makeField({
      name: 'ProfileId',
      label: 'Profile ID',
      type: 'reference',
      referenceTo: ['Profile'],
      relationshipName: 'Profile',
      ...only,
    }),
    makeField({
      name: 'UserRoleId',
      label: 'Role ID',
      type: 'reference',
      referenceTo: ['UserRole'],
      relationshipName: 'UserRole',
      ...only,
    }),
  ];
  for (const field of fields) name.fields.set(field.name.toLowerCase(), field);
  name.nameField = 'Name';
  const aggregate = makeObject({ name: 'AggregateResult', label: 'Aggregate Result', ...none, queryable: false });
  // The only field that Apex may set, through JSON; all else is an alias of a query.
  aggregate.fields.set('id', idField());
  return [name, aggregate, ...definitionObjects()];
}
