import type { DmlContext } from './context.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/** Manual shares of a record end when it gets another owner. */
export function afterOwnerChange(context: DmlContext, rows: readonly SaveRow[]): void {
  for (const row of rows) {
    const { before, object } = row;
    if (!before || before['OwnerId'] === undefined || before['OwnerId'] === draftOf(row)['OwnerId']) continue;
    const share = context.access.shareObject(object);
    if (!share?.shareOf) continue;
    const table = context.store.table(share);
    for (const entry of table.find(share.shareOf.parentField, before['Id'])) {
      if (entry['RowCause'] === 'Manual') context.store.remove(table, entry['Id'] as string);
    }
  }
}
