import { indexKey } from './indexKey.ts';
import type { FieldReader, Row } from './row.ts';

/** Slots of the rows that have a value in one field. Blank values are not indexed. */
export class FieldIndex {
  readonly #read: FieldReader;
  readonly #slots = new Map<string | number | bigint | boolean, number | Set<number>>();

  constructor(read: FieldReader) {
    this.#read = read;
  }

  /** Slots whose value is equal under SOQL's `=`, in no particular order; a superset where case matters. */
  find(value: unknown): Iterable<number> {
    const key = indexKey(value);
    const slots = key === null ? undefined : this.#slots.get(key);
    if (slots === undefined) return [];
    return typeof slots === 'number' ? [slots] : slots;
  }

  count(value: unknown): number {
    const key = indexKey(value);
    const slots = key === null ? undefined : this.#slots.get(key);
    if (slots === undefined) return 0;
    return typeof slots === 'number' ? 1 : slots.size;
  }

  replace(slot: number, before: Row | null, after: Row | null): void {
    const old = before === null ? null : indexKey(this.#read(before));
    const now = after === null ? null : indexKey(this.#read(after));
    if (old === now) return;
    if (old !== null) this.#remove(old, slot);
    if (now !== null) this.#add(now, slot);
  }

  #add(key: string | number | bigint | boolean, slot: number): void {
    const slots = this.#slots.get(key);
    if (slots === undefined) this.#slots.set(key, slot);
    else if (typeof slots === 'number') this.#slots.set(key, new Set([slots, slot]));
    else slots.add(slot);
  }

  #remove(key: string | number | bigint | boolean, slot: number): void {
    const slots = this.#slots.get(key);
    if (slots === slot) this.#slots.delete(key);
    else if (typeof slots === 'object') {
      slots.delete(slot);
      if (slots.size === 0) this.#slots.delete(key);
    }
  }
}
