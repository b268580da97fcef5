import type { Type } from '../types/type.ts';
import { raise } from './exception.ts';

/** A constant of an enum. One object for each, so that identity is equality. */
export class ApexEnum {
  readonly $type: Type;
  readonly name: string;
  readonly ordinal: number;

  constructor(type: Type, name: string, ordinal: number) {
    this.$type = type;
    this.name = name;
    this.ordinal = ordinal;
  }

  get type(): Type {
    return this.$type;
  }

  toString(): string {
    return this.name;
  }
}

const constants = new WeakMap<Type, readonly ApexEnum[]>();

/** The constants of an enum type in the order of their declaration. */
export function enumValues(type: Type): readonly ApexEnum[] {
  let values = constants.get(type);
  if (!values) {
    values = type.def.enumValues.map((name, ordinal) => new ApexEnum(type, name, ordinal));
    constants.set(type, values);
  }
  return values;
}

/** The constant of this name in any case, or null. */
export function findEnum(type: Type, name: string): ApexEnum | null {
  const key = name.toLowerCase();
  return enumValues(type).find((value) => value.name.toLowerCase() === key) ?? null;
}

/**
 * `MyEnum.valueOf('X')`.
 *
 * @throws System.NoSuchElementException: No enum constant Outer.MyEnum.X; for null, No enum value found called null. Source of
 * the latter: octoberswimmer/aer-dist, issue 16
 */
export function enumValueOf(type: Type, name: string | null): ApexEnum {
  const owner =
    type.def.origin === 'platform' && type.def.namespace ? `${type.def.namespace}.${type.def.name}` : type.name;
  if (name === null) raise('System.NoSuchElementException', 'No enum value found called null');
  return findEnum(type, name) ?? raise('System.NoSuchElementException', `No enum constant ${owner}.${name}`);
}
