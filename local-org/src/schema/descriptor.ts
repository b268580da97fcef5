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
  /** `__b`: kept apart from other records; DML statements do not write it. */
  readonly bigObject: boolean;
  /** Only names and types are known: queries and DML stop. */
  readonly rowsNotBuilt: boolean;
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
  /** By lower-case name. */
  readonly fieldSets: ReadonlyMap<string, FieldSetDescriptor>;
  /** API name of the name field, canonical spelling; null where records have none. */
  readonly nameField: string | null;
  /** Without the master record type. */
  readonly recordTypes: readonly RecordTypeDescriptor[];
  readonly validationRules: readonly ValidationRuleDescriptor[];
  /** Of events; null elsewhere. */
  readonly publishBehavior: 'PublishImmediately' | 'PublishAfterCommit' | null;
  readonly mergeable: boolean;
  readonly searchable: boolean;
  readonly feedEnabled: boolean;
  /** Changes of its tracked fields are kept in a history object. */
  readonly tracksHistory: boolean;
  /** Where rows of the object share others: `Lead` for LeadShare, with the field that names the shared record; else null. */
  readonly shareOf: { readonly object: string; readonly parentField: string; readonly accessField: string } | null;
}

export interface FieldSetDescriptor {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly members: readonly { readonly field: string; readonly required: boolean }[];
}

export interface RecordTypeDescriptor {
  readonly developerName: string;
  readonly label: string;
  readonly description: string | null;
  readonly active: boolean;
}

export interface ValidationRuleDescriptor {
  readonly name: string;
  readonly active: boolean;
  readonly formula: string;
  readonly errorField: string | null;
  readonly errorMessage: string;
  readonly file: string;
  readonly line: number;
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
  /** Default as a literal, typed as an Apex value; null for none. */
  readonly defaultValue: string | number | boolean | null;
  /** Default as the text of a formula, evaluated on create; null for none. */
  readonly defaultFormula: string | null;
  readonly referenceTo: readonly string[];
  /** `Owner`, `Parent__r`; null where it is no lookup. */
  readonly relationshipName: string | null;
  readonly deleteConstraint: 'SetNull' | 'Restrict' | 'Cascade';
  readonly masterDetail: boolean;
  readonly picklist: readonly PicklistValueDescriptor[];
  readonly restrictedPicklist: boolean;
  readonly formula: string | null;
  /** Whether a formula takes blank numbers for zero. */
  readonly blankAsZero: boolean;
  /** Roll-up summary of a master; null elsewhere. */
  readonly rollup: RollupDescriptor | null;
  readonly nameField: boolean;
  /** Field permissions apply; system, required and master-detail fields are visible to whoever may see the object. */
  readonly permissionable: boolean;
  readonly groupable: boolean;
  readonly aggregatable: boolean;
  readonly htmlFormatted: boolean;
  readonly inlineHelpText: string | null;
  /** Of an autonumber: `RD-{00000000}`, and the first number. */
  readonly displayFormat: string | null;
  readonly startingNumber: number;
  /** Of a master-detail: 0 primary, 1 secondary; null elsewhere. */
  readonly relationshipOrder: number | null;
  readonly reparentable: boolean;
  readonly writeRequiresMasterRead: boolean;
  /** The compound field that shows this one: `Name` of FirstName, `BillingAddress` of BillingCity; null for most. */
  readonly compoundFieldName: string | null;
  /** The fields that a full name or an address consists of; empty elsewhere. */
  readonly compoundOf: readonly string[];
  /** Field of the same object on which a picklist's values depend; null for most. */
  readonly controllingField: string | null;
  /** The platform indexes it: equality finds rows without a scan. */
  readonly indexed: boolean;
  /** Its changes are in the object's history. */
  readonly tracked: boolean;
}

export interface PicklistValueDescriptor {
  readonly value: string;
  readonly label: string;
  readonly default: boolean;
  readonly active: boolean;
  /** What choosing the value does to other fields: `{ IsClosed: true, Probability: 100 }`. */
  readonly sets?: Readonly<Record<string, string | number | boolean>>;
}

export interface RollupDescriptor {
  readonly operation: 'count' | 'sum' | 'min' | 'max';
  readonly childObject: string;
  readonly foreignKey: string;
  /** Null for count. */
  readonly field: string | null;
  readonly filters: readonly { readonly field: string; readonly operation: string; readonly value: string }[];
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
  /** The custom labels of the project: texts by lower-case name. */
  readonly labels?: ReadonlyMap<string, string>;
}
