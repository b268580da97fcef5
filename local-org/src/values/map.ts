import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { AnySet } from './anySet.ts';
import { inOpenOrder, iteratedInOpenOrder } from './anyOrder.ts';
import { raise } from './exception.ts';
import { refuse } from './guard.ts';
import { KeyIndex } from './keys.ts';
import { ApexList } from './list.ts';
import { ApexSet } from './set.ts';
import { checkedElement } from './typeOf.ts';

/** A Map in the order in which keys were first put. Keys and values are in boxed form. */
export class ApexMap {
  /** `Map<K, V>` */
  readonly type: Type;
  /** Not 0 while it may not be changed: see guard.ts. */
  guard = 0;
  /** Keys are lower-case Strings and found in any case, as in the maps that describe calls give. */
  ignoresCase = false;
  readonly #values = new Map<unknown, unknown>();
  /** The keys as given; null as long as every one is its own. */
  #keys: Map<unknown, unknown> | null = null;
  #index: KeyIndex | null = null;

  constructor(type: Type) {
    this.type = type;
  }

  get $type(): Type {
    return this.type;
  }

  get keyType(): Type {
    return this.type.args[0] as Type;
  }

  get valueType(): Type {
    return this.type.args[1] as Type;
  }

  get size(): number {
    return this.#values.size;
  }

  /** The value, or null. */
  get(key: unknown): unknown {
    if (this.ignoresCase && typeof key === 'string') return this.#values.get(key.toLowerCase()) ?? null;
    const value = this.#values.get(
      typeof key === 'string' || typeof key === 'number' ? key : (this.#index ??= new KeyIndex()).find(key),
    );
    return value === undefined ? null : value;
  }

  containsKey(key: unknown): boolean {
    if (this.ignoresCase && typeof key === 'string') return this.#values.has(key.toLowerCase());
    return this.#values.has(
      typeof key === 'string' || typeof key === 'number' ? key : (this.#index ??= new KeyIndex()).find(key),
    );
  }

  /** Stores, and returns the value before it or null. */
  put(key: unknown, value: unknown): unknown {
    if (this.guard !== 0) refuse();
    let stored = key;
    if (typeof key !== 'string' && typeof key !== 'number') {
      stored = (this.#index ??= new KeyIndex()).intern(key);
      if (stored !== key && !this.#keys) this.#keys = new Map(ownKeys(this.#values));
    }
    if (this.#keys && !this.#keys.has(stored)) this.#keys.set(stored, key);
    const before = this.#values.get(stored);
    this.#values.set(stored, value);
    return before === undefined ? null : before;
  }

  /** {@link ApexMap.put} where only the map knows its types. @throws System.TypeException */
  putChecked(key: unknown, value: unknown): unknown {
    return this.put(checkedElement(key, this.keyType, this.type), checkedElement(value, this.valueType, this.type));
  }

  putAll(entries: Iterable<readonly [unknown, unknown]>): void {
    for (const [key, value] of [...entries]) this.put(key, value);
  }

  /** Takes out, and returns the value or null. */
  remove(key: unknown): unknown {
    if (this.guard !== 0) refuse();
    const stored =
      typeof key === 'string' || typeof key === 'number' ? key : (this.#index ??= new KeyIndex()).find(key);
    const before = this.#values.get(stored);
    if (before === undefined) return null;
    this.#values.delete(stored);
    this.#keys?.delete(stored);
    this.#index?.drop(stored);
    return before;
  }

  clear(): void {
    if (this.guard !== 0) refuse();
    this.#values.clear();
    this.#keys = null;
    this.#index = null;
  }

  /** Keys as they were put. */
  keys(): IterableIterator<unknown> {
    return this.#keys ? this.#keys.values() : this.#values.keys();
  }

  /** Values without the List around them. */
  rawValues(): IterableIterator<unknown> {
    return this.#values.values();
  }

  *entries(): IterableIterator<[unknown, unknown]> {
    const keys = this.keys();
    for (const value of this.#values.values()) yield [keys.next().value, value];
  }

  /** `keySet()`: a view; what is removed from it is removed from the map. */
  keySet(): AnySet {
    return new KeySet(this);
  }

  /** `values()`: a list of its own. */
  values(): ApexList {
    return new ApexList(current.universe.listOf(this.valueType), inOpenOrder([...this.#values.values()]));
  }

  /** A shallow copy of the same type. */
  clone(): ApexMap {
    const copy = new ApexMap(this.type);
    for (const [key, value] of this.entries()) copy.put(key, value);
    return copy;
  }
}

function* ownKeys(values: ReadonlyMap<unknown, unknown>): Iterable<[unknown, unknown]> {
  for (const key of values.keys()) yield [key, key];
}

/** The keys of a map, seen as a set. */
class KeySet extends AnySet {
  readonly type: Type;
  /** Counts what is removed from it; not what the map itself gains and loses (see GUARDED_SETS). */
  changes = 0;
  readonly #map: ApexMap;

  constructor(map: ApexMap) {
    super();
    this.#map = map;
    this.type = current.universe.setOf(map.keyType);
  }

  get size(): number {
    return this.#map.size;
  }

  get guard(): number {
    return this.#map.guard;
  }

  set guard(value: number) {
    this.#map.guard = value;
  }

  /**
   * The keys of a describe map are in small letters, and their set, unlike the map, minds the case (on the tests of
   * pauljuneau/SalesforceDesignPatterns; the reference speaks of the map alone).
   */
  contains(value: unknown): boolean {
    if (this.#map.ignoresCase && typeof value === 'string' && value !== value.toLowerCase()) return false;
    return this.#map.containsKey(value);
  }

  /** A key without a value can't be. unverified: the exception. */
  add(value: unknown): boolean {
    if (this.#map.containsKey(value)) return false;
    return raise('System.UnsupportedOperationException', 'Keys can only be added to the map itself');
  }

  remove(value: unknown): boolean {
    if (!this.#map.containsKey(value)) return false;
    this.#map.remove(value);
    this.changes++;
    return true;
  }

  clear(): void {
    this.#map.clear();
    this.changes++;
  }

  clone(): AnySet {
    return new ApexSet(this.type, this);
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    return iteratedInOpenOrder(this.#map.keys());
  }
}

/** A map of these types. */
export function mapOf(key: Type, value: Type, entries: Iterable<readonly [unknown, unknown]> = []): ApexMap {
  const map = new ApexMap(current.universe.mapOf(key, value));
  for (const [k, v] of entries) map.put(k, v);
  return map;
}
