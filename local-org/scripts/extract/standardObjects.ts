import { fieldDefaults } from '../../src/schema/standard/format.ts';
import type {
  StandardChildRelationship,
  StandardField,
  StandardFieldJson,
  StandardFieldType,
  StandardObjectJson,
} from '../../src/schema/standard/format.ts';
import type { JavaClass, JavaMember } from './javap.ts';
import { apexType } from './signatures.ts';
import type { Sheet, SheetField } from './sheet.ts';

const SOBJECTS = 'com.nawforce.runforce.SObjects.';

/** What the types jar (version 65) does not have though the platform does. */
const NOT_IN_JAR = new Set(['AccountTeamMember', 'CustomNotificationType', 'OutOfOffice']);

/** Describe type → Apex type. */
const APEX_TYPES: Readonly<Record<StandardFieldType, string>> = {
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

/** Lengths of types whose sheet entry gives none. */
const LENGTHS: Partial<Record<StandardFieldType, number>> = {
  id: 18,
  reference: 18,
  phone: 40,
  email: 80,
  url: 255,
  picklist: 255,
  combobox: 255,
};

/** Fields other than Name that a lookup shows. */
const NAME_FIELDS = new Set(
  ['Case.CaseNumber', 'Task.Subject', 'Event.Subject', 'Contract.ContractNumber', 'Order.OrderNumber'].concat(
    [
      'OrderItem.OrderItemNumber',
      'QuoteLineItem.LineNumber',
      'ContentVersion.Title',
      'ContentDocument.Title',
      'Note.Title',
    ],
    ['CustomNotificationType.CustomNotifTypeName', 'CampaignMemberStatus.Label', 'PermissionSetLicense.MasterLabel'],
    ['CustomPermission.DeveloperName', 'LeadStatus.MasterLabel', 'OpportunityStage.MasterLabel'],
    ['TaskStatus.MasterLabel', 'CaseStatus.MasterLabel', 'FlowDefinitionView.Label', 'FlowVersionView.Label'],
  ),
);

/** What is to be known of an object besides the page that describes it. */
const NOTES: Readonly<Record<string, string>> = {
  AccountTeamMember: '. An org has it once account teams are enabled',
  OpportunityLineItem: '. That Discount and Subtotal come with quotes is unverified',
  Quote: '. An org has it once quotes are enabled. unverified: that no status is the default',
  QuoteLineItem: '. An org has it once quotes are enabled',
  UserLogin: '; that it is a setup object is unverified',
};

const FEATURES = ['RecordTypes', 'Quotes'] as const;

const ADDRESS_PARTS = 'Street City State PostalCode Country Latitude Longitude GeocodeAccuracy'.split(' ');

/**
 * Joins the sheets with the sObject types jar.
 *
 * @throws where they contradict each other: a field that the jar does not have or types otherwise, a child relationship
 * whose lookup is not known.
 */
export function describeStandardObjects(sheets: readonly Sheet[], classes: readonly JavaClass[]): StandardObjectJson[] {
  const jar = new Map(classes.map((java) => [java.name.slice(SOBJECTS.length), java]));
  const known = new Map(sheets.map((sheet) => [sheet.name, fieldsOf(sheet, jar.get(sheet.name))]));
  return sheets.map((sheet) => objectOf(sheet, jar.get(sheet.name), known));
}

type Fields = ReadonlyMap<string, readonly StandardFieldJson[]>;

function objectOf(sheet: Sheet, java: JavaClass | undefined, known: Fields): StandardObjectJson {
  const can = (word: string) => sheet.words.has(word);
  const fields = known.get(sheet.name) ?? [];
  const present = new Set(fields.map((field) => field.name));
  const values = java?.members.filter((member) => !member.static && member.params === undefined) ?? [];
  return {
    name: sheet.name,
    label: sheet.label,
    plural: sheet.plural,
    keyPrefix: sheet.keyPrefix,
    createable: can('create'),
    updateable: can('update'),
    deletable: can('delete'),
    undeletable: can('undelete'),
    queryable: can('query'),
    searchable: can('search'),
    mergeable: can('merge'),
    triggerable: can('trigger'),
    custom: false,
    setup: can('setup'),
    ...(can('event') ? { event: true as const } : {}),
    ...featureWord(sheet),
    apexDml: !can('nodml'),
    source: `Object Reference for the Salesforce Platform: ${sheet.name}${NOTES[sheet.name] ?? ''}`,
    fields,
    childRelationships: childrenOf(sheet, java, known),
    notEnabled: values
      .filter((member) => isValue(member) && !present.has(fieldName(member)))
      .map(fieldName)
      .sort(),
  };
}

function fieldName(member: JavaMember): string {
  return member.name.replace(/_x$/, '');
}

/** A field rather than a relationship, which the jar types as another sObject, or SObject where it is not known which. */
function isValue(member: JavaMember): boolean {
  const type = member.type.replace('com.nawforce.runforce.', '');
  return type === 'SObjects.Address' || (type.startsWith('System.') && type !== 'System.SObject');
}

function fieldsOf(sheet: Sheet, java: JavaClass | undefined): StandardFieldJson[] {
  if (!java && !NOT_IN_JAR.has(sheet.name)) throw new Error(`${sheet.name}: the types jar does not have it`);
  const members = new Map((java?.members ?? []).filter((m) => m.params === undefined).map((m) => [fieldName(m), m]));
  const listed = new Set(sheet.fields.map((field) => field.name));
  return sheet.fields.flatMap((field) => {
    if (!field.name.endsWith('*')) return [fieldOf(sheet, field, members)];
    const prefix = field.name.slice(0, -1);
    return [...members]
      .filter(([name, { type }]) => name.startsWith(prefix) && !listed.has(name) && type.endsWith('.Boolean'))
      .map(([name]) => fieldOf(sheet, { ...field, name, label: wordsIn(name.slice(prefix.length)) }, members));
  });
}

function wordsIn(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
}

function fieldOf(sheet: Sheet, field: SheetField, members: ReadonlyMap<string, JavaMember>): StandardFieldJson {
  const where = `${sheet.name}.${field.name}`;
  const type = field.type as StandardFieldType;
  const expected = APEX_TYPES[type];
  if (!expected) throw new Error(`${where}: ${field.type} is no describe type`);
  const member = members.get(field.name);
  if (members.size > 0 && (member ? apexType(member.type) : 'missing') !== expected) {
    throw new Error(`${where}: ${expected} here, ${member ? apexType(member.type) : 'missing'} in the types jar`);
  }
  const has = (letter: string) => field.letters.includes(letter);
  const createable = has('c');
  const nillable = has('n');
  // The platform fills these by itself, so describe calls them defaulted.
  const defaulted = has('d') || type === 'boolean' || (!createable && !nillable);
  const isAddress = type === 'address';
  const isName = field.name === 'Name' && type === 'string';
  const number = ['int', 'double', 'currency', 'percent'].includes(type);
  const long = type === 'base64' || (type === 'textarea' && Number(field.args[0]) > 255 && !field.words.has('filter'));
  const full: StandardField = {
    name: field.name,
    label: field.label,
    type,
    apexType: expected,
    ...fieldDefaults,
    length: type === 'reference' || number ? (LENGTHS[type] ?? 0) : Number(field.args[0] ?? LENGTHS[type] ?? 0),
    precision: number ? Number(field.args[0] ?? (type === 'int' ? 9 : 18)) : 0,
    scale: number ? Number(field.args[1] ?? 0) : 0,
    required: createable && !nillable && !defaulted,
    createable,
    updateable: has('u'),
    nillable,
    defaultedOnCreate: defaulted,
    unique: field.words.has('unique'),
    idLookup: field.words.has('idLookup') || type === 'id',
    autoNumber: field.words.has('autonumber'),
    filterable: !long && !field.words.has('nofilter'),
    sortable: !long && !isAddress && !field.words.has('nosort'),
    nameField: isName || NAME_FIELDS.has(where),
    referenceTo: type === 'reference' ? field.args : [],
    relationshipName: type === 'reference' ? relationshipOf(field, members, sheet) : null,
    cascadeDelete: field.words.has('cascade'),
    picklist: field.values,
    restrictedPicklist: field.words.has('restricted'),
    compoundOf: compoundOf(field, sheet),
    feature: featureOf(field.words),
  };
  return withoutDefaults(full);
}

function featureWord(sheet: Sheet): Pick<StandardObjectJson, 'feature'> {
  const feature = featureOf(sheet.words);
  return feature === null ? {} : { feature };
}

function featureOf(words: ReadonlySet<string>): StandardField['feature'] {
  return FEATURES.find((feature) => words.has(`feature=${feature}`)) ?? null;
}

function relationshipOf(field: SheetField, members: ReadonlyMap<string, JavaMember>, sheet: Sheet): string | null {
  if (!field.name.endsWith('Id')) return null;
  const name = field.name.slice(0, -2);
  return NOT_IN_JAR.has(sheet.name) || members.get(name)?.type.startsWith(SOBJECTS) ? name : null;
}

function compoundOf(field: SheetField, sheet: Sheet): string[] {
  const names = new Set(sheet.fields.map(({ name }) => name));
  if (field.type === 'address') {
    const prefix = field.name.slice(0, -'Address'.length);
    return ADDRESS_PARTS.map((part) => prefix + part).filter((name) => names.has(name));
  }
  const isFullName = field.name === 'Name' && names.has('LastName') && !field.letters.includes('c');
  return isFullName && sheet.words.has('create') ? ['FirstName', 'LastName'].filter((name) => names.has(name)) : [];
}

function withoutDefaults(field: StandardField): StandardFieldJson {
  const defaults: Record<string, unknown> = fieldDefaults;
  const differs = ([key, value]: [string, unknown]) =>
    !(key in defaults) || JSON.stringify(value) !== JSON.stringify(defaults[key]);
  return Object.fromEntries(Object.entries(field).filter(differs)) as StandardFieldJson;
}

/** The jar names child relationships and their objects; the lookup behind one is the child's only one to this object. */
function childrenOf(sheet: Sheet, java: JavaClass | undefined, known: Fields): StandardChildRelationship[] {
  const children: StandardChildRelationship[] = [];
  for (const member of java?.members ?? []) {
    if (member.params !== undefined || !member.type.endsWith('[]')) continue;
    const object = member.type.slice(SOBJECTS.length, -2);
    const fields = known.get(object);
    if (!fields) continue;
    const given = sheet.children.get(member.name);
    if (given === '-') continue;
    const candidates = fields.filter((field) =>
      given ? `${object}.${field.name}` === given : field.referenceTo?.includes(sheet.name),
    );
    const [field, ...others] = candidates;
    if (!field || others.length > 0) {
      const names = candidates.map(({ name }) => name).join(', ') || 'none';
      throw new Error(`${sheet.name}: which lookup of ${object} is behind ${member.name}? Candidates: ${names}`);
    }
    children.push({ name: member.name, object, field: field.name, cascadeDelete: field.cascadeDelete ?? false });
  }
  for (const [name, lookup] of sheet.children) {
    const [object = '', field = ''] = lookup.split('.');
    if (!NOT_IN_JAR.has(object)) continue;
    const found = known.get(object)?.find((candidate) => candidate.name === field);
    if (!found) throw new Error(`${sheet.name}: ${name} names ${lookup}, which no sheet has`);
    children.push({ name, object, field, cascadeDelete: found.cascadeDelete ?? false });
  }
  return children;
}
