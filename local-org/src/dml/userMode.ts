import { current } from '../engine/current.ts';
import type { DmlOperation, DmlOptions } from '../engine/data.ts';
import type { UserRights } from '../security/userRights.ts';
import { raise } from '../values/exception.ts';
import type { DmlContext } from './context.ts';
import { fault } from './faults.ts';
import type { SaveRow } from './save.ts';

/**
 * User mode: the running user may do this to the object, and may write every field that a record carries. What is denied
 * goes into the rows.
 *
 * @returns the text of the exception where fields are denied, or null.
 * @throws System.SecurityException with `allOrNone` where the object is denied.
 */
export function checkUserMode(
  context: DmlContext,
  operation: DmlOperation,
  rows: readonly SaveRow[],
  { allOrNone, access }: Pick<DmlOptions, 'allOrNone' | 'access'>,
): string | null {
  const rights = context.access.rightsOf(current.tx.user.id, access.permissionSet);
  let text: string | null = null;
  for (const row of rows) {
    if (row.faults.length > 0) continue;
    if (!mayDo(rights, operation, row)) {
      const message = `Access to entity '${row.object.name}' denied`;
      if (allOrNone) raise('System.SecurityException', message);
      // unverified: the status where others may succeed.
      row.faults.push(fault('INSUFFICIENT_ACCESS_OR_READONLY', message));
      continue;
    }
    if (operation === 'delete' || operation === 'undelete') continue;
    const denied = deniedFields(rights, row);
    if (denied.length === 0) continue;
    const message =
      `Unable to create/update fields: ${denied.join(', ')}. Please check the security settings of this field and ` +
      'verify that it is read/write for your profile or permission set.';
    row.faults.push(fault('INVALID_FIELD_FOR_INSERT_UPDATE', message, denied));
    text ??=
      `Operation failed due to fields being inaccessible on Sobject ${row.object.name}, check errors on Exception or ` +
      'Result!';
  }
  return text;
}

function mayDo(rights: UserRights, operation: DmlOperation, row: SaveRow): boolean {
  const granted = rights.object(row.object);
  if (operation === 'delete') return granted.delete;
  if (operation === 'undelete') return granted.create;
  return row.created ? granted.create : granted.edit;
}

function deniedFields(rights: UserRights, row: SaveRow): string[] {
  return row.input.populated().filter((name) => {
    const field = row.object.fields.get(name.toLowerCase());
    // What nobody may write is left out of a save, as it is in system mode.
    if (!field || field.type === 'id' || (!field.createable && !field.updateable)) return false;
    const writeable = row.created ? field.createable : field.updateable;
    return !writeable || !rights.field(row.object, field).edit;
  });
}
