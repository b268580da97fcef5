import type { FieldType, PicklistValueDescriptor, RollupDescriptor } from './descriptor.ts';
import type { ElementReader } from './elementReader.ts';
import { makeField } from './field.ts';
import type { FieldDraft } from './field.ts';

type PicklistValue = PicklistValueDescriptor;

/** Value lists that several fields share, by full name in lower case. */
export type ValueSets = ReadonlyMap<string, readonly PicklistValue[]>;

/** A field as the project declares it, with the child relationship that a lookup gives its parent. */
export interface CustomField {
  readonly fields: readonly FieldDraft[];
  /** Name of the child relationship without `__r`; null where the parent gets none. */
  readonly childRelationship: string | null;
  readonly line: number;
  readonly file: string;
}

const TYPES: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'string',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MetadataRelationship: 'reference',
  Hierarchy: 'reference',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Summary: 'double',
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Time: 'time',
  Url: 'url',
  EncryptedText: 'encryptedstring',
  Location: 'location',
};

const LENGTHS: Readonly<Record<string, number>> = {
  Email: 80,
  Phone: 40,
  Url: 255,
  TextArea: 255,
  Picklist: 255,
  MultiselectPicklist: 4099,
  AutoNumber: 30,
  Lookup: 18,
  MasterDetail: 18,
  MetadataRelationship: 15,
  Hierarchy: 18,
  LongTextArea: 32768,
  Html: 32768,
};

const NAMED_REFERENCE = { type: 'string', apexType: 'String', length: 80, indexed: true } as const;

/** Reads `fields/*.field-meta.xml`; null where the type is missing or unknown (a problem has been reported). */
export function readCustomField(reader: ElementReader, object: string, valueSets: ValueSets): CustomField | null {
  const name = reader.required('fullName');
  const typeElement = reader.one('type');
  if (!typeElement) {
    if (name.endsWith('__c')) reader.invalid(reader.element, `Required field is missing: type of ${object}.${name}`);
    return null;
  }
  const type = TYPES[typeElement.text];
  if (type === undefined) {
    reader.notBuilt(typeElement, `field type ${typeElement.text} of ${object}.${name} is not built`);
    return null;
  }
  ignoreUnused(reader);
  const formula = reader.text('formula');
  const draft = makeField({
    ...common(reader, name, object),
    ...sizes(reader, typeElement.text, name, object),
    ...references(reader, typeElement.text, name),
    ...picklist(reader, typeElement.text, valueSets),
    ...(formula === null ? {} : { formula, calculated: true, createable: false, updateable: false }),
    ...(typeElement.text === 'AutoNumber' ? autoNumber(reader) : {}),
    ...(typeElement.text === 'Summary' ? { rollup: rollupOf(reader, object) } : {}),
    ...defaults(reader, typeElement.text),
    name,
    type,
    custom: true,
    tracked: reader.boolean('trackHistory'),
    htmlFormatted: typeElement.text === 'Html',
  });
  // Metadata names objects and fields by their API names, which are no ids.
  if (draft.referenceTo.some((target) => target.endsWith('Definition'))) Object.assign(draft, NAMED_REFERENCE);
  draft.apexType = typeElement.text === 'Location' ? 'Location' : draft.apexType;
  const childRelationship = reader.text('relationshipName');
  const fields = typeElement.text === 'Location' ? [draft, ...coordinates(draft)] : [draft];
  reader.finish();
  return { fields, childRelationship, line: reader.element.line, file: reader.file };
}

function ignoreUnused(reader: ElementReader): void {
  reader.ignore(
    'businessOwnerGroup',
    'businessOwnerUser',
    'businessStatus',
    'complianceGroup',
    'securityClassification',
  );
  reader.ignore('trackFeedHistory', 'trackTrending', 'translateData', 'visibleLines', 'deprecated');
  reader.ignore('fieldManageability', 'populateExistingRows', 'relationshipLabel', 'isConvertLeadDisabled');
  reader.ignore('isAIPredictionField', 'maskChar', 'maskType', 'encryptionScheme', 'displayLocationInDecimal');
  reader.ignore(
    'escapeMarkup',
    'stripMarkup',
    'isFilteringDisabled',
    'isSortingDisabled',
    'isNameField',
    'description',
  );
  reader.ignore('restrictedAdminField', 'externalDeveloperName');
}

