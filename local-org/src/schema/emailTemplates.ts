import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { ElementReader } from './elementReader.ts';

/** An e-mail template of the project. Source: Metadata API, EmailTemplate. */
export interface EmailTemplateMetadata {
  readonly developerName: string;
  readonly name: string;
  /** Developer name of the folder; null for the folder that is everybody's. */
  readonly folder: string | null;
  readonly type: string;
  readonly style: string;
  readonly available: boolean;
  readonly description: string | null;
  readonly encoding: string | null;
  readonly subject: string | null;
  /** Plain text. */
  readonly body: string | null;
  readonly html: string | null;
  readonly relatedEntityType: string | null;
  readonly uiType: string;
}

const TYPES = ['text', 'html', 'custom', 'visualforce'];
const UNFILED = 'unfiled$public';

/** Reads an `email/Folder/Name.email-meta.xml` with the text beside it. */
export function readEmailTemplate(reader: ElementReader, developerName: string): EmailTemplateMetadata {
  reader.ignore('apiVersion', 'attachedDocuments', 'attachments', 'fullName', 'letterhead', 'packageVersions');
  const type = reader.required('type').toLowerCase();
  const textOnly = reader.text('textOnly');
  const folder = basename(dirname(reader.file));
  const template = {
    developerName,
    name: reader.required('name'),
    folder: folder === UNFILED ? null : folder,
    type,
    style: reader.text('style') ?? 'none',
    available: reader.boolean('available'),
    description: reader.text('description'),
    encoding: reader.text('encodingKey'),
    subject: reader.text('subject'),
    relatedEntityType: reader.text('relatedEntityType'),
    uiType: reader.text('uiType') ?? 'Aloha',
  };
  reader.finish();
  if (!TYPES.includes(type)) reader.invalid(reader.element, `type ${type} is none of ${TYPES.join(', ')}`);
  const path = reader.file.replace(/-meta\.xml$/, '');
  if (!existsSync(path)) {
    reader.invalid(reader.element, `e-mail template ${developerName} has no file beside its metadata`);
    return { ...template, body: null, html: null };
  }
  const content = readFileSync(path, 'utf8');
  return type === 'text' ? { ...template, body: content, html: null } : { ...template, body: textOnly, html: content };
}

/** The label of a folder by developer name, of an `email/Folder.emailFolder-meta.xml`. */
export function readEmailFolder(reader: ElementReader, developerName: string): readonly [string, string] {
  reader.ignore('accessType', 'folderShares', 'fullName', 'publicFolderAccess', 'sharedTo');
  const name = reader.required('name');
  reader.finish();
  return [developerName, name];
}
