import { current } from '../engine/current.ts';
import type { DmlOperation } from '../engine/data.ts';
import type { Transaction } from '../engine/transaction.ts';
import type { SObjectValue } from '../values/sobject.ts';
import { fault, raiseDml } from './faults.ts';

interface Written {
  /** Name of the first setup object and of the first other object that was written. */
  setup: string | null;
  other: string | null;
}

/** Changing one of these makes an update of a User setup; the rest is allowed besides other objects. */
const USER_SETUP_FIELDS = ['UserRoleId', 'IsActive', 'ForecastEnabled', 'Username', 'ProfileId', 'IsPortalEnabled'];

/**
 * Setup objects (User, Group, PermissionSetAssignment …) are not written in one transaction with others. Source: Apex
 * Developer Guide, "sObjects That Cannot Be Used Together in DML Operations".
 */
export class MixedDml {
  readonly #written = new WeakMap<Transaction, Written>();

  /** Notes a statement. @throws System.DmlException: MIXED_DML_OPERATION */
  check(operation: DmlOperation, record: SObjectValue, before: Readonly<Record<string, unknown>> | null): void {
    const { object } = record;
    if (object.customSetting !== null) return;
    const written = this.#of(current.tx);
    const isSetup = object.setup && isSetupChange(operation, record, before);
    if (object.setup && !isSetup) return;
    const conflict = isSetup ? written.other : written.setup;
    if (conflict !== null) {
      const message =
        'DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ' +
        `${object.name}, original object: ${conflict}`;
      raiseDml(operation, [{ index: 0, id: record.id, faults: [fault('MIXED_DML_OPERATION', message)] }]);
    }
    if (isSetup) written.setup ??= object.name;
    else written.other ??= object.name;
  }

  #of(tx: Transaction): Written {
    let written = this.#written.get(tx);
    if (!written) {
      written = { setup: null, other: null };
      this.#written.set(tx, written);
    }
    return written;
  }

  /** Inside `System.runAs` the rule starts afresh. Returns what {@link resume} takes. */
  suspend(tx: Transaction): unknown {
    const written = this.#of(tx);
    this.#written.set(tx, { setup: null, other: null });
    return written;
  }

  resume(tx: Transaction, state: unknown): void {
    this.#written.set(tx, state as Written);
  }
}

/** Groups may be inserted and updated together with other objects, and users within limits. Source: as above. */
function isSetupChange(
  operation: DmlOperation,
  record: SObjectValue,
  before: Readonly<Record<string, unknown>> | null,
): boolean {
  if (record.object.name === 'Group') return operation === 'delete';
  return record.object.name !== 'User' || isUserSetup(record, before);
}

/** A user without a role may be created, and plain fields of users changed, together with other objects. */
function isUserSetup(record: SObjectValue, before: Readonly<Record<string, unknown>> | null): boolean {
  const { fields } = record;
  if (before === null) return (fields['UserRoleId'] ?? null) !== null;
  return USER_SETUP_FIELDS.some((name) => fields[name] !== undefined && fields[name] !== (before[name] ?? null));
}
