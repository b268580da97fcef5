import type { ApexList } from '../values/list.ts';
import type { SObjectValue } from '../values/sobject.ts';

/** Whose rights count for one query or DML statement, and whether record sharing is enforced. Never defaulted. */
export interface Access {
  readonly mode: 'user' | 'system';
  readonly sharing: boolean;
  /** User mode with what this permission set grants, whoever has it. */
  readonly permissionSet?: string;
}

/** A parsed and schema-checked query, kept by the generated program and run many times. */
export interface PreparedQuery {
  readonly text: string;
  /** The object queried. */
  readonly object: string;
  /** `rows`: SObjects; `count`: `SELECT COUNT()`; `aggregate`: AggregateResult rows. */
  readonly result: 'rows' | 'count' | 'aggregate';
  /**
   * The binds in the order in which their values are given: `:$0`, `:$1` … of a static query, names of a dynamic one.
   * What each is compared with: the field's Apex type, and whether a collection is expected (IN).
   */
  readonly binds: readonly { readonly name: string; readonly apexType: string; readonly collection: boolean }[];
  readonly selection: Selection;
}

/** The names that a query selects, which records may have more than. */
export interface Selection {
  readonly object: string;
  /** Fields and aliases. */
  readonly names: ReadonlySet<string>;
  /** What is selected of parents and children by relationship; of TYPEOF for each object, the last for all others. */
  readonly related: ReadonlyMap<string, readonly Selection[]>;
}

/** A query that can't be prepared. */
export interface QueryProblem {
  readonly message: string;
  /** Offset in the text, from 0. */
  readonly offset: number;
  /** The API's error code: `MALFORMED_QUERY`, `INVALID_FIELD`, `INVALID_TYPE` … */
  readonly code: string;
}

export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';

export interface DmlOptions {
  readonly allOrNone: boolean;
  readonly access: Access;
  /** upsert: API name of the external id field, or null for Id. */
  readonly externalId?: string | null;
  /** merge: the records merged into the first. */
  readonly mergeInto?: SObjectValue;
  readonly assignmentRule?: 'default' | string | null;
  readonly duplicateAllowSave?: boolean;
  /** Text that is too long is cut. */
  readonly truncate?: boolean;
}

/** What options may ask for each record, so that they can be set on a record too. */
export type RecordOptions = Pick<DmlOptions, 'assignmentRule' | 'duplicateAllowSave' | 'truncate'>;

/** What `Database.convertLead` is to do with one lead; ids of records to merge into, null where they are created. */
export interface LeadConversion {
  readonly leadId: string | null;
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly opportunityId: string | null;
  readonly opportunityName: string | null;
  readonly convertedStatus: string | null;
  /** Of what is created; null for the lead's owner. */
  readonly ownerId: string | null;
  readonly doNotCreateOpportunity: boolean;
  readonly overwriteLeadSource: boolean;
}

/** What became of one lead. */
export interface ConvertOutcome {
  readonly leadId: string | null;
  readonly success: boolean;
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly opportunityId: string | null;
  readonly errors: readonly DmlFault[];
}

/** What became of one record; the order is that of the input. */
export interface DmlOutcome {
  readonly id: string | null;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly DmlFault[];
  /** Ids of the records that a merge has moved to its result. */
  readonly moved?: readonly string[];
}

export interface DmlFault {
  /** `REQUIRED_FIELD_MISSING`, `INVALID_FIELD` … */
  readonly status: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/**
 * Records as Apex and the API see them. Every call counts against the running transaction's limits and throws the
 * platform's exceptions. With `allOrNone` a fault throws System.DmlException; else it is in the outcome.
 */
export interface DataLayer {
  /** @param apiVersion of the code that queries; the newest where none is given. */
  prepare(text: string, apiVersion?: number): PreparedQuery | QueryProblem;
  query(query: PreparedQuery, binds: readonly unknown[], access: Access): SObjectValue[];
  count(query: PreparedQuery, binds: readonly unknown[], access: Access): number;
  dml(operation: DmlOperation, records: readonly SObjectValue[], options: DmlOptions): DmlOutcome[];
  /** `Database.emptyRecycleBin` */
  purge(records: readonly SObjectValue[], access: Access): DmlOutcome[];
  convertLeads(leads: readonly LeadConversion[], options: DmlOptions): ConvertOutcome[];
  /** `Approval.lock` and `unlock`. @throws System.DmlException with `allOrNone` */
  setLocked(ids: readonly string[], on: boolean, allOrNone: boolean): DmlOutcome[];
  /** `Approval.isLocked` */
  isLocked(id: string): boolean;
  savepoint(): object;
  rollback(savepoint: object): void;
  /** A released savepoint can't be gone back to. */
  release(savepoint: object): void;
  /** Whether the running transaction has savepoints that it has not released. */
  hasSavepoints(): boolean;
  /** The same for all of the transaction's savepoints; counts against no limit. */
  releaseAll(): void;
  /** `Database.*` that take Lists share this to keep list element types. */
  listOf(objectName: string, rows: SObjectValue[]): ApexList;
}

/** What DML needs of the compiled project: it calls the triggers of an object, in chunks of 200. */
export interface TriggerInvoker {
  /** True where the project has an active trigger for this object and event. */
  has(object: string, event: string): boolean;
  /**
   * Runs the triggers of one chunk. Rows in `rows` may be changed by before triggers and carry `addError` faults
   * afterwards; `old` rows are read-only and stand in the same order.
   */
  run(object: string, event: string, rows: readonly SObjectValue[] | null, old: readonly SObjectValue[] | null): void;
}
