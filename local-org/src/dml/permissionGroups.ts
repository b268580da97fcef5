import type { DmlFault } from '../engine/data.ts';
import type { Store } from '../store/store.ts';
import { fault, requiredMissing } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/**
 * A permission set or a group is assigned, and a group only while its permissions are worked out. Source: Object Reference,
 * PermissionSetAssignment and PermissionSetGroup (the texts are unverified).
 */
export function checkAssignment(store: Store, row: SaveRow): DmlFault | null {
  if (row.object.name !== 'PermissionSetAssignment') return null;
  const { PermissionSetId: setId, PermissionSetGroupId: groupId } = draftOf(row);
  if (typeof groupId !== 'string') return typeof setId === 'string' ? null : requiredMissing(['PermissionSetId']);
  const status = store.byId(groupId)?.['Status'];
  if (status === 'Updated') return null;
  const message = `The permission set group is ${String(status)}: recalculate it before you assign it`;
  return fault('FIELD_INTEGRITY_EXCEPTION', message, ['PermissionSetGroupId']);
}

/** A group whose members change is outdated until it is recalculated. */
export function markGroupOutdated(store: Store, row: SaveRow): void {
  if (row.object.name !== 'PermissionSetGroupComponent') return;
  const groupId = draftOf(row)['PermissionSetGroupId'];
  const group = typeof groupId === 'string' ? store.byId(groupId) : null;
  if (group) store.replace(store.tableOf('PermissionSetGroup'), { ...group, Status: 'Outdated' });
}
