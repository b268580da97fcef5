import { AnySet } from './anySet.ts';
import { ApexBlob, base64Of } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { ApexDecimal, decFromDouble, decStripTrailingZeros, decText, decToBigInt } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { ApexEnum } from './enum.ts';
import { userEquality } from './equality.ts';
import { HeldId } from './heldId.ts';
import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { SObjectValue } from './sobject.ts';
import { ApexTime, DAY_MS } from './time.ts';

/** What {@link keyOf} gives for objects whose class decides. */
export const USER_KEY = Symbol('a class with equals and hashCode');

/** Objects of the platform that compare by value show it here. */
export interface HasValueKey {
  /** Unique among values that are not equal, whatever their type. */
  readonly valueKey: string;
}

/**
 * The key under which a set or map stores a value: equal values have the same. Strings are their own, so case matters;
 * numbers of different types are equal where their values are; records go by type and field values. Objects that compare
 * by identity are their own key; for those with `equals` and `hashCode` it is {@link USER_KEY}.
 */
export function keyOf(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    default:
      return value === null || value === undefined ? null : keyOfObject(value as object);
  }
}

function keyOfObject(value: object): unknown {
  if (value instanceof ApexEnum) return value;
  if (value instanceof HeldId) return value.id;
  if (value instanceof ApexDate) return `\0t${value.days * DAY_MS}`;
  if (value instanceof ApexDatetime) return `\0t${value.ms}`;
  if (value instanceof ApexTime) return `\0m${value.ms}`;
  if (value instanceof ApexDouble) return keyOfDouble(value.value);
  if (value instanceof ApexDecimal) return keyOfDecimal(value);
  if (value instanceof SObjectValue) return keyOfRecord(value, []);
  if (value instanceof ApexBlob) return `\0b${base64Of(value)}`;
  if (value instanceof ApexList || value instanceof AnySet || value instanceof ApexMap) return deepKey(value, []);
  if (userEquality(value)) return USER_KEY;
  return (value as Partial<HasValueKey>).valueKey ?? value;
}

function keyOfDouble(value: number): unknown {
  // Whole numbers share their key with Integers, fractions with Decimals.
  if (Number.isInteger(value) || !Number.isFinite(value)) return value === 0 ? 0 : value;
  return keyOfDecimal(decFromDouble(value));
}

function keyOfDecimal(value: ApexDecimal): unknown {
  const plain = decStripTrailingZeros(value);
  if (plain.scale <= 0) return keyOf(decToBigInt(plain));
  return `\0n${decText(plain)}`;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** A number that stands for an object's identity. */
export function identityOf(value: object): number {
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(value, identity);
  }
  return identity;
}

/** The fields that two records are compared by. An id that was set to null is none: NebulaLogger, Logger_Tests. */
export function comparedFields(record: SObjectValue): string[] {
  return record.populated().filter((name) => name !== 'Id' || record.fields[name] !== null);
}

function keyOfRecord(record: SObjectValue, path: readonly object[]): string {
  let key = `\0s${record.object.name}`;
  for (const name of comparedFields(record).sort()) key += `\0f${name}=${deepKey(record.fields[name], path)}`;
  return `${key}\0e`;
}

/** A key as text, for what contains other values; `path` are the containers around it. */
function deepKey(value: unknown, path: readonly object[]): string {
  if (typeof value !== 'object' || value === null) return leafKey(keyOf(value));
  if (path.includes(value)) return '\0cycle';
  const inside = [...path, value];
  if (value instanceof SObjectValue) return keyOfRecord(value, inside);
  if (value instanceof ApexList) return `\0l${value.items.map((item) => deepKey(item, inside)).join('\0,')}\0e`;
  // Sets and maps are equal whatever their order.
  if (value instanceof AnySet)
    return `\0S${[...value]
      .map((item) => deepKey(item, inside))
      .sort()
      .join('\0,')}\0e`;
  if (value instanceof ApexMap) {
    const entries = [...value.entries()].map(([k, v]) => `${deepKey(k, inside)}\0:${deepKey(v, inside)}`);
    return `\0M${entries.sort().join('\0,')}\0e`;
  }
  const key = keyOf(value);
  return typeof key === 'object' || typeof key === 'symbol' ? `\0i${identityOf(value)}` : leafKey(key);
}

/** A key as text. Numbers have one form whatever their type; what is text already can't be mistaken for a String. */
function leafKey(key: unknown): string {
  if (typeof key === 'number' || typeof key === 'bigint') return `\0#${key}`;
  return typeof key === 'string' && !key.startsWith('\0') ? `\0"${key}` : `\0${String(key)}`;
}
