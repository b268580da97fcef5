/** Describe types of standard fields, as Schema.DisplayType in lower case. */
export type StandardFieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'long'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'reference'
  | 'address'
  | 'location'
  | 'base64'
  | 'encryptedstring'
  | 'anytype';

/** What an org may have or not: record types of an object, quotes. */
export type Feature = 'RecordTypes' | 'Quotes';

export type StandardPicklistValue = {
  readonly value: string;
  readonly label: string;
  readonly default: boolean;
  /** What choosing the value does to other fields: `{ IsClosed: true, Probability: 100 }`. */
  readonly sets: Readonly<Record<string, string | number | boolean>>;
};

export type StandardField = {
  readonly name: string;
  readonly label: string;
  readonly type: StandardFieldType;
  /** The Apex type of the value: String, Id, Boolean, Integer, Decimal, Date, Datetime, Time, Blob or Address. */
  readonly apexType: string;
  /** Characters; 0 where it does not apply. */
  readonly length: number;
  /** Digits in all, and after the point; 0 where they do not apply. */
  readonly precision: number;
  readonly scale: number;
  /** DML fails on create without it. */
  readonly required: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly unique: boolean;
  readonly idLookup: boolean;
  readonly externalId: boolean;
  readonly caseSensitive: boolean;
  readonly autoNumber: boolean;
  readonly calculated: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  /** The field whose value a lookup shows. */
  readonly nameField: boolean;
  readonly referenceTo: readonly string[];
  /** null where SOQL can't follow the lookup. */
  readonly relationshipName: string | null;
  /** Deleting the parent deletes the record. */
  readonly cascadeDelete: boolean;
  readonly picklist: readonly StandardPicklistValue[];
  readonly restrictedPicklist: boolean;
  /** The fields that a full name or an address consists of. */
  readonly compoundOf: readonly string[];
  /** It exists only in orgs with this feature; null for everywhere. */
  readonly feature: Feature | null;
};

export type StandardChildRelationship = {
  readonly name: string;
  readonly object: string;
  readonly field: string;
  readonly cascadeDelete: boolean;
};

export type StandardObject = {
  readonly name: string;
  readonly label: string;
  readonly plural: string;
  /** null for objects without records of their own. */
  readonly keyPrefix: string | null;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly undeletable: boolean;
  readonly queryable: boolean;
  readonly searchable: boolean;
  readonly mergeable: boolean;
  readonly triggerable: boolean;
  readonly custom: false;
  /** A setup object: no DML on it together with others. */
  readonly setup: boolean;
  /** A platform event. */
  readonly event?: true;
  /** It exists only in orgs with this feature. */
  readonly feature?: Feature;
  /** false where the API can write it and Apex can't ("DML operation INSERT not allowed on …"). */
  readonly apexDml: boolean;
  /** The page of the reference that the attributes are from. */
  readonly source: string;
  readonly fields: readonly StandardField[];
  readonly childRelationships: readonly StandardChildRelationship[];
  /** Fields that the platform has with features which a plain org lacks (multiple currencies, person accounts …). */
  readonly notEnabled: readonly string[];
};

/** An object of which only names and types are known: Apex that mentions it compiles, it has no rows here. */
export type TypedObject = {
  readonly name: string;
  /** Empty where it is not known. */
  readonly keyPrefix: string;
  /** `Name Type`, lookups with their relationship and its object (`SObject` for several): `OwnerId Id Owner User`. */
  readonly fields: readonly string[];
  /** Lists of others of these objects, as `Icons IconDefinition TabDefinitionId`. */
  readonly children?: readonly string[];
};

export type TypedObjectsJson = { readonly version: string; readonly objects: readonly TypedObject[] };

/** What a field is where its file says nothing. */
export const fieldDefaults = {
  length: 0,
  precision: 0,
  scale: 0,
  required: false,
  createable: false,
  updateable: false,
  nillable: false,
  defaultedOnCreate: false,
  unique: false,
  idLookup: false,
  externalId: false,
  caseSensitive: false,
  autoNumber: false,
  calculated: false,
  filterable: true,
  sortable: true,
  nameField: false,
  referenceTo: [],
  relationshipName: null,
  cascadeDelete: false,
  picklist: [],
  restrictedPicklist: false,
  compoundOf: [],
  feature: null,
} satisfies Partial<StandardField>;

type FieldDefault = keyof typeof fieldDefaults;

/** A field as its file has it: without what equals {@link fieldDefaults}. */
export type StandardFieldJson = Omit<StandardField, FieldDefault> & Partial<Pick<StandardField, FieldDefault>>;

export type StandardObjectJson = Omit<StandardObject, 'fields'> & { readonly fields: readonly StandardFieldJson[] };

/** `index.json`: the objects described here, and all that the platform has. */
export type StandardIndexJson = {
  readonly version: string;
  readonly objects: readonly string[];
  readonly known: readonly string[];
};
