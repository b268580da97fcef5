import { current } from '../../engine/current.ts';
import { loadNamespace } from '../../signatures/load.ts';
import { required } from '../../values/exception.ts';
import { cursorMembers } from '../Database/cursors.ts';
import { dmlMembers } from '../Database/dml.ts';
import { convertLeadMembers } from '../Database/LeadConvert.ts';
import { executeBatchMembers } from '../Database/executeBatch.ts';
import { queryMembers } from '../Database/queries.ts';
import { platformClass } from '../define.ts';

/** A point of a transaction to go back to. */
class SavepointValue {
  static readonly apexName = 'System.Savepoint';
  readonly inner: object;

  constructor(inner: object) {
    this.inner = inner;
  }
}

const built = {
  ...convertLeadMembers,
  ...dmlMembers,
  ...queryMembers,
  ...cursorMembers,
  ...executeBatchMembers,
  'static Savepoint setSavepoint()': () => new SavepointValue(current.tx.data.savepoint()),
  'static void releaseSavepoint(Savepoint)': (point: SavepointValue | null) =>
    current.tx.data.release(required(point).inner),
  'static void rollback(Savepoint)': (point: SavepointValue | null) => current.tx.data.rollback(required(point).inner),
};

/** Families of methods that are not built: what they are for is beyond a local org, or waits for a later part. */
const NOT_BUILT = /\b((?:update|delete)Async|getAsync\w+|getDeleted|getUpdated)\(/;

export const DatabaseClass = platformClass('System.Database', built, {
  notBuilt: (loadNamespace('System')?.get('system.database')?.methods ?? []).filter((text) => NOT_BUILT.test(text)),
});
