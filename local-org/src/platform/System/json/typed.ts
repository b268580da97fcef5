import { current } from '../../../engine/current.ts';
import type { FieldSymbol, Type } from '../../../types/type.ts';
import { ApexDecimal, decFromText, decStripTrailingZeros } from '../../../values/decimal.ts';
import { findEnum } from '../../../values/enum.ts';
import { raise } from '../../../values/exception.ts';
import { writeableOf, writeMember } from '../../../values/fields.ts';
import { hooks } from '../../../values/invoke.ts';
import { ApexList } from '../../../values/list.ts';
import { ApexMap } from '../../../values/map.ts';
import { ApexSet } from '../../../values/set.ts';
import { isPlace, readPlace } from './places.ts';
import { readRecord } from './records.ts';
import { fail, scalarReader } from './scalars.ts';
import { shapeOf } from './platformObjects.ts';
import type { JsonShape } from './platformObjects.ts';
import type { JsonReader } from './reader.ts';
import { readUntyped } from './untyped.ts';

/** How a text is read: strictly, keys that the type does not have are refused. */
export interface ReadOptions {
  readonly strict: boolean;
}

function unsupportedType(type: Type): never {
  raise('System.JSONException', `Apex Type unsupported in JSON: ${type.name}`);
}

/** The value of this type that begins with the reader's current token, in boxed form. @throws System.JSONException */
export function readTyped(reader: JsonReader, type: Type, options: ReadOptions): unknown {
  if (reader.token === 'VALUE_NULL') return null;
  const scalar = scalarReader(type);
  if (scalar) {
    if (reader.token === 'START_OBJECT' || reader.token === 'START_ARRAY') {
      fail(reader, 'Illegal value for primitive');
    }
    return scalar(reader);
  }
  const { def } = type;
  if (def.kind === 'enum') return readEnum(reader, type);
  if (def.sobject || type === current.universe.SObject) return readRecord(reader, type, options, readTyped);
  if (def.origin === 'user') return readObject(reader, type, options);
  switch (def.name) {
    case 'List':
    case 'Iterable':
      return new ApexList(
        def.name === 'List' ? type : current.universe.listOf(element(type)),
        elements(reader, type, options),
      );
    case 'Set':
      return new ApexSet(type, elements(reader, type, options));
    case 'Map':
      return readMap(reader, type, options);
    default: {
      if (isPlace(def.name) && reader.token === 'START_OBJECT') return readPlace(reader, def.name);
      const shape = shapeOf(type);
      return shape ? readPlatformObject(reader, shape, options) : unsupportedType(type);
    }
  }
}

function readPlatformObject(reader: JsonReader, shape: JsonShape, options: ReadOptions): object {
  if (reader.token !== 'START_OBJECT') {
    raise('System.JSONException', "Malformed JSON: Expected '{' at the beginning of object");
  }
  const values = new Map<string, unknown>();
  while (reader.next() === 'FIELD_NAME') {
    const name = reader.text.toLowerCase();
    const type = current.universe.lookup(shape.fields[name] ?? '');
    reader.next();
    if (type) values.set(name, readTyped(reader, type, options));
    else reader.skip();
  }
  return shape.make(values);
}

function element(type: Type): Type {
  return type.args[0] as Type;
}

function elements(reader: JsonReader, type: Type, options: ReadOptions): unknown[] {
  if (reader.token !== 'START_ARRAY') {
    raise('System.JSONException', "Malformed JSON: Expected '[' at the beginning of List/Set");
  }
  const items: unknown[] = [];
  while (reader.next() !== 'END_ARRAY') items.push(readTyped(reader, element(type), options));
  return items;
}

function readMap(reader: JsonReader, type: Type, options: ReadOptions): ApexMap {
  if (reader.token !== 'START_OBJECT') {
    // unverified: the text for maps; for objects it is known.
    raise('System.JSONException', "Malformed JSON: Expected '{' at the beginning of object");
  }
  const [key, value] = type.args as readonly [Type, Type];
  const map = new ApexMap(type);
  while (reader.next() === 'FIELD_NAME') {
    const name = readKey(reader, key);
    reader.next();
    // `Map<String, Object>` is allowed, though a field of type Object is not.
    map.put(name, value === current.universe.Object ? readUntyped(reader) : readTyped(reader, value, options));
  }
  return map;
}

function readKey(reader: JsonReader, type: Type): unknown {
  const scalar = scalarReader(type);
  if (scalar) return scalar(reader);
  return type.def.kind === 'enum' ? readEnum(reader, type) : unsupportedType(type);
}

function readEnum(reader: JsonReader, type: Type): unknown {
  if (reader.token === 'START_OBJECT' || reader.token === 'START_ARRAY') fail(reader, 'Illegal value for primitive');
  return (
    findEnum(type, reader.text) ?? fail(reader, `The type ${type.name} does not have an enum value ${reader.text}`)
  );
}

const byName = new WeakMap<Type, ReadonlyMap<string, FieldSymbol>>();

function fieldNames(type: Type): ReadonlyMap<string, FieldSymbol> {
  let names = byName.get(type);
  if (!names) {
    names = new Map(writeableOf(type).map((field) => [field.name.toLowerCase(), field]));
    byName.set(type, names);
  }
  return names;
}

function readObject(reader: JsonReader, type: Type, options: ReadOptions): object {
  if (type.def.kind !== 'class' || type.def.abstract) unsupportedType(type);
  if (reader.token !== 'START_OBJECT') {
    raise('System.JSONException', "Malformed JSON: Expected '{' at the beginning of object");
  }
  const object = hooks.instantiate(type);
  const names = fieldNames(type);
  const seen = new Set<string>();
  while (reader.next() === 'FIELD_NAME') {
    const field = names.get(reader.text.toLowerCase());
    if (!field || field.transient) {
      if (options.strict) {
        fail(reader, `Unrecognized field "${reader.text}" (Class ${type.name}), not marked as ignorable`);
      }
      reader.next();
      reader.skip();
      continue;
    }
    // Rests on certinia/ffhttp-core alone; unverified: the text, and whether keys in different case count as one.
    if (seen.has(reader.text)) fail(reader, `Duplicate field "${reader.text}" (Class ${type.name})`);
    seen.add(reader.text);
    reader.next();
    // That setters are called rests on ZackFra/Salesforce-Moxygen alone.
    writeMember(object, field, readFieldValue(reader, field, options));
  }
  return object;
}

function readFieldValue(reader: JsonReader, field: FieldSymbol, options: ReadOptions): unknown {
  if (field.type === current.universe.Object && reader.token !== 'VALUE_NULL') unsupportedType(field.type);
  return readTyped(reader, field.type, options);
}

/** A value of a record's field: numbers lose the scale they are written with, but keep one place at least. */
export function recordNumber(value: unknown): unknown {
  if (!(value instanceof ApexDecimal)) return value;
  const plain = decStripTrailingZeros(value);
  return plain.scale > 0 ? plain : decFromText(`${plain.unscaled * 10n ** BigInt(-plain.scale)}.0`);
}
