import { current } from './current.ts';
import { platformException, raise, throwApex } from '../values/exception.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { DataLayer, DmlFault, DmlOperation, DmlOptions, DmlOutcome } from './data.ts';
import type { Engine } from './engine.ts';
import type { EngineTransaction } from './engineTransaction.ts';

const LOCKED =
  'Record Currently Unavailable: The record you are attempting to edit, or one of its related records, is currently ' +
  'being modified by another user. Please try again.';

interface EngineSavepoint {
  readonly inner: object;
  readonly events: number;
  readonly uncommitted: EngineTransaction['uncommitted'];
}

/**
 * From this API version on, going back to a savepoint and releasing it makes callouts possible again; before it, the
 * savepoint alone was uncommitted work. Source: Salesforce Release Notes, Spring '24, "Make Callouts After Rolling Back DML
 * and Releasing Savepoints".
 */
const CALLOUTS_AFTER_ROLLBACK = 60;

/**
 * The data layer as transactions see it: with injected faults, and with savepoints that also take back what waits for the
 * commit.
 */
export function guardedData(inner: DataLayer, engine: Engine): DataLayer {
  return {
    prepare: (text, apiVersion) => inner.prepare(text, apiVersion),
    query(query, binds, access) {
      const rows = inner.query(query, binds, access);
      if (!/\bFOR\s+UPDATE\b/i.test(query.text)) return rows;
      if (rows.some(({ object, id }) => engine.faults.isLocked(object.name, id))) {
        raise('System.QueryException', LOCKED);
      }
      return rows;
    },
    count: (query, binds, access) => inner.count(query, binds, access),
    dml: (operation, records, options) => faultyDml(inner, engine, operation, records, options),
    purge: (records, access) => inner.purge(records, access),
    convertLeads: (leads, options) => inner.convertLeads(leads, options),
    setLocked: (ids, on, allOrNone) => inner.setLocked(ids, on, allOrNone),
    isLocked: (id) => inner.isLocked(id),
    savepoint() {
      const { transaction } = engine;
      const point = inner.savepoint();
      if (current.apiVersion < CALLOUTS_AFTER_ROLLBACK) transaction.uncommitted = 'dml';
      const { uncommitted } = transaction;
      const savepoint: EngineSavepoint = { inner: point, events: transaction.events.length, uncommitted };
      return savepoint;
    },
    rollback(savepoint) {
      const { inner: point, events, uncommitted } = savepoint as EngineSavepoint;
      inner.rollback(point);
      if (current.apiVersion >= CALLOUTS_AFTER_ROLLBACK) engine.transaction.uncommitted = uncommitted;
      engine.transaction.events.splice(events);
    },
    release: (savepoint) => inner.release((savepoint as EngineSavepoint).inner),
    hasSavepoints: () => inner.hasSavepoints(),
    releaseAll: () => inner.releaseAll(),
    listOf: (objectName, rows) => inner.listOf(objectName, rows),
  };
}

function faultyDml(
  inner: DataLayer,
  engine: Engine,
  operation: DmlOperation,
  records: readonly SObjectValue[],
  options: DmlOptions,
): DmlOutcome[] {
  const faults = records.map(({ object, id }) => engine.faults.dmlFault(object.name, operation, id));
  const first = faults.findIndex((fault) => fault !== null);
  if (first < 0) return inner.dml(operation, records, options);
  if (options.allOrNone) failAll(operation, records, faults, first);
  const good = records.filter((_record, index) => faults[index] === null);
  const outcomes = inner.dml(operation, good, options);
  let next = 0;
  return faults.map((fault, index) => {
    if (fault === null) return outcomes[next++] as DmlOutcome;
    return { id: records[index]?.id ?? null, success: false, created: false, errors: [fault] };
  });
}

function failAll(
  operation: DmlOperation,
  records: readonly SObjectValue[],
  faults: readonly (DmlFault | null)[],
  first: number,
): never {
  const rows = faults.flatMap((fault, index) =>
    fault
      ? [{ index, id: records[index]?.id ?? null, status: fault.status, message: fault.message, fields: fault.fields }]
      : [],
  );
  const fault = faults[first];
  const verb = operation.charAt(0).toUpperCase() + operation.slice(1);
  const id = records[first]?.id;
  const exception = platformException(
    'System.DmlException',
    `${verb} failed. First exception on row ${first}${id ? ` with id ${id}` : ''}; first error: ${fault?.status}, ` +
      `${fault?.message}: [${fault?.fields.join(', ')}]`,
  );
  exception.dml = rows;
  throwApex(exception);
}