function common(reader: ElementReader, name: string, object: string): Partial<FieldDraft> {
  const required = reader.boolean('required');
  const unique = reader.boolean('unique');
  const filter = reader.reader('lookupFilter');
  if (filter?.boolean('active', true) && !filter.boolean('isOptional')) {
    reader.notBuilt(filter.element, `the required lookup filter of ${object}.${name} is not built`);
  }
  return {
    label: reader.text('label') ?? name,
    required,
    nillable: !required,
    unique,
    caseSensitive: reader.boolean('caseSensitive'),
    externalId: reader.boolean('externalId'),
    inlineHelpText: reader.text('inlineHelpText'),
    blankAsZero:
      reader.choice('formulaTreatBlanksAs', ['BlankAsBlank', 'BlankAsZero'], 'BlankAsZero') === 'BlankAsZero',
    idLookup: reader.boolean('externalId'),
  };
}

function defaults(reader: ElementReader, kind: string): Partial<FieldDraft> {
  const text = reader.text('defaultValue');
  if (kind === 'Checkbox') return { defaultValue: text?.toLowerCase() === 'true', defaultedOnCreate: true };
  if (text === null || text === '') return {};
  return { defaultFormula: text, defaultedOnCreate: true };
}

function sizes(reader: ElementReader, kind: string, name: string, object: string): Partial<FieldDraft> {
  const numeric = ['Number', 'Currency', 'Percent', 'Summary', 'Location'].includes(kind);
  const precision = reader.integer('precision', numeric ? 18 : 0);
  const scale = reader.integer('scale', 0);
  const length = reader.integer('length', LENGTHS[kind] ?? 0);
  const isFormula = reader.element.children.some((child) => child.name === 'formula');
  if (kind === 'Text' && length === 0 && !isFormula) {
    reader.invalid(reader.element, `Must specify a non-empty 'length' for the Text field ${object}.${name}`);
  }
  if (kind === 'Number' && scale > precision) {
    reader.invalid(reader.element, `scale of ${object}.${name} is greater than its precision`);
  }
  return {
    precision: numeric ? precision : 0,
    scale: numeric ? scale : 0,
    length: kind === 'Text' && isFormula ? 1300 : numeric ? 0 : length,
    ...(kind === 'Checkbox' ? { nillable: false, required: false } : {}),
  };
}

function references(reader: ElementReader, kind: string, name: string): Partial<FieldDraft> {
  const referenceTo = reader.all('referenceTo').map((element) => element.text);
  const order = reader.one('relationshipOrder') ? reader.integer('relationshipOrder', 0) : null;
  const constraint = reader.choice('deleteConstraint', ['SetNull', 'Restrict', 'Cascade'], 'SetNull');
  const reparentable = reader.boolean('reparentableMasterDetail');
  const writeRequiresMasterRead = reader.boolean('writeRequiresMasterRead');
  reader.ignore('referenceTargetField');
  // `Rule__mdt.Object__c`: a field's definition is one of the object that this field names.
  const controllingField = reader.text('metadataRelationshipControllingField')?.split('.').at(-1) ?? null;
  if (!['Lookup', 'MasterDetail', 'MetadataRelationship', 'Hierarchy'].includes(kind)) return {};
  if (kind !== 'Hierarchy' && referenceTo.length === 0) {
    reader.invalid(reader.element, `Must specify 'referenceTo' for the relationship field ${name}`);
  }
  const master = kind === 'MasterDetail';
  return {
    referenceTo: kind === 'Hierarchy' ? ['User'] : referenceTo,
    relationshipName: name.replace(/__c$/, '__r'),
    masterDetail: master,
    deleteConstraint: master ? 'Cascade' : constraint,
    relationshipOrder: master ? (order ?? 0) : null,
    ...(controllingField === null ? {} : { controllingField }),
    reparentable,
    writeRequiresMasterRead,
    ...(master ? { required: true, nillable: false, updateable: reparentable, permissionable: false } : {}),
  };
}

function picklist(reader: ElementReader, kind: string, valueSets: ValueSets): Partial<FieldDraft> {
  const set = reader.reader('valueSet');
  const old = reader.reader('picklist');
  if (!set && old) return oldPicklist(reader, old);
  if (!set) {
    if (kind === 'Picklist' || kind === 'MultiselectPicklist') {
      const isFormula = reader.element.children.some((child) => child.name === 'formula');
      if (!isFormula) reader.invalid(reader.element, 'Required field is missing: valueSet of a picklist');
    }
    return {};
  }
  const restricted = set.boolean('restricted');
  const controllingField = set.text('controllingField');
  // Apex and the API do not enforce dependencies between picklists, only pages do.
  set.ignore('valueSettings');
  const nameElement = set.one('valueSetName');
  const definition = set.reader('valueSetDefinition');
  let values: readonly PicklistValue[] = [];
  if (definition) {
    const sorted = definition.boolean('sorted');
    values = definition.readers('value').map(readPicklistValue);
    if (sorted) values = byLabel(values);
    definition.finish();
  } else if (nameElement) {
    const shared = valueSets.get(nameElement.text.toLowerCase());
    if (shared) values = shared;
    else set.invalid(nameElement, `In field: valueSet - no GlobalValueSet named ${nameElement.text} found`);
  }
  set.finish();
  return { picklist: values, restrictedPicklist: restricted || nameElement !== null, controllingField };
}

