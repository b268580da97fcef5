import type { AssignmentRule } from './assignmentRules.ts';
import type { ElementReader } from './elementReader.ts';
import type { EmailTemplateMetadata } from './emailTemplates.ts';
import type { LeadFieldMapping } from './leadConversion.ts';
import type { ListViewMetadata } from './listViews.ts';

/** What a permission set or profile grants. Object and field names are as the file spells them. */
export interface Grants {
  readonly objects: readonly ObjectGrant[];
  /** `Lead.AI_Score__c`. */
  readonly fields: readonly { readonly field: string; readonly readable: boolean; readonly editable: boolean }[];
  /** `ModifyAllData`, `ViewSetup` … */
  readonly userPermissions: readonly string[];
  readonly customPermissions: readonly string[];
  /** `Credential-Principal`. */
  readonly externalCredentialPrincipals: readonly string[];
  readonly classes: readonly string[];
}

export interface ObjectGrant {
  readonly object: string;
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

export interface PermissionSetMetadata extends Grants {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly file: string;
  readonly line: number;
}

export interface ProfileMetadata extends Grants {
  readonly name: string;
  readonly custom: boolean;
  readonly userLicense: string | null;
  readonly file: string;
  readonly line: number;
}

export interface QueueMetadata {
  readonly developerName: string;
  readonly name: string;
  readonly email: string | null;
  readonly sendsEmail: boolean;
  readonly objects: readonly string[];
  readonly members: MemberMetadata;
  readonly file: string;
  readonly line: number;
}

/** Members by user name or developer name. */
export interface MemberMetadata {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly rolesAndSubordinates: readonly string[];
}

export interface RoleMetadata {
  readonly developerName: string;
  readonly name: string;
  readonly parent: string | null;
  readonly file: string;
  readonly line: number;
}

export interface GroupMetadata {
  readonly developerName: string;
  readonly name: string;
  readonly includesBosses: boolean;
}

export interface CustomPermissionMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  /** Custom permissions that holding this one presupposes. */
  readonly requires: readonly string[];
}

export interface PermissionSetGroupMetadata {
  readonly name: string;
  readonly label: string;
  readonly permissionSets: readonly string[];
}

/** One record of a custom metadata type. */
export interface CustomMetadataRecord {
  /** API name of the type, `Rule__mdt`, as the file's name spells it. */
  readonly type: string;
  readonly developerName: string;
  readonly label: string;
  readonly values: ReadonlyMap<string, string | null>;
  readonly file: string;
  readonly line: number;
}

/** What a project brings besides objects and code: the records that exist in an org once it is deployed. */
export interface OrgMetadata {
  readonly permissionSets: readonly PermissionSetMetadata[];
  readonly permissionSetGroups: readonly PermissionSetGroupMetadata[];
  readonly profiles: readonly ProfileMetadata[];
  readonly customPermissions: readonly CustomPermissionMetadata[];
  readonly notificationTypes: readonly NotificationTypeMetadata[];
  readonly queues: readonly QueueMetadata[];
  readonly groups: readonly GroupMetadata[];
  readonly roles: readonly RoleMetadata[];
  readonly customMetadata: readonly CustomMetadataRecord[];
  readonly staticResources: readonly StaticResourceMetadata[];
  readonly emailTemplates: readonly EmailTemplateMetadata[];
  /** Labels of the folders of e-mail templates by developer name. */
  readonly emailFolders: ReadonlyMap<string, string>;
  readonly cachePartitions: readonly CachePartitionMetadata[];
  readonly applications: readonly ApplicationMetadata[];
  readonly assignmentRules: readonly AssignmentRule[];
  readonly listViews: readonly ListViewMetadata[];
  /** Of custom fields, besides those of the standard fields. */
  readonly leadMappings: readonly LeadFieldMapping[];
  /** "Require Validation for Converted Leads": lead triggers and validation rules run on conversion. */
  readonly leadConversionRequiresValidation: boolean;
}

/** A kind of custom notification. */
export interface NotificationTypeMetadata {
  readonly developerName: string;
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly desktop: boolean;
  readonly mobile: boolean;
}

/** A partition of the platform cache. */
export interface CachePartitionMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly isDefault: boolean;
  /** Megabytes by `Organization` and `Session`. */
  readonly capacities: readonly { readonly cacheType: string; readonly megabytes: number }[];
}

