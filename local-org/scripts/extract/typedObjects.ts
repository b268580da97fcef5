import type { TypedObject } from '../../src/schema/standard/format.ts';
import type { JavaClass, JavaMember } from './javap.ts';
import { apexType } from './signatures.ts';

const SOBJECTS = 'com.nawforce.runforce.SObjects.';

/**
 * The objects of `typedObjects.txt` (a name, then the key prefix where it is known): what the types jar alone says of them.
 *
 * @throws where the jar does not have one of them.
 */
export function typedObjects(list: string, classes: readonly JavaClass[]): TypedObject[] {
  const jar = new Map(classes.map((java) => [java.name.slice(SOBJECTS.length), java]));
  const lines = list
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
  const names = new Set(lines.map(([name]) => name));
  return lines.map(([name = '', keyPrefix = '']) => {
    const java = jar.get(name);
    if (!java) throw new Error(`${name}: the types jar does not have it`);
    const children = childrenOf(name, java, jar, names);
    return { name, keyPrefix, fields: fieldsOf(java), ...(children.length > 0 && { children }) };
  });
}

/** Lists of others of these objects, each as `Icons IconDefinition TabDefinitionId`, where one field leads back. */
function childrenOf(
  name: string,
  java: JavaClass,
  jar: ReadonlyMap<string, JavaClass>,
  names: ReadonlySet<string | undefined>,
): string[] {
  return java.members.flatMap((member) => {
    if (member.static || member.params !== undefined || !member.type.endsWith('[]')) return [];
    const child = member.type.slice(SOBJECTS.length, -'[]'.length);
    const back = jar.get(child)?.members.some((field) => field.name === `${name}Id`);
    return names.has(child) && back ? [`${nameOf(member)} ${child} ${name}Id`] : [];
  });
}

/** Each field as `Name Type`, lookups with their relationship and its object: `OwnerId Id Owner User`. */
function fieldsOf(java: JavaClass): string[] {
  const values = java.members.filter((member) => !member.static && member.params === undefined);
  const relationships = new Map(values.filter((member) => target(member) !== null).map((m) => [nameOf(m), m]));
  return values
    .filter((member) => target(member) === null && !member.type.endsWith('[]'))
    .map((member) => {
      const name = nameOf(member);
      const parent = name.endsWith('Id') ? relationships.get(name.slice(0, -2)) : undefined;
      const lookup = parent ? ` ${nameOf(parent)} ${target(parent)}` : '';
      return `${name} ${apexType(member.type)}${lookup}`;
    });
}

function nameOf(member: JavaMember): string {
  return member.name.replace(/_x$/, '');
}

/** The object behind a relationship, `SObject` where it may be several; null for a value. */
function target({ type }: JavaMember): string | null {
  if (type.endsWith('[]') || type === `${SOBJECTS}Address` || type === `${SOBJECTS}Location`) return null;
  if (type.startsWith(SOBJECTS)) return type.slice(SOBJECTS.length);
  return type === 'com.nawforce.runforce.System.SObject' ? 'SObject' : null;
}
