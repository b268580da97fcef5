import type {
  FieldSetDescriptor,
  ObjectDescriptor,
  RecordTypeDescriptor,
  ValidationRuleDescriptor,
} from './descriptor.ts';
import type { ElementReader } from './elementReader.ts';
import { auditFields, deletedField, idField, makeField, ownerField } from './field.ts';
import type { FieldDraft } from './field.ts';

/** An object under construction: plain and mutable, children and parents are derived at the end. */
export type ObjectDraft = {
  -readonly [
    K in keyof Omit<ObjectDescriptor, 'fields' | 'parents' | 'children' | 'fieldSets' | 'recordTypes'>
  ]: ObjectDescriptor[K];
} & {
  fields: Map<string, FieldDraft>;
  fieldSets: Map<string, FieldSetDescriptor>;
  recordTypes: RecordTypeDescriptor[];
  validationRules: ValidationRuleDescriptor[];
  /** Causes of Apex sharing that the project declares; values of the share object's RowCause. */
  sharingReasons: { name: string; label: string }[];
};

/** An object with the values that most have, changed by what is given. */
export function makeObject(given: Partial<ObjectDraft> & Pick<ObjectDraft, 'name' | 'label'>): ObjectDraft {
  return {
    plural: `${given.label}s`,
    keyPrefix: '',
    custom: false,
    event: false,
    metadataType: false,
    bigObject: false,
    rowsNotBuilt: false,
    customSetting: null,
    setup: false,
    createable: true,
    updateable: true,
    deletable: true,
    undeletable: true,
    queryable: true,
    triggerable: true,
    sharingModel: 'ReadWrite',
    fields: new Map(),
    fieldSets: new Map(),
    nameField: null,
    recordTypes: [],
    validationRules: [],
    sharingReasons: [],
    publishBehavior: null,
    mergeable: false,
    searchable: true,
    feedEnabled: false,
    tracksHistory: false,
    shareOf: null,
    ...given,
  };
}

/** Has an object make its fields when somebody asks for them: of some 270 standard objects a project touches few. */
export function makeFieldsLater(object: ObjectDraft, make: () => readonly FieldDraft[]): ObjectDraft {
  let made: Map<string, FieldDraft> | null = null;
  return Object.defineProperty(object, 'fields', {
    enumerable: true,
    get: () => (made ??= new Map(make().map((field) => [field.name.toLowerCase(), field]))),
  });
}

export function addField(object: ObjectDraft, field: FieldDraft): void {
  object.fields.set(field.name.toLowerCase(), field);
}

/** Elements that say how pages look and which features show the object; data does not depend on them. */
const PAGE_ELEMENTS = [
  ...['actionOverrides', 'allowInChatterGroups', 'businessProcesses', 'compactLayoutAssignment', 'compactLayouts'],
  ...['customHelp', 'customHelpPage', 'deprecated', 'description', 'enableBulkApi', 'enableChangeDataCapture'],
  ...['enableDataTranslation', 'enableDivisions', 'enableEnhancedLookup', 'enableLicensing'],
  ...['enableReports', 'enableSharing', 'enableStreamingApi', 'externalSharingModel', 'gender', 'household'],
  ...['historyRetentionPolicy', 'listViews', 'profileSearchLayouts', 'recordTypeTrackFeedHistory'],
  ...['recordTypeTrackHistory', 'searchLayouts', 'sharingReasons', 'sharingRecalculations', 'startsWith'],
  ...['webLinks', 'deploymentStatus', 'fullName', 'visibility', 'articleTypeChannelDisplay', 'profileActionOverrides'],
  // What became `visibility`. Source: Metadata API Developer Guide, CustomObject.
  'customSettingsVisibility',
];

const SHARING_MODELS = [
  'Private',
  'Read',
  'ReadSelect',
  'ReadWrite',
  'ReadWriteTransfer',
  'FullAccess',
  'ControlledByParent',
] as const;

