import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { raise } from './exception.ts';

/** What `iterator()` of a collection gives; a live view of the elements. */
export class ApexIterator {
  readonly #element: Type;
  readonly #items: readonly unknown[];
  #next = 0;

  constructor(element: Type, items: readonly unknown[]) {
    this.#element = element;
    this.#items = items;
  }

  get $type(): Type {
    const universe = current.universe;
    return universe.of(universe.platform('System.Iterator').def, [this.#element]);
  }

  hasNext(): boolean {
    return this.#next < this.#items.length;
  }

  /** @throws System.NoSuchElementException after the last element (unverified: the message). */
  next(): unknown {
    if (!this.hasNext()) raise('System.NoSuchElementException', 'Iterator has no more elements');
    return this.#items[this.#next++];
  }
}
