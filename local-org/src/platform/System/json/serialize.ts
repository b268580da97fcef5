import type { FieldSymbol } from '../../../types/type.ts';
import { ApexType } from '../../../values/apexType.ts';
import { AnySet } from '../../../values/anySet.ts';
import { ApexBlob, base64Of } from '../../../values/blob.ts';
import { ApexDate } from '../../../values/date.ts';
import { ApexDatetime, isoText } from '../../../values/datetime.ts';
import { ApexDecimal, decText } from '../../../values/decimal.ts';
import { ApexDouble, doubleText } from '../../../values/double.ts';
import { ApexEnum } from '../../../values/enum.ts';
import { ApexException, raise } from '../../../values/exception.ts';
import { readableOf, readMember } from '../../../values/fields.ts';
import { HeldId } from '../../../values/heldId.ts';
import { ApexList } from '../../../values/list.ts';
import { ApexMap } from '../../../values/map.ts';
import { FieldToken } from '../../../values/schemaTokens.ts';
import { SObjectValue } from '../../../values/sobject.ts';
import { toText } from '../../../values/text.ts';
import { ApexTime } from '../../../values/time.ts';
import { typeOf } from '../../../values/typeOf.ts';
import { ApexUUID } from '../UUID.ts';
import { JsonWriter } from './writer.ts';

/** Objects of the platform that JSON knows show what they contain. */
export interface HasJsonFields {
  jsonFields(): Iterable<readonly [string, unknown]>;
}

/** The version in the addresses of records. */
const API_VERSION = 'v67.0';

/**
 * Members are written in the order of their names, backwards (unverified but for what salesforce.stackexchange.com/q/101066
 * shows, callawaycloud/apex-graphql-query and IlyaMatsuev/Apex-GraphQL-Client). That of two with one name the ancestor's
 * comes first rests on guimini/apex-json-serialization alone.
 */
function backwards(fields: FieldSymbol[]): FieldSymbol[] {
  return fields.sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? 1 : -1));
}

class Serializer {
  readonly #writer: JsonWriter;
  readonly #suppressNulls: boolean;
  readonly #path: object[] = [];

  constructor(writer: JsonWriter, suppressNulls: boolean) {
    this.#writer = writer;
    this.#suppressNulls = suppressNulls;
  }