/** Reads the object's own file of a custom object, event, custom setting or custom metadata type. */
export function readCustomObject(reader: ElementReader, name: string): ObjectDraft {
  const label = reader.text('label') ?? name.replace(/__\w+$/, '');
  reader.ignore(...PAGE_ELEMENTS);
  const object = makeObject({
    name,
    label,
    plural: reader.text('pluralLabel') ?? label,
    custom: true,
    sharingModel: sharingModelOf(reader, 'ReadWrite'),
    searchable: reader.boolean('enableSearch'),
    feedEnabled: reader.boolean('enableFeeds'),
    tracksHistory: reader.boolean('enableHistory'),
  });
  const activities = reader.boolean('enableActivities');
  const setting = reader.one('customSettingsType');
  if (reader.one('externalDataSource')) {
    reader.notBuilt(reader.element, `external object ${name} is not built`);
    reader.ignore('externalName', 'externalRepository');
  }
  if (name.endsWith('__e')) asEvent(object, reader);
  else if (name.endsWith('__mdt')) asMetadataType(object);
  else if (name.endsWith('__b')) asBigObject(object, reader);
  else if (setting) asCustomSetting(object, reader.choice('customSettingsType', ['Hierarchy', 'List'], 'Hierarchy'));
  else asCustomObject(object, reader, activities);
  reader.finish();
  return object;
}

/** Reads what a project's file of a standard object may change. */
export function readStandardObject(reader: ElementReader, object: ObjectDraft): void {
  reader.ignore(...PAGE_ELEMENTS, 'label', 'pluralLabel', 'nameField', 'enableActivities', 'enableSearch');
  object.sharingModel = sharingModelOf(reader, object.sharingModel);
  object.feedEnabled = reader.boolean('enableFeeds', object.feedEnabled);
  object.tracksHistory = reader.boolean('enableHistory');
  reader.finish();
}

function sharingModelOf(reader: ElementReader, fallback: ObjectDraft['sharingModel']): ObjectDraft['sharingModel'] {
  const element = reader.one('sharingModel');
  if (!element) return fallback;
  const model = reader.choice('sharingModel', SHARING_MODELS, 'ReadWrite');
  if (model === 'ReadWriteTransfer' || model === 'FullAccess') return 'PublicReadWriteTransfer';
  return model === 'ReadSelect' ? 'Read' : model;
}

function asCustomObject(object: ObjectDraft, reader: ElementReader, activities: boolean): void {
  addField(object, idField());
  addField(object, ownerField(['Group', 'User']));
  addField(object, deletedField());
  addField(object, nameFieldOf(object, reader.reader('nameField')));
  for (const field of auditFields()) addField(object, field);
  if (activities) addField(object, readOnlyField('LastActivityDate', 'Last Activity Date', 'date'));
  addField(object, readOnlyField('LastViewedDate', 'Last Viewed Date', 'datetime'));
  addField(object, readOnlyField('LastReferencedDate', 'Last Referenced Date', 'datetime'));
  object.nameField = 'Name';
}

function readOnlyField(name: string, label: string, type: 'date' | 'datetime'): FieldDraft {
  return makeField({ name, label, type, createable: false, updateable: false, permissionable: false });
}

function nameFieldOf(object: ObjectDraft, name: ElementReader | null): FieldDraft {
  const auto = name?.text('type') === 'AutoNumber';
  const draft = makeField({
    name: 'Name',
    label: name?.text('label') ?? `${object.label} Name`,
    type: 'string',
    length: 80,
    nameField: true,
    tracked: name?.boolean('trackHistory') ?? false,
    idLookup: true,
    indexed: true,
    permissionable: false,
    // A blank name of a custom object is filled with the record's id.
    nillable: true,
    autoNumber: auto,
    ...(auto
      ? {
          displayFormat: name?.text('displayFormat') ?? '{0}',
          startingNumber: name?.integer('startingNumber', 1) ?? 1,
          createable: false,
          updateable: false,
          nillable: false,
          defaultedOnCreate: true,
        }
      : {}),
  });
  name?.ignore('trackFeedHistory', 'displayFormat', 'startingNumber', 'fullName', 'description');
  name?.ignore('unique', 'caseSensitive', 'externalId', 'required', 'length', 'inlineHelpText');
  name?.finish();
  return draft;
}

function asEvent(object: ObjectDraft, reader: ElementReader): void {
  const kind = reader.text('eventType') ?? 'HighVolume';
  if (kind !== 'HighVolume') reader.notBuilt(reader.element, `eventType ${kind} of ${object.name} is not built`);
  object.event = true;
  object.publishBehavior = reader.choice<'PublishImmediately' | 'PublishAfterCommit'>(
    'publishBehavior',
    ['PublishImmediately', 'PublishAfterCommit'],
    'PublishImmediately',
  );
  object.updateable = false;
  object.deletable = false;
  object.undeletable = false;
  object.queryable = false;
  const fixed = { createable: false, updateable: false, permissionable: false };
  addField(object, makeField({ name: 'ReplayId', label: 'Replay ID', type: 'string', length: 1000, ...fixed }));
  addField(object, makeField({ name: 'EventUuid', label: 'Event UUID', type: 'string', length: 36, ...fixed }));
  for (const field of auditFields().slice(0, 2)) addField(object, field);
}

