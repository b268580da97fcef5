import type { Selection } from '../../engine/data.ts';
import { ApexBlob, base64Of } from '../../values/blob.ts';
import { ApexDate } from '../../values/date.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { ApexDecimal, decToDouble } from '../../values/decimal.ts';
import { ApexDouble } from '../../values/double.ts';
import { ApexList } from '../../values/list.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { ApexTime } from '../../values/time.ts';

export type RowJson = Record<string, unknown>;

/**
 * A record as the REST API shows it; `base` is `/services/data/vXX.X`. Apex rows carry their id and the lookups that a query
 * follows; of a query's rows the API shows what the query selected.
 */
export function rowJson(row: SObjectValue, base: string, selection?: Selection): RowJson {
  const { object, id } = row;
  const type = object.name;
  const json: RowJson = {
    attributes: id === null || type === 'AggregateResult' ? { type } : { type, url: `${base}/sobjects/${type}/${id}` },
  };
  for (const name of row.populated()) {
    const related = selection?.related.get(name);
    if (selection && !related && !selection.names.has(name)) continue;
    json[name] = valueJson(row.fields[name], base, related);
  }
  for (const [name, value] of Object.entries(row.shown)) json[name] = valueJson(value, base);
  return json;
}

/** The value of a field as JSON: dates in ISO 8601, instants in UTC with milliseconds; of records what is selected. */
export function valueJson(value: unknown, base: string, selections: readonly Selection[] = []): unknown {
  if (value instanceof SObjectValue) {
    return rowJson(value, base, selections.find(({ object }) => object === value.object.name) ?? selections.at(-1));
  }
  if (value instanceof ApexList) {
    const records = value.items.map((item) => valueJson(item, base, selections));
    return records.length === 0 ? null : { totalSize: records.length, done: true, records };
  }
  if (value instanceof ApexDecimal) return decToDouble(value);
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof ApexDatetime) return new Date(value.ms).toISOString().replace('Z', '+0000');
  if (value instanceof ApexDate) return new Date(value.days * 86_400_000).toISOString().slice(0, 10);
  if (value instanceof ApexTime) return new Date(value.ms).toISOString().slice(11);
  if (value instanceof ApexBlob) return base64Of(value);
  if (typeof value === 'bigint') return Number(value);
  return value ?? null;
}
