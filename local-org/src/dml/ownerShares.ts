import type { DmlFault } from '../engine/data.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { DmlContext } from './context.ts';
import { badPicklistValue, insufficientAccess } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';

/** Entries that the platform makes, and that nobody writes. Source: Object Reference, AccountShare. */
const OF_THE_PLATFORM = new Set(['Owner', 'Rule', 'ImplicitChild', 'ImplicitParent', 'Team', 'Territory']);

/** The share object of an object whose records not everybody may edit; there is nothing to share of the others. */
function shareObject(context: DmlContext, object: ObjectDescriptor): ObjectDescriptor | null {
  return ['Private', 'Read'].includes(object.sharingModel) ? context.access.shareObject(object) : null;
}

/** Makes the entry that says who owns a record. That other levels of an account's entry are None is unverified. */
export function addOwnerShare(context: DmlContext, object: ObjectDescriptor, row: Row): void {
  const share = shareObject(context, object);
  if (!share?.shareOf) return;
  const { store } = context;
  const table = store.table(share);
  const entry = table.blankRow();
  for (const { name } of share.fields.values()) if (name.endsWith('Level')) entry[name] = 'None';
  entry['Id'] = store.newId(share);
  entry[share.shareOf.parentField] = row['Id'];
  entry['UserOrGroupId'] = row['OwnerId'];
  entry[share.shareOf.accessField] = 'All';
  entry['RowCause'] = 'Owner';
  stamp(share, entry, true);
  store.insert(table, entry);
}

/** Takes away the entry of the owner that a record had, and makes that of the owner that it has. */
export function changeOwnerShare(context: DmlContext, object: ObjectDescriptor, row: Row): void {
  const share = shareObject(context, object);
  if (!share?.shareOf) return;
  removeShares(context.store, share, row['Id'], 'Owner');
  addOwnerShare(context, object, row);
}

/** Removes the entries of a record that have this cause. */
export function removeShares(store: Store, share: ObjectDescriptor, id: unknown, cause: string): void {
  if (!share.shareOf) return;
  const table = store.table(share);
  for (const entry of table.find(share.shareOf.parentField, id)) {
    if (entry['RowCause'] === cause) store.remove(table, entry['Id'] as string);
  }
}

/** Why an entry may not be saved: it is the platform's own, or grants what only an owner has. unverified: the codes and texts. */
export function shareFault(row: SaveRow): DmlFault | null {
  const { shareOf } = row.object;
  if (!shareOf) return null;
  if (isOfThePlatform(row.before ?? draftOf(row))) return insufficientAccess;
  const field = row.object.fields.get(shareOf.accessField.toLowerCase());
  return field && draftOf(row)[shareOf.accessField] === 'All' ? badPicklistValue(field, 'All') : null;
}

/** Whether an entry is one that nobody may change or delete. */
export function isOfThePlatform(entry: Readonly<Record<string, unknown>>): boolean {
  return OF_THE_PLATFORM.has(String(entry['RowCause']));
}