/**
 * Big Objects Implementation Guide: only the fields that it declares, no triggers, no owner and no sharing, written by
 * `Database.insertImmediate`. unverified: that describe names it createable and deletable, as permissions on it can be given
 */
function asBigObject(object: ObjectDraft, reader: ElementReader): void {
  Object.assign(object, {
    bigObject: true,
    updateable: false,
    undeletable: false,
    triggerable: false,
    searchable: false,
  });
  addField(object, idField());
  // How rows are found, and they cannot be queried here.
  reader.ignore('indexes');
}

function asMetadataType(object: ObjectDraft): void {
  object.metadataType = true;
  object.createable = false;
  object.updateable = false;
  object.deletable = false;
  object.undeletable = false;
  object.triggerable = false;
  addField(object, idField());
  const text = (name: string, label: string, length: number) =>
    addField(
      object,
      makeField({ name, label, type: 'string', length, permissionable: false, indexed: name !== 'Label' }),
    );
  text('DeveloperName', `${object.label} Name`, 40);
  text('MasterLabel', 'Label', 40);
  text('Language', 'Master Language', 40);
  text('NamespacePrefix', 'Namespace Prefix', 15);
  text('Label', 'Label', 40);
  text('QualifiedApiName', 'Qualified API Name', 70);
  object.nameField = 'DeveloperName';
}

function asCustomSetting(object: ObjectDraft, kind: 'Hierarchy' | 'List'): void {
  object.customSetting = kind;
  object.undeletable = false;
  addField(object, idField());
  addField(object, deletedField());
  addField(
    object,
    makeField({
      name: 'Name',
      label: 'Name',
      type: 'string',
      length: 38,
      nameField: true,
      indexed: true,
      permissionable: false,
      required: kind === 'List',
    }),
  );
  addField(
    object,
    makeField({
      name: 'SetupOwnerId',
      label: 'Location',
      type: 'reference',
      referenceTo: ['Organization', 'Profile', 'User'],
      relationshipName: 'SetupOwner',
      permissionable: false,
      defaultedOnCreate: true,
      nillable: false,
    }),
  );
  for (const field of auditFields()) addField(object, field);
  object.nameField = 'Name';
}

/** Reads a `recordTypes/*.recordType-meta.xml`. */
export function readRecordType(reader: ElementReader): RecordTypeDescriptor {
  // Which values a page offers for a record type; Apex and the API accept all of them.
  reader.ignore('businessProcess', 'compactLayoutAssignment', 'picklistValues');
  const read = {
    developerName: reader.required('fullName'),
    label: reader.required('label'),
    description: reader.text('description'),
    active: reader.boolean('active'),
  };
  reader.finish();
  return read;
}

/** Reads a `validationRules/*.validationRule-meta.xml`. */
export function readValidationRule(reader: ElementReader): ValidationRuleDescriptor {
  reader.ignore('description', 'shouldEvaluateOnClient');
  const read = {
    name: reader.required('fullName'),
    active: reader.boolean('active'),
    formula: reader.required('errorConditionFormula'),
    errorField: reader.text('errorDisplayField'),
    errorMessage: reader.required('errorMessage'),
    file: reader.file,
    line: reader.one('errorConditionFormula')?.line ?? reader.element.line,
  };
  reader.finish();
  return read;
}

/** Reads a `fieldSets/*.fieldSet-meta.xml`. */
export function readFieldSet(reader: ElementReader): FieldSetDescriptor {
  reader.ignore('availableFields');
  const members = reader.readers('displayedFields').map((item) => {
    item.ignore('isFieldManaged');
    const member = { field: item.required('field'), required: item.boolean('isRequired') };
    item.finish();
    return member;
  });
  const name = reader.required('fullName');
  const read = {
    name,
    label: reader.text('label') ?? name,
    description: reader.text('description') ?? '',
    members,
  };
  reader.finish();
  return read;
}
