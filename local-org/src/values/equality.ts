import type { Type } from '../types/type.ts';
import { AnySet } from './anySet.ts';
import { ApexBlob, blobEquals } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { ApexDecimal, decCompare, decFromDouble, decFromInt, decFromLong } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { HeldId, releaseId, sameId } from './heldId.ts';
import { comparedFields, keyOf } from './key.ts';
import type { HasValueKey } from './key.ts';
import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { SObjectValue } from './sobject.ts';
import { ApexTime, DAY_MS } from './time.ts';

/** `==` of Strings: case does not matter. */
export function equalText(a: string | null, b: string | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * `===`: the same object. Text goes by value, case included, and numbers and Blobs do. That dates and times held as
 * Objects go by identity rests on SalesforceLabs/FluentAssert alone.
 */
export function exact(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof HeldId || b instanceof HeldId) return equal(a, b);
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return false;
  return goesByValue(a) && goesByValue(b) && equal(a, b);
}

function goesByValue(value: object): boolean {
  return value instanceof ApexDecimal || value instanceof ApexDouble || value instanceof ApexBlob;
}

/**
 * `==` of values in boxed form, also `equals`, and what assertions compare with. Strings go by case here; where the
 * static type is String, use {@link equalText}. Numbers are equal where their values are, whatever their types; NaN equals
 * itself here, as it does for Java's Double.equals.
 */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === 'object' || typeof b === 'object') return equalObjects(a, b);
  // An Integer and a Long.
  return typeof a !== typeof b && isNumber(a) && isNumber(b) && BigInt(a) === BigInt(b);
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function asDecimal(value: unknown): ApexDecimal | null {
  if (value instanceof ApexDecimal) return value;
  if (value instanceof ApexDouble) return Number.isFinite(value.value) ? decFromDouble(value.value) : null;
  if (typeof value === 'number') return decFromInt(value);
  return typeof value === 'bigint' ? decFromLong(value) : null;
}

function equalObjects(a: unknown, b: unknown): boolean {
  if (a instanceof ApexDouble && b instanceof ApexDouble)
    return a.value === b.value || (isNaN(a.value) && isNaN(b.value));
  if (a instanceof HeldId || b instanceof HeldId) return sameId(releaseId(a), releaseId(b));
  // A Long meets a Double as a Double: octoberswimmer/aer-dist, issue 204
  if (a instanceof ApexDouble && typeof b === 'bigint') return a.value === Number(b);
  if (b instanceof ApexDouble && typeof a === 'bigint') return b.value === Number(a);
  const left = asDecimal(a);
  if (left) {
    const right = asDecimal(b);
    return right !== null && decCompare(left, right) === 0;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  // A Date is midnight GMT where it meets a Datetime, as in `==`.
  if (a instanceof ApexDate || a instanceof ApexDatetime) return instantOf(a) === instantOf(b);
  if (a instanceof ApexTime) return b instanceof ApexTime && a.ms === b.ms;
  if (a instanceof SObjectValue) return b instanceof SObjectValue && equalRecords(a, b);
  if (a instanceof ApexList) return b instanceof ApexList && equalLists(a.items, b.items);
  if (a instanceof AnySet) return b instanceof AnySet && a.size === b.size && a.containsAll(b);
  if (a instanceof ApexMap) return b instanceof ApexMap && equalMaps(a, b);
  if (a instanceof ApexBlob) return b instanceof ApexBlob && blobEquals(a, b);
  // Comparing needs `equals` alone; only as a key of a map or set an object needs `hashCode` too.
  if ((a as UserObject).equals$object) return equalsUser(a, b);
  const { valueKey } = a as Partial<HasValueKey>;
  return valueKey !== undefined && valueKey === (b as Partial<HasValueKey>).valueKey;
}

function instantOf(value: object): number | null {
  if (value instanceof ApexDate) return value.days * DAY_MS;
  return value instanceof ApexDatetime ? value.ms : null;
}

function equalLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!equal(a[at], b[at])) return false;
  return true;
}

function equalMaps(a: ApexMap, b: ApexMap): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries()) if (!b.containsKey(key) || !equal(value, b.get(key))) return false;
  return true;
}

function equalRecords(a: SObjectValue, b: SObjectValue): boolean {
  if (a.object !== b.object) return false;
  const names = comparedFields(a);
  if (names.length !== comparedFields(b).length) return false;
  return names.every((name) => b.fields[name] !== undefined && equal(a.fields[name], b.fields[name]));
}

/** Equality of list elements: as {@link equal}, but an Integer is no Long. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const numeric = asDecimal(a);
  if (numeric && (typeof a !== typeof b || a?.constructor !== b?.constructor)) return false;
  return equal(a, b);
}

// --- classes of the project that define equals and hashCode

type UserObject = {
  readonly $type?: Type;
  readonly equals$object?: (other: unknown) => boolean | null;
  readonly hashcode$?: () => number | null;
};

/** True where the object's class defines both `Boolean equals(Object)` and `Integer hashCode()`. */
export function userEquality(value: object): boolean {
  const object = value as UserObject;
  return object.equals$object !== undefined && object.hashcode$ !== undefined;
}

/** `a.equals(b)` of a project's class; identity where it defines none. */
export function equalsUser(a: object, b: object): boolean {
  const { equals$object } = a as UserObject;
  return equals$object ? equals$object.call(a, b) === true : a === b;
}

/** `hashCode()` of a project's class. */
export function hashOfUser(value: object): number {
  return (value as UserObject).hashcode$?.() ?? 0;
}

// --- hash codes

/** Java's String.hashCode. */
export function hashOfText(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}

/**
 * `hashCode()`: equal values have equal codes, so those of collections are made of their elements'. Of Integer, String and
 * Boolean the codes are Java's, of collections presumably (unverified).
 */
export function hashOf(value: unknown): number {
  if (value === null) return 0;
  if (typeof value === 'number') return value | 0;
  if (typeof value === 'string') return hashOfText(value);
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'object' && userEquality(value)) return hashOfUser(value);
  if (value instanceof ApexList)
    return value.items.reduce<number>((hash, item) => (Math.imul(31, hash) + hashOf(item)) | 0, 1);
  if (value instanceof AnySet) return sumOf([...value].map(hashOf));
  if (value instanceof ApexMap) return sumOf([...value.entries()].map(([key, held]) => hashOf(key) ^ hashOf(held)));
  const key = keyOf(value);
  if (typeof key === 'object' || typeof key === 'symbol') return identityHash(value as object);
  return typeof key === 'number' ? key | 0 : hashOfText(String(key));
}

function sumOf(codes: readonly number[]): number {
  return codes.reduce((sum, code) => (sum + code) | 0, 0);
}

const hashes = new WeakMap<object, number>();

/** `System.hashCode(object)`, by identity. */
export function identityHash(value: object): number {
  let hash = hashes.get(value);
  if (hash === undefined) {
    hash = (Math.random() * 0x7fffffff) | 0;
    hashes.set(value, hash);
  }
  return hash;
}
