import { current } from '../engine/current.ts';
import type { DmlFault } from '../engine/data.ts';
import type { Row, RowDraft } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { DmlContext } from './context.ts';
import { badPicklistValue } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

const FIELDS = ['CurrencyIsoCode', 'DefaultCurrencyIsoCode'] as const;

/** Gives a new row the currency of whoever creates it, where the org has several and none was given. */
export function applyCurrency(store: Store, draft: RowDraft): void {
  for (const name of FIELDS) {
    if (draft[name] !== null) continue;
    draft[name] = store.tableOf('User').byId(current.tx.user.id)?.['DefaultCurrencyIsoCode'] ?? corporate(store);
  }
}

/** A currency has to be one of the org's active ones. */
export function checkCurrency(context: DmlContext, row: SaveRow): DmlFault | null {
  for (const name of FIELDS) {
    const field = row.object.fields.get(name.toLowerCase());
    const value = draftOf(row)[name];
    if (!field || row.before?.[name] === value) continue;
    const isKnown = currencies(context.store).some((type) => type['IsoCode'] === value && type['IsActive'] === true);
    if (!isKnown) return badPicklistValue(field, String(value));
  }
  return null;
}

function currencies(store: Store): Row[] {
  return store.tableOf('CurrencyType').slots.filter((row) => row !== null);
}

function corporate(store: Store): unknown {
  return currencies(store).find((row) => row['IsCorporate'] === true)?.['IsoCode'] ?? null;
}
