import { current } from '../engine/current.ts';
import type { Plan } from '../soql/plan.ts';
import { noSuchColumn, noSuchObject } from '../soql/problem.ts';
import { platformException, raise, throwApex } from '../values/exception.ts';
import type { AccessControl } from './accessControl.ts';

/**
 * User mode: every object and field that the query names, wherever it names it, must be readable for the running user.
 *
 * @throws System.QueryException as for a column or an object that does not exist, with all inaccessible fields by object.
 */
export function checkUserMode(plan: Plan, control: AccessControl, permissionSet?: string): void {
  const rights = control.rightsOf(current.tx.user.id, permissionSet);
  const inaccessible = new Map<string, Set<string>>();
  for (const { object, field } of plan.usages) {
    if (!rights.object(object).read) denyObject(object.name, plan);
    if (rights.field(object, field).read) continue;
    const fields = inaccessible.get(object.name) ?? new Set();
    inaccessible.set(object.name, fields.add(field.name));
  }
  if (!rights.object(plan.object).read) denyObject(plan.object.name, plan);
  for (const [object, fields] of inaccessible) {
    const [field = ''] = fields;
    const exception = platformException('System.QueryException', noSuchColumn(field, object, 0).message);
    exception.inaccessible = inaccessible;
    throwApex(exception);
  }
}

/** With the object all its fields are inaccessible: those that the query names are told. */
function denyObject(name: string, plan: Plan): never {
  const fields = plan.usages.filter(({ object }) => object.name === name).map(({ field }) => field.name);
  const exception = platformException('System.QueryException', noSuchObject(name, 0).message);
  exception.inaccessible = new Map([[name, new Set(fields)]]);
  return throwApex(exception);
}

/** `WITH SECURITY_ENFORCED` looks at SELECT and FROM only. @throws System.QueryException */
export function checkEnforced(plan: Plan, control: AccessControl): void {
  const rights = control.rightsOf(current.tx.user.id);
  const denied = plan.usages.some(
    ({ object, field, clause }) => clause === 'select' && !rights.field(object, field).read,
  );
  if (denied || !rights.object(plan.object).read) {
    raise('System.QueryException', 'Insufficient permissions: secure query included inaccessible field');
  }
}
