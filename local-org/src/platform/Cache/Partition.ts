import { current } from '../../engine/current.ts';
import type { Type } from '../../types/type.ts';
import type { ApexType } from '../../values/apexType.ts';
import { required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import { ApexSet } from '../../values/set.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import { CachePartition, located, partitionOf, validateBuilder, validateName, validKey } from './access.ts';
import type { CacheKind } from './partitions.ts';

type Text = string | null;

class OrgPartition extends CachePartition {
  static readonly apexName = 'Cache.OrgPartition';
}

class SessionPartition extends CachePartition {
  static readonly apexName = 'Cache.SessionPartition';
}

function keySet(keys: readonly string[]): ApexSet {
  return new ApexSet(current.universe.setOf(current.universe.String), keys);
}

/** A value for each key. */
function ofEach(keys: ApexSet | null, type: Type, value: (key: Text) => unknown): ApexMap {
  const entries = [...required(keys)].map((key) => [key, value(key as Text)] as const);
  return mapOf(current.universe.String, type, entries);
}

const notBuiltStatistics = ['Long getAvgGetTime()', 'Long getAvgValueSize()', 'Long getMaxGetTime()'].concat([
  'Long getMaxValueSize()',
  'Double getMissRate()',
]);

/**
 * What the platform asks of names, keys and builders before it uses them. Source: Apex Reference, Cache.Partition: each throws
 * where its argument is not valid.
 */
const validation: Record<string, Implementation> = {
  'static String createFullyQualifiedKey(String, String, String)': (namespace: Text, partition: Text, key: Text) =>
    `${required(namespace)}.${required(partition)}.${required(key)}`,
  'static String createFullyQualifiedPartition(String, String)': (namespace: Text, partition: Text) =>
    `${required(namespace)}.${required(partition)}`,
  'static void validateCacheBuilder(Type)': validateBuilder,
  'static void validateKey(Boolean, String)': (_ofDefault: boolean | null, key: Text) => void validKey(key),
  'static void validateKeyValue(Boolean, String, Object)': (_ofDefault: boolean | null, key: Text, value: unknown) => {
    validKey(key);
    required(value);
  },
  'static void validateKeys(Boolean, List<String>)': (_ofDefault: boolean | null, keys: { items: Text[] } | null) => {
    for (const key of required(keys).items) validKey(key);
  },
  'static void validatePartitionName(String)': validateName,
};

const members: Record<string, Implementation> = {
  'Boolean contains(String)': (of: CachePartition, key: Text) => of.contains(key),
  'Map<String, Boolean> contains(Set<String>)': (of: CachePartition, keys: ApexSet | null) =>
    ofEach(keys, current.universe.Boolean, (key) => of.contains(key)),
  'Object get(String)': (of: CachePartition, key: Text) => of.get(key),
  'Map<String, Object> get(Set<String>)': (of: CachePartition, keys: ApexSet | null) =>
    ofEach(keys, current.universe.Object, (key) => of.get(key)),
  'Object get(Type, String)': (of: CachePartition, builder: ApexType | null, key: Text) => of.load(builder, key),
  'Double getCapacity()': (of: CachePartition) => of.usedPercent,
  'Set<String> getKeys()': (of: CachePartition) => keySet(of.keys()),
  'String getName()': (of: CachePartition) => of.name,
  'Long getNumKeys()': (of: CachePartition) => BigInt(of.keys().length),
  'Boolean isAvailable()': (of: CachePartition) => of.megabytes > 0 && (of.kind !== 'Session' || hasSession()),
  'void put(String, Object)': (of: CachePartition, key: Text, value: unknown) => of.put(key, value),
  'void put(String, Object, Integer)': (of: CachePartition, key: Text, value: unknown, seconds: number | null) =>
    of.put(key, value, seconds),
  'void put(String, Object, Integer, Cache.Visibility, Boolean)': (
    of: CachePartition,
    key: Text,
    value: unknown,
    seconds: number | null,
  ) => of.put(key, value, seconds),
  'void put(String, Object, Cache.Visibility)': (of: CachePartition, key: Text, value: unknown) => of.put(key, value),
  'Boolean remove(String)': (of: CachePartition, key: Text) => of.remove(key),
  'Boolean remove(Type, String)': (of: CachePartition, builder: ApexType | null, key: Text) =>
    of.removeLoaded(builder, key),
};

const options = { notBuilt: notBuiltStatistics };
Object.assign(members, validation);

export const PartitionClass = platformClass('Cache.Partition', members, options);
export const OrgPartitionClass = platformClass('Cache.OrgPartition', members, options);
export const SessionPartitionClass = platformClass('Cache.SessionPartition', members, options);

/** Asynchronous Apex has no session (Apex Developer Guide, Platform Cache). */
function hasSession(): boolean {
  return !current.tx.asynchronous;
}

function typed(partition: CachePartition): CachePartition {
  const { kind, name, megabytes } = partition;
  return kind === 'Session' ? new SessionPartition(kind, name, megabytes) : new OrgPartition(kind, name, megabytes);
}

/** The static methods of Cache.Org and Cache.Session: on the default partition, or the one that the key names. */
function statics(kind: CacheKind): Record<string, Implementation> {
  const at = (key: Text) => located(kind, key);
  const first = (): CachePartition => at('x').partition;
  const put = (text: Text, value: unknown, seconds?: number | null): void => {
    const { partition, key } = at(text);
    partition.put(key, value, seconds);
  };
  return {
    'static Boolean contains(String)': (text: Text) => {
      const { partition, key } = at(text);
      return partition.contains(key);
    },
    'static Object get(String)': (text: Text) => {
      const { partition, key } = at(text);
      return partition.get(key);
    },
    'static Object get(Type, String)': (builder: ApexType | null, text: Text) => {
      const { partition, key } = at(text);
      return partition.load(builder, key);
    },
    'static Double getCapacity()': () => first().usedPercent,
    'static Set<String> getKeys()': () => keySet(first().keys()),
    'static String getName()': () => first().name,
    'static Long getNumKeys()': () => BigInt(first().keys().length),
    'static void put(String, Object)': (text: Text, value: unknown) => put(text, value),
    'static void put(String, Object, Integer)': (text: Text, value: unknown, seconds: number | null) =>
      put(text, value, seconds),
    'static void put(String, Object, Integer, Cache.Visibility, Boolean)': (
      text: Text,
      value: unknown,
      seconds: number | null,
    ) => put(text, value, seconds),
    'static void put(String, Object, Cache.Visibility)': (text: Text, value: unknown) => put(text, value),
    'static Boolean remove(String)': (text: Text) => {
      const { partition, key } = at(text);
      return partition.remove(key);
    },
    'static Boolean remove(Type, String)': (builder: ApexType | null, text: Text) => {
      const { partition, key } = at(text);
      return partition.removeLoaded(builder, key);
    },
  };
}

export const OrgCacheClass = platformClass(
  'Cache.Org',
  {
    ...statics('Organization'),
    'static get Integer MAX_TTL_SECS': () => 172_800,
    'static Cache.OrgPartition getPartition(String)': (name: Text) => typed(partitionOf('Organization', name)),
    'static List<Boolean> contains(List<String>)': (keys: { items: Text[] } | null) =>
      listOf(
        current.universe.Boolean,
        required(keys).items.map((key) =>
          located('Organization', key).partition.contains(located('Organization', key).key),
        ),
      ),
  },
  {
    notBuilt: [
      ...notBuiltStatistics.map((text) => `static ${text}`),
      'static List<Object> get(List<String>)',
      'static List<Boolean> remove(List<String>)',
    ],
  },
);

export const SessionCacheClass = platformClass(
  'Cache.Session',
  {
    ...statics('Session'),
    'static get Integer MAX_TTL_SECS': () => 28_800,
    'static Boolean isAvailable()': () => hasSession(),
    'static Cache.SessionPartition getPartition(String)': (name: Text) => typed(partitionOf('Session', name)),
  },
  { notBuilt: notBuiltStatistics.map((text) => `static ${text}`) },
);
