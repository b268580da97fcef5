import type { Store } from '../store/store.ts';
import { orgAddress } from '../platform/System/Url.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/** A content delivery has its addresses. Source: Object Reference, ContentDistribution. */
export function completeDistribution(store: Store, row: SaveRow): void {
  if (row.object.name !== 'ContentDistribution') return;
  const draft = draftOf(row);
  const version = store.byId(String(draft['ContentVersionId']));
  const key = String(draft['Id'] ?? draft['ContentVersionId']);
  draft['ContentDocumentId'] = version?.['ContentDocumentId'] ?? null;
  draft['DistributionPublicUrl'] = `${orgAddress.url}/sfc/p/${key}`;
  if (draft['PreferencesAllowOriginalDownload'] === true) {
    draft['ContentDownloadUrl'] =
      `${orgAddress.url}/sfc/dist/version/download/?ids=${String(draft['ContentVersionId'])}&d=${key}`;
  }
}
