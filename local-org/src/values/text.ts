import type { Type } from '../types/type.ts';
import { AnySet } from './anySet.ts';
import { ApexException } from './exception.ts';
import { readField, storedIn } from './fields.ts';
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

/** What {@link toText} gives for an object whose class has no `toString()` of its own. */
export function plainText(value: object): string {
  return withoutOwn(value, []);
}

type UserObject = { readonly $type?: Type; readonly tostring$?: () => string | null };

function inner(value: unknown, around: readonly object[]): string | null {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return String(value);
  if (around.includes(value)) return '(already output)';
  const own = (value as UserObject).tostring$;
  return own ? own.call(value) : withoutOwn(value, around);
}

function withoutOwn(value: object, around: readonly object[]): string {
  const path = [...around, value];
  if (value instanceof ApexException) return exceptionText(value, path);
  if (value instanceof ApexList) return `(${elements(value.items, path)})`;
  if (value instanceof AnySet) return `{${elements(inOrder([...value]), path)}}`;
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
  // Numeric keys and texts are shown in order.
  if (all.every(([key]) => typeof key === 'number')) all.sort(([a], [b]) => Number(a) - Number(b));
  if (all.every(([key]) => typeof key === 'string')) all.sort(([a], [b]) => byCharacter(String(a), String(b)));
  const texts = all.slice(0, SHOWN).map(([key, value]) => `${shown(key, path)}=${shown(value, path)}`);
  if (all.length > SHOWN) texts.push('...');
  return texts.join(', ');
}

function recordText(record: SObjectValue, path: readonly object[]): string {
  const fields = record.populated().map((name) => `${name}=${shown(record.fields[name], path)}`);
  return `${record.object.name}:{${fields.join(', ')}}`;
}

/**
 * As seen in an org of API version 67: the short name, then what the object keeps in the order of its characters, private
 * and transient fields too; what a property with code keeps; inherited fields with the name of their class.
 */
function objectText(value: object, type: Type, path: readonly object[]): string {
  const texts = storedIn(type)
    .map((field) => ({
      label: field.owner === type.def ? field.name : `${shortName(field.owner.name)}.${field.name}`,
      text: shown(readField(value, field), path),
    }))
    .sort((a, b) => byCharacter(a.label, b.label))
    .map(({ label, text }) => `${label}=${text}`);
  return `${shortName(type.name)}:[${texts.join(', ')}]`;
}

/** Exceptions that are written in Apex are shown as objects, then their message; others as their type and message. */
function exceptionText(exception: ApexException, path: readonly object[]): string {
  // That this one of the platform's is written in Apex rests on salesforce/apex-mockery alone.
  if (exception.typeName === 'System.IllegalArgumentException') return `IllegalArgumentException:[]: ${exception.text}`;
  const type = exception.$type;
  if (type.def.origin !== 'user') return exception.toString();
  return `${objectText(exception, type, path)}: ${exception.text}`;
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Texts in the order of their characters, as sets and maps show them; else as they are. */
function inOrder(items: readonly unknown[]): readonly unknown[] {
  if (!items.every((item) => typeof item === 'string')) return items;
  return [...items].sort(byCharacter);
}

function byCharacter(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
