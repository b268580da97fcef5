/** Binary heap of numbered items by key; equal keys come in the order of their values, so that results never vary. */
export class MinHeap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  push(key: number, value: number): void {
    let index = this.#keys.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(key, value, parent)) break;
      this.#copy(parent, index);
      index = parent;
    }
    this.#keys[index] = key;
    this.#values[index] = value;
  }

  /** Takes out the item with the least key; undefined when empty. */
  pop(): { key: number; value: number } | undefined {
    const key = this.#keys[0];
    const value = this.#values[0];
    const lastKey = this.#keys.pop();
    const lastValue = this.#values.pop();
    if (key === undefined || value === undefined || lastKey === undefined || lastValue === undefined) return undefined;
    if (this.#keys.length > 0) this.#sink(lastKey, lastValue);
    return { key, value };
  }

  #sink(key: number, value: number): void {
    const size = this.#keys.length;
    let index = 0;
    for (let child = 1; child < size; child = 2 * index + 1) {
      if (child + 1 < size && this.#isBefore(this.#keys[child + 1] ?? 0, this.#values[child + 1] ?? 0, child)) child++;
      if (!this.#isBefore(this.#keys[child] ?? 0, this.#values[child] ?? 0, index, key, value)) break;
      this.#copy(child, index);
      index = child;
    }
    this.#keys[index] = key;
    this.#values[index] = value;
  }

  #isBefore(
    key: number,
    value: number,
    index: number,
    otherKey = this.#keys[index] ?? 0,
    other = this.#values[index] ?? 0,
  ): boolean {
    return key < otherKey || (key === otherKey && value < other);
  }

  #copy(from: number, to: number): void {
    this.#keys[to] = this.#keys[from] ?? 0;
    this.#values[to] = this.#values[from] ?? 0;
  }
}
