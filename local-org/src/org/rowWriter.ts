import { autoNumberText } from '../dml/systemFields.ts';
import type { RowDraft } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { ApexDatetime } from '../values/datetime.ts';

/** Writes records of the platform's own: no triggers, limits, checks or rights. */
export class RowWriter {
  readonly #store: Store;
  readonly #userId: string | null;
  readonly #now: ApexDatetime;

  /** @param now milliseconds since 1970. */
  constructor(store: Store, userId: string | null, now: number) {
    this.#store = store;
    this.#userId = userId;
    this.#now = new ApexDatetime(Math.floor(now / 1000) * 1000);
  }

  /** Returns the new record's id. @throws Error naming a field that the object does not have. */
  insert(object: string, fields: Readonly<Record<string, unknown>>): string {
    const table = this.#store.tableOf(object);
    const row = table.blankRow();
    row['Id'] = this.#store.newId(table.object);
    this.#set(object, row, fields);
    for (const field of table.object.fields.values()) {
      if (!field.autoNumber || row[field.name] !== null) continue;
      const number = this.#store.nextNumber(object, field.name, field.startingNumber);
      row[field.name] = autoNumberText(field.displayFormat ?? '{00000000}', number, this.#now.ms);
    }
    this.#stamp(row, 'Created');
    this.#stamp(row, 'LastModified');
    this.#store.insert(table, row);
    return row['Id'] as string;
  }

  update(object: string, id: string, fields: Readonly<Record<string, unknown>>): void {
    const table = this.#store.tableOf(object);
    const before = table.byId(id);
    if (!before) throw new Error(`${object} has no record ${id}`);
    const row = { ...before };
    this.#set(object, row, fields);
    this.#stamp(row, 'LastModified');
    this.#store.replace(table, row);
  }

  #set(object: string, row: RowDraft, fields: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(fields)) {
      if (row[name] === undefined) throw new Error(`${object} has no field ${name}`);
      row[name] = value;
    }
  }

  #stamp(row: RowDraft, what: 'Created' | 'LastModified'): void {
    if (row[`${what}Date`] === null) row[`${what}Date`] = this.#now;
    else if (what === 'LastModified' && row['LastModifiedDate'] !== undefined) row['LastModifiedDate'] = this.#now;
    if (row[`${what}ById`] !== undefined) row[`${what}ById`] ??= this.#userId;
    if (row['SystemModstamp'] !== undefined) row['SystemModstamp'] = this.#now;
  }
}
