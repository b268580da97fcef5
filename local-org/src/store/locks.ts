/** Row locks of FOR UPDATE, held by a transaction until it ends. */
export class RowLocks {
  readonly #owners = new Map<string, object>();

  /** The owner that keeps another from having this row, or null. */
  holder(id: string, owner: object): object | null {
    const holder = this.#owners.get(id);
    return holder === undefined || holder === owner ? null : holder;
  }

  /** Takes all of these rows for one owner, or none and returns the id that another holds. */
  take(ids: Iterable<string>, owner: object): string | null {
    const wanted = [...ids];
    for (const id of wanted) if (this.holder(id, owner)) return id;
    for (const id of wanted) this.#owners.set(id, owner);
    return null;
  }

  release(owner: object): void {
    for (const [id, holder] of this.#owners) if (holder === owner) this.#owners.delete(id);
  }

  get size(): number {
    return this.#owners.size;
  }
}
