import { historyParent } from '../schema/historyObjects.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { ALL_RIGHTS, NO_RIGHTS, STANDARD_PROFILES } from './standardProfiles.ts';
import type { ObjectRights, StandardProfile } from './standardProfiles.ts';

export interface FieldRights {
  readonly read: boolean;
  readonly edit: boolean;
}

/** Objects that everybody may read and only administrators change; object permissions do not exist for them. */
const READABLE_BY_ALL = new Set([
  ...['User', 'Group', 'GroupMember', 'QueueSobject', 'UserRole', 'Profile', 'PermissionSet', 'Organization'],
  ...['RecordType', 'ListView', 'CurrencyType', 'CustomPermission', 'PermissionSetAssignment', 'ObjectPermissions'],
  ...[
    'FieldPermissions',
    'UserLicense',
    'BusinessHours',
    'Holiday',
    'LeadStatus',
    'CaseStatus',
    'TaskStatus',
    'TaskPriority',
  ],
  ...['UserPreference', 'OpportunityStage', 'AsyncApexJob', 'CronTrigger', 'CronJobDetail', 'StaticResource'],
  ...[
    'AssignmentRule',
    'PermissionSetLicense',
    'PermissionSetLicenseAssign',
    'Period',
    'EmailTemplate',
    'Folder',
    'UserRecordAccess',
    'Name',
    // Files, whose records are shared one by one: octoberswimmer/aer-dist, issue 209
    'Attachment',
    'ContentVersion',
    'AggregateResult',
  ],
]);

/**
 * What only users who may view Setup read. Source: Object Reference, SetupEntityAccess, "Special Access Rules"; of Apex
 * classes and triggers it rests on NebulaLogger's LogEntryMetadataViwrCtlr_Tests_Security.
 */
const NEEDS_VIEW_SETUP = new Set(['SetupEntityAccess', 'ApexClass', 'ApexTrigger', 'ApexPage', 'ApexLog']);

/** Fields of Data.com, which only administrators see until somebody grants them. */
const HIDDEN_FIELDS = new Set(
  [
    ...[
      'CleanStatus',
      'DandbCompanyId',
      'DunsNumber',
      'NaicsCode',
      'NaicsDesc',
      'SicDesc',
      'Tradestyle',
      'YearStarted',
    ],
  ].map((name) => `Account.${name}`),
);

/** Ids of the permission sets in a group. */
function membersOf(store: Store, groupId: unknown): unknown[] {
  const members = store.tableOf('PermissionSetGroupComponent').find('PermissionSetGroupId', groupId);
  return members.map((row) => row['PermissionSetId']);
}

/** What the profile and permission sets of one user grant. Computed once for a state of the records of security. */
export class UserRights {
  readonly #store: Store;
  readonly #standard: StandardProfile | null;
  /** Permission sets assigned to the user, the profile's own among them. */
  readonly #sets: readonly Row[];
  readonly #objects = new Map<string, ObjectRights>();
  readonly #fields = new Map<string, FieldRights>();

  constructor(store: Store, userId: string, permissionSet?: string) {
    this.#store = store;
    const user = store.byId(userId);
    const profileId = user?.['ProfileId'];
    const profile = typeof profileId === 'string' ? store.byId(profileId) : null;
    this.#standard = STANDARD_PROFILES.find(({ name }) => name === profile?.['Name']) ?? null;
    const sets = store.tableOf('PermissionSet');
    const own = typeof profileId === 'string' ? sets.find('ProfileId', profileId) : [];
    const assigned = store
      .tableOf('PermissionSetAssignment')
      .find('AssigneeId', userId)
      .flatMap((row) => [row['PermissionSetId'], ...membersOf(store, row['PermissionSetGroupId'])])
      .map((id) => sets.byId(String(id)))
      .filter((row) => row !== null);
    const more = permissionSet === undefined ? null : sets.byId(permissionSet);
    this.#sets = [...own, ...assigned, ...(more ? [more] : [])];
  }

  /** Names of the profile's and the assigned permission sets. */
  get permissionSets(): readonly Row[] {
    return this.#sets;
  }

  /** A permission of the system: `ModifyAllData`, `ManageUsers` … */
  permission(name: string): boolean {
    return this.#sets.some((set) => set[`Permissions${name}`] === true);
  }

  get modifiesAllData(): boolean {
    return this.permission('ModifyAllData');
  }

  object(object: ObjectDescriptor): ObjectRights {
    let rights = this.#objects.get(object.name);
    if (!rights) {
      rights = this.#objectRights(object);
      this.#objects.set(object.name, rights);
    }
    return rights;
  }