  write(value: unknown): void {
    const json = scalar(value);
    if (json !== null) return this.#writer.raw(json);
    const object = value as object;
    if (this.#path.includes(object)) raise('System.JSONException', 'Direct self-reference leading to cycle');
    this.#path.push(object);
    this.#writeObject(object);
    this.#path.pop();
  }

  #writeObject(value: object): void {
    if (value instanceof ApexList) return this.#array(value.items);
    if (value instanceof AnySet) return this.#array(value);
    if (value instanceof ApexMap) {
      // unverified but for callawaycloud/apex-graphql-query, IlyaMatsuev/Apex-GraphQL-Client and MuriloKakazu/apex-streams:
      // what was put last comes first.
      const entries = [...value.entries()].map(([key, item]) => [keyText(key), item] as const);
      return this.#fields(entries.reverse(), false);
    }
    if (value instanceof SObjectValue) return this.#record(value);
    const type = typeOf(value);
    if (type?.def.origin === 'user' && !(value instanceof ApexException)) {
      const fields = backwards(readableOf(type).filter((field) => !field.transient));
      return this.#fields(
        fields.map((field) => [field.name, readMember(value, field)] as const),
        this.#suppressNulls,
      );
    }
    const { jsonFields } = value as Partial<HasJsonFields>;
    if (jsonFields) return this.#fields(jsonFields.call(value), this.#suppressNulls);
    const name =
      type && type.def.origin === 'platform' && !type.def.name.includes('.')
        ? `${type.def.namespace}.${type.name}`
        : type?.name;
    // Of exceptions the reference gives the text (Apex Developer Guide, JSON Support); before version 63 some could be written.
    const text = value instanceof ApexException ? 'Type unsupported in JSON' : 'Apex Type unsupported in JSON';
    raise('System.JSONException', `${text}: ${name}`);
  }

  #array(items: Iterable<unknown>): void {
    this.#writer.startArray();
    for (const item of items) this.write(item);
    this.#writer.endArray();
  }

  #fields(fields: Iterable<readonly [string, unknown]>, suppressNulls: boolean): void {
    this.#writer.startObject();
    for (const [name, value] of fields) {
      if (suppressNulls && value === null) continue;
      this.#writer.name(name);
      this.write(value);
    }
    this.#writer.endObject();
  }

  #record(record: SObjectValue): void {
    const writer = this.#writer;
    writer.startObject();
    writer.name('attributes');
    writer.startObject();
    writer.name('type');
    writer.string(record.object.name);
    if (record.id !== null) {
      writer.name('url');
      writer.string(`/services/data/${API_VERSION}/sobjects/${record.object.name}/${record.id}`);
    }
    writer.endObject();
    for (const name of record.populated()) {
      const value = record.fields[name];
      // What a query found blank is left out; what Apex set to null is not.
      if (value === null && record.queried) continue;
      writer.name(name);
      if (value instanceof ApexDatetime) writer.string(isoText(value).replace('Z', '+0000'));
      else if (value instanceof ApexList && !record.object.fields.has(name.toLowerCase())) this.#children(value);
      else this.write(value);
    }
    for (const [name, value] of Object.entries(record.shown)) {
      if (value === null) continue;
      writer.name(name);
      this.write(value);
    }
    writer.endObject();
  }

  #children(rows: ApexList): void {
    const writer = this.#writer;
    writer.startObject();
    writer.name('totalSize');
    writer.raw(String(rows.size));
    writer.name('done');
    writer.raw('true');
    writer.name('records');
    this.write(rows);
    writer.endObject();
  }
}

/** The JSON of a primitive value, or null for what consists of others. */
function scalar(value: unknown): string | null {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof HeldId) return JSON.stringify(value.id);
  if (value instanceof ApexDouble) return Number.isFinite(value.value) ? doubleText(value.value) : `"${value.value}"`;
  if (value instanceof ApexDecimal) return decText(value);
  if (value instanceof ApexDate) return `"${value.iso}"`;
  if (value instanceof ApexDatetime) return `"${isoText(value)}"`;
  if (value instanceof ApexTime) return `"${value.toString()}"`;
  if (value instanceof ApexBlob) return `"${base64Of(value)}"`;
  if (value instanceof ApexEnum) return `"${value.name}"`;
  if (value instanceof ApexUUID) return `"${value.text}"`;
  return null;
}

function hasOwnText(key: unknown): boolean {
  return key instanceof ApexType || (key as { readonly tostring$?: unknown }).tostring$ !== undefined;
}

function keyText(key: unknown): string {
  if (key instanceof ApexDate) return key.iso;
  if (key instanceof ApexDatetime) return isoText(key);
  if (key instanceof FieldToken) return key.field.name;
  // By their text: types rest on DavidWalther/ApexUtils alone, objects with a `toString()` on jasonsiders/apex-starter-pack.
  if (key !== null && scalar(key) === null && !hasOwnText(key)) {
    raise('System.JSONException', `Apex Type unsupported in JSON: ${typeOf(key)?.name} as a key of a Map`);
  }
  return toText(key);
}

/** Writes any value. @throws System.JSONException for what has no form in JSON */
export function writeJson(writer: JsonWriter, value: unknown, suppressNulls: boolean): void {
  new Serializer(writer, suppressNulls).write(value);
}

/** The JSON of a value. @throws System.JSONException for what has none */
export function serialize(value: unknown, pretty: boolean, suppressNulls: boolean): string {
  const writer = new JsonWriter(pretty);
  writeJson(writer, value, suppressNulls);
  return writer.text;
}
