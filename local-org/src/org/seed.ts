import type { Grants, OrgMetadata } from '../schema/orgMetadata.ts';
import { CORPORATE_CURRENCY } from '../schema/currencies.ts';
import { ALL_RIGHTS, PERMITTED_OBJECTS, STANDARD_PROFILES } from '../security/standardProfiles.ts';
import type { ObjectRights, StandardProfile } from '../security/standardProfiles.ts';
import type { Store } from '../store/store.ts';
import { ApexBlob } from '../values/blob.ts';
import { decFromInt } from '../values/decimal.ts';
import { ApexTime } from '../values/time.ts';
import { RowWriter } from './rowWriter.ts';
import { seedApplications } from './seedApplications.ts';
import { seedCustomMetadata } from './seedCustomMetadata.ts';
import { seedDefinitions } from './seedDefinitions.ts';
import { seedFiscalYears } from './seedFiscalYears.ts';
import { seedGroups } from './seedGroups.ts';
import { seedPermissionGroups } from './seedPermissionGroups.ts';
import { seedRoles } from './seedRoles.ts';
import { seedEmailTemplates } from './seedEmailTemplates.ts';
import { seedListViews } from './listViews.ts';
import { seedStatuses } from './seedStatuses.ts';

export interface SeedOptions {
  /** Milliseconds since 1970 that the org was made at. */
  readonly now?: number;
  readonly organizationName?: string;
  /** Permission sets of the project that the administrator is assigned; `all` as after an install script. */
  readonly administratorHas?: 'all' | readonly string[];
}

export interface SeededIds {
  readonly organization: string;
  readonly administrator: string;
  readonly automatedProcess: string;
}

/** Fills a new org: what every org has, and what the project's metadata brings. */
export function seed(store: Store, metadata: OrgMetadata, options: SeedOptions): SeededIds {
  return new Seeder(store, metadata, options).run();
}

const CUSTOM_LICENSE = 'Salesforce';

/** Permissions that take something away; no standard administrator has them. */
const LIMITING = new Set(['ApiUserOnly', 'IsSsoEnabled', 'HideReadByList', 'PrivacyDataAccess', 'ForceTwoFactor']);

/** Object Reference, UserLicense, LicenseDefinitionKey: `SFDC` for full CRM licences. */
const LICENSE_KEYS: Readonly<Record<string, string>> = { Salesforce: 'SFDC', 'Salesforce Platform': 'AUL' };

const USER_TYPES: Readonly<Record<string, string>> = {
  'Chatter Free': 'CsnOnly',
  'Guest User License': 'Guest',
};

class Seeder {
  readonly #store: Store;
  readonly #metadata: OrgMetadata;
  readonly #options: SeedOptions;
  readonly #writer: RowWriter;
  readonly #profiles = new Map<string, string>();
  readonly #licenses = new Map<string, string>();
  readonly #permissionSets = new Map<string, string>();
  readonly #customPermissions = new Map<string, string>();

  constructor(store: Store, metadata: OrgMetadata, options: SeedOptions) {
    this.#store = store;
    this.#metadata = metadata;
    this.#options = options;
    this.#writer = new RowWriter(store, null, options.now ?? Date.now());
  }

