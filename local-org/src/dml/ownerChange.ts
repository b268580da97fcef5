import type { DmlContext } from './context.ts';
import { changeOwnerShare, removeShares } from './ownerShares.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/** Manual shares of a record end when it gets another owner, and the owner's entry is another. */
export function afterOwnerChange(context: DmlContext, rows: readonly SaveRow[]): void {
  for (const row of rows) {
    const { before, object } = row;
    if (!before || before['OwnerId'] === undefined || before['OwnerId'] === draftOf(row)['OwnerId']) continue;
    const share = context.access.shareObject(object);
    if (!share) continue;
    removeShares(context.store, share, before['Id'], 'Manual');
    changeOwnerShare(context, object, { Id: before['Id'], OwnerId: draftOf(row)['OwnerId'] });
  }
}
