import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConstructor, parseProperty, parseSignature, typeText } from './format.ts';
import type { NamespaceJson, OverlayJson, OverlayTypeJson, PlatformTypeJson, SignatureIndexJson } from './format.ts';

export { parseConstructor, parseProperty, parseSignature, parseType, typeText } from './format.ts';
export type { MethodSignature, PlatformTypeJson, PropertySignature, SignatureIndexJson, TypeRef } from './format.ts';

/** A platform type with the overlay merged and its name as Salesforce writes it. */
export type PlatformType = PlatformTypeJson & {
  readonly namespace: string;
  /** Qualified: `System.String`, `Messaging.InboundEmail.Header`. */
  readonly name: string;
};

/** What Apex gives to types that are not the platform's own; see special.json. */
export type SpecialType = 'UserException' | 'ListCustomSetting' | 'HierarchyCustomSetting' | 'CustomMetadata' | 'Enum';

const folder = import.meta.dirname;
const loaded = new Map<string, ReadonlyMap<string, PlatformType>>();
let special: Readonly<Record<SpecialType, PlatformTypeJson>> | undefined;
let index: SignatureIndexJson | undefined;

/** Which namespaces are described, and which exist on the platform but are left out here. */
export function signatureIndex(): SignatureIndexJson {
  index ??= readJson<SignatureIndexJson>('index.json');
  return index;
}

/** The members of custom settings, custom metadata types, enums and user exceptions, T being the type itself. */
export function specialTypes(): Readonly<Record<SpecialType, PlatformTypeJson>> {
  special ??= readJson<Readonly<Record<SpecialType, PlatformTypeJson>>>('special.json');
  return special;
}

/** Every type of every namespace by its qualified name in lower case (`database.saveresult`). */
export function loadSignatures(): Map<string, PlatformType> {
  const all = new Map<string, PlatformType>();
  for (const namespace of signatureIndex().namespaces) {
    for (const [key, type] of loadNamespace(namespace) ?? []) all.set(key, type);
  }
  return all;
}

/**
 * The types of one namespace by their qualified names in lower case; read once. The name's case does not matter.
 * undefined when the namespace is not described: {@link signatureIndex} tells whether the platform has it.
 *
 * @throws if the overlay contradicts the extract, for example removes what is not there.
 */
export function loadNamespace(namespace: string): ReadonlyMap<string, PlatformType> | undefined {
  const key = namespace.toLowerCase();
  const known = loaded.get(key);
  if (known) return known;
  const name = signatureIndex().namespaces.find((candidate) => candidate.toLowerCase() === key);
  if (name === undefined) return undefined;
  const base = readJson<NamespaceJson>(`${name}.json`).types;
  const overlay = existsSync(join(folder, `overlay/${name}.json`))
    ? readJson<OverlayJson>(`overlay/${name}.json`).types
    : {};
  const types = new Map<string, PlatformType>();
  collect(types, name, name, merged(base, overlay, name));
  loaded.set(key, types);
  return types;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

function collect(
  into: Map<string, PlatformType>,
  namespace: string,
  outer: string,
  types: Readonly<Record<string, PlatformTypeJson>>,
): void {
  for (const [simple, type] of Object.entries(types)) {
    const name = `${outer}.${simple}`;
    into.set(name.toLowerCase(), { ...type, namespace, name });
    if (type.inner) collect(into, namespace, name, type.inner);
  }
}

function merged(
  base: Readonly<Record<string, PlatformTypeJson>>,
  overlay: Readonly<Record<string, OverlayTypeJson>>,
  where: string,
): Readonly<Record<string, PlatformTypeJson>> {
  const result: Record<string, PlatformTypeJson> = { ...base };
  for (const [name, correction] of Object.entries(overlay)) {
    result[name] = mergedType(base[name], correction, `${where}.${name}`);
  }
  return result;
}

function mergedType(base: PlatformTypeJson | undefined, overlay: OverlayTypeJson, where: string): PlatformTypeJson {
  const { remove = [], inner, kind, ...rest } = overlay;
  const type = kind ?? base?.kind;
  if (!type) throw new Error(`overlay of ${where}: the extract does not have it, so it needs a kind`);
  const left = new Set(remove);
  const members = (key: 'methods' | 'constructors' | 'properties', keyOf: (text: string) => string) => {
    const added = overlay[key] ?? [];
    const replaced = new Set(added.map(keyOf));
    const kept = (base?.[key] ?? []).filter((text) => !left.delete(text) && !replaced.has(keyOf(text)));
    return kept.length + added.length ? { [key]: [...kept, ...added] } : {};
  };
  const result: PlatformTypeJson = {
    ...base,
    methods: undefined,
    constructors: undefined,
    properties: undefined,
    ...rest,
    kind: type,
    ...members('methods', methodKey),
    ...members('constructors', constructorKey),
    ...members('properties', propertyKey),
    ...(inner ? { inner: merged(base?.inner ?? {}, inner, where) } : {}),
  };
  if (left.size) throw new Error(`overlay of ${where} removes what the extract does not have: ${[...left].join('; ')}`);
  return result;
}

function methodKey(text: string): string {
  const { static: isStatic, name, params } = parseSignature(text);
  return `${isStatic ? 'static ' : ''}${name}(${params.map(typeText).join(',')})`.toLowerCase();
}

function constructorKey(text: string): string {
  return parseConstructor(text).map(typeText).join(',').toLowerCase();
}

function propertyKey(text: string): string {
  return parseProperty(text).name.toLowerCase();
}
