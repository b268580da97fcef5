import { current } from '../engine/current.ts';
import type { DmlOutcome } from '../engine/data.ts';
import { charge } from '../engine/limits.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import { keyPrefixOf } from '../values/id.ts';
import type { DmlContext } from './context.ts';
import { entityDeleted, fault, invalidReference, raiseDml } from './faults.ts';

const locked = fault('ENTITY_IS_LOCKED', 'the entity is locked for editing');

/** Why the running user may not change a record that is locked; administrators of its object may. */
export function lockFault(context: DmlContext, object: ObjectDescriptor, id: string) {
  if (!context.store.isLocked(id)) return null;
  return context.access.rightsOf(current.tx.user.id).object(object).modifyAll ? null : locked;
}

/**
 * `Approval.lock` and `unlock`: they count as DML. Locks are undone with their transaction; a snapshot of the org does not
 * keep them. Source: Apex Reference, Approval Class.
 *
 * @throws System.DmlException with `allOrNone` where a record is not there
 */
export function setLocked(context: DmlContext, ids: readonly string[], on: boolean, allOrNone: boolean): DmlOutcome[] {
  const { store, schema } = context;
  charge('dmlStatements');
  charge('dmlRows', ids.length);
  const outcomes = ids.map((id): DmlOutcome => {
    const object = schema.byKeyPrefix(keyPrefixOf(id));
    const row = object ? store.table(object).byId(id) : null;
    const problem = !row ? invalidReference : row['IsDeleted'] === true ? entityDeleted : null;
    return { id, success: !problem, created: false, errors: problem ? [problem] : [] };
  });
  const failed = outcomes.flatMap(({ id, errors }, index) =>
    errors.length > 0 ? [{ index, id, faults: errors }] : [],
  );
  if (allOrNone && failed.length > 0) raiseDml(on ? 'lock' : 'unlock', failed);
  for (const { id, success } of outcomes) if (success && id !== null) store.setLocked(id, on);
  current.tx.uncommitted = 'dml';
  return outcomes;
}
