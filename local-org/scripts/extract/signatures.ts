import type { PlatformTypeJson, NamespaceJson } from '../../src/signatures/format.ts';
import { splitList } from './javap.ts';
import type { JavaClass, JavaMember } from './javap.ts';

const ROOT = 'com.nawforce.runforce.';

/** Java package → Apex namespace, of all that Apex programs use and local-org knows. */
const NAMESPACES = new Map<string, string>(
  [
    ...[
      'ApexPages',
      'Approval',
      'Auth',
      'Compression',
      'ConnectApi',
      'DataSource',
      'DataWeave',
      'Database',
      'Datacloud',
      'Flow',
    ],
    ...['FormulaEval', 'Invocable', 'KbManagement', 'Messaging', 'Metadata', 'Package', 'Process', 'QuickAction'],
    ...[
      'Schema',
      'Search',
      'Site',
      'Support',
      'System',
      'TerritoryMgmt',
      'TxnSecurity',
      'UserProvisioning',
      'VisualEditor',
    ],
  ].map((name) => [name, name] as const),
);
NAMESPACES.set('applauncher', 'AppLauncher');
NAMESPACES.set('cache', 'Cache');
NAMESPACES.set('dom', 'Dom');
NAMESPACES.set('eventbus', 'EventBus');
NAMESPACES.set('reports', 'Reports');

/** Not namespaces of Apex: the stubs' own scaffolding. */
const SCAFFOLDING = new Set(['Internal', 'SObjectStubs']);

/** Type text that has no namespace of its own in Apex. */
const INTERNAL: Readonly<Record<string, string>> = {
  'Internal.Any$': 'Object',
  'Internal.Object$': 'Object',
  'Internal.RecordSet$': 'List',
};

/** Java types that stand for Apex's own. */
const JAVA_LANG: Readonly<Record<string, string>> = {
  'java.lang.Object': 'Object',
  'java.lang.String': 'String',
  'java.lang.Boolean': 'Boolean',
  'java.lang.Integer': 'Integer',
};

/** Turns the classes of the standard types jar into one description a namespace, and names what it leaves out. */
export function extractSignatures(
  classes: readonly JavaClass[],
  version: string,
): { namespaces: NamespaceJson[]; leftOut: string[] } {
  const trees = new Map<string, Record<string, Nested>>();
  const leftOut = new Set<string>();
  for (const java of [...classes].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [javaPackage = '', ...rest] = java.name.slice(ROOT.length).split('.');
    if (SCAFFOLDING.has(javaPackage)) continue;
    const namespace = NAMESPACES.get(javaPackage);
    if (!namespace) {
      leftOut.add(javaPackage);
      continue;
    }
    place(trees, namespace, rest.join('.').split('$'), java);
  }
  const namespaces = [...trees].map(([namespace, types]) => ({ namespace, version, types: finished(types) }));
  return { namespaces, leftOut: [...leftOut].sort() };
}

type Nested = { java: JavaClass | undefined; inner: Record<string, Nested> };

function place(trees: Map<string, Record<string, Nested>>, namespace: string, path: string[], java: JavaClass): void {
  let level = trees.get(namespace) ?? {};
  trees.set(namespace, level);
  const last = path.pop() ?? '';
  for (const outer of path) level = (level[outer] ??= { java: undefined, inner: {} }).inner;
  (level[last] ??= { java: undefined, inner: {} }).java = java;
}

function finished(level: Record<string, Nested>): Record<string, PlatformTypeJson> {
  const types: Record<string, PlatformTypeJson> = {};
  for (const name of Object.keys(level).sort()) {
    const nested = level[name];
    if (!nested?.java) throw new Error(`${name} has inner classes and is no class itself`);
    const inner = finished(nested.inner);
    types[name] = { ...typeOf(nested.java), ...(Object.keys(inner).length ? { inner } : {}) };
  }
  return types;
}

