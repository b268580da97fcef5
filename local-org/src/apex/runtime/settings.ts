import { zeroCounters } from '../../engine/caps.ts';
import { current } from '../../engine/current.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { unsupported } from '../../values/exception.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import { SObjectValue } from '../../values/sobject.ts';

/**
 * `My_Setting__c.getOrgDefaults()` and its kin, of custom settings and custom metadata types. The platform answers from
 * a cache, so that they count as no query; whoever runs may read them.
 */
export function setting(
  object: ObjectDescriptor,
  method: string,
  args: readonly unknown[],
  apiVersion: number,
): unknown {
  const [argument = null] = args as readonly (string | null | undefined)[];
  if (object.customSetting === 'Hierarchy') return hierarchySetting(object, method, argument ?? null, apiVersion);
  return method === 'getall' ? all(object, apiVersion) : named(object, argument ?? null);
}

/**
 * Classes of older versions get null where nothing is set. Source: Apex Reference, Hierarchy Custom Setting Methods, getInstance
 * ("For Apex saved using API version 21.0 or earlier …"); that this holds for getOrgDefaults rests on SalesforceLabs/Milestones-PM.
 */
const EMPTY_SINCE = 22;

/** Apex Reference, List Custom Setting Methods, getAll: up to version 20.0 "data set names … are converted to lower case". */
const NAMES_AS_WRITTEN_SINCE = 21;

function hierarchySetting(
  object: ObjectDescriptor,
  method: string,
  owner: string | null,
  apiVersion: number,
): SObjectValue | null {
  const { services, user } = current.tx;
  const rows = uncounted(object);
  const of = (id: string | null): SObjectValue | null => rows.find((row) => row.fields['SetupOwnerId'] === id) ?? null;
  const organization = services.organizationId;
  switch (method) {
    case 'getorgdefaults':
      return (
        of(organization) ?? (apiVersion < EMPTY_SINCE ? null : new SObjectValue(object, { SetupOwnerId: organization }))
      );
    case 'getvalues':
      return of(owner);
    case 'getinstance': {
      const id = owner ?? user.id;
      const profile = id.startsWith('00e') ? id : (services.user(id)?.profileId ?? null);
      // A blank of the narrower level is filled from the wider one.
      const levels = [of(organization), of(profile), id.startsWith('00e') ? null : of(id)];
      if (apiVersion < EMPTY_SINCE && levels.every((level) => level === null)) return null;
      return merged(object, levels, id);
    }
    default:
      return unsupported(`${object.name}.${method}`);
  }
}

function merged(object: ObjectDescriptor, levels: readonly (SObjectValue | null)[], owner: string): SObjectValue {
  const record = new SObjectValue(object, { SetupOwnerId: owner });
  for (const level of levels) {
    for (const [name, value] of Object.entries(level?.fields ?? {})) {
      if (value !== null && value !== undefined) record.fields[name] = value;
    }
  }
  return record;
}

function nameOf(object: ObjectDescriptor, row: SObjectValue): string {
  return String(row.fields[object.metadataType ? 'DeveloperName' : 'Name']);
}

function all(object: ObjectDescriptor, apiVersion: number): ApexMap {
  const { universe } = current;
  const isOld = object.customSetting !== null && apiVersion < NAMES_AS_WRITTEN_SINCE;
  const keyOf = (name: string): string => (isOld ? name.toLowerCase() : name);
  const entries = uncounted(object).map((row) => [keyOf(nameOf(object, row)), row] as const);
  return mapOf(universe.String, universe.sobjectOf(object), entries);
}

function named(object: ObjectDescriptor, name: string | null): SObjectValue | null {
  const key = name?.toLowerCase();
  const rows = uncounted(object);
  return rows.find((row) => nameOf(object, row).toLowerCase() === key || row.id === name) ?? null;
}

/** All records with all their fields, without counting a query. */
function uncounted(object: ObjectDescriptor): SObjectValue[] {
  const names = [...object.fields.values()].map((field) => field.name);
  const { tx } = current;
  const query = tx.data.prepare(`SELECT ${names.join(', ')} FROM ${object.name}`);
  if ('message' in query) throw new Error(query.message);
  const used = { ...tx.used };
  // Nor does it fail where all queries are used up.
  Object.assign(tx.used, zeroCounters());
  const rows = tx.data.query(query, [], { mode: 'system', sharing: false });
  Object.assign(tx.used, used);
  return rows.map((row) => {
    const record = row.clone(true, false, true, true);
    record.queried = false;
    return record;
  });
}
