import { parseProperty, typeText } from '../signatures/load.ts';
import type { PlatformType } from '../signatures/load.ts';
import { normaliseSignature } from './define.ts';
import type { Implementation, PlatformClass } from './define.ts';
import { properties, PropertyBag } from './properties.ts';

export interface DataClassOptions {
  /** What a static method does, by its signature; null where it is not built. */
  readonly call: (signature: string) => Implementation | null;
  /** Values that a new object has, by property name. */
  readonly initial?: () => Iterable<readonly [string, unknown]>;
}

/** A class, made from its signatures, whose objects hold what is put into their properties and do nothing else. */
export function dataClass(type: PlatformType, options: DataClassOptions): PlatformClass {
  const { name } = type;
  const members: Record<string, Implementation> = {};
  const notBuilt: string[] = [];
  for (const text of type.methods ?? []) {
    const member = text.startsWith('static ') ? options.call(text) : null;
    if (member) members[normaliseSignature(text)] = member;
    else notBuilt.push(normaliseSignature(text));
  }
  const bag = class extends PropertyBag {
    static readonly apexName = name;
  };
  for (const text of type.constructors ?? []) {
    if (text !== '()') {
      notBuilt.push(normaliseSignature(`new ${text}`));
      continue;
    }
    members['new ()'] = () => {
      const object = new bag();
      for (const [key, value] of options.initial?.() ?? []) object.values.set(key, value);
      return object;
    };
  }
  const declared = (type.properties ?? []).map((text) => parseProperty(text)).filter((property) => !property.static);
  Object.assign(members, properties(...declared.map((property) => `${typeText(property.type)} ${property.name}`)));
  const built = Object.entries(members).map(([text, member]) => [normaliseSignature(text), member] as const);
  return { name, members: new Map(built), notBuilt: new Set(notBuilt), before: new Map() };
}
