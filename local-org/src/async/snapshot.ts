import { AnySet } from '../values/anySet.ts';
import { ApexException, raise } from '../values/exception.ts';
import { ApexList } from '../values/list.ts';
import { ApexMap } from '../values/map.ts';
import { ApexSet } from '../values/set.ts';
import { SObjectValue } from '../values/sobject.ts';
import { typeOf } from '../values/typeOf.ts';
import type { Type } from '../types/type.ts';

/**
 * Platform types whose objects can't wait in a queue: they hold a connection, a cursor or a matcher's state. System.Version:
 * salesforce.stackexchange.com/q/385673. Database.LeadConvert and Schema.ChildRelationship rest on jasonsiders/apex-starter-pack
 * alone.
 */
const NOT_SERIALIZABLE = new Set([
  'Database.LeadConvert',
  'Schema.ChildRelationship',
  'System.Http',
  'System.HttpRequest',
  'System.HttpResponse',
  'System.JSONGenerator',
  'System.JSONParser',
  'System.Matcher',
  'System.Pattern',
  'System.Savepoint',
  'System.Version',
  'System.XmlStreamReader',
  'System.XmlStreamWriter',
]);

/**
 * A deep copy, as of an object that is enqueued: later changes of the original are not seen by the job. Transient fields
 * are null in it, and what is referred to twice is one object in it too.
 *
 * @throws System.SerializationException where an object can't be kept.
 */
export function snapshot<T>(value: T): T {
  return copy(value, new Map()) as T;
}

function copy(value: unknown, seen: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known) return known;
  if (value instanceof ApexList) {
    const list = new ApexList(value.type);
    seen.set(value, list);
    list.items = value.items.map((item) => copy(item, seen));
    return list;
  }
  if (value instanceof AnySet) {
    const set = new ApexSet(value.$type);
    seen.set(value, set);
    for (const item of value) set.add(copy(item, seen));
    return set;
  }
  if (value instanceof ApexMap) {
    const map = new ApexMap(value.type);
    seen.set(value, map);
    for (const [key, item] of value.entries()) map.put(copy(key, seen), copy(item, seen));
    return map;
  }
  if (value instanceof SObjectValue) return copyRecord(value, seen);
  if (value instanceof ApexException) return value;
  const type = typeOf(value);
  if (type?.def.origin === 'user' && type.def.kind === 'class') return copyObject(value, type, seen);
  const name = type && (type.def.name.includes('.') ? type.def.name : `${type.def.namespace}.${type.def.name}`);
  if (name !== null && NOT_SERIALIZABLE.has(name)) raise('System.SerializationException', `Not Serializable: ${name}`);
  // What remains is immutable: numbers, dates, blobs, enum constants, types, contexts.
  return value;
}

function copyRecord(record: SObjectValue, seen: Map<object, object>): SObjectValue {
  const result = new SObjectValue(record.object, {}, record.queried);
  seen.set(record, result);
  for (const name in record.fields) {
    const value = record.fields[name];
    if (value !== undefined) result.fields[name] = copy(value, seen);
  }
  result.readOnly = record.readOnly;
  return result;
}

function copyObject(value: object, type: Type, seen: Map<object, object>): object {
  const result = Object.create(Object.getPrototypeOf(value) as object) as Record<string, unknown>;
  seen.set(value, result);
  const transients = transientNames(type);
  for (const [name, item] of Object.entries(value)) result[name] = transients.has(name) ? null : copy(item, seen);
  return result;
}

function transientNames(type: Type): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at: Type | null = type; at; at = at.def.superclass) {
    for (const field of at.def.fields.values()) if (field.transient && !field.static) names.add(field.js);
  }
  return names;
}
