import type { ObjectDescriptor } from './descriptor.ts';

/**
 * Columns of list views whose name does not follow from the field's. They are the same for all objects that have the field.
 * Source: Metadata API, ListView, "field names in the ListView columns don't always match their API name counterparts"; the
 * names themselves are those of list views that were retrieved from orgs.
 */
const IRREGULAR: Readonly<Record<string, string>> = {
  FULL_NAME: 'Name',
  OBJECT_ID: 'Id',
  LAST_UPDATE: 'LastModifiedDate',
  UNREAD: 'IsUnreadByOwner',
  PHONE1: 'Phone',
  ADDRESS1_STREET: 'BillingStreet',
  ADDRESS1_CITY: 'BillingCity',
  ADDRESS1_STATE: 'BillingState',
  ADDRESS1_ZIP: 'BillingPostalCode',
  ADDRESS1_COUNTRY: 'BillingCountry',
  CREATEDBY_USER: 'CreatedBy.Name',
  UPDATEDBY_USER: 'LastModifiedBy.Name',
};

/** Columns that name a field of the owner or of whoever saved the record. */
const PEOPLE: Readonly<Record<string, string>> = {
  'CORE.USERS': 'Owner',
  OWNER: 'Owner',
  CREATEDBY_USER: 'CreatedBy',
  UPDATEDBY_USER: 'LastModifiedBy',
};

const OF_PEOPLE: Readonly<Record<string, string>> = {
  ALIAS: 'Alias',
  FIRST_NAME: 'FirstName',
  LAST_NAME: 'LastName',
  FULL_NAME: 'Name',
};

/**
 * The path of the field that a column of list views stands for: `LEAD.LEAD_SOURCE` is `LeadSource`, `CORE.USERS.ALIAS`
 * `Owner.Alias`, a custom field itself. A path with a point leads to a field of a user. Null where the name is not
 * understood.
 */
export function columnPath(object: ObjectDescriptor, column: string): string | null {
  if (/__c$/i.test(column)) return object.fields.get(column.toLowerCase())?.name ?? null;
  const dot = column.lastIndexOf('.');
  const prefix = column.slice(0, Math.max(0, dot));
  const name = column.slice(dot + 1);
  const person = PEOPLE[prefix];
  if (person !== undefined) {
    const field = OF_PEOPLE[name];
    return field === undefined ? null : `${person}.${field}`;
  }
  if (prefix !== '' && prefix !== object.name.toUpperCase()) return null;
  if (!/^[A-Z0-9_]+$/.test(name)) return null;
  const irregular = IRREGULAR[name];
  if (irregular !== undefined) return irregular;
  return object.fields.get(name.replaceAll('_', '').toLowerCase())?.name ?? null;
}