function typeOf(java: JavaClass): PlatformTypeJson {
  const values = java.members.filter((member) => member.params === undefined && member.type === java.name);
  if (java.kind === 'enum') return { kind: 'enum', values: values.map((member) => apexName(member.name)) };
  const methods = java.members.filter((member) => member.params && !/^<.*>$/.test(member.name));
  const properties = java.members.filter((member) => member.params === undefined);
  // Java gives every class a constructor; one with nothing but statics is never constructed in Apex.
  const onlyStatics = methods.length > 0 && [...methods, ...properties].every((member) => member.static);
  const constructors = onlyStatics ? [] : java.members.filter((member) => member.name === '<init>');
  return {
    kind: java.kind,
    ...(java.abstract ? { abstract: true } : {}),
    ...(java.generic.length ? { generic: java.generic } : {}),
    ...(java.extends ? { extends: apexType(java.extends) } : {}),
    ...(java.implements.length ? { implements: java.implements.map(apexType) } : {}),
    ...some(
      'constructors',
      constructors.map((member) => `(${paramsOf(member)})`),
    ),
    ...some(
      'properties',
      properties.map((member) => propertyText(member, methods)),
    ),
    ...some('methods', methodsOf(methods)),
  };
}

/** A property is read-only where the class has a getter for it and no setter. */
function propertyText(property: JavaMember, methods: readonly JavaMember[]): string {
  const name = apexName(property.name);
  const has = (verb: string) => methods.some((method) => method.name.toLowerCase() === `${verb}${name.toLowerCase()}`);
  const isReadonly = (has('get') || has('is')) && !has('set');
  return `${prefix(property)}${isReadonly ? 'readonly ' : ''}${apexType(property.type)} ${name}`;
}

function some(key: string, members: readonly string[]): Record<string, readonly string[]> {
  return members.length ? { [key]: members } : {};
}

/** Java's bridge methods (the same parameters with a wider result) are dropped: the first, narrower one stays. */
function methodsOf(members: readonly JavaMember[]): string[] {
  const seen = new Map<string, string>();
  for (const member of members) {
    const call = `${apexName(member.name)}(${paramsOf(member)})`;
    const key = `${prefix(member)}${call}`.toLowerCase();
    if (!seen.has(key)) seen.set(key, `${prefix(member)}${apexType(member.type)} ${call}`);
  }
  return [...seen.values()];
}

function prefix(member: JavaMember): string {
  return member.static ? 'static ' : '';
}

function paramsOf(member: JavaMember): string {
  return (member.params ?? []).map(apexType).join(', ');
}

/** The stubs write a name that Java reserves with `$` around it or `_x` behind it. */
function apexName(name: string): string {
  return name.replace(/^\$|\$$|_x$/g, '');
}

/**
 * Java's type text as Apex's: `com.nawforce.runforce.System.List<java.lang.Object>` is `List<Object>`.
 *
 * @throws on a Java type that has no meaning in Apex.
 */
export function apexType(java: string): string {
  if (java.endsWith('[]')) return `List<${apexType(java.slice(0, -2))}>`;
  const opened = java.indexOf('<');
  if (opened >= 0) {
    const args = splitList(java.slice(opened + 1, -1)).map(apexType);
    return `${apexType(java.slice(0, opened))}<${args.join(', ')}>`;
  }
  if (java === 'void' || /^[A-Z]$/.test(java)) return java;
  const plain = JAVA_LANG[java];
  if (plain) return plain;
  if (!java.startsWith(ROOT)) throw new Error(`${java} is no type of Apex`);
  const name = java.slice(ROOT.length);
  const internal = INTERNAL[name];
  if (internal) return internal;
  const dot = name.indexOf('.');
  const javaPackage = name.slice(0, dot);
  const type = name.slice(dot + 1).replaceAll('$', '.');
  if (javaPackage === 'System' || javaPackage === 'SObjectStubs' || javaPackage === 'SObjects') return type;
  return `${NAMESPACES.get(javaPackage) ?? javaPackage}.${type}`;
}
