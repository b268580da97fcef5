import type { Schema } from './descriptor.ts';
import { readAssignmentRules } from './assignmentRules.ts';
import { ElementReader } from './elementReader.ts';
import { readEmailFolder, readEmailTemplate } from './emailTemplates.ts';
import { readLeadConfig, readLeadMappings } from './leadConversion.ts';
import { readListView } from './listViews.ts';
import type { ListViewMetadata } from './listViews.ts';
import {
  readApplication,
  readCachePartition,
  readCustomMetadata,
  readCustomPermission,
  readGroup,
  readNotificationType,
  readPermissionSet,
  readPermissionSetGroup,
  readProfile,
  readQueue,
  readRole,
} from './orgMetadata.ts';
import type { CustomMetadataRecord, Grants, OrgMetadata } from './orgMetadata.ts';
import { readStaticResource } from './staticResource.ts';
import { readRoot } from './projectFiles.ts';
import type { MetadataFiles } from './projectFiles.ts';
import type { Problem } from './xml.ts';

/** Reads permission sets, profiles, queues, roles and records of custom metadata types; checks what they name. */
export function readOrgMetadata(files: MetadataFiles, schema: Schema, problems: Problem[]): OrgMetadata {
  const read = <T>(kind: string, root: string | null, reader: (element: ElementReader, name: string) => T): T[] =>
    (files.get(kind) ?? []).flatMap((file) => {
      const element = readRoot(file, root, problems);
      return element ? [reader(new ElementReader(element, file.path, problems), file.fullName)] : [];
    });
  const metadata: OrgMetadata = {
    permissionSets: read('permissionset', 'PermissionSet', readPermissionSet),
    permissionSetGroups: read('permissionsetgroup', 'PermissionSetGroup', readPermissionSetGroup),
    profiles: read('profile', 'Profile', readProfile),
    customPermissions: read('customPermission', 'CustomPermission', readCustomPermission),
    notificationTypes: read('notiftype', 'CustomNotificationType', readNotificationType),
    queues: read('queue', 'Queue', readQueue),
    groups: read('group', 'Group', readGroup),
    roles: read('role', 'Role', readRole),
    customMetadata: read('md', 'CustomMetadata', readCustomMetadata),
    staticResources: read('resource', 'StaticResource', readStaticResource),
    emailTemplates: read('email', 'EmailTemplate', readEmailTemplate),
    emailFolders: new Map(read('emailFolder', 'EmailFolder', readEmailFolder)),
    cachePartitions: read('cachePartition', 'PlatformCachePartition', readCachePartition),
    applications: read('app', 'CustomApplication', readApplication),
    assignmentRules: read('assignmentRules', 'AssignmentRules', (reader, name) =>
      readAssignmentRules(reader, name, schema),
    ).flat(),
    listViews: readListViews(files, schema, problems),
    leadMappings: read('LeadConvertSetting', 'LeadConvertSettings', (reader) =>
      readLeadMappings(reader, schema),
    ).flat(),
    leadConversionRequiresValidation: read('settings', null, (reader) =>
      reader.element.name === 'LeadConfigSettings' ? readLeadConfig(reader).requiresValidation : false,
    ).some(Boolean),
  };
  for (const set of metadata.permissionSets) checkGrants(set, schema, problems);
  for (const queue of metadata.queues) {
    for (const object of queue.objects) {
      if (!schema.object(object)) problems.push(invalid(queue, `In field: sobjectType - no ${object} found`));
    }
  }
  for (const role of metadata.roles) {
    if (role.parent !== null && !metadata.roles.some((other) => other.developerName === role.parent)) {
      problems.push(invalid(role, `In field: parentRole - no Role named ${role.parent} found`));
    }
  }
  for (const record of metadata.customMetadata) checkRecord(record, schema, problems);
  for (const kind of ['flow', 'workflow', 'duplicateRule', 'sharingRules', 'escalationRules']) {
    for (const file of files.get(kind) ?? []) {
      problems.push({
        file: file.path,
        line: 1,
        message: `${kind} ${file.fullName} is not built: it does not take part in what local-org does`,
        kind: 'notBuilt',
      });
    }
  }
  return metadata;
}

/** Of files of their own, and of objects' files in Metadata API format. */
function readListViews(files: MetadataFiles, schema: Schema, problems: Problem[]): ListViewMetadata[] {
  const views: ListViewMetadata[] = [];
  for (const file of files.get('listView') ?? []) {
    const element = readRoot(file, 'ListView', problems);
    if (element) views.push(...readListView(element, file.path, file.object ?? '', schema, problems));
  }
  for (const file of files.get('object') ?? []) {
    // What is wrong with the file itself was reported when the object was read.
    const element = readRoot(file, 'CustomObject', []);
    for (const child of element?.children ?? []) {
      if (child.name !== 'listViews') continue;
      views.push(...readListView(child, file.path, file.fullName, schema, problems));
    }
  }
  return views;
}

interface Positioned {
  readonly file: string;
  readonly line: number;
}

function invalid(at: Positioned, message: string): Problem {
  return { file: at.file, line: at.line, message, kind: 'invalid' };
}

function checkGrants(set: Grants & Positioned & { name: string }, schema: Schema, problems: Problem[]): void {
  for (const { object } of set.objects) {
    if (!schema.object(object) && /__\w+$/.test(object)) {
      problems.push(invalid(set, `In field: objectPermissions - no CustomObject named ${object} found`));
    }
  }
  for (const { field } of set.fields) {
    const [object = '', name = ''] = field.split('.');
    const known = schema.object(object);
    // Compound names of metadata (Lead.Address) and objects that are not described are not ours to judge.
    if (!known || !name.endsWith('__c')) continue;
    const found = known.fields.get(name.toLowerCase());
    if (!found) problems.push(invalid(set, `In field: field - no CustomField named ${field} found`));
    else if (!found.permissionable) {
      problems.push(invalid(set, `You cannot deploy to a required field: ${field}`));
    }
  }
}

function checkRecord(record: CustomMetadataRecord, schema: Schema, problems: Problem[]): void {
  const type = schema.object(record.type);
  if (!type?.metadataType) {
    problems.push(invalid(record, `no custom metadata type ${record.type} found`));
    return;
  }
  for (const field of record.values.keys()) {
    if (!type.fields.has(field.toLowerCase())) {
      problems.push(invalid(record, `In field: ${field} - no CustomField named ${record.type}.${field} found`));
    }
  }
}