/** Reads a `cachePartitions/*.cachePartition-meta.xml`. */
export function readCachePartition(reader: ElementReader, name: string): CachePartitionMetadata {
  reader.ignore('fullName');
  const partition = {
    name,
    label: reader.text('masterLabel') ?? name,
    description: reader.text('description'),
    isDefault: reader.boolean('isDefaultPartition', false),
    capacities: reader.readers('platformCachePartitionTypes').map((type) => {
      type.ignore('allocatedPartnerCapacity', 'allocatedPurchasedCapacity', 'allocatedTrialCapacity');
      const capacity = {
        cacheType: type.required('cacheType'),
        megabytes: Number(type.text('allocatedCapacity') ?? 0),
      };
      type.finish();
      return capacity;
    }),
  };
  reader.finish();
  return partition;
}

/** An app, as far as the app menu shows it. */
export interface ApplicationMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
}

/** Reads an `applications/*.app-meta.xml`; what the app contains is nothing to local-org. */
export function readApplication(reader: ElementReader, name: string): ApplicationMetadata {
  return { name, label: reader.text('label') ?? name, description: reader.text('description') };
}

/** A file, or a folder that is packed into one. */
export interface StaticResourceMetadata {
  readonly name: string;
  readonly contentType: string;
  readonly body: Uint8Array | null;
}

/** Reads a `permissionsets/*.permissionset-meta.xml`. */
export function readPermissionSet(reader: ElementReader, name: string): PermissionSetMetadata {
  reader.ignore('hasActivationRequired', 'license', 'fullName');
  const read = {
    name,
    label: reader.required('label'),
    description: reader.text('description'),
    ...readGrants(reader),
    file: reader.file,
    line: reader.element.line,
  };
  reader.finish();
  return read;
}

/** Reads a `profiles/*.profile-meta.xml`. */
export function readProfile(reader: ElementReader, name: string): ProfileMetadata {
  reader.ignore('description', 'layoutAssignments', 'loginHours', 'loginIpRanges', 'profileActionOverrides');
  reader.ignore('categoryGroupVisibilities', 'tabVisibilities', 'fullName', 'loginFlows');
  const read = {
    name: decodeURIComponent(name),
    custom: reader.boolean('custom'),
    userLicense: reader.text('userLicense'),
    ...readGrants(reader),
    file: reader.file,
    line: reader.element.line,
  };
  reader.finish();
  return read;
}

function readGrants(reader: ElementReader): Grants {
  // Pages, apps and flows are opened by people; nothing in the data layer asks for these.
  reader.ignore('applicationVisibilities', 'tabSettings', 'pageAccesses', 'flowAccesses', 'recordTypeVisibilities');
  reader.ignore('externalDataSourceAccesses', 'customMetadataTypeAccesses', 'customSettingAccesses');
  reader.ignore('agentAccesses', 'emailRoutingAddressAccesses', 'dataspaceScopes', 'servicePresenceStatusAccesses');
  return {
    objects: reader.readers('objectPermissions').map(readObjectGrant),
    fields: reader.readers('fieldPermissions').map((item) => {
      const grant = {
        field: item.required('field'),
        readable: item.boolean('readable') || item.boolean('editable'),
        editable: item.boolean('editable'),
      };
      item.finish();
      return grant;
    }),
    userPermissions: enabledNames(reader, 'userPermissions', 'name'),
    customPermissions: enabledNames(reader, 'customPermissions', 'name'),
    externalCredentialPrincipals: enabledNames(
      reader,
      'externalCredentialPrincipalAccesses',
      'externalCredentialPrincipal',
    ),
    classes: enabledNames(reader, 'classAccesses', 'apexClass'),
  };
}

function readObjectGrant(item: ElementReader): ObjectGrant {
  item.ignore('viewAllFields');
  const modifyAll = item.boolean('modifyAllRecords');
  const viewAll = item.boolean('viewAllRecords') || modifyAll;
  const edit = item.boolean('allowEdit') || modifyAll;
  const remove = item.boolean('allowDelete') || modifyAll;
  const create = item.boolean('allowCreate');
  const read = item.boolean('allowRead') || create || edit || remove || viewAll;
  const grant = { object: item.required('object'), create, read, edit, delete: remove, viewAll, modifyAll };
  item.finish();
  return grant;
}

function enabledNames(reader: ElementReader, element: string, nameElement: string): string[] {
  const names: string[] = [];
  for (const item of reader.readers(element)) {
    const name = item.required(nameElement);
    if (item.boolean('enabled')) names.push(name);
    item.finish();
  }
  return names;
}

