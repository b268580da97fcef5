import type { Type } from '../types/type.ts';
import { ApexIterator } from './iterator.ts';
import { checkedElement } from './typeOf.ts';

/** What sets and key views of maps have in common. */
export abstract class AnySet {
  abstract readonly type: Type;
  abstract readonly size: number;
  abstract guard: number;
  /** Grows with every addition and removal. */
  abstract readonly changes: number;

  get $type(): Type {
    return this.type;
  }

  get elementType(): Type {
    return this.type.args[0] as Type;
  }

  /** False where an equal element is already there. */
  abstract add(value: unknown): boolean;
  abstract contains(value: unknown): boolean;
  /** False where there was no such element. */
  abstract remove(value: unknown): boolean;
  abstract clear(): void;
  abstract [Symbol.iterator](): IterableIterator<unknown>;

  /** {@link AnySet.add} for an element whose type only the set knows. @throws System.TypeException */
  addChecked(value: unknown): boolean {
    return this.add(checkedElement(value, this.elementType, this.type));
  }

  /** True where the set changed. */
  addAll(values: Iterable<unknown>): boolean {
    let changed = false;
    for (const value of [...values]) if (this.add(value)) changed = true;
    return changed;
  }

  containsAll(values: Iterable<unknown>): boolean {
    for (const value of values) if (!this.contains(value)) return false;
    return true;
  }

  /** True where the set changed. */
  removeAll(values: Iterable<unknown>): boolean {
    let changed = false;
    for (const value of [...values]) if (this.remove(value)) changed = true;
    return changed;
  }

  /** Keeps what `kept` has too; true where the set changed. */
  retainAll(kept: AnySet): boolean {
    let changed = false;
    for (const value of [...this]) if (!kept.contains(value) && this.remove(value)) changed = true;
    return changed;
  }

  iterator(): ApexIterator {
    return new ApexIterator(this.elementType, [...this]);
  }

  /** A set of its own with the same elements. */
  abstract clone(): AnySet;
}
