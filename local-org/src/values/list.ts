import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { identical } from './equality.ts';
import { raise, required } from './exception.ts';
import { modified, READ_ONLY, refuse } from './guard.ts';
import { ApexIterator } from './iterator.ts';
import { checkedElement } from './typeOf.ts';

/** A List. Elements are in boxed form; generated code may read `items` itself. */
export class ApexList {
  /** `List<X>` */
  readonly type: Type;
  items: unknown[];
  /** Not 0 while it may not be changed in length: see guard.ts. */
  guard = 0;

  constructor(type: Type, items: unknown[] = []) {
    this.type = type;
    this.items = items;
  }

  get $type(): Type {
    return this.type;
  }

  get elementType(): Type {
    return this.type.args[0] as Type;
  }

  get size(): number {
    return this.items.length;
  }

  /** @throws System.ListException: List index out of bounds: 3 */
  get(index: number | null): unknown {
    const value = this.items[index as number];
    // A list has no holes and never undefined, so undefined is an index that is not there.
    if (value === undefined) outOfBounds(index);
    return value;
  }

  /** Replaces an element. @throws System.ListException: List index out of bounds: 3 */
  set(index: number | null, value: unknown): void {
    if ((index as number) >>> 0 >= this.items.length || index === null) outOfBounds(index);
    if (this.guard & READ_ONLY) refuse();
    this.items[index] = value;
  }

  /** Appends an element that is known to be of the list's type. */
  add(value: unknown): void {
    if (this.guard !== 0) this.guard = modified(this.guard);
    this.items.push(value);
  }

  /** Appends an element whose type only the list knows. @throws System.TypeException where it is of another. */
  addChecked(value: unknown): void {
    this.add(checkedElement(value, this.elementType, this.type));
  }

  /** {@link ApexList.set} for a value whose type only the list knows. */
  setChecked(index: number | null, value: unknown): void {
    this.set(index, checkedElement(value, this.elementType, this.type));
  }

  /** Inserts before `index`. @throws System.ListException: List index out of bounds: 3 */
  insert(index: number | null, value: unknown): void {
    if (this.guard !== 0) this.guard = modified(this.guard);
    const at = required(index);
    if (at < 0 || at > this.items.length) outOfBounds(at);
    this.items.splice(at, 0, value);
  }

  /** {@link ApexList.insert} of a value whose type only the list knows. */
  insertChecked(index: number | null, value: unknown): void {
    this.insert(index, checkedElement(value, this.elementType, this.type));
  }

  addAll(values: Iterable<unknown>): void {
    if (this.guard !== 0) this.guard = modified(this.guard);
    // A copy, since a list may be added to itself.
    for (const value of Array.isArray(values) ? values.slice() : [...values]) this.items.push(value);
  }

  /** Removes and returns. @throws System.ListException: List index out of bounds: 3 */
  remove(index: number | null): unknown {
    if (this.guard !== 0) this.guard = modified(this.guard);
    const at = required(index);
    if (at < 0 || at >= this.items.length) outOfBounds(at);
    if (at === this.items.length - 1) return this.items.pop();
    return this.items.splice(at, 1)[0];
  }

  clear(): void {
    if (this.guard !== 0) this.guard = modified(this.guard);
    this.items = [];
  }

  /** The place of the first equal element of the same type, or -1. */
  indexOf(value: unknown): number {
    const { items } = this;
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return items.indexOf(value);
    }
    for (let at = 0; at < items.length; at++) if (identical(items[at], value)) return at;
    return -1;
  }

  contains(value: unknown): boolean {
    return this.indexOf(value) >= 0;
  }

  /** A shallow copy of the same type. */
  clone(): ApexList {
    return new ApexList(this.type, this.items.slice());
  }

  /** An Iterator over the list. */
  iterator(): ApexIterator {
    return new ApexIterator(this.elementType, this.items);
  }

  [Symbol.iterator](): IterableIterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

function outOfBounds(index: number | null): never {
  raise('System.ListException', `List index out of bounds: ${required(index)}`);
}

/** A list of this element type. */
export function listOf(element: Type, items: unknown[] = []): ApexList {
  return new ApexList(current.universe.listOf(element), items);
}

/** A `List<String>`. */
export function stringList(items: string[]): ApexList {
  return new ApexList(current.universe.listOf(current.universe.String), items);
}