  #objectRights(object: ObjectDescriptor): ObjectRights {
    if (this.modifiesAllData) return ALL_RIGHTS;
    if (object.shareOf) return this.#shareRights(object.shareOf.object);
    const past = historyParent(object);
    if (past) return { ...NO_RIGHTS, read: this.#shareRights(past.referenceTo[0] ?? '').read };
    const granted = this.#sets
      .flatMap((set) => this.#store.tableOf('ObjectPermissions').find('ParentId', set['Id']))
      .filter((row) => row['SobjectType'] === object.name)
      .map((row): ObjectRights => ({
        create: row['PermissionsCreate'] === true,
        read: row['PermissionsRead'] === true,
        edit: row['PermissionsEdit'] === true,
        delete: row['PermissionsDelete'] === true,
        viewAll: row['PermissionsViewAllRecords'] === true,
        modifyAll: row['PermissionsModifyAllRecords'] === true,
      }));
    if (READABLE_BY_ALL.has(object.name) || (NEEDS_VIEW_SETUP.has(object.name) && this.permission('ViewSetup')))
      granted.push({ ...NO_RIGHTS, read: true });
    if (this.permission('ViewAllData')) granted.push({ ...NO_RIGHTS, read: true, viewAll: true });
    if (object.setup && this.permission('ManageUsers')) granted.push(ALL_RIGHTS);
    if ((object.customSetting || object.metadataType) && this.permission('CustomizeApplication'))
      granted.push(ALL_RIGHTS);
    return granted.reduce(union, NO_RIGHTS);
  }

  /** Who may read a record's object may see its shares; changing them is judged record by record. */
  #shareRights(parent: string): ObjectRights {
    const object = this.#store.schema.object(parent);
    const rights = object ? this.object(object) : NO_RIGHTS;
    return { ...NO_RIGHTS, read: rights.read, create: rights.edit, edit: rights.edit, delete: rights.edit };
  }

  field(object: ObjectDescriptor, field: FieldDescriptor): FieldRights {
    // Parts of an address or a geolocation are seen by who sees the whole.
    const named = field.compoundFieldName ?? field.name;
    const key = `${object.name}.${named}`;
    let rights = this.#fields.get(key);
    if (!rights) {
      rights = this.#fieldRights(object, field, key);
      this.#fields.set(key, rights);
    }
    return rights;
  }

  #fieldRights(object: ObjectDescriptor, field: FieldDescriptor, key: string): FieldRights {
    const whole = this.object(object);
    const writes = whole.create || whole.edit;
    if (!field.permissionable || !hasFieldPermissions(object, field)) return { read: whole.read, edit: writes };
    if (!whole.read) return { read: false, edit: false };
    if (!field.custom && this.#standard?.standardFields === true && !this.#isHidden(key))
      return { read: true, edit: writes };
    const rows = this.#sets
      .flatMap((set) => this.#store.tableOf('FieldPermissions').find('ParentId', set['Id']))
      .filter((row) => row['Field'] === key);
    return {
      read: rows.some((row) => row['PermissionsRead'] === true),
      edit: writes && rows.some((row) => row['PermissionsEdit'] === true),
    };
  }

  /** A field that the profile does not show though it shows the standard fields. */
  #isHidden(key: string): boolean {
    return HIDDEN_FIELDS.has(key) && this.#standard?.administrator !== true;
  }

  customPermission(name: string): boolean {
    const [permission] = this.#store.tableOf('CustomPermission').find('DeveloperName', name);
    if (!permission) return false;
    return this.#sets.some((set) =>
      this.#store
        .tableOf('SetupEntityAccess')
        .find('ParentId', set['Id'])
        .some((row) => row['SetupEntityId'] === permission['Id']),
    );
  }
}

/** Events, settings and setup objects have no permissions for single fields, but for custom ones, as users may have. */
function hasFieldPermissions(object: ObjectDescriptor, field: FieldDescriptor): boolean {
  return (
    !object.event &&
    !object.metadataType &&
    object.customSetting === null &&
    (field.custom || !READABLE_BY_ALL.has(object.name)) &&
    !NEEDS_VIEW_SETUP.has(object.name)
  );
}

function union(a: ObjectRights, b: ObjectRights): ObjectRights {
  return {
    create: a.create || b.create,
    read: a.read || b.read,
    edit: a.edit || b.edit,
    delete: a.delete || b.delete,
    viewAll: a.viewAll || b.viewAll,
    modifyAll: a.modifyAll || b.modifyAll,
  };
}
