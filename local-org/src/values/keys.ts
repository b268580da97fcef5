import { equalsUser, hashOfUser } from './equality.ts';
import { keyOf, USER_KEY } from './key.ts';

/**
 * Finds the key under which a set or map stores an element. For most it is a function of the value; an object of a
 * class with `equals` and `hashCode` has as key the first object put in that it equals.
 */
export class KeyIndex {
  #buckets: Map<number, object[]> | null = null;

  /** The key of a value that is looked for. */
  find(value: unknown): unknown {
    const key = keyOf(value);
    return key === USER_KEY ? (this.#search(value as object) ?? value) : key;
  }

  /** The key of a value that is put in. */
  intern(value: unknown): unknown {
    const key = keyOf(value);
    if (key !== USER_KEY) return key;
    const object = value as object;
    const found = this.#search(object);
    if (found) return found;
    this.#buckets ??= new Map();
    const hash = hashOfUser(object);
    const bucket = this.#buckets.get(hash);
    if (bucket) bucket.push(object);
    else this.#buckets.set(hash, [object]);
    return object;
  }

  /** Forgets a key that was taken out. */
  drop(key: unknown): void {
    if (!this.#buckets || typeof key !== 'object' || key === null) return;
    for (const bucket of this.#buckets.values()) {
      const at = bucket.indexOf(key);
      if (at >= 0) bucket.splice(at, 1);
    }
  }

  clear(): void {
    this.#buckets = null;
  }

  #search(value: object): object | null {
    const bucket = this.#buckets?.get(hashOfUser(value));
    return bucket?.find((other) => other === value || equalsUser(other, value)) ?? null;
  }
}
