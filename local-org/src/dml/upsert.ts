import { indexKey } from '../store/indexKey.ts';
import { raise } from '../values/exception.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { fault } from './faults.ts';
import type { SaveRow } from './save.ts';

/** Finds out for each record of an upsert whether it is created or updated. @param keyName `Id` or an external id field. */
export function resolveUpsert(
  context: DmlContext,
  records: readonly SObjectValue[],
  keyName: string | null,
): SaveRow[] {
  const seen = new Map<unknown, number>();
  return records.map((input, index) => {
    const row = { input, index, object: input.object, created: false, before: null, record: null, faults: [] };
    if (keyName === null || keyName.toLowerCase() === 'id') return { ...row, created: input.id === null };
    return resolveByKey(context, row, keyName, seen);
  });
}

function resolveByKey(context: DmlContext, row: SaveRow, keyName: string, seen: Map<unknown, number>): SaveRow {
  const field = row.object.fields.get(keyName.toLowerCase());
  if (!field?.idLookup) {
    return raise(
      'System.SObjectException',
      `Invalid field for upsert, must be an External Id custom or standard indexed field: ${keyName}`,
    );
  }
  const value = row.input.fields[field.name] ?? null;
  if (value === null) {
    return { ...row, faults: [fault('MISSING_ARGUMENT', `${field.name} not specified`, [])] };
  }
  const key = indexKey(value);
  if (seen.has(key)) {
    const message = `Duplicate external id specified: ${String(value)}`;
    return { ...row, faults: [fault('DUPLICATE_VALUE', message, [field.name])] };
  }
  seen.set(key, row.index);
  const found = context.store
    .table(row.object)
    .find(field.name, value)
    .filter((candidate) => candidate['IsDeleted'] !== true);
  const [match, second] = found;
  if (second) {
    const ids = found.map((entry) => entry['Id']).join(', ');
    const message = `${field.label}: more than one record found for external id field: [${ids}]`;
    return { ...row, faults: [fault('DUPLICATE_EXTERNAL_ID', message)] };
  }
  if (!match) return { ...row, created: true };
  row.input.fields['Id'] = match['Id'];
  return row;
}
