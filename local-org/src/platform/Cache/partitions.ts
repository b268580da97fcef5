import { current } from '../../engine/current.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { uncharged } from '../transactionState.ts';

export type CacheKind = 'Organization' | 'Session';

/** What the org's metadata says of one partition. */
export interface PartitionSettings {
  /** `local.Name`. */
  readonly name: string;
  readonly isDefault: boolean;
  /** Megabytes of this kind of cache. */
  readonly capacity: number;
}

/** The partitions of the org. Reading them counts against no limit. */
export function partitions(kind: CacheKind): PartitionSettings[] {
  const rows = select('SELECT Id, DeveloperName, NamespacePrefix, IsDefaultPartition FROM PlatformCachePartition');
  const types = select('SELECT PlatformCachePartitionId, CacheType, AllocatedCapacity FROM PlatformCachePartitionType');
  return rows.map((row) => {
    const type = types.find((one) => one.get('PlatformCachePartitionId') === row.id && one.get('CacheType') === kind);
    const capacity = type?.get('AllocatedCapacity');
    return {
      name: `${String(row.get('NamespacePrefix') ?? 'local')}.${String(row.get('DeveloperName'))}`,
      isDefault: row.get('IsDefaultPartition') === true,
      capacity: typeof capacity === 'number' ? capacity : 0,
    };
  });
}

function select(text: string): SObjectValue[] {
  return uncharged(() => {
    const { data } = current.tx;
    const query = data.prepare(text);
    if ('message' in query) throw new Error(query.message);
    return data.query(query, [], { mode: 'system', sharing: false });
  });
}
