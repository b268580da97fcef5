import type { ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import { idOf } from './ids.ts';
import { RowLocks } from './locks.ts';
import type { Row } from './row.ts';
import { Table } from './table.ts';

type Undo =
  | { readonly table: Table; readonly slot: number; readonly before: Row | null }
  /** Of a record that was locked for editing, or not. */
  | { readonly id: string; readonly locked: boolean };

/** A place in the undo log to which the store can be taken back. */
export type Mark = number;

/**
 * The records of an org, with one undo log. Whoever writes first takes a {@link mark}; {@link rollback} takes
 * everything since back, {@link commit} forgets how to. Ids and autonumbers are never taken back.
 */
export class Store {
  readonly schema: Schema;
  readonly locks = new RowLocks();
  readonly #tables = new Map<string, Table>();
  readonly #log: Undo[] = [];
  readonly #locked = new Set<string>();
  readonly #nextId = new Map<string, number>();
  readonly #nextNumber = new Map<string, number>();
  /** Below it the log is kept: a test is running. */
  #isolated: Mark[] = [];
  #version = 0;

  constructor(schema: Schema) {
    this.schema = schema;
  }

  /** Raised with every write: what was computed from rows before may be out of date. */
  get version(): number {
    return this.#version;
  }

  table(object: ObjectDescriptor): Table {
    let table = this.#tables.get(object.name);
    if (!table) {
      table = new Table(object);
      this.#tables.set(object.name, table);
    }
    return table;
  }

  /** The table of an object by canonical name. @throws Error where the schema has none. */
  tableOf(name: string): Table {
    const known = this.#tables.get(name);
    if (known) return known;
    const object = this.schema.object(name);
    if (!object) throw new Error(`the schema has no object ${name}`);
    return this.table(object);
  }

  /** The row with this id, whatever its object; deleted ones too. */
  byId(id: string): Row | null {
    const object = this.schema.byKeyPrefix(id.slice(0, 3));
    if (!object) return null;
    return this.table(object).byId(id);
  }

  newId(object: ObjectDescriptor): string {
    const next = (this.#nextId.get(object.keyPrefix) ?? 0) + 1;
    this.#nextId.set(object.keyPrefix, next);
    return idOf(object.keyPrefix, next);
  }

  /** The next number of an autonumber field. */
  nextNumber(object: string, field: string, first: number): number {
    const key = `${object}.${field}`;
    const next = this.#nextNumber.get(key) ?? first;
    this.#nextNumber.set(key, next + 1);
    return next;
  }

  insert(table: Table, row: Row): void {
    this.#write(table, table.slots.length, row);
  }

  /** Replaces the row with the same id. */
  replace(table: Table, row: Row): void {
    const slot = table.slotOf(row['Id'] as string);
    if (slot === undefined) throw new Error(`${table.object.name} has no row ${String(row['Id'])}`);
    this.#write(table, slot, row);
  }

  /** Removes a row for good. */
  remove(table: Table, id: string): void {
    const slot = table.slotOf(id);
    if (slot !== undefined) this.#write(table, slot, null);
  }

  #write(table: Table, slot: number, row: Row | null): void {
    const before = table.write(slot, row);
    this.#log.push({ table, slot, before });
    this.#version++;
  }

  /** Whether a record is locked for editing, by `Approval.lock`. */
  isLocked(id: string): boolean {
    return this.#locked.has(id);
  }

  setLocked(id: string, on: boolean): void {
    const locked = this.#locked.has(id);
    if (locked === on) return;
    this.#log.push({ id, locked });
    if (on) this.#locked.add(id);
    else this.#locked.delete(id);
  }

  mark(): Mark {
    return this.#log.length;
  }

  /** What has been written since: of each slot the row then and the row now, in the order of the first writes. */
  changesSince(mark: Mark): { readonly table: Table; readonly before: Row | null; readonly after: Row | null }[] {
    const seen = new Map<Table, Set<number>>();
    const first: { table: Table; slot: number; before: Row | null }[] = [];
    for (const undo of this.#log.slice(mark)) {
      if (!('table' in undo)) continue;
      const slots = seen.get(undo.table) ?? new Set();
      if (slots.has(undo.slot)) continue;
      seen.set(undo.table, slots.add(undo.slot));
      first.push(undo);
    }
    return first.map(({ table, slot, before }) => ({ table, before, after: table.slots[slot] ?? null }));
  }

  rollback(mark: Mark): void {
    if (mark > this.#log.length) throw new Error('the store can only be rolled back to where it has been');
    if (mark === this.#log.length) return;
    while (this.#log.length > mark) {
      const undo = this.#log.pop() as Undo;
      if ('table' in undo) undo.table.write(undo.slot, undo.before);
      else if (undo.locked) this.#locked.add(undo.id);
      else this.#locked.delete(undo.id);
    }
    this.#version++;
  }

  /** Keeps what was written. Inside {@link isolate} the log stays, so that the test can be taken back. */
  commit(): void {
    if (this.#isolated.length === 0) this.#log.length = 0;
  }

  /** Everything until {@link endIsolation} is taken back then, commits or not. Nests. */
  isolate(): void {
    this.#isolated.push(this.mark());
  }

  endIsolation(): void {
    const mark = this.#isolated.pop();
    if (mark === undefined) throw new Error('the store is not isolated');
    this.rollback(mark);
    this.commit();
  }

  // --- snapshots

  tables(): Iterable<Table> {
    return this.#tables.values();
  }

  /** Next ids by key prefix and next autonumbers, for a snapshot. */
  counters(): { ids: [string, number][]; numbers: [string, number][] } {
    return { ids: [...this.#nextId], numbers: [...this.#nextNumber] };
  }

  restoreCounters(counters: { ids: readonly [string, number][]; numbers: readonly [string, number][] }): void {
    for (const [prefix, next] of counters.ids) this.#nextId.set(prefix, next);
    for (const [key, next] of counters.numbers) this.#nextNumber.set(key, next);
  }
}
