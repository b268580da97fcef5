import type { FieldDescriptor, ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import type { DataLayer } from './data.ts';
import type { RunningUser, Transaction } from './transaction.ts';

/** What {@link OrgRecords.hideData} has taken out. */
export type HiddenData = readonly unknown[];

/** A record before and after what was done to it; null where it was or is not there. */
export interface RecordChange {
  readonly object: ObjectDescriptor;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** What the engine needs of the records' side besides the data layer that Apex sees. */
export interface OrgRecords {
  readonly schema: Schema;
  /** Works for whichever transaction is in `current`. */
  readonly data: DataLayer;
  /** Called before the first access of a transaction that is not part of another. */
  begin(tx: Transaction): void;
  /** Adds the field history of what the transaction has written. */
  writeHistory(tx: Transaction): void;
  /** Makes permanent what the transaction wrote, and releases its locks. */
  commit(tx: Transaction): void;
  /** Undoes what the transaction wrote, and releases its locks. */
  rollback(tx: Transaction): void;
  /** A point to go back to, which counts against no limit; for jobs that run inside a test's transaction. */
  mark(): object;
  undoTo(mark: object): void;
  /** What has been written since. A place that has been undone is the one where it was undone to. */
  changesSince(mark: object): RecordChange[];
  /** What a transaction has written that is not part of another. */
  changesOf(tx: Transaction): RecordChange[];
  /** Everything written until {@link OrgRecords.endIsolation} is undone then, committed or not. Nests. */
  isolate(): void;
  endIsolation(): void;
  /**
   * Takes the records out that a test doesn't see unless it asks for all data; what it returns brings them back in
   * {@link OrgRecords.revealData}. Only while isolated.
   */
  hideData(): HiddenData;
  revealData(hidden: HiddenData): void;
  user(id: string): RunningUser | null;
  userByUsername(username: string): RunningUser | null;
  /** Who runs platform-event triggers that no configuration gives to somebody else. */
  readonly automatedProcess: RunningUser;
  /** The first user of the org. */
  readonly administrator: RunningUser;
  readonly organizationId: string;
  readonly organizationName: string;
  /** Lets setup objects be written besides others until {@link OrgRecords.resumeMixedDml}, as `System.runAs` does. */
  suspendMixedDml(tx: Transaction): unknown;
  resumeMixedDml(tx: Transaction, state: unknown): void;
  /** Names of the user's permission sets (also through groups) and of the profile. */
  grantsOf(userId: string): readonly string[];
  /** What the user may do with records of the object at all. */
  objectAccess(userId: string, object: ObjectDescriptor): ObjectRights;
  mayReadField(userId: string, object: ObjectDescriptor, field: FieldDescriptor): boolean;
  mayEditField(userId: string, object: ObjectDescriptor, field: FieldDescriptor): boolean;
  hasCustomPermission(userId: string, name: string): boolean;
  /** Writes a record of the platform's own (AsyncApexJob …): no triggers, limits or access checks. Undone with its transaction. */
  insertSystem(object: string, fields: Readonly<Record<string, unknown>>): string;
  updateSystem(object: string, id: string, fields: Readonly<Record<string, unknown>>): void;
  deleteSystem(object: string, id: string): void;
  /** Makes permanent what {@link OrgRecords.insertSystem} and updateSystem wrote outside every transaction. */
  commitSystem(): void;
  exists(id: string): boolean;
  /** The id of the project's class of this name, of an inner class that of its file; null where the org has no such record. */
  apexClassId(name: string): string | null;
  /** The list views of an object by name. */
  listViewsOf(object: string): readonly ListViewOption[];
  /** What a list view shows to a user; null where there is none of this id. */
  listView(id: string, userId: string): ListViewFilter | null;
  /** Null where there is none. */
  readSystem(object: string, id: string): Readonly<Record<string, unknown>> | null;
}

export interface ListViewOption {
  readonly id: string;
  readonly name: string;
}

export interface ListViewFilter {
  readonly object: string;
  readonly developerName: string;
  /** In SOQL; empty for all records, null where local-org does not understand the list view. */
  readonly condition: string | null;
  /** What it does not understand. */
  readonly gaps: readonly string[];
}

export interface ObjectRights {
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
}