/** A list of values as metadata before version 38 declares it. Source: Metadata API Developer Guide, "Picklist". */
function oldPicklist(reader: ElementReader, list: ElementReader): Partial<FieldDraft> {
  const sorted = list.boolean('sorted');
  const values = list.readers('picklistValues').map((value) => {
    // Which values of another field show this one; pages alone enforce it.
    value.ignore('controllingFieldValues');
    return readPicklistValue(value);
  });
  const controllingField = list.text('controllingField');
  list.finish();
  return { picklist: sorted ? byLabel(values) : values, restrictedPicklist: false, controllingField };
}

function byLabel(values: readonly PicklistValue[]): readonly PicklistValue[] {
  return values.toSorted((a, b) => (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1));
}

/** One value of a value set, whatever kind of set declares it. */
export function readPicklistValue(value: ElementReader): PicklistValue {
  const name = value.required('fullName');
  value.ignore('color', 'description');
  value.ignore('allowEmail', 'cssExposed', 'groupingString', 'reverseRole', 'reviewed', 'groupingStringEnum');
  const result = {
    value: name,
    label: value.text('label') ?? name,
    default: value.boolean('default'),
    active: value.boolean('isActive', true),
    ...effectsOf(value),
  };
  value.finish();
  return result;
}

/** What a value of a status or stage does to other fields. Source: Metadata API Developer Guide, StandardValue. */
function effectsOf(value: ElementReader): Pick<PicklistValue, 'sets'> {
  const sets: Record<string, string | number | boolean> = {};
  for (const [name, field] of [
    ['closed', 'IsClosed'],
    ['won', 'IsWon'],
    ['converted', 'IsConverted'],
    ['highPriority', 'IsHighPriority'],
  ] as const) {
    if (value.one(name)) sets[field] = value.boolean(name);
  }
  if (value.one('probability')) sets['Probability'] = value.integer('probability', 0);
  const forecast = value.text('forecastCategory');
  if (forecast !== null) sets['ForecastCategory'] = forecast;
  return Object.keys(sets).length > 0 ? { sets } : {};
}

function autoNumber(reader: ElementReader): Partial<FieldDraft> {
  return {
    autoNumber: true,
    displayFormat: reader.text('displayFormat') ?? '{0}',
    startingNumber: reader.integer('startingNumber', 1),
    createable: false,
    updateable: false,
    nillable: false,
    defaultedOnCreate: true,
  };
}

function rollupOf(reader: ElementReader, object: string): RollupDescriptor {
  const operation = reader.choice('summaryOperation', ['count', 'sum', 'min', 'max'], 'count');
  const [childObject = '', foreignKey = ''] = reader.required('summaryForeignKey').split('.');
  const summarized = reader.text('summarizedField');
  const filters = reader.readers('summaryFilterItems').map((item) => {
    const field = item.required('field');
    const read = {
      field: field.slice(field.indexOf('.') + 1),
      operation: item.required('operation'),
      value: item.text('value') ?? '',
    };
    item.finish();
    return read;
  });
  if (operation !== 'count' && summarized === null) {
    reader.invalid(reader.element, `Required field is missing: summarizedField of a roll-up on ${object}`);
  }
  return { operation, childObject, foreignKey, field: summarized?.split('.')[1] ?? null, filters };
}

/** A geolocation is stored as two numbers. */
function coordinates(location: FieldDraft): FieldDraft[] {
  const stem = location.name.replace(/c$/, '');
  return ['Latitude', 'Longitude'].map((part) =>
    makeField({
      name: `${stem}${part}__s`,
      label: `${location.label} (${part})`,
      type: 'double',
      precision: 18,
      scale: location.scale,
      custom: true,
      compoundFieldName: location.name,
    }),
  );
}

/** Master labels and values of a `globalValueSets/*.globalValueSet-meta.xml`. */
export function readGlobalValueSet(reader: ElementReader): readonly PicklistValue[] {
  reader.ignore('description', 'masterLabel', 'fullName');
  const sorted = reader.boolean('sorted');
  const values = reader.readers('customValue').map(readPicklistValue);
  reader.finish();
  return sorted ? byLabel(values) : values;
}
