import { readFileSync } from 'node:fs';
import type { MetadataFile } from './projectFiles.ts';
import { isProblem, parseXml } from './xml.ts';
import type { XmlElement } from './xml.ts';

/**
 * The folders of Metadata API format whose files have no `-meta.xml`, and the ending they have instead.
 *
 * Source: Metadata API Developer Guide, the page of each type ("File Suffix and Directory Location").
 */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['objects', 'object'],
  ['labels', 'labels'],
  ['permissionsets', 'permissionset'],
  ['permissionsetgroups', 'permissionsetgroup'],
  ['profiles', 'profile'],
  ['customPermissions', 'customPermission'],
  ['notificationtypes', 'notiftype'],
  ['queues', 'queue'],
  ['groups', 'group'],
  ['roles', 'role'],
  ['customMetadata', 'md'],
  ['cachePartitions', 'cachePartition'],
  ['applications', 'app'],
  ['assignmentRules', 'assignmentRules'],
  ['escalationRules', 'escalationRules'],
  ['duplicateRules', 'duplicateRule'],
  ['sharingRules', 'sharingRules'],
  ['LeadConvertSettings', 'LeadConvertSetting'],
  ['settings', 'settings'],
  ['flows', 'flow'],
  ['workflows', 'workflow'],
  ['globalValueSets', 'globalValueSet'],
  ['standardValueSets', 'standardValueSet'],
  ['remoteSiteSettings', 'remoteSite'],
  ['namedCredentials', 'namedCredential'],
  ['externalCredentials', 'externalCredential'],
  ['PlatformEventSubscriberConfigs', 'platformEventSubscriberConfig'],
]);

/** What an object's file holds in Metadata API format and source format keeps in files of its own: kind and root there. */
const NESTED: ReadonlyMap<string, { kind: string; root: string }> = new Map([
  ['fields', { kind: 'field', root: 'CustomField' }],
  ['fieldSets', { kind: 'fieldSet', root: 'FieldSet' }],
  ['recordTypes', { kind: 'recordType', root: 'RecordType' }],
  ['validationRules', { kind: 'validationRule', root: 'ValidationRule' }],
  ['sharingReasons', { kind: 'sharingReason', root: 'SharingReason' }],
]);

/** `object` and `Lead` of `objects/Lead.object`; null where a file is none of Metadata API format. */
export function metadataApiName(folder: string, file: string): { kind: string; fullName: string } | null {
  const kind = folder === 'featureParameters' ? file.split('.').at(-1) : ENDINGS.get(folder);
  if (kind === undefined || !file.endsWith(`.${kind}`)) return null;
  return { kind, fullName: file.slice(0, -kind.length - 1) };
}

/**
 * An object's file as source format would have it: the object's own elements, and one file for each field, record type
 * … that it holds, at its place in this one. The file alone where it holds none or is no XML, which its reader reports.
 */
export function decomposed(file: MetadataFile): { kind: string; file: MetadataFile }[] {
  const root = parseXml(file.path, readFileSync(file.path, 'utf8'));
  if (isProblem(root) || root.name !== 'CustomObject') return [{ kind: 'object', file }];
  const own: XmlElement[] = [];
  const parts: { kind: string; file: MetadataFile }[] = [];
  for (const element of root.children) {
    const nested = NESTED.get(element.name);
    if (!nested) {
      own.push(element);
      continue;
    }
    const fullName = element.children.find((child) => child.name === 'fullName')?.text ?? '';
    const part = { path: file.path, fullName, object: file.fullName, element: { ...element, name: nested.root } };
    parts.push({ kind: nested.kind, file: part });
  }
  return [{ kind: 'object', file: { ...file, element: { ...root, children: own } } }, ...parts];
}
