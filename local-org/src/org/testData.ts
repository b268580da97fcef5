import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { Table } from '../store/table.ts';

/** A record that has been taken out of its table. */
export interface HiddenRow {
  readonly table: Table;
  readonly row: Row;
}

/**
 * Takes the org's data out: tests see only what they write, and what manages the org (users, profiles, metadata). The
 * standard price book stays, since tests may refer to it by id. Source: Apex Developer Guide, "Isolation of Test Data from
 * Organization Data in Unit Tests".
 */
export function hideData(store: Store): HiddenRow[] {
  const hidden: HiddenRow[] = [];
  for (const table of store.tables()) {
    if (!isData(table.object)) continue;
    for (const row of table.slots) if (row && row['IsStandard'] !== true) hidden.push({ table, row });
  }
  for (const { table, row } of hidden) store.remove(table, row['Id'] as string);
  return hidden;
}

/** Puts records back that {@link hideData} has taken out. */
export function revealData(store: Store, hidden: readonly HiddenRow[]): void {
  for (const { table, row } of hidden) store.insert(table, row);
}

function isData({ custom, metadataType, setup, triggerable }: ObjectDescriptor): boolean {
  return !setup && !metadataType && (custom || triggerable);
}
