import { current } from '../../engine/current.ts';
import { loadNamespace } from '../../signatures/load.ts';
import { required } from '../../values/exception.ts';
import { cursorMembers } from '../Database/cursors.ts';
import { dmlMembers } from '../Database/dml.ts';
import { convertLeadMembers } from '../Database/LeadConvert.ts';
import { executeBatchMembers } from '../Database/executeBatch.ts';
import { queryMembers } from '../Database/queries.ts';
import { replicationMembers } from '../Database/replication.ts';
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
  ...replicationMembers,
  'static Savepoint setSavepoint()': () => new SavepointValue(current.tx.data.savepoint()),
  'static void releaseSavepoint(Savepoint)': (point: SavepointValue | null) =>
    current.tx.data.release(required(point).inner),
  'static void rollback(Savepoint)': (point: SavepointValue | null) => current.tx.data.rollback(required(point).inner),
};

/** Methods that are not built: what becomes of a write to an external object, of which there are none. */
const NOT_BUILT = /\bgetAsync\w+\(/;

export const DatabaseClass = platformClass('System.Database', built, {
  notBuilt: (loadNamespace('System')?.get('system.database')?.methods ?? []).filter((text) => NOT_BUILT.test(text)),
});
