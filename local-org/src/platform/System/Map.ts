import type { Type } from '../../types/type.ts';
import { equal, hashOf } from '../../values/equality.ts';
import { raise, required } from '../../values/exception.ts';
import type { ApexList } from '../../values/list.ts';
import { ApexMap } from '../../values/map.ts';
import { ObjectToken } from '../../values/schemaTokens.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';

/** Puts records under their ids. @throws System.ListException for a record without, or the same id twice */
export function putRecords(map: ApexMap, list: ApexList, strict: boolean): void {
  list.items.forEach((item, index) => {
    if (!(item instanceof SObjectValue)) raise('System.ListException', `Row with null Id at index: ${index}`);
    const { id } = item;
    // unverified: `putAll` takes a record without an id; tests on real orgs rely on it.
    if (id === null && strict) raise('System.ListException', `Row with null Id at index: ${index}`);
    if (strict && map.containsKey(id)) raise('System.ListException', `Row with duplicate Id at index: ${index}`);
    map.putChecked(id, item);
  });
}

function deepClone(map: ApexMap): ApexMap {
  const copy = new ApexMap(map.type);
  for (const [key, value] of map.entries()) copy.put(key, value instanceof SObjectValue ? value.clone(true) : value);
  return copy;
}

/** Constructors get the `Map<K, V>` to be made as their first argument, before Apex's own. */
export const MapClass = platformClass('System.Map', {
  'new ()': (type: Type) => new ApexMap(type),
  'new (Map<K, V>)': (type: Type, other: ApexMap | null) => {
    const map = new ApexMap(type);
    map.putAll(required(other).entries());
    return map;
  },
  'new (List<SObject>)': (type: Type, list: ApexList | null) => {
    const map = new ApexMap(type);
    putRecords(map, required(list), true);
    return map;
  },
  'void clear()': (map: ApexMap) => map.clear(),
  'Boolean containsKey(K)': (map: ApexMap, key: unknown) => map.containsKey(key),
  'Map<K, V> deepClone()': deepClone,
  'V get(K)': (map: ApexMap, key: unknown) => map.get(key),
  'Schema.SObjectType getSObjectType()': (map: ApexMap) => {
    const object = map.valueType.def.sobject;
    return object && ObjectToken.of(object);
  },
  'Boolean isEmpty()': (map: ApexMap) => map.size === 0,
  'Set<K> keySet()': (map: ApexMap) => map.keySet(),
  'V put(K, V)': (map: ApexMap, key: unknown, value: unknown) => map.putChecked(key, value),
  'void putAll(Map<K, V>)': (map: ApexMap, other: ApexMap | null) => {
    if (required(other).type === map.type) map.putAll(required(other).entries());
    else for (const [key, value] of [...required(other).entries()]) map.putChecked(key, value);
  },
  'void putAll(List<SObject>)': (map: ApexMap, list: ApexList | null) => putRecords(map, required(list), false),
  'V remove(K)': (map: ApexMap, key: unknown) => map.remove(key),
  'Integer size()': (map: ApexMap) => map.size,
  'String toString()': toText,
  'List<V> values()': (map: ApexMap) => map.values(),
  'Map<K, V> clone()': (map: ApexMap) => map.clone(),
  'Integer hashCode()': hashOf,
  'Boolean equals(Map<K, V>)': (map: ApexMap, other: unknown) => equal(map, other),
});
