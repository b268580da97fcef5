import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';

const all = new WeakMap<Type, ApexType>();

/** A System.Type: what a class literal and Type.forName give. There is one object for each type. */
export class ApexType {
  readonly type!: Type;

  constructor(type: Type) {
    const known = all.get(type);
    if (known) return known;
    this.type = type;
    all.set(type, this);
  }

  static of(type: Type): ApexType {
    return all.get(type) ?? new ApexType(type);
  }

  get $type(): Type {
    return current.universe.platform('System.Type');
  }

  /** `Map<Id,List<Account>>`: no space follows a comma. Source: berehovskyi/apex-stream, Collector.cast. */
  toString(): string {
    return this.type.name.replaceAll(', ', ',');
  }
}
