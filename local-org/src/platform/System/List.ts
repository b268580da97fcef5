import { current } from '../../engine/current.ts';
import type { Type } from '../../types/type.ts';
import { compareForSort } from '../../values/compare.ts';
import { equal, hashOf } from '../../values/equality.ts';
import { raise, required } from '../../values/exception.ts';
import { modified } from '../../values/guard.ts';
import { holdId } from '../../values/heldId.ts';
import { invoke } from '../../values/invoke.ts';
import { ApexList } from '../../values/list.ts';
import { ObjectToken } from '../../values/schemaTokens.ts';
import { SObjectValue } from '../../values/sobject.ts';
import type { AnySet } from '../../values/anySet.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';

type Int = number | null;
type Flag = boolean | null;

function deepClone(list: ApexList, id: Flag, timestamps: Flag, autonumber: Flag): ApexList {
  const items = list.items.map((item) => {
    if (item === null || !(item instanceof SObjectValue)) return item;
    // deepClone copies the records, not what they point to.
    return item.clone(id === true, false, timestamps === true, autonumber === true);
  });
  return new ApexList(list.type, items);
}

/** Sorts in place. Nulls stand first without a Comparator; equal elements keep their order. */
function sort(list: ApexList, comparator: object | null): void {
  if (list.guard !== 0) list.guard = modified(list.guard);
  if (!comparator) {
    list.items.sort(compareForSort);
    return;
  }
  list.items.sort((a, b) => {
    const order = invoke(comparator, 'compare', [a, b]);
    return typeof order === 'number'
      ? order
      : raise('System.NullPointerException', 'Attempt to de-reference a null object');
  });
}

/** Elements of another type are checked; Ids that become Objects stay Ids. */
function addAll(list: ApexList, items: Iterable<unknown>, from: Type): void {
  if (from === list.elementType) {
    list.addAll(items);
    return;
  }
  const { Id, Object } = current.universe;
  const areHeld = from === Id && list.elementType === Object;
  // A copy, since a list may be added to itself.
  for (const item of [...items]) list.addChecked(areHeld ? holdId(item as string | null) : item);
}

/**
 * Constructors get the `List<T>` to be made as their first argument, before Apex's own. Elements that are added are checked
 * against the list's type, since a `List<SObject>` may be a `List<Account>`.
 */
export const ListClass = platformClass('System.List', {
  'new ()': (type: Type) => new ApexList(type),
  // Of null it is empty. Source: apexfarm/ApexLINQ, QTest; the reference does not say it.
  'new (List<T>)': (type: Type, list: ApexList | null) => new ApexList(type, list?.items.slice() ?? []),
  'new (Set<T>)': (type: Type, set: AnySet | null) => new ApexList(type, [...required(set)]),
  'new (Integer)': (type: Type, size: Int) =>
    new ApexList(
      type,
      Array.from({ length: required(size) }, () => null),
    ),
  // The Tooling API's symbol table gives it the type Object; what is returned stands nowhere. unverified: null.
  'Object add(T)': (list: ApexList, value: unknown) => {
    list.addChecked(value);
    return null;
  },
  'void add(Integer, T)': (list: ApexList, index: Int, value: unknown) => list.insertChecked(index, value),
  'void addAll(List<T>)': (list: ApexList, other: ApexList | null) =>
    addAll(list, required(other).items, required(other).elementType),
  'void addAll(Set<T>)': (list: ApexList, other: AnySet | null) =>
    addAll(list, required(other), required(other).elementType),
  'void clear()': (list: ApexList) => list.clear(),
  'Boolean contains(T)': (list: ApexList, value: unknown) => list.contains(value),
  'List<T> deepClone()': (list: ApexList) => deepClone(list, false, false, false),
  'List<T> deepClone(Boolean)': (list: ApexList, id: Flag) => deepClone(list, id, false, false),
  'List<T> deepClone(Boolean, Boolean)': (list: ApexList, id: Flag, timestamps: Flag) =>
    deepClone(list, id, timestamps, false),
  'List<T> deepClone(Boolean, Boolean, Boolean)': (list: ApexList, id: Flag, timestamps: Flag, autonumber: Flag) =>
    deepClone(list, id, timestamps, autonumber),
  'T get(Integer)': (list: ApexList, index: Int) => list.get(index),
  'Schema.SObjectType getSObjectType()': (list: ApexList) => {
    const object = list.elementType.def.sobject;
    return object && ObjectToken.of(object);
  },
  'Integer indexOf(T)': (list: ApexList, value: unknown) => list.indexOf(value),
  'Iterator<T> iterator()': (list: ApexList) => list.iterator(),
  'Boolean isEmpty()': (list: ApexList) => list.items.length === 0,
  'T remove(Integer)': (list: ApexList, index: Int) => list.remove(index),
  'void set(Integer, T)': (list: ApexList, index: Int, value: unknown) => list.setChecked(index, value),
  'Integer size()': (list: ApexList) => list.items.length,
  'void sort()': (list: ApexList) => sort(list, null),
  'void sort(Comparator<T>)': (list: ApexList, comparator: object | null) => sort(list, required(comparator)),
  'String toString()': toText,
  'List<T> clone()': (list: ApexList) => list.clone(),
  'Integer hashCode()': hashOf,
  'Boolean equals(List<T>)': (list: ApexList, other: unknown) => equal(list, other),
});
