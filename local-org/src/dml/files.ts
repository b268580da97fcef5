import { current } from '../engine/current.ts';
import type { DmlFault } from '../engine/data.ts';
import type { RowDraft } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { ApexBlob } from '../values/blob.ts';
import { requiredMissing } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';

/** File types by extension, as the platform names them. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'CSV',
  doc: 'WORD',
  docx: 'WORD_X',
  gif: 'GIF',
  html: 'HTML',
  jpeg: 'JPG',
  jpg: 'JPG',
  json: 'JSON',
  m4a: 'M4A',
  mov: 'MOV',
  mp3: 'MP3',
  mp4: 'MP4',
  pdf: 'PDF',
  png: 'PNG',
  ppt: 'POWER_POINT',
  pptx: 'POWER_POINT_X',
  rtf: 'RTF',
  svg: 'SVG',
  txt: 'TEXT',
  xls: 'EXCEL',
  xlsx: 'EXCEL_X',
  xml: 'XML',
  zip: 'ZIP',
};

/** A file that is stored here needs a name and a content. */
export function missingOfFile(row: SaveRow): DmlFault | null {
  if (row.object.name !== 'ContentVersion' || !row.created) return null;
  const draft = draftOf(row);
  if (draft['ContentUrl'] !== null || draft['ContentBodyId'] !== null) return null;
  const body = draft['VersionData'];
  const missing: string[] = [];
  if ((draft['PathOnClient'] ?? '') === '') missing.push('PathOnClient');
  if (!(body instanceof ApexBlob) || body.bytes.length === 0) missing.push('VersionData');
  return missing.length > 0 ? requiredMissing(missing) : null;
}

/**
 * What uploading a file does besides: a new ContentVersion without a document gets one, with links to its owner and to where
 * it is first published; another version of a document becomes the latest. Source: Object Reference, ContentVersion.
 */
export function completeContentVersion(store: Store, row: SaveRow): void {
  if (row.object.name !== 'ContentVersion' || !row.created) return;
  const draft = draftOf(row);
  const body = draft['VersionData'];
  const path = String(draft['PathOnClient'] ?? '');
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? null;
  draft['ContentSize'] = body instanceof ApexBlob ? body.bytes.length : 0;
  draft['FileExtension'] = extension;
  draft['FileType'] = extension === null ? 'UNKNOWN' : (TYPES[extension.toLowerCase()] ?? 'UNKNOWN');
  draft['Title'] ??= path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  draft['IsLatest'] = true;
  draft['PublishStatus'] = 'P';
  const documentId = draft['ContentDocumentId'];
  if (typeof documentId === 'string') addVersion(store, draft, documentId);
  else addDocument(store, draft);
}

function addVersion(store: Store, draft: RowDraft, documentId: string): void {
  const versions = store.tableOf('ContentVersion');
  const earlier = versions.find('ContentDocumentId', documentId);
  for (const version of earlier) {
    if (version['IsLatest'] === true) store.replace(versions, { ...version, IsLatest: false });
  }
  draft['VersionNumber'] = String(earlier.length + 1);
  const documents = store.tableOf('ContentDocument');
  const document = documents.byId(documentId);
  if (document) store.replace(documents, { ...document, ...documentFields(draft) });
}

function addDocument(store: Store, draft: RowDraft): void {
  draft['VersionNumber'] = '1';
  const documents = store.tableOf('ContentDocument');
  const document = { ...documents.blankRow(), ...documentFields(draft), Id: store.newId(documents.object) };
  stamp(documents.object, document, true);
  store.insert(documents, document);
  draft['ContentDocumentId'] = document.Id;
  link(store, document.Id, current.tx.user.id, 'I');
  const location = draft['FirstPublishLocationId'];
  if (typeof location === 'string' && location !== current.tx.user.id) link(store, document.Id, location, 'V');
}

function documentFields(draft: RowDraft): RowDraft {
  return {
    Title: draft['Title'],
    Description: draft['Description'],
    OwnerId: draft['OwnerId'],
    PublishStatus: 'P',
    LatestPublishedVersionId: draft['Id'],
    ContentSize: draft['ContentSize'],
    FileType: draft['FileType'],
    FileExtension: draft['FileExtension'],
  };
}

function link(store: Store, documentId: string, entityId: string, shareType: string): void {
  const links = store.tableOf('ContentDocumentLink');
  const row = {
    ...links.blankRow(),
    Id: store.newId(links.object),
    ContentDocumentId: documentId,
    LinkedEntityId: entityId,
    ShareType: shareType,
    Visibility: 'AllUsers',
  };
  stamp(links.object, row, true);
  store.insert(links, row);
}
