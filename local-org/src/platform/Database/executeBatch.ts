import { current } from '../../engine/current.ts';
import { required } from '../../values/exception.ts';

/** The members of System.Database that start batch jobs. */
export const executeBatchMembers = {
  'static Id executeBatch(Object)': (batch: object | null) => current.tx.services.executeBatch(required(batch), null),
  'static Id executeBatch(Object, Integer)': (batch: object | null, scope: number | null) =>
    current.tx.services.executeBatch(required(batch), required(scope)),
} as const;
