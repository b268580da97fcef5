/** What the org knows of one object: standard descriptions, project metadata and platform rules merged. */
export interface ObjectDescriptor {
  readonly name: string;
  readonly label: string;
  readonly plural: string;
  /** Three characters; every record id of the object begins with them. */
  readonly keyPrefix: string;
  readonly custom: boolean;
  /** `__e` */
  readonly event: boolean;
  /** `__mdt` */
  readonly metadataType: boolean;
  readonly customSetting: 'Hierarchy' | 'List' | null;
  /** A setup object: no DML on it together with others. */
  readonly setup: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly undeletable: boolean;
  readonly queryable: boolean;
  readonly triggerable: boolean;
  /** Organisation-wide default: who sees records that they do not own. */
  readonly sharingModel: 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent' | 'PublicReadWriteTransfer';
  /** By lower-case API name. Iteration order is the order of the description. */
  readonly fields: ReadonlyMap<string, FieldDescriptor>;
  /** Lookups by lower-case relationship name: `owner` → OwnerId, `parent__r` → Parent__c. */
  readonly parents: ReadonlyMap<string, FieldDescriptor>;
  /** By lower-case relationship name: `contacts`, `items__r`. */
  readonly children: ReadonlyMap<string, ChildRelationship>;
  readonly fieldSets: ReadonlyMap<string, readonly string[]>;
}

/** Describe types, as Schema.DisplayType in lower case. */
export type FieldType =
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

export interface FieldDescriptor {
  /** API name, canonical spelling. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** The Apex type of the field's value, as a user writes it: `String`, `Id`, `Decimal`, `Integer`, `Boolean`, `Datetime` … */
  readonly apexType: string;
  /** Characters; 0 where it does not apply. */
  readonly length: number;
  /** Digits in all and after the point of number fields. */
  readonly precision: number;
  readonly scale: number;
  /** Must be given on create through DML (not merely on the page layout). */
  readonly required: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  readonly idLookup: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly calculated: boolean;
  readonly autoNumber: boolean;
  readonly custom: boolean;
  /** Default literal of metadata, already typed as an Apex value, or a formula text to be evaluated; null for none. */
  readonly defaultValue: string | number | boolean | null;
  readonly referenceTo: readonly string[];
  /** `Owner`, `Parent__r`; null where it is no lookup. */
  readonly relationshipName: string | null;
  readonly deleteConstraint: 'SetNull' | 'Restrict' | 'Cascade';
  readonly masterDetail: boolean;
  readonly picklist: readonly { readonly value: string; readonly label: string; readonly default: boolean; readonly active: boolean }[];
  readonly restrictedPicklist: boolean;
  readonly formula: string | null;
}

export interface ChildRelationship {
  readonly name: string;
  /** The child object's API name and its lookup field. */
  readonly object: string;
  readonly field: string;
  readonly cascadeDelete: boolean;
}

/** The objects of an org. */
export interface Schema {
  /** By name in any case; null where the org has no such object. */
  object(name: string): ObjectDescriptor | null;
  objects(): Iterable<ObjectDescriptor>;
  /** The object whose record ids begin with these three characters. */
  byKeyPrefix(prefix: string): ObjectDescriptor | null;
}
