import type { LeadFieldMapping } from '../schema/leadConversion.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { ApexDate, daysOf } from '../values/date.ts';
import type { FieldValues } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';

type Target = LeadFieldMapping['object'];

const SAME = (object: Target, names: readonly string[]): LeadFieldMapping[] =>
  names.map((name) => ({ from: name, object, to: name }));

const ADDRESS = ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy'];
const CODES = ['StateCode', 'CountryCode'];

const addressTo = (object: Target, prefix: string): LeadFieldMapping[] =>
  [...ADDRESS, ...CODES].map((name) => ({ from: name, object, to: `${prefix}${name}` }));

/** Source: Salesforce Help, "Lead Conversion Field Mapping"; fields that an org does not have are left out. */
const STANDARD: readonly LeadFieldMapping[] = [
  { from: 'Company', object: 'Account', to: 'Name' },
  ...SAME('Account', ['Phone', 'Fax', 'Website', 'Industry', 'AnnualRevenue', 'NumberOfEmployees', 'Rating']),
  { from: 'LeadSource', object: 'Account', to: 'AccountSource' },
  ...addressTo('Account', 'Billing'),
  ...SAME('Contact', ['Salutation', 'FirstName', 'MiddleName', 'LastName', 'Suffix', 'Title', 'Email', 'Phone', 'Fax']),
  ...SAME('Contact', [
    'MobilePhone',
    'LeadSource',
    'Description',
    'DoNotCall',
    'HasOptedOutOfEmail',
    'HasOptedOutOfFax',
  ]),
  ...SAME('Contact', ['IndividualId', 'GenderIdentity', 'Pronouns']),
  ...addressTo('Contact', 'Mailing'),
  ...SAME('Opportunity', ['LeadSource']),
];

/** What a lead's fields are on the record that it is converted to; blank ones are left out. */
export function mappedFields(context: DmlContext, lead: Row, target: ObjectDescriptor): FieldValues {
  const fields: FieldValues = {};
  for (const { from, object, to } of [...STANDARD, ...context.settings.leadMappings]) {
    const field = object === target.name ? target.fields.get(to.toLowerCase()) : undefined;
    const source = context.store.tableOf('Lead').object.fields.get(from.toLowerCase());
    const value = (source && lead[source.name]) ?? null;
    if (!field || value === null || value === false) continue;
    fields[field.name] = value;
  }
  return fields;
}

/** Of what is mapped, what an existing record has no value for yet. */
export function emptyOf(fields: FieldValues, existing: Row): FieldValues {
  const kept = Object.entries(fields).filter(([name]) => (existing[name] ?? null) === null);
  return Object.fromEntries(kept);
}

/** The last day of a day's quarter, on which a new opportunity is to close. Source: SOAP API Developer Guide, convertLead(). */
export function endOfQuarter(today: ApexDate): ApexDate {
  const quarter = Math.ceil(today.month / 3);
  return new ApexDate(daysOf(today.year, quarter * 3 + 1, 1) - 1);
}
