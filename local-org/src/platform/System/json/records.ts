import { current } from '../../../engine/current.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../../../schema/descriptor.ts';
import type { Type } from '../../../types/type.ts';
import { ApexDecimal } from '../../../values/decimal.ts';
import { raise } from '../../../values/exception.ts';
import { readId } from '../../../values/id.ts';
import { ApexList } from '../../../values/list.ts';
import { SObjectValue } from '../../../values/sobject.ts';
import type { FieldValues } from '../../../values/sobject.ts';
import { isPlace, readPlace } from './places.ts';
import { JsonReader } from './reader.ts';
import { fail } from './scalars.ts';
import { recordNumber } from './typed.ts';
import type { ReadOptions } from './typed.ts';

type ReadTyped = (reader: JsonReader, type: Type, options: ReadOptions) => unknown;

/** A record as JSON.serialize writes it: `attributes` tells the object where the type does not. */
export function readRecord(reader: JsonReader, type: Type, options: ReadOptions, read: ReadTyped): SObjectValue {
  if (reader.token !== 'START_OBJECT') {
    raise('System.JSONException', "Malformed JSON: Expected '{' at the beginning of object");
  }
  const start = reader.start;
  let object = type.def.sobject;
  const fields: FieldValues = {};
  while (reader.next() === 'FIELD_NAME') {
    const name = reader.text;
    if (name === 'attributes') {
      const named = attributesObject(reader);
      object ??= named;
      continue;
    }
    // What a map becomes has its `attributes` at any place. Source: SalesforceFoundation/PMM, TestUtil.
    object ??= objectAhead(reader.source.slice(start));
    if (!object) return fail(reader, 'the object of the record is not given');
    readEntry(reader, object, name, fields, options, read);
  }
  return new SObjectValue(object ?? fail(reader, 'the object of the record is not given'), fields);
}

/** The object that the `attributes` of a record name, wherever they stand in it. */
function objectAhead(source: string): ObjectDescriptor | null {
  const reader = new JsonReader(source);
  reader.next();
  while (reader.next() === 'FIELD_NAME') {
    if (reader.text === 'attributes') return attributesObject(reader);
    reader.next();
    reader.skip();
  }
  return null;
}

/** Reads `attributes`. */
function attributesObject(reader: JsonReader): ObjectDescriptor | null {
  let object: ObjectDescriptor | null = null;
  reader.next();
  if (reader.token !== 'START_OBJECT') return null;
  while (reader.next() === 'FIELD_NAME') {
    const isType = reader.text === 'type';
    reader.next();
    if (isType) object = current.universe.schema.object(reader.text);
    else reader.skip();
  }
  return object;
}

function readEntry(
  reader: JsonReader,
  object: ObjectDescriptor,
  name: string,
  fields: FieldValues,
  options: ReadOptions,
  read: ReadTyped,
): void {
  const key = name.toLowerCase();
  const field = object.fields.get(key);
  if (field) {
    const at = reader.location;
    reader.next();
    fields[field.name] = readFieldValue(reader, field, at, options, read);
    return;
  }
  const parent = object.parents.get(key);
  if (parent?.relationshipName) {
    reader.next();
    fields[parent.relationshipName] = readParent(reader, parent, name, options, read);
    return;
  }
  const child = object.children.get(key);
  if (child) {
    reader.next();
    fields[child.name] = readChildren(reader, child.object, options, read);
    return;
  }
  if (options.strict) raise('System.JSONException', `No such column '${name}' on sobject of type ${object.name}`);
  reader.next();
  if (reader.token === 'START_ARRAY') {
    raise('System.JSONException', `No field name specified on column for sobject of type ${object.name}`);
  }
  reader.skip();
}

function readFieldValue(
  reader: JsonReader,
  field: FieldDescriptor,
  at: string,
  options: ReadOptions,
  read: ReadTyped,
): unknown {
  const type = current.universe.lookup(field.apexType) ?? current.universe.String;
  const name = field.apexType.toLowerCase();
  if (reader.token === 'START_OBJECT' && isPlace(field.apexType)) return readPlace(reader, field.apexType);
  if (reader.token === 'START_OBJECT') {
    raise(
      'System.JSONException',
      `Cannot deserialize instance of ${name} from START_OBJECT value { or request may be missing a required field at ${at}`,
    );
  }
  if (reader.token === 'START_ARRAY') {
    raise('System.JSONException', `Cannot deserialize instance of ${name} from START_ARRAY value ${at}`);
  }
  // What is no id is kept as it is. Source: SObjectFabricator (`id-1`) and SalesforceFoundation/PMM, ProgramSelector_TEST.
  if (type === current.universe.Id && reader.token === 'VALUE_STRING') return readId(reader.text) ?? reader.text;
  const value = read(reader, type, options);
  return value instanceof ApexDecimal ? recordNumber(value) : value;
}

function readParent(
  reader: JsonReader,
  field: FieldDescriptor,
  name: string,
  options: ReadOptions,
  read: ReadTyped,
): unknown {
  if (reader.token === 'VALUE_NULL') return null;
  if (reader.token !== 'START_OBJECT') {
    raise('System.JSONException', `The value provided for foreign key reference ${name} is not a nested SObject`);
  }
  const [only] = field.referenceTo;
  const { universe } = current;
  const type = field.referenceTo.length === 1 && only !== undefined ? universe.sobject(only) : null;
  return read(reader, type ?? universe.SObject, options);
}

/** Child rows: `{"totalSize":1,"done":true,"records":[…]}` or the array itself. */
function readChildren(reader: JsonReader, object: string, options: ReadOptions, read: ReadTyped): unknown {
  const { universe } = current;
  const type = universe.listOf(universe.sobject(object) ?? universe.SObject);
  if (reader.token === 'VALUE_NULL') return null;
  if (reader.token === 'START_ARRAY') return read(reader, type, options);
  let rows: unknown = new ApexList(type);
  if (reader.token !== 'START_OBJECT') return rows;
  for (let token = reader.next(); token === 'FIELD_NAME'; token = reader.next()) {
    const isRows = reader.text === 'records';
    reader.next();
    if (isRows) rows = read(reader, type, options);
    else reader.skip();
  }
  return rows;
}
