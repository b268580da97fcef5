import { current } from '../engine/current.ts';
import type { TriggerInvoker } from '../engine/data.ts';
import type {
  HiddenData,
  ListViewFilter,
  ListViewOption,
  ObjectRights,
  OrgRecords,
  RecordChange,
} from '../engine/records.ts';
import type { RunningUser, Transaction } from '../engine/transaction.ts';
import type { DmlSettings } from '../dml/context.ts';
import { MixedDml } from '../dml/mixedDml.ts';
import type { FieldDescriptor, ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import type { ListViewMetadata } from '../schema/listViews.ts';
import type { LoadedProject } from '../schema/loadSchema.ts';
import { rights } from '../platform/Schema/access.ts';
import { AccessControl } from '../security/accessControl.ts';
import type { OrgMetadata } from '../schema/orgMetadata.ts';
import type { Row } from '../store/row.ts';
import { Store } from '../store/store.ts';
import { decFromInt } from '../values/decimal.ts';
import { listViewFilter, listViewsOf } from './listViews.ts';
import { OrgData } from './orgData.ts';
import { seed } from './seed.ts';
import { tracksAnyHistory, writeHistory } from './fieldHistory.ts';
import type { SeedOptions } from './seed.ts';
import { RowWriter } from './rowWriter.ts';
import { hideData, revealData } from './testData.ts';
import type { HiddenRow } from './testData.ts';

/** A project whose triggers are not known yet, or that has none. */
const NO_TRIGGERS: TriggerInvoker = { has: () => false, run: () => undefined };

/** What of a project's metadata the org asks again and again. */
type OrgSettings = DmlSettings & Pick<OrgMetadata, 'listViews'>;

/** The records of one org with everything that reads and writes them. */
export class Org implements OrgRecords {
  readonly schema: Schema;
  readonly store: Store;
  readonly data: OrgData;
  readonly access: AccessControl;
  readonly automatedProcess: RunningUser;
  readonly organizationId: string;
  readonly organizationName: string;
  /** The System Administrator that the org starts with; tests run as this user. */
  readonly administrator: RunningUser;
  readonly #mixed = new MixedDml();
  readonly #listViews: readonly ListViewMetadata[];
  readonly #marks = new WeakMap<Transaction, number>();
  readonly #tracksHistory: boolean;
  #triggers: TriggerInvoker = NO_TRIGGERS;

  private constructor(schema: Schema, store: Store, ids: ReturnType<typeof seed>, settings: OrgSettings) {
    this.#listViews = settings.listViews;
    this.#tracksHistory = tracksAnyHistory(schema);
    this.schema = schema;
    this.store = store;
    this.access = new AccessControl(store);
    const triggers: TriggerInvoker = {
      has: (object, event) => this.#triggers.has(object, event),
      run: (object, event, rows, old) => this.#triggers.run(object, event, rows, old),
    };
    this.data = new OrgData({ schema, store, triggers, access: this.access, mixed: this.#mixed, settings });
    // Describes ask the org that was set up last in this thread what the running user may do.
    rights.object = (object) => this.access.rightsOf(current.tx.user.id).object(object);
    rights.field = (object, field) => this.access.rightsOf(current.tx.user.id).field(object, field);
    this.organizationId = ids.organization;
    this.organizationName = String(store.byId(ids.organization)?.['Name']);
    this.administrator = this.#userOrFail(ids.administrator);
    this.automatedProcess = this.#userOrFail(ids.automatedProcess);
  }

  /** An org that a project has just been deployed to, with the users and setup records that every org has. */
  static create(project: Pick<LoadedProject, 'schema' | 'metadata'>, options: SeedOptions = {}): Org {
    const store = new Store(project.schema);
    const ids = seed(store, project.metadata, options);
    store.commit();
    return new Org(project.schema, store, ids, project.metadata);
  }

  /** From now on DML calls these triggers. */
  connect(triggers: TriggerInvoker): void {
    this.#triggers = triggers;
  }

  // --- transactions

  begin(tx: Transaction): void {
    this.#marks.set(tx, this.store.mark());
  }

  commit(tx: Transaction): void {
    this.store.commit();
    this.#end(tx);
  }

  rollback(tx: Transaction): void {
    this.store.rollback(this.#marks.get(tx) ?? this.store.mark());
    this.#end(tx);
  }

  #end(tx: Transaction): void {
    this.store.locks.release(tx.lockOwner);
    this.data.forgetSavepoints(tx);
  }

  mark(): object {
    return { mark: this.store.mark() };
  }

  undoTo(mark: object): void {
    this.store.rollback((mark as { mark: number }).mark);
  }

  changesSince(mark: object): RecordChange[] {
    return this.store
      .changesSince((mark as { mark: number }).mark)
      .map(({ table, before, after }) => ({ object: table.object, before, after }));
  }

  changesOf(tx: Transaction): RecordChange[] {
    const mark = this.#marks.get(tx);
    return mark === undefined ? [] : this.changesSince({ mark });
  }

  writeHistory(tx: Transaction): void {
    if (this.#tracksHistory) writeHistory(this.store, this.#writer(), this.changesOf(tx));
  }

  isolate(): void {
    this.store.isolate();
  }

  endIsolation(): void {
    this.store.endIsolation();
  }

  hideData(): HiddenData {
    return hideData(this.store);
  }

  revealData(hidden: HiddenData): void {
    revealData(this.store, hidden as readonly HiddenRow[]);
  }

  suspendMixedDml(tx: Transaction): unknown {
    return this.#mixed.suspend(tx);
  }

  resumeMixedDml(tx: Transaction, state: unknown): void {
    this.#mixed.resume(tx, state);
  }

  // --- users

  user(id: string): RunningUser | null {
    const row = this.store.byId(id);
    return row && row['Username'] !== undefined ? runningUser(row) : null;
  }

  userByUsername(username: string): RunningUser | null {
    const [row] = this.store.tableOf('User').find('Username', username);
    return row ? runningUser(row) : null;
  }

  #userOrFail(id: string): RunningUser {
    const user = this.user(id);
    if (!user) throw new Error(`the org has no user ${id}`);
    return user;
  }

  grantsOf(userId: string): readonly string[] {
    return this.access.rightsOf(userId).permissionSets.map((set) => String(set['Name']));
  }

  hasCustomPermission(userId: string, name: string): boolean {
    return this.access.rightsOf(userId).customPermission(name);
  }

  objectAccess(userId: string, object: ObjectDescriptor): ObjectRights {
    return this.access.rightsOf(userId).object(object);
  }

  mayReadField(userId: string, object: ObjectDescriptor, field: FieldDescriptor): boolean {
    return this.access.rightsOf(userId).field(object, field).read;
  }

  mayEditField(userId: string, object: ObjectDescriptor, field: FieldDescriptor): boolean {
    return this.access.rightsOf(userId).field(object, field).edit;
  }

  // --- records of the platform's own

  insertSystem(object: string, fields: Readonly<Record<string, unknown>>): string {
    return this.#writer().insert(object, fields);
  }

  updateSystem(object: string, id: string, fields: Readonly<Record<string, unknown>>): void {
    this.#writer().update(object, id, fields);
  }

  deleteSystem(object: string, id: string): void {
    this.store.remove(this.store.tableOf(object), id);
  }

  #writer(): RowWriter {
    const tx: Transaction | null = current.tx;
    return new RowWriter(this.store, tx?.user.id ?? this.automatedProcess.id, tx?.services.now() ?? Date.now());
  }

  commitSystem(): void {
    this.store.commit();
  }

  exists(id: string): boolean {
    const row = this.store.byId(id);
    return row !== null && row['IsDeleted'] !== true;
  }

  apexClassId(name: string): string | null {
    const [row] = this.store.tableOf('ApexClass').find('Name', name.replace(/\..*/, ''));
    return row ? (row['Id'] as string) : null;
  }

  listViewsOf(object: string): readonly ListViewOption[] {
    return listViewsOf(this.store, object);
  }

  listView(id: string, userId: string): ListViewFilter | null {
    return listViewFilter(this.store, this.#listViews, id, userId);
  }

  readSystem(object: string, id: string): Row | null {
    return this.store.tableOf(object).byId(id);
  }

  /** Records of the project's classes and triggers, which jobs and queries name. */
  registerCode(files: readonly CodeFile[]): void {
    const writer = new RowWriter(this.store, this.administrator.id, Date.now());
    for (const { name, kind, text, apiVersion, object } of files) {
      const fields = {
        Name: name,
        ApiVersion: decFromInt(apiVersion),
        Body: text,
        LengthWithoutComments: text.length,
        Status: 'Active',
        IsValid: true,
      };
      if (kind === 'class') writer.insert('ApexClass', fields);
      else writer.insert('ApexTrigger', { ...fields, TableEnumOrId: object });
    }
    this.store.commit();
  }
}

/** A file of Apex as a record of it shows it. */
export interface CodeFile {
  readonly name: string;
  readonly kind: 'class' | 'trigger';
  readonly text: string;
  readonly apiVersion: number;
  /** Of a trigger; null of a class. */
  readonly object: string | null;
}

function runningUser(row: Row): RunningUser {
  return {
    id: row['Id'] as string,
    username: String(row['Username']),
    name: String(row['Name']),
    profileId: String(row['ProfileId'] ?? ''),
    roleId: (row['UserRoleId'] ?? null) as string | null,
    userType: String(row['UserType'] ?? 'Standard'),
    timeZone: String(row['TimeZoneSidKey'] ?? 'GMT'),
    locale: String(row['LocaleSidKey'] ?? 'en_US'),
    language: String(row['LanguageLocaleKey'] ?? 'en_US'),
  };
}
