import { ApexList } from './list.ts';
import { ApexMap } from './map.ts';
import { ApexSet } from './set.ts';
import { SObjectValue } from './sobject.ts';

/**
 * A copy that shares nothing that can be changed: collections, records and objects of the project's classes at every depth. An
 * object that occurs twice occurs twice in the copy.
 */
export function deepCopy<T>(value: T): T {
  return new Copier().copy(value) as T;
}

class Copier {
  readonly #known = new Map<object, object>();

  copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#known.get(value);
    if (known) return known;
    if (value instanceof ApexList) {
      const list = this.#note(value, new ApexList(value.type, []));
      for (const item of value.items) list.items.push(this.copy(item));
      return list;
    }
    if (value instanceof ApexSet) {
      const set = this.#note(value, new ApexSet(value.type));
      for (const item of value) set.add(this.copy(item));
      return set;
    }
    if (value instanceof ApexMap) {
      const map = this.#note(value, new ApexMap(value.type));
      for (const [key, item] of value.entries()) map.put(this.copy(key), this.copy(item));
      return map;
    }
    if (value instanceof SObjectValue) return this.#note(value, value.clone(true, true, true, true));
    return this.#isUserObject(value) ? this.#object(value) : value;
  }

  #object(value: object): object {
    const copy = this.#note(value, Object.create(Object.getPrototypeOf(value) as object) as Record<string, unknown>);
    for (const [name, field] of Object.entries(value)) copy[name] = this.copy(field);
    return copy;
  }

  #isUserObject(value: object): boolean {
    const { $type: type } = value as { $type?: { def: { origin: string; kind: string } } };
    return type?.def.origin === 'user' && type.def.kind === 'class';
  }

  #note<T extends object>(value: object, copy: T): T {
    this.#known.set(value, copy);
    return copy;
  }
}