  run(): SeededIds {
    const organization = this.#organization();
    this.#profilesAndLicenses();
    this.#corporateCurrency();
    const administrator = this.#user('Admin', 'User', 'System Administrator');
    const automatedProcess = this.#automatedProcess(organization);
    seedRoles(this.#writer, this.#metadata.roles);
    seedGroups(this.#store, this.#writer, this.#metadata);
    this.#permissions();
    seedPermissionGroups(this.#writer, this.#metadata.permissionSetGroups, this.#permissionSets);
    this.#assign(administrator);
    this.#recordTypes();
    seedCustomMetadata(this.#store, this.#writer, this.#metadata.customMetadata);
    seedStatuses(this.#store, this.#writer);
    seedListViews(this.#writer, this.#metadata.listViews);
    seedDefinitions(this.#store);
    this.#staticResources();
    const { emailTemplates, emailFolders } = this.#metadata;
    seedEmailTemplates(this.#writer, emailTemplates, emailFolders, { organization, owner: administrator });
    this.#cachePartitions();
    seedApplications(this.#writer, this.#metadata.applications);
    for (const { object, name, active } of this.#metadata.assignmentRules) {
      this.#writer.insert('AssignmentRule', { Name: name, SobjectType: object, Active: active });
    }
    this.#defaults();
    seedFiscalYears(this.#writer, this.#options.now ?? Date.now());
    return { organization, administrator, automatedProcess };
  }

  #cachePartitions(): void {
    for (const { name, label, description, isDefault, capacities } of this.#metadata.cachePartitions) {
      const id = this.#writer.insert('PlatformCachePartition', {
        DeveloperName: name,
        MasterLabel: label,
        Description: description,
        IsDefaultPartition: isDefault,
      });
      for (const { cacheType, megabytes } of capacities) {
        const AllocatedCapacity = megabytes;
        const PlatformCachePartitionId = id;
        this.#writer.insert('PlatformCachePartitionType', {
          PlatformCachePartitionId,
          CacheType: cacheType,
          AllocatedCapacity,
        });
      }
    }
  }

  #organization(): string {
    return this.#writer.insert('Organization', {
      Name: this.#options.organizationName ?? 'Local Org',
      OrganizationType: 'Developer Edition',
      LanguageLocaleKey: 'en_US',
      DefaultLocaleSidKey: 'en_US',
      TimeZoneSidKey: 'GMT',
      InstanceName: 'LOCAL',
      IsSandbox: true,
      FiscalYearStartMonth: 1,
      Country: 'US',
    });
  }

  /** Other currencies are records that an administrator adds. */
  #corporateCurrency(): void {
    if (!this.#store.schema.object('CurrencyType')) return;
    this.#writer.insert('CurrencyType', {
      IsoCode: CORPORATE_CURRENCY,
      ConversionRate: decFromInt(1),
      DecimalPlaces: 2,
      IsActive: true,
      IsCorporate: true,
    });
  }

  /** Of a user of an org with several currencies. */
  #ownCurrency(): Record<string, string> {
    if (!this.#store.schema.object('CurrencyType')) return {};
    return { CurrencyIsoCode: CORPORATE_CURRENCY, DefaultCurrencyIsoCode: CORPORATE_CURRENCY };
  }

  #profilesAndLicenses(): void {
    for (const profile of STANDARD_PROFILES) {
      const permissions = this.#permissionsOf(profile);
      const id = this.#profile(profile.name, profile.license, permissions);
      const setId = this.#profileSet(id, profile.name, permissions);
      for (const [object, rights] of this.#objectRightsOf(profile)) this.#objectPermissions(setId, object, rights);
    }
    for (const profile of this.#metadata.profiles) {
      const name = METADATA_NAMES[profile.name] ?? profile.name;
      const id = this.#profiles.get(name) ?? this.#profile(name, profile.userLicense ?? CUSTOM_LICENSE);
      const [set] = this.#store.tableOf('PermissionSet').find('ProfileId', id);
      this.#permissionSets.set(`profile ${profile.name}`, (set?.['Id'] as string) ?? this.#profileSet(id, name, {}));
    }
  }

