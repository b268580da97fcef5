import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldDefaults } from './format.ts';
import type { StandardIndexJson, StandardObject, StandardObjectJson, TypedObject, TypedObjectsJson } from './format.ts';

export type {
  StandardChildRelationship,
  StandardField,
  StandardFieldType,
  StandardIndexJson,
  StandardObject,
  StandardPicklistValue,
  TypedObject,
} from './format.ts';

const loaded = new Map<string, StandardObject>();
let index: StandardIndexJson | undefined;
let typed: readonly TypedObject[] | undefined;
let names: ReadonlyMap<string, string> | undefined;

/** The standard objects described here, and the names of all that the platform has. */
export function standardIndex(): StandardIndexJson {
  index ??= readJson<StandardIndexJson>('index.json');
  return index;
}

/** One standard object by its name in any case, read once; undefined when it is not described. */
export function loadStandardObject(name: string): StandardObject | undefined {
  const key = name.toLowerCase();
  const known = loaded.get(key);
  if (known) return known;
  names ??= new Map(standardIndex().objects.map((object) => [object.toLowerCase(), object]));
  const file = names.get(key);
  if (file === undefined) return undefined;
  const json = readJson<StandardObjectJson>(`${file}.json`);
  const object = { ...json, fields: json.fields.map((field) => ({ ...fieldDefaults, ...field })) };
  loaded.set(key, object);
  return object;
}

/**
 * Every described standard object by its name in lower case. Fields with a `feature` are included: whoever builds a
 * schema leaves them out unless the org has the feature.
 */
export function loadStandardObjects(): Map<string, StandardObject> {
  const all = new Map<string, StandardObject>();
  for (const name of standardIndex().objects) {
    const object = loadStandardObject(name);
    if (object) all.set(name.toLowerCase(), object);
  }
  return all;
}

/** The objects of which only names and types are known. */
export function loadTypedObjects(): readonly TypedObject[] {
  typed ??= readJson<TypedObjectsJson>('typed.json').objects;
  return typed;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as T;
}
