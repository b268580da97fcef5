import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';

/** A System.Type: what a class literal and Type.forName give. One object for each type. */
export class ApexType {
  readonly type: Type;

  private constructor(type: Type) {
    this.type = type;
  }

  static #all = new WeakMap<Type, ApexType>();

  static of(type: Type): ApexType {
    let value = ApexType.#all.get(type);
    if (!value) {
      value = new ApexType(type);
      ApexType.#all.set(type, value);
    }
    return value;
  }

  get $type(): Type {
    return current.universe.platform('System.Type');
  }

  toString(): string {
    return this.type.name;
  }
}
