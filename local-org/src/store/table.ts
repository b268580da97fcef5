import type { ObjectDescriptor } from '../schema/descriptor.ts';
import { FieldIndex } from './fieldIndex.ts';
import { fieldReader, rowFactory, rowPacker } from './row.ts';
import type { Row, RowDraft } from './row.ts';

/**
 * The rows of one object in the order of their creation. A row keeps its slot for life; deleted rows stay, marked by
 * `IsDeleted`, while they are in the recycle bin.
 */
export class Table {
  readonly object: ObjectDescriptor;
  readonly blankRow: () => RowDraft;
  /** A row with the stored fields of a record. */
  readonly pack: (fields: RowDraft) => RowDraft;
  /** Raised with every write. */
  version = 0;
  #slots: (Row | null)[] = [];
  readonly #byId = new Map<string, number>();
  readonly #indexes = new Map<string, FieldIndex>();

  constructor(object: ObjectDescriptor) {
    this.object = object;
    this.blankRow = rowFactory(object);
    this.pack = rowPacker(object);
  }

  /** Rows that exist or are in the recycle bin; null where one is gone for good. */
  get slots(): readonly (Row | null)[] {
    return this.#slots;
  }

  slotOf(id: string): number | undefined {
    return this.#byId.get(id);
  }

  at(slot: number): Row | null {
    return this.#slots[slot] ?? null;
  }

  /** The row with this 18-character id, in the recycle bin or not. */
  byId(id: string): Row | null {
    const slot = this.#byId.get(id);
    return slot === undefined ? null : this.at(slot);
  }

  /** Puts a row into a slot, or null to empty it; a slot past the end extends the table. Keeps the indexes. */
  write(slot: number, after: Row | null): Row | null {
    const before = this.at(slot);
    while (this.#slots.length < slot) this.#slots.push(null);
    this.#slots[slot] = after;
    this.version++;
    if (before !== null && before['Id'] !== after?.['Id']) this.#byId.delete(before['Id'] as string);
    if (after !== null) this.#byId.set(after['Id'] as string, slot);
    for (const index of this.#indexes.values()) index.replace(slot, before, after);
    // Undoing inserts empties slots at the end.
    while (this.#slots.length > 0 && this.#slots[this.#slots.length - 1] === null) this.#slots.pop();
    return before;
  }

  /** The index of a field, built on first use. Only fields that the platform indexes have one. */
  index(fieldName: string): FieldIndex | null {
    const known = this.#indexes.get(fieldName);
    if (known) return known;
    const field = this.object.fields.get(fieldName.toLowerCase());
    if (!field?.indexed || field.calculated) return null;
    const index = new FieldIndex(fieldReader(this.object.name, field.name));
    for (let slot = 0; slot < this.#slots.length; slot++) index.replace(slot, null, this.at(slot));
    this.#indexes.set(fieldName, index);
    return index;
  }

  /** Rows whose indexed field has this value, oldest first, deleted ones too. */
  find(fieldName: string, value: unknown): Row[] {
    const index = this.index(fieldName);
    if (!index) throw new Error(`${this.object.name}.${fieldName} has no index`);
    const slots = [...index.find(value)].sort((a, b) => a - b);
    return slots.map((slot) => this.#slots[slot]).filter((row): row is Row => row !== null && row !== undefined);
  }

  get size(): number {
    return this.#byId.size;
  }
}
