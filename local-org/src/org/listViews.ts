import type { ListViewFilter, ListViewOption } from '../engine/records.ts';
import type { ListViewMetadata, ListViewScope } from '../schema/listViews.ts';
import type { Store } from '../store/store.ts';
import { idOfRecord } from './seedGroups.ts';
import type { RowWriter } from './rowWriter.ts';

/** Writes a record for each list view of the project; those that every org has are not there. */
export function seedListViews(writer: RowWriter, views: readonly ListViewMetadata[]): void {
  for (const { object, developerName, label, scope, condition } of views) {
    writer.insert('ListView', {
      Name: label,
      DeveloperName: developerName,
      SobjectType: object,
      IsSoqlCompatible: scope !== null && condition !== null,
    });
  }
}

/** The list views of an object by name. */
export function listViewsOf(store: Store, object: string): ListViewOption[] {
  const found: ListViewOption[] = [];
  for (const row of store.tableOf('ListView').slots) {
    if (row?.['SobjectType'] === object) found.push({ id: String(row['Id']), name: String(row['Name']) });
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the list view of this id shows to a user; null where there is none. */
export function listViewFilter(
  store: Store,
  views: readonly ListViewMetadata[],
  id: string,
  userId: string,
): ListViewFilter | null {
  const row = store.tableOf('ListView').byId(id);
  const view = views.find(
    ({ object, developerName }) => row?.['SobjectType'] === object && row['DeveloperName'] === developerName,
  );
  if (!view) return null;
  const owner = view.scope === null ? null : ownerCondition(store, view.scope, userId);
  const isKnown = owner !== null && view.condition !== null;
  const terms = [owner, view.condition].filter((term) => term !== null && term !== '');
  return {
    object: view.object,
    developerName: view.developerName,
    gaps: view.gaps,
    condition: isKnown ? terms.map((term) => `(${term})`).join(' AND ') : null,
  };
}

/** Empty for records of whoever. A queue that the org does not have owns nothing. */
function ownerCondition(store: Store, scope: ListViewScope, userId: string): string {
  if (scope.kind !== 'queue') return scope.kind === 'mine' ? `OwnerId = '${userId}'` : '';
  const queueId = idOfRecord(store, 'Group', 'DeveloperName', scope.developerName);
  return queueId === null ? 'Id = NULL' : `OwnerId = '${queueId}'`;
}
