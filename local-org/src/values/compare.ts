import type { Type } from '../types/type.ts';
import { ApexBlob } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { ApexDecimal, decCompare } from './decimal.ts';
import { toDecimal } from './arithmetic.ts';
import { ApexDouble } from './double.ts';
import { ApexEnum } from './enum.ts';
import { HeldId, releaseId } from './heldId.ts';
import { raise } from './exception.ts';
import { conforms, invoke } from './invoke.ts';
import { SObjectValue } from './sobject.ts';
import { ApexTime } from './time.ts';
import { typeOf } from './typeOf.ts';

const collator = new Intl.Collator('en', { sensitivity: 'accent' });

/** `<` and its kin of Strings: negative, 0 or positive, without regard to case. */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}

/** String.compareTo: by UTF-16 code units, the difference of the first that differ, or of the lengths. */
export function compareCodeUnits(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/**
 * The order of `List.sort()` without a Comparator: null first, Strings by code units, records by their fields, enums by
 * declaration, own classes by `compareTo`.
 *
 * @throws System.ListException: One or more of the items in this list is not Comparable.
 */
export function compareForSort(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareCodeUnits(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (a instanceof ApexDate && b instanceof ApexDate) return a.days - b.days;
  if (a instanceof ApexDatetime && b instanceof ApexDatetime) return a.ms - b.ms;
  if (a instanceof ApexTime && b instanceof ApexTime) return a.ms - b.ms;
  if (a instanceof ApexEnum && b instanceof ApexEnum) return a.ordinal - b.ordinal;
  if (a instanceof SObjectValue && b instanceof SObjectValue) return compareRecords(a, b);
  if (a instanceof ApexBlob && b instanceof ApexBlob) return Buffer.compare(a.bytes, b.bytes);
  if (a instanceof HeldId || b instanceof HeldId) return compareForSort(releaseId(a), releaseId(b));
  if (hasSortKeys(a) && hasSortKeys(b)) return compareKeys(a.sortKeys, b.sortKeys);
  if (typeof a === 'object' && isComparable(a)) {
    const result = invoke(a, 'compareTo', [b]);
    return typeof result === 'number'
      ? result
      : raise('System.NullPointerException', 'Attempt to de-reference a null object');
  }
  return raise('System.ListException', 'One or more of the items in this list is not Comparable.');
}

/** Comparison of two numbers of any type in boxed form. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof ApexDouble && b instanceof ApexDouble) return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  return decCompare(toDecimal(a), toDecimal(b));
}

type Numeric = number | bigint | ApexDouble | ApexDecimal;

function isNumeric(value: unknown): value is Numeric {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof ApexDouble ||
    value instanceof ApexDecimal
  );
}

const comparables = new WeakMap<Type, boolean>();

/** Objects of the platform that `sort()` orders show here by what, the first first. */
export interface HasSortKeys {
  readonly sortKeys: readonly (string | null)[];
}

function hasSortKeys(value: unknown): value is HasSortKeys {
  return typeof value === 'object' && value !== null && 'sortKeys' in value;
}

/** Empty ones come first. */
function compareKeys(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [at, key] of a.entries()) {
    const order = compareCodeUnits(key ?? '', b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function isComparable(value: object): boolean {
  const type = typeOf(value);
  if (!type) return false;
  let known = comparables.get(type);
  if (known === undefined) {
    known = conforms(type, 'System.Comparable');
    comparables.set(type, known);
  }
  return known;
}

/**
 * Apex Developer Guide, "Sorting Lists of sObjects": by the label of the type, then Name, then the standard fields except Id
 * and Name in the order of their names, then the custom fields; only fields that are set count.
 */
function compareRecords(a: SObjectValue, b: SObjectValue): number {
  if (a.object !== b.object) return compareCodeUnits(a.object.label, b.object.label);
  for (const name of sortedFields(a, b)) {
    const [left, right] = [a.fields[name] ?? null, b.fields[name] ?? null];
    if (typeof left === 'object' && left !== null && left instanceof SObjectValue) continue;
    const order = compareForSort(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function sortedFields(a: SObjectValue, b: SObjectValue): string[] {
  const isField = (name: string): boolean => name !== 'Id' && a.object.fields.has(name.toLowerCase());
  const names = [...new Set([...a.populated(), ...b.populated()])].filter(isField);
  const rank = (name: string): number =>
    name === 'Name' ? 0 : a.object.fields.get(name.toLowerCase())?.custom ? 2 : 1;
  return names.sort((x, y) => rank(x) - rank(y) || compareCodeUnits(x, y));
}
