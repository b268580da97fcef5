import type { Type } from '../../types/type.ts';
import type { AnySet } from '../../values/anySet.ts';
import { equal, hashOf } from '../../values/equality.ts';
import { required } from '../../values/exception.ts';
import type { ApexList } from '../../values/list.ts';
import { ApexSet } from '../../values/set.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';

/** Constructors get the `Set<T>` to be made as their first argument, before Apex's own. */
export const SetClass = platformClass('System.Set', {
  'new ()': (type: Type) => new ApexSet(type),
  'new (Set<T>)': (type: Type, set: AnySet | null) => new ApexSet(type, required(set)),
  'new (List<T>)': (type: Type, list: ApexList | null) => new ApexSet(type, required(list).items),
  'Boolean add(T)': (set: AnySet, value: unknown) => set.addChecked(value),
  'Boolean addAll(List<T>)': (set: AnySet, list: ApexList | null) => set.addAll(required(list).items),
  'Boolean addAll(Set<T>)': (set: AnySet, other: AnySet | null) => set.addAll(required(other)),
  'void clear()': (set: AnySet) => set.clear(),
  'Boolean contains(T)': (set: AnySet, value: unknown) => set.contains(value),
  'Boolean containsAll(List<T>)': (set: AnySet, list: ApexList | null) => set.containsAll(required(list).items),
  'Boolean containsAll(Set<T>)': (set: AnySet, other: AnySet | null) => set.containsAll(required(other)),
  'Boolean isEmpty()': (set: AnySet) => set.size === 0,
  'Boolean remove(T)': (set: AnySet, value: unknown) => set.remove(value),
  'Boolean removeAll(List<T>)': (set: AnySet, list: ApexList | null) => set.removeAll(required(list).items),
  'Boolean removeAll(Set<T>)': (set: AnySet, other: AnySet | null) => set.removeAll(required(other)),
  'Boolean retainAll(List<T>)': (set: AnySet, list: ApexList | null) =>
    set.retainAll(new ApexSet(set.type, required(list).items)),
  'Boolean retainAll(Set<T>)': (set: AnySet, other: AnySet | null) => set.retainAll(required(other)),
  'Integer size()': (set: AnySet) => set.size,
  'String toString()': toText,
  'Iterator<T> iterator()': (set: AnySet) => set.iterator(),
  'Set<T> clone()': (set: AnySet) => set.clone(),
  'Integer hashCode()': hashOf,
  'Boolean equals(Set<T>)': (set: AnySet, other: unknown) => equal(set, other),
});