/** Reads a `queues/*.queue-meta.xml`. */
export function readQueue(reader: ElementReader, name: string): QueueMetadata {
  reader.ignore('queueRoutingConfig', 'fullName');
  const objects = reader.readers('queueSobject').map((item) => {
    const object = item.required('sobjectType');
    item.finish();
    return object;
  });
  const members = reader.reader('queueMembers');
  const read = {
    developerName: name,
    name: reader.required('name'),
    email: reader.text('email'),
    sendsEmail: reader.boolean('doesSendEmailToMembers'),
    objects,
    members: members ? readMembers(members) : { users: [], groups: [], roles: [], rolesAndSubordinates: [] },
    file: reader.file,
    line: reader.element.line,
  };
  reader.finish();
  return read;
}

function readMembers(members: ElementReader): MemberMetadata {
  const names = (group: string, item: string) => {
    const reader = members.reader(group);
    if (!reader) return [];
    const found = reader.all(item).map((element) => element.text);
    reader.finish();
    return found;
  };
  const read = {
    users: names('users', 'user'),
    groups: names('publicGroups', 'publicGroup'),
    roles: names('roles', 'role'),
    rolesAndSubordinates: [
      ...names('roleAndSubordinates', 'roleAndSubordinate'),
      ...names('roleAndSubordinatesInternal', 'roleAndSubordinateInternal'),
    ],
  };
  members.finish();
  return read;
}

/** Reads a `roles/*.role-meta.xml`. */
export function readRole(reader: ElementReader, name: string): RoleMetadata {
  reader.ignore('caseAccessLevel', 'contactAccessLevel', 'opportunityAccessLevel', 'mayForecastManagerShare');
  reader.ignore('description', 'fullName');
  const read = {
    developerName: name,
    name: reader.required('name'),
    parent: reader.text('parentRole'),
    file: reader.file,
    line: reader.element.line,
  };
  reader.finish();
  return read;
}

/** Reads a `groups/*.group-meta.xml`. */
export function readGroup(reader: ElementReader, name: string): GroupMetadata {
  reader.ignore('fullName');
  const read = {
    developerName: name,
    name: reader.required('name'),
    includesBosses: reader.boolean('doesIncludeBosses'),
  };
  reader.finish();
  return read;
}

/** Reads a `customPermissions/*.customPermission-meta.xml`. */
export function readCustomPermission(reader: ElementReader, name: string): CustomPermissionMetadata {
  reader.ignore('connectedApp', 'fullName', 'isLicensed', 'isProtected');
  const requires: string[] = [];
  for (const item of reader.readers('requiredPermission')) {
    const required = item.required('customPermission');
    if (item.boolean('dependency', true)) requires.push(required);
    item.finish();
  }
  const read = { name, label: reader.required('label'), description: reader.text('description'), requires };
  reader.finish();
  return read;
}

/** Reads a `notificationtypes/*.notiftype-meta.xml`. */
export function readNotificationType(reader: ElementReader, developerName: string): NotificationTypeMetadata {
  reader.ignore('fullName', 'slack');
  const read = {
    developerName,
    name: reader.required('customNotifTypeName'),
    label: reader.required('masterLabel'),
    description: reader.text('description'),
    desktop: reader.boolean('desktop'),
    mobile: reader.boolean('mobile'),
  };
  reader.finish();
  return read;
}

/** Reads a `permissionsetgroups/*.permissionsetgroup-meta.xml`. */
export function readPermissionSetGroup(reader: ElementReader, name: string): PermissionSetGroupMetadata {
  reader.ignore('description', 'status', 'fullName', 'hasActivationRequired');
  for (const muting of reader.all('mutingPermissionSets')) {
    reader.notBuilt(muting, `muting permission set ${muting.text} is not built`);
  }
  const read = {
    name,
    label: reader.required('label'),
    permissionSets: reader.all('permissionSets').map((element) => element.text),
  };
  reader.finish();
  return read;
}

/** Reads a `customMetadata/Type.Record.md-meta.xml`. */
export function readCustomMetadata(reader: ElementReader, fullName: string): CustomMetadataRecord {
  reader.ignore('protected', 'description', 'fullName');
  const [type = '', developerName = ''] = fullName.split('.');
  const values = new Map<string, string | null>();
  for (const item of reader.readers('values')) {
    const value = item.one('value');
    values.set(item.required('field'), value === null || value.text === '' ? null : value.text);
    item.finish();
  }
  const read = {
    type: type.endsWith('__mdt') ? type : `${type}__mdt`,
    developerName,
    label: reader.required('label'),
    values,
    file: reader.file,
    line: reader.element.line,
  };
  reader.finish();
  return read;
}
