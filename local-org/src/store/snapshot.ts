import { z } from 'zod';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import { ApexBlob, base64Of } from '../values/blob.ts';
import { ApexDate } from '../values/date.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { ApexDecimal, decFromText, decText } from '../values/decimal.ts';
import { ApexDouble } from '../values/double.ts';
import { ApexTime } from '../values/time.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';

const counter = z.array(z.tuple([z.string(), z.number()]));
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const snapshot = z.object({
  version: z.literal(1),
  ids: counter,
  numbers: counter,
  tables: z.array(z.object({ object: z.string(), fields: z.array(z.string()), rows: z.array(z.array(value)) })),
});

type Plain = z.output<typeof value>;

/** The whole store as text, fields by name. Takes no part of the undo log along: write it between transactions. */
export function writeSnapshot(store: Store): string {
  const tables = [...store.tables()].map((table) => {
    const fields = Object.keys(table.blankRow());
    const rows = table.slots
      .filter((row): row is Row => row !== null)
      .map((row) => fields.map((name) => plain(row[name])));
    return { object: table.object.name, fields, rows };
  });
  return JSON.stringify({ version: 1, ...store.counters(), tables });
}

/**
 * Fills an empty store from {@link writeSnapshot}'s text. Fields that the schema no longer has are left out, new ones are
 * blank.
 *
 * @throws Error naming an object that the schema does not have; ZodError where the text is no snapshot.
 */
export function readSnapshot(store: Store, text: string): void {
  const { ids, numbers, tables } = snapshot.parse(JSON.parse(text));
  store.restoreCounters({ ids, numbers });
  for (const { object, fields, rows } of tables) {
    const table = store.tableOf(object);
    const known = fields.map((name) => table.object.fields.get(name.toLowerCase()) ?? null);
    for (const cells of rows) store.insert(table, { ...table.blankRow(), ...rowOf(table.object, known, cells) });
  }
  store.commit();
}

function rowOf(
  object: ObjectDescriptor,
  fields: readonly (FieldDescriptor | null)[],
  cells: readonly Plain[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [index, field] of fields.entries()) {
    const cell = cells[index] ?? null;
    if (field) row[field.name] = boxed(`${object.name}.${field.name}`, field.apexType, cell);
  }
  return row;
}

function plain(cell: unknown): Plain {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return cell;
  if (typeof cell === 'bigint') return String(cell);
  if (cell instanceof ApexDecimal) return decText(cell);
  if (cell instanceof ApexDouble) return cell.value;
  if (cell instanceof ApexDate) return cell.days;
  if (cell instanceof ApexDatetime || cell instanceof ApexTime) return cell.ms;
  if (cell instanceof ApexBlob) return base64Of(cell);
  throw new Error(`a snapshot can't hold ${String(cell)}`);
}

function boxed(name: string, apexType: string, cell: Plain): unknown {
  if (cell === null) return null;
  if (apexType === 'Decimal' && typeof cell === 'string') return decFromText(cell);
  if (apexType === 'Long' && typeof cell === 'string') return BigInt(cell);
  if (apexType === 'Blob' && typeof cell === 'string') return new ApexBlob(Buffer.from(cell, 'base64'));
  if (typeof cell === 'number') {
    if (apexType === 'Date') return new ApexDate(cell);
    if (apexType === 'Datetime') return new ApexDatetime(cell);
    if (apexType === 'Time') return new ApexTime(cell);
    if (apexType === 'Double') return new ApexDouble(cell);
  }
  if (apexType === 'Decimal') throw new Error(`the snapshot's value of ${name} is of another type`);
  return cell;
}
