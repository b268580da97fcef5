import { current } from '../engine/current.ts';
import type { FieldSymbol, Type } from '../types/type.ts';
import { ApexDouble } from './double.ts';

type Slots = Record<string, unknown>;

/** What an object of a project's class keeps: fields and automatic properties, those of its ancestors first. */
export const fieldsOf = membersThat(({ property }) => property?.auto !== false);

/** What an object has room for: besides {@link fieldsOf} what its properties with code keep behind it. */
export const storedIn = membersThat(() => true);

/** What JSON writes of an object: besides {@link fieldsOf} its properties with code, whose getters are called. */
export const readableOf = membersThat(({ property }) => property?.get !== null);

/** What JSON reads into an object: besides {@link fieldsOf} its properties with code, whose setters are called. */
export const writeableOf = membersThat(({ property }) => property?.set !== null);

/** Of each class the members of its objects that are meant, ancestors first; worked out once. */
function membersThat(isMeant: (field: FieldSymbol) => boolean): (type: Type) => readonly FieldSymbol[] {
  const known = new WeakMap<Type, readonly FieldSymbol[]>();
  return (type) => {
    let members = known.get(type);
    if (!members) {
      const all: FieldSymbol[] = [];
      for (let at: Type | null = type; at?.def.origin === 'user'; at = at.def.superclass) {
        all.unshift(...[...at.def.fields.values()].filter((field) => !field.static && isMeant(field)));
      }
      members = all;
      known.set(type, members);
    }
    return members;
  };
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

/** Sets a field to a value in boxed form, or calls the setter of a property with code. */
export function writeMember(object: object, field: FieldSymbol, value: unknown): void {
  const setter = field.property?.auto === false ? (object as Slots)[`set$${field.js}`] : undefined;
  if (typeof setter !== 'function') writeField(object, field, value);
  else setter.call(object, value instanceof ApexDouble && field.type === current.universe.Double ? value.value : value);
}
