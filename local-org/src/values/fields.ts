import { current } from '../engine/current.ts';
import type { FieldSymbol, Type } from '../types/type.ts';
import { ApexDouble } from './double.ts';

type Slots = Record<string, unknown>;

const instanceFields = new WeakMap<Type, readonly FieldSymbol[]>();

/** What an object of a project's class keeps: fields and automatic properties, those of its ancestors first. */
export function fieldsOf(type: Type): readonly FieldSymbol[] {
  let fields = instanceFields.get(type);
  if (!fields) {
    const all: FieldSymbol[] = [];
    for (let at: Type | null = type; at?.def.origin === 'user'; at = at.def.superclass) {
      const own = [...at.def.fields.values()].filter((field) => !field.static && field.property?.auto !== false);
      all.unshift(...own);
    }
    fields = all;
    instanceFields.set(type, fields);
  }
  return fields;
}

const stored = new WeakMap<Type, readonly FieldSymbol[]>();

/** What an object has room for: besides {@link fieldsOf} what its properties with code keep behind it. */
export function storedIn(type: Type): readonly FieldSymbol[] {
  let fields = stored.get(type);
  if (!fields) {
    const all: FieldSymbol[] = [];
    for (let at: Type | null = type; at?.def.origin === 'user'; at = at.def.superclass) {
      all.unshift(...[...at.def.fields.values()].filter((field) => !field.static));
    }
    fields = all;
    stored.set(type, fields);
  }
  return fields;
}

const readable = new WeakMap<Type, readonly FieldSymbol[]>();

/** What JSON writes of an object: besides {@link fieldsOf} its properties with code, whose getters are called. */
export function readableOf(type: Type): readonly FieldSymbol[] {
  let fields = readable.get(type);
  if (!fields) {
    const all: FieldSymbol[] = [];
    for (let at: Type | null = type; at?.def.origin === 'user'; at = at.def.superclass) {
      all.unshift(...[...at.def.fields.values()].filter((field) => !field.static && field.property?.get !== null));
    }
    fields = all;
    readable.set(type, fields);
  }
  return fields;
}

/** A field's value, or what a property's getter gives, in boxed form. */
export function readMember(object: object, field: FieldSymbol): unknown {
  const getter = field.property?.auto === false ? (object as Slots)[`get$${field.js}`] : undefined;
  if (typeof getter !== 'function') return readField(object, field);
  const value = (getter.call(object) as unknown) ?? null;
  return typeof value === 'number' && field.type === current.universe.Double ? new ApexDouble(value) : value;
}

/** A field's value in boxed form; null where it was never set. */
export function readField(object: object, field: FieldSymbol): unknown {
  const value = (object as Slots)[field.js] ?? null;
  return typeof value === 'number' && field.type === current.universe.Double ? new ApexDouble(value) : value;
}

/** Sets a field to a value in boxed form that has the field's type. */
export function writeField(object: object, field: FieldSymbol, value: unknown): void {
  (object as Slots)[field.js] =
    value instanceof ApexDouble && field.type === current.universe.Double ? value.value : value;
}
