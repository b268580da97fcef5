import type { Type } from '../types/type.ts';
import { AnySet } from './anySet.ts';
import { ApexException } from './exception.ts';
import { fieldsOf, readField } from './fields.ts';
import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { SObjectValue } from './sobject.ts';

/** Collections show this many elements, then an ellipsis (Apex Reference, List.toString). */
const SHOWN = 10;

/**
 * A value in boxed form as text: what `String.valueOf(Object)`, `'' + x` and debug show. Dates with midnight, Datetimes in
 * GMT, Decimals with their scale, records as `Account:{Name=Acme}`, objects as `Foo:[a=1, b=2]` or by their own
 * `toString()`.
 */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return inner(value, []) ?? '';
}

type UserObject = { readonly $type?: Type; readonly tostring$?: () => string | null };

function inner(value: unknown, around: readonly object[]): string | null {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return String(value);
  if (around.includes(value)) return '(already output)';
  const own = (value as UserObject).tostring$;
  if (own) return own.call(value);
  if (value instanceof ApexException) return value.toString();
  const path = [...around, value];
  if (value instanceof ApexList) return `(${elements(value.items, path)})`;
  if (value instanceof AnySet) return `{${elements([...value], path)}}`;
  if (value instanceof ApexMap) return `{${entries(value, path)}}`;
  if (value instanceof SObjectValue) return recordText(value, path);
  const type = (value as UserObject).$type;
  if (type?.def.origin === 'user' && type.def.kind === 'class') return objectText(value, type, path);
  return String(value);
}

function shown(value: unknown, path: readonly object[]): string {
  return inner(value, path) ?? 'null';
}

function elements(items: readonly unknown[], path: readonly object[]): string {
  const texts = items.slice(0, SHOWN).map((item) => shown(item, path));
  if (items.length > SHOWN) texts.push('...');
  return texts.join(', ');
}

function entries(map: ApexMap, path: readonly object[]): string {
  const all = [...map.entries()];
  // Numeric keys are shown in order.
  if (all.every(([key]) => typeof key === 'number')) all.sort(([a], [b]) => Number(a) - Number(b));
  const texts = all.slice(0, SHOWN).map(([key, value]) => `${shown(key, path)}=${shown(value, path)}`);
  if (all.length > SHOWN) texts.push('...');
  return texts.join(', ');
}

function recordText(record: SObjectValue, path: readonly object[]): string {
  const fields = record.populated().map((name) => `${name}=${shown(record.fields[name], path)}`);
  return `${record.object.name}:{${fields.join(', ')}}`;
}

function objectText(value: object, type: Type, path: readonly object[]): string {
  const name = type.name.slice(type.name.lastIndexOf('.') + 1);
  const texts = fieldsOf(type).map((field) => `${field.name}=${shown(readField(value, field), path)}`);
  return `${name}:[${texts.join(', ')}]`;
}
