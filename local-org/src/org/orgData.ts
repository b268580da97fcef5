import { current } from '../engine/current.ts';
import type {
  Access,
  ConvertOutcome,
  DataLayer,
  DmlOperation,
  DmlOptions,
  DmlOutcome,
  LeadConversion,
  PreparedQuery,
  QueryProblem,
} from '../engine/data.ts';
import { charge } from '../engine/limits.ts';
import { setLocked } from '../dml/approvalLocks.ts';
import { convertLeads } from '../dml/convertLead.ts';
import type { DmlContext } from '../dml/context.ts';
import { emptyRecycleBin } from '../dml/emptyRecycleBin.ts';
import { runDml } from '../dml/runner.ts';
import { checkEnforced, checkUserMode } from '../security/queryChecks.ts';
import { userRecordAccess } from '../security/userRecordAccess.ts';
import { execute } from '../soql/execute.ts';
import type { QueryResult } from '../soql/execute.ts';
import { childQueries, isUncounted } from '../soql/plan.ts';
import { PreparedPlan, prepareQuery } from '../soql/prepare.ts';
import { userZone } from '../values/datetime.ts';
import { raise } from '../values/exception.ts';
import { ApexList } from '../values/list.ts';
import type { SObjectValue } from '../values/sobject.ts';

const LOCKED =
  'Record Currently Unavailable: The record you are attempting to edit, or one of its related records, is currently ' +
  'being modified by another user. Please try again.';

/** A place to go back to. */
interface Savepoint {
  readonly mark: number;
  readonly transaction: object;
  valid: boolean;
}

/** Records as Apex and the API see them, for whichever transaction is in `current`. */
export class OrgData implements DataLayer {
  readonly #context: DmlContext;
  readonly #prepared = new Map<string, PreparedQuery | QueryProblem>();
  readonly #savepoints: Savepoint[] = [];

  constructor(context: DmlContext) {
    this.#context = context;
  }

  prepare(text: string, apiVersion?: number): PreparedQuery | QueryProblem {
    const key = `${apiVersion ?? ''} ${text}`;
    let query = this.#prepared.get(key);
    if (!query) {
      // Dynamic queries may be many; the oldest make room.
      if (this.#prepared.size > 2000) this.#prepared.clear();
      query = prepareQuery(this.#context.schema, text, apiVersion);
      this.#prepared.set(key, query);
    }
    return query;
  }

  query(query: PreparedQuery, binds: readonly unknown[], access: Access): SObjectValue[] {
    return this.#run(query, binds, access).records;
  }

  count(query: PreparedQuery, binds: readonly unknown[], access: Access): number {
    return this.#run(query, binds, access).count;
  }

  #run(query: PreparedQuery, binds: readonly unknown[], access: Access): QueryResult {
    const prepared = this.#planOf(query);
    const { plan } = prepared;
    if (!isUncounted(plan)) charge('queries');
    // Execution Governors and Limits: child queries have a limit of their own, three times that of queries.
    charge('aggregateQueries', childQueries(plan.columns));
    const effective: Access =
      plan.mode === 'user'
        ? { mode: 'user', sharing: true }
        : plan.mode === 'system'
          ? { mode: 'system', sharing: access.sharing }
          : access;
    const control = this.#context.access;
    if (plan.mode === 'enforced') checkEnforced(plan, control);
    else if (effective.mode === 'user') checkUserMode(plan, control, effective.permissionSet);
    const { store, schema } = this.#context;
    const bind = (name: string) => binds[prepared.place(name)] ?? null;
    if (plan.object.name === 'UserRecordAccess') return userRecordAccess(plan, store, control, bind);
    const result = execute(
      plan,
      {
        schema,
        store,
        bind,
        visible: (object) => control.visible(object, effective),
        zone: userZone(),
        now: current.tx.services.now(),
      },
      { userId: current.tx.user.id, listOf: (object, rows) => this.listOf(object, rows) },
    );
    charge('queryRows', result.rowsUsed);
    if (result.ids.length > 0 && store.locks.take(result.ids, current.tx.lockOwner))
      raise('System.QueryException', LOCKED);
    return result;
  }

  /** A query prepared by the compiler against an equal schema is prepared again for this one. */
  #planOf(query: PreparedQuery): PreparedPlan {
    if (query instanceof PreparedPlan && query.plan.object === this.#context.schema.object(query.object)) return query;
    const again = this.prepare(query.text);
    if (again instanceof PreparedPlan) return again;
    throw new Error(`the query does not fit the org: ${query.text}`);
  }

  dml(operation: DmlOperation, records: readonly SObjectValue[], options: DmlOptions): DmlOutcome[] {
    return runDml(this.#context, operation, records, options);
  }

  purge(records: readonly SObjectValue[], access: Access): DmlOutcome[] {
    return emptyRecycleBin(this.#context, records, access);
  }

  convertLeads(leads: readonly LeadConversion[], options: DmlOptions): ConvertOutcome[] {
    return convertLeads(this.#context, leads, options);
  }

  setLocked(ids: readonly string[], on: boolean, allOrNone: boolean): DmlOutcome[] {
    return setLocked(this.#context, ids, on, allOrNone);
  }

  isLocked(id: string): boolean {
    return this.#context.store.isLocked(id);
  }

  savepoint(): object {
    charge('dmlStatements');
    charge('savepoints');
    const savepoint = { mark: this.#context.store.mark(), transaction: current.tx, valid: true };
    this.#savepoints.push(savepoint);
    return savepoint;
  }

  rollback(savepoint: object): void {
    const place = this.#savepointOf(savepoint);
    charge('dmlStatements');
    this.#context.store.rollback(place.mark);
    // Savepoints that were set later are gone.
    this.#forgetAfter(place);
  }

  release(savepoint: object): void {
    const place = this.#savepointOf(savepoint);
    charge('dmlStatements');
    this.#forgetAfter(place);
    place.valid = false;
    this.#savepoints.splice(this.#savepoints.indexOf(place), 1);
  }

  hasSavepoints(): boolean {
    return this.#savepoints.some(({ valid, transaction }) => valid && transaction === current.tx);
  }

  releaseAll(): void {
    this.forgetSavepoints(current.tx);
  }

  #savepointOf(savepoint: object): Savepoint {
    const place = this.#savepoints.find((known) => known === savepoint);
    if (!place?.valid || place.transaction !== current.tx) {
      return raise('System.TypeException', 'Invalid savepoint');
    }
    return place;
  }

  #forgetAfter(place: Savepoint): void {
    const index = this.#savepoints.indexOf(place);
    for (const later of this.#savepoints.splice(index + 1)) later.valid = false;
  }

  /** A transaction has ended, and with it its savepoints. */
  forgetSavepoints(transaction: object): void {
    const kept = this.#savepoints.filter((savepoint) => savepoint.transaction !== transaction);
    this.#savepoints.splice(0, this.#savepoints.length, ...kept);
  }

  listOf(objectName: string, rows: SObjectValue[]): ApexList {
    const { universe } = current;
    return new ApexList(universe.listOf(universe.sobject(objectName) ?? universe.SObject), rows);
  }
}
