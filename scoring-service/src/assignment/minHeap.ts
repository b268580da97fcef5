/** Binary heap of numbered items by key; equal keys come in the order of their values, so that results never vary. */
export class MinHeap {
  #keys = new Float64Array(256);
  #values = new Int32Array(256);
  #size = 0;

  clear(): void {
    this.#size = 0;
  }

  push(key: number, value: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const values = this.#values;
    let index = this.#size++;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(key, value, keys[parent] ?? 0, values[parent] ?? 0)) break;
      keys[index] = keys[parent] ?? 0;
      values[index] = values[parent] ?? 0;
      index = parent;
    }
    keys[index] = key;
    values[index] = value;
  }

  /** Takes out the item with the least key; undefined when empty. */
  pop(): number | undefined {
    if (this.#size === 0) return undefined;
    const keys = this.#keys;
    const values = this.#values;
    const top = values[0];
    const size = --this.#size;
    const key = keys[size] ?? 0;
    const value = values[size] ?? 0;
    let index = 0;
    for (let child = 1; child < size; child = 2 * index + 1) {
      const right = child + 1;
      if (right < size && isBefore(keys[right] ?? 0, values[right] ?? 0, keys[child] ?? 0, values[child] ?? 0)) child++;
      if (!isBefore(keys[child] ?? 0, values[child] ?? 0, key, value)) break;
      keys[index] = keys[child] ?? 0;
      values[index] = values[child] ?? 0;
      index = child;
    }
    keys[index] = key;
    values[index] = value;
    return top;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#size);
    const values = new Int32Array(2 * this.#size);
    keys.set(this.#keys);
    values.set(this.#values);
    this.#keys = keys;
    this.#values = values;
  }
}

function isBefore(key: number, value: number, otherKey: number, other: number): boolean {
  return key < otherKey || (key === otherKey && value < other);
}
