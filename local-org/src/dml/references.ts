import { current } from '../engine/current.ts';
import type { Access, DmlFault } from '../engine/data.ts';
import type { FieldDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { keyPrefixOf } from '../values/id.ts';
import type { DmlContext } from './context.ts';
import { entityDeleted, fault, invalidReference, noReferenceAccess, wrongObject } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/** Checks the lookups that are new or changed: the right kind of record, there, and to be seen by who saves. */
export function checkReferences(context: DmlContext, row: SaveRow, access: Access): DmlFault | null {
  const draft = draftOf(row);
  for (const field of row.object.fields.values()) {
    if (field.type !== 'reference') continue;
    const id = draft[field.name];
    if (typeof id !== 'string' || row.before?.[field.name] === id) continue;
    const problem = checkReference(context, row, field, id, access);
    if (problem) return problem;
  }
  return null;
}

function checkReference(
  context: DmlContext,
  row: SaveRow,
  field: FieldDescriptor,
  id: string,
  access: Access,
): DmlFault | null {
  const target = context.schema.byKeyPrefix(keyPrefixOf(id));
  if (!target || !field.referenceTo.some((name) => sharesPrefix(context, name, target.keyPrefix))) {
    return wrongObject(field, id);
  }
  const parent = context.store.byId(id);
  if (!parent) return invalidReference;
  if (parent['IsDeleted'] === true) return entityDeleted;
  if (field.name === 'OwnerId') return checkOwner(context, row, field, parent);
  const sees = context.access.visible(target, access);
  return sees && !sees(parent) ? noReferenceAccess(id) : null;
}

/** Several objects can share a prefix (history, share objects). */
function sharesPrefix(context: DmlContext, name: string, prefix: string): boolean {
  return context.schema.object(name)?.keyPrefix === prefix;
}

function checkOwner(context: DmlContext, row: SaveRow, field: FieldDescriptor, owner: Row): DmlFault | null {
  const id = owner['Id'] as string;
  const { object } = row;
  if (keyPrefixOf(id) === '00G') {
    const table = context.store.tableOf('QueueSobject');
    const allowed = table.find('QueueId', id).some((entry) => entry['SobjectType'] === object.name);
    if (owner['Type'] === 'Queue' && allowed) return null;
    return fault('INVALID_OPERATION', 'Queue not associated with this SObject type', [field.name]);
  }
  if (owner['IsActive'] !== true) {
    const message = `operation performed with inactive user [${id}] as owner of ${object.label.toLowerCase()}`;
    return fault('INACTIVE_OWNER_OR_USER', message, [field.name]);
  }
  // Who creates a record owns it, whatever the rights; only others must be able to read what they are given.
  if (id !== current.tx.user.id && !context.access.rightsOf(id).object(object).read) {
    return fault('TRANSFER_REQUIRES_READ', 'The new owner must have read permission');
  }
  return null;
}
