import type { FieldType } from '../schema/descriptor.ts';
import { ApexDate } from '../values/date.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { ApexDecimal, decToDouble } from '../values/decimal.ts';
import { ApexDouble } from '../values/double.ts';
import { HeldId } from '../values/heldId.ts';
import { readId } from '../values/id.ts';
import { ApexTime, DAY_MS } from '../values/time.ts';

/** What values are compared by: text in upper case, ids with 18 characters, numbers, milliseconds or days. */
export type Comparable = string | number | boolean;

export type Category = 'text' | 'id' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'none';

const CATEGORIES: Readonly<Record<FieldType, Category>> = {
  id: 'id',
  reference: 'id',
  string: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  picklist: 'text',
  multipicklist: 'text',
  combobox: 'text',
  encryptedstring: 'text',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  address: 'none',
  location: 'none',
  base64: 'none',
  anytype: 'text',
};

export function categoryOf(type: FieldType): Category {
  return CATEGORIES[type];
}

/**
 * Text without its case: English locales order by the codes of the upper case letters. Source: GraphQL API Developer Guide,
 * Order By Considerations, of SOQL. A letter that has no single upper case one stays as it is.
 */
export function foldText(text: string): string {
  const upper = text.toUpperCase();
  if (upper.length === text.length) return upper;
  return Array.from(text, (char) => (char.toUpperCase().length === char.length ? char.toUpperCase() : char)).join('');
}

/** A boxed value as a field of this category compares it; null for blank, undefined where it does not fit. */
export function comparable(category: Category, value: unknown): Comparable | null | undefined {
  if (value === null) return null;
  if (value instanceof HeldId) return comparable(category, value.id);
  switch (category) {
    case 'text':
      // A blank text is no value.
      return typeof value === 'string' ? (value === '' ? null : foldText(value)) : undefined;
    case 'id':
      if (typeof value !== 'string') return undefined;
      return value === '' ? null : (readId(value) ?? undefined);
    case 'number':
      return numberOf(value);
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'date':
      if (value instanceof ApexDate) return value.days;
      return value instanceof ApexDatetime ? Math.floor(value.ms / DAY_MS) : undefined;
    case 'datetime':
      if (value instanceof ApexDatetime) return value.ms;
      return value instanceof ApexDate ? value.days * DAY_MS : undefined;
    case 'time':
      return value instanceof ApexTime ? value.ms : undefined;
    case 'none':
      return undefined;
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof ApexDecimal) return decToDouble(value);
  return value instanceof ApexDouble ? value.value : undefined;
}

/** Order of two comparables of the same category: -1, 0 or 1. */
export function compare(a: Comparable, b: Comparable): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The least or the greatest of these values, the first of equal ones; null where there are none. */
export function extreme(values: readonly unknown[], key: (value: unknown) => Comparable, least: boolean): unknown {
  const better = least ? -1 : 1;
  const [first = null] = values;
  return values.reduce((best, value) => (compare(key(value), key(best)) === better ? value : best), first);
}
