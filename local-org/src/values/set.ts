import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { AnySet } from './anySet.ts';
import { iteratedInOpenOrder } from './anyOrder.ts';
import { refuse } from './guard.ts';
import { KeyIndex } from './keys.ts';

/** A Set in the order in which elements were added (unless open orders are shuffled). Elements are in boxed form. */
export class ApexSet extends AnySet {
  /** `Set<X>` */
  readonly type: Type;
  /** Not 0 while it may not be changed: see guard.ts. */
  guard = 0;
  /** Counts additions and removals, so that a loop knows that there were some. */
  changes = 0;
  readonly #keys = new Set<unknown>();
  /** Elements by key; null as long as every element is its own key. */
  #elements: Map<unknown, unknown> | null = null;
  #index: KeyIndex | null = null;

  constructor(type: Type, values: Iterable<unknown> | null = null) {
    super();
    this.type = type;
    if (values) for (const value of values) this.add(value);
  }

  get size(): number {
    return this.#keys.size;
  }

  add(value: unknown): boolean {
    if (this.guard !== 0) refuse();
    let key = value;
    if (typeof value !== 'string' && typeof value !== 'number') {
      this.#index ??= new KeyIndex();
      key = this.#index.intern(value);
    }
    const before = this.#keys.size;
    this.#keys.add(key);
    if (this.#keys.size === before) return false;
    this.changes++;
    if (key !== value) this.#elements ??= new Map(zip(this.#keys, key));
    this.#elements?.set(key, value);
    return true;
  }

  contains(value: unknown): boolean {
    if (typeof value === 'string' || typeof value === 'number') return this.#keys.has(value);
    return this.#keys.has((this.#index ??= new KeyIndex()).find(value));
  }

  remove(value: unknown): boolean {
    if (this.guard !== 0) refuse();
    const key =
      typeof value === 'string' || typeof value === 'number' ? value : (this.#index ??= new KeyIndex()).find(value);
    if (!this.#keys.delete(key)) return false;
    this.changes++;
    this.#elements?.delete(key);
    this.#index?.drop(key);
    return true;
  }

  clear(): void {
    if (this.guard !== 0) refuse();
    this.#keys.clear();
    this.changes++;
    this.#elements = null;
    this.#index = null;
  }

  clone(): ApexSet {
    return new ApexSet(this.type, this);
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    return iteratedInOpenOrder(this.#elements ? this.#elements.values() : this.#keys.values());
  }
}

/** Keys that are their own elements, in order, except the one just added. */
function* zip(keys: Iterable<unknown>, except: unknown): Iterable<[unknown, unknown]> {
  for (const key of keys) if (key !== except) yield [key, key];
}

/** A set of this element type. */
export function setOf(element: Type, values: Iterable<unknown> | null = null): ApexSet {
  return new ApexSet(current.universe.setOf(element), values);
}