  /** Administrators have all rights on everything that has permissions. */
  #objectRightsOf(profile: StandardProfile): (readonly [string, ObjectRights])[] {
    const { schema } = this.#store;
    // Quotes are not in every org.
    const isThere = (name: string) => schema.object(name) !== null;
    if (!profile.administrator) return Object.entries(profile.objects).filter(([name]) => isThere(name));
    const custom = [...schema.objects()].filter(
      (object) => object.custom && !object.metadataType && object.customSetting === null && object.shareOf === null,
    );
    return [...PERMITTED_OBJECTS.filter(isThere), ...custom.map(({ name }) => name)].map(
      (name) => [name, ALL_RIGHTS] as const,
    );
  }

  #objectPermissions(parentId: string, object: string, rights: ObjectRights): void {
    this.#writer.insert('ObjectPermissions', {
      ParentId: parentId,
      SobjectType: object,
      PermissionsCreate: rights.create,
      PermissionsRead: rights.read,
      PermissionsEdit: rights.edit,
      PermissionsDelete: rights.delete,
      PermissionsViewAllRecords: rights.viewAll,
      PermissionsModifyAllRecords: rights.modifyAll,
    });
  }

  /** Columns of a profile and of its permission set. */
  #permissionsOf(profile: StandardProfile): Record<string, boolean> {
    const columns: Record<string, boolean> = {};
    for (const { name } of this.#store.tableOf('PermissionSet').object.fields.values()) {
      if (!name.startsWith('Permissions')) continue;
      const permission = name.slice('Permissions'.length);
      const granted = profile.administrator && !LIMITING.has(permission);
      if (granted || profile.permissions.includes(permission)) columns[name] = true;
    }
    return columns;
  }

  #profile(name: string, license: string, permissions: Record<string, boolean> = {}): string {
    let licenseId = this.#licenses.get(license);
    if (licenseId === undefined) {
      const key = LICENSE_KEYS[license] ?? license.toUpperCase().replaceAll(' ', '_');
      const fields = {
        Name: license,
        MasterLabel: license,
        LicenseDefinitionKey: key,
        Status: 'Active',
        TotalLicenses: 1000,
        UsedLicenses: 0,
      };
      licenseId = this.#writer.insert('UserLicense', fields);
      this.#licenses.set(license, licenseId);
    }
    const { object } = this.#store.tableOf('Profile');
    const columns = Object.entries(permissions).filter(([column]) => object.fields.has(column.toLowerCase()));
    const fields = { Name: name, UserLicenseId: licenseId, UserType: USER_TYPES[license] ?? 'Standard' };
    const id = this.#writer.insert('Profile', { ...fields, ...Object.fromEntries(columns) });
    this.#profiles.set(name, id);
    return id;
  }

  /** Every profile has a permission set of its own, which holds what it grants. */
  #profileSet(profileId: string, name: string, permissions: Record<string, boolean>): string {
    return this.#writer.insert('PermissionSet', {
      Name: `X00e${profileId.slice(3)}`,
      Label: name,
      ProfileId: profileId,
      IsOwnedByProfile: true,
      IsCustom: false,
      Type: 'Profile',
      ...permissions,
    });
  }

  #user(firstName: string, lastName: string, profile: string): string {
    const id = this.#writer.insert('User', {
      Username: 'admin@local.org',
      FirstName: firstName,
      LastName: lastName,
      Name: `${firstName} ${lastName}`,
      Email: 'admin@local.org.invalid',
      Alias: 'admin',
      CommunityNickname: 'admin',
      ProfileId: this.#profiles.get(profile),
      ...USER_DEFAULTS,
      ...this.#ownCurrency(),
      UserType: 'Standard',
      IsActive: true,
    });
    this.#writer.insert('UserLogin', { UserId: id });
    return id;
  }

  #automatedProcess(organization: string): string {
    return this.#writer.insert('User', {
      Username: `autoproc@${organization.toLowerCase()}`,
      FirstName: 'Automated',
      LastName: 'Process',
      Name: 'Automated Process',
      Email: 'noreply@local.org.invalid',
      Alias: 'autoproc',
      CommunityNickname: 'autoproc',
      ...USER_DEFAULTS,
      ...this.#ownCurrency(),
      UserType: 'AutomatedProcess',
      IsActive: true,
    });
  }

  #permissions(): void {
    for (const permission of this.#metadata.customPermissions) {
      const id = this.#writer.insert('CustomPermission', {
        DeveloperName: permission.name,
        MasterLabel: permission.label,
        Description: permission.description,
        Language: 'en_US',
      });
      this.#customPermissions.set(permission.name, id);
    }
    for (const type of this.#metadata.notificationTypes) {
      this.#writer.insert('CustomNotificationType', {
        DeveloperName: type.developerName,
        CustomNotifTypeName: type.name,
        MasterLabel: type.label,
        Description: type.description,
        Desktop: type.desktop,
        Mobile: type.mobile,
        Language: 'en_US',
      });
    }
    for (const set of this.#metadata.permissionSets) {
      const id = this.#writer.insert('PermissionSet', {
        Name: set.name,
        Label: set.label,
        Description: set.description,
        IsCustom: true,
        Type: 'Regular',
        ...this.#userPermissions(set),
      });
      this.#permissionSets.set(set.name, id);
      this.#grants(id, set);
    }
    for (const profile of this.#metadata.profiles) {
      const id = this.#permissionSets.get(`profile ${profile.name}`);
      if (id === undefined) continue;
      this.#writer.update('PermissionSet', id, this.#userPermissions(profile));
      this.#grants(id, profile);
    }
  }

  #userPermissions(grants: Grants): Record<string, boolean> {
    const object = this.#store.tableOf('PermissionSet').object;
    const names = grants.userPermissions.map((name) => `Permissions${name}`);
    return Object.fromEntries(
      names.filter((name) => object.fields.has(name.toLowerCase())).map((name) => [name, true]),
    );
  }

  #grants(parentId: string, grants: Grants): void {
    const { schema } = this.#store;
    for (const grant of grants.objects) {
      this.#objectPermissions(parentId, schema.object(grant.object)?.name ?? grant.object, grant);
    }
    for (const { field, readable, editable } of grants.fields) {
      const [object = '', name = ''] = field.split('.');
      const described = schema.object(object);
      const canonical = described?.fields.get(name.toLowerCase())?.name ?? name;
      this.#writer.insert('FieldPermissions', {
        ParentId: parentId,
        SobjectType: described?.name ?? object,
        Field: `${described?.name ?? object}.${canonical}`,
        PermissionsRead: readable,
        PermissionsEdit: editable,
      });
    }
    for (const name of grants.customPermissions) {
      const id = this.#customPermissions.get(name);
      if (id === undefined) continue;
      const fields = { ParentId: parentId, SetupEntityId: id, SetupEntityType: 'CustomPermission' };
      this.#writer.insert('SetupEntityAccess', fields);
    }
  }

  #assign(administrator: string): void {
    const profileSets = this.#store
      .tableOf('PermissionSet')
      .find('ProfileId', this.#profiles.get('System Administrator'));
    const wanted = this.#options.administratorHas ?? 'all';
    const names = wanted === 'all' ? this.#metadata.permissionSets.map((set) => set.name) : wanted;
    const sets = names.map((name) => {
      const id = this.#permissionSets.get(name);
      if (id === undefined) throw new Error(`the project has no permission set ${name}`);
      return id;
    });
    for (const id of [...profileSets.map((set) => set['Id'] as string), ...sets]) {
      this.#writer.insert('PermissionSetAssignment', {
        AssigneeId: administrator,
        PermissionSetId: id,
        IsActive: true,
      });
    }
  }

  #recordTypes(): void {
    for (const object of this.#store.schema.objects()) {
      for (const type of object.recordTypes) {
        this.#writer.insert('RecordType', {
          Name: type.label,
          DeveloperName: type.developerName,
          SobjectType: object.name,
          IsActive: type.active,
          Description: type.description,
        });
      }
    }
  }

  #staticResources(): void {
    for (const { name, contentType, body } of this.#metadata.staticResources) {
      const bytes = body === null ? null : new ApexBlob(body);
      const fields = { Name: name, ContentType: contentType, Body: bytes, BodyLength: body?.length ?? 0 };
      this.#writer.insert('StaticResource', fields);
    }
  }

  #defaults(): void {
    this.#writer.insert('Pricebook2', { Name: 'Standard Price Book', IsActive: true, IsStandard: true });
    const allDay = DAYS.flatMap((day) => ['Start', 'End'].map((end) => [`${day}${end}Time`, new ApexTime(0)] as const));
    const hours = { Name: 'Default', IsActive: true, IsDefault: true, TimeZoneSidKey: 'GMT' };
    this.#writer.insert('BusinessHours', { ...hours, ...Object.fromEntries(allDay) });
  }
}

/** Default business hours are open around the clock. */
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Profiles have other names in metadata than on the page. */
const METADATA_NAMES: Readonly<Record<string, string>> = {
  Admin: 'System Administrator',
  Standard: 'Standard User',
  ReadOnly: 'Read Only',
  MarketingProfile: 'Marketing User',
  ContractManager: 'Contract Manager',
  SolutionManager: 'Solution Manager',
  StandardAul: 'Standard Platform User',
  'Minimum Access - Salesforce': 'Minimum Access - Salesforce',
};

const USER_DEFAULTS = {
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
};
