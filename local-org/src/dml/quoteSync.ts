import { current } from '../engine/current.ts';
import type { DmlFault } from '../engine/data.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { ApexDate } from '../values/date.ts';
import { ApexDecimal, decEquals } from '../values/decimal.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { deleteChunk } from './delete.ts';
import { fault } from './faults.ts';
import { recordOf } from './records.ts';
import { draftOf } from './save.ts';
import type { SaveOptions, SaveRow } from './save.ts';
import { saveChunk } from './saveChunk.ts';

/** What of a line the other one gets. Source: Salesforce Help, Sync Quotes and Opportunities. */
const SHARED = ['Quantity', 'UnitPrice', 'ServiceDate', 'Discount'];

/** Records that syncing itself saves: they are not synced on. */
const bySync = new WeakSet<SObjectValue>();

/**
 * A synced quote is one of the opportunity's own, and it is read only in a trigger. Source: Object Reference, Opportunity,
 * SyncedQuoteId. unverified: the codes and texts.
 */
export function checkSyncedQuote(store: Store, row: SaveRow): DmlFault | null {
  if (!changesQuote(row)) return null;
  const draft = draftOf(row);
  const isOfTrigger = current.tx.triggerDepth > 0 || row.input.fields['SyncedQuoteId'] !== draft['SyncedQuoteId'];
  if (isOfTrigger)
    return fault('FIELD_INTEGRITY_EXCEPTION', 'SyncedQuoteId is read only in a trigger', ['SyncedQuoteId']);
  const quote = draft['SyncedQuoteId'] === null ? null : store.byId(String(draft['SyncedQuoteId']));
  if (!quote || quote['OpportunityId'] === row.before?.['Id']) return null;
  return fault('FIELD_INTEGRITY_EXCEPTION', "The synced quote isn't one of the opportunity", ['SyncedQuoteId']);
}

function changesQuote(row: SaveRow): boolean {
  if (row.object.name !== 'Opportunity' || !row.object.fields.has('syncedquoteid')) return false;
  return (row.before?.['SyncedQuoteId'] ?? null) !== (draftOf(row)['SyncedQuoteId'] ?? null);
}

/**
 * Begins and ends syncing: the quote says that it is syncing, and its lines replace the products of the opportunity.
 * Source: Salesforce Help, How Quote Syncing Works. That triggers of the quote run rests on dschach/QuoteCustomSync alone.
 * unverified: that all this is done before the opportunity's after triggers.
 */
export function startSyncing(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  const { store } = context;
  for (const row of rows.filter(changesQuote)) {
    markSyncing(context, row, row.before?.['SyncedQuoteId'], false, options);
    const quoteId = draftOf(row)['SyncedQuoteId'];
    if (quoteId === null) continue;
    markSyncing(context, row, quoteId, true, options);
    const opportunityId = row.before?.['Id'];
    const caused = (lines: readonly Row[]): Pair[] => lines.map((line) => [row, line]);
    deleteLines(context, caused(liveLines(store, 'OpportunityLineItem', 'OpportunityId', opportunityId)), options);
    const lines = caused(liveLines(store, 'QuoteLineItem', 'QuoteId', quoteId));
    createLines(context, 'OpportunityLineItem', lines, options);
    const stored = store.byId(String(opportunityId));
    if (stored) row.record = recordOf(store, row.object, stored);
  }
}

/** Saves what a quote says of its syncing like any change of it, whoever changed the opportunity. */
function markSyncing(context: DmlContext, cause: SaveRow, id: unknown, IsSyncing: boolean, options: SaveOptions): void {
  const before = typeof id === 'string' ? context.store.byId(id) : null;
  if (!before || before['IsDeleted'] === true) return;
  const row = rowOf(context, 'Quote', 0, { Id: id }, { created: false, summaries: { IsSyncing } });
  saveAll(context, [row], [[cause, before]], options, saveChunk);
}

/**
 * Brings new and changed lines to the other record, after the triggers of the lines themselves. Each is saved like any
 * record, its triggers run. unverified: that they do and when; both rest on dschach/QuoteCustomSync alone.
 */
export function syncLines(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  const [first] = rows;
  if (!first) return;
  const { store } = context;
  const { name } = first.object;
  const lines = rows.filter(isSyncable(context)).flatMap((row): Pair[] => {
    const line = store.byId(draftOf(row)['Id'] as string);
    return line && isSynced(store, name, line) ? [[row, line]] : [];
  });
  if (first.created) createLines(context, otherOf(name), lines, options);
  else updateLines(context, otherOf(name), lines, options);
}

/** What a line is saved or deleted because of, and the line that it concerns. */
export type Pair = readonly [SaveRow, Row];

/** The twins of these lines, which a deletion parts. */
export function twinsOf(context: DmlContext, rows: readonly SaveRow[]): Pair[] {
  return rows.filter(isSyncable(context)).flatMap((row) => {
    const line = row.before;
    const twin =
      line && isSynced(context.store, row.object.name, line) ? twinOf(context.store, row.object.name, line) : null;
    return twin ? [[row, twin] as const] : [];
  });
}

/** A deleted line goes from the other record too. */
export function deleteTwins(context: DmlContext, pairs: readonly Pair[], options: SaveOptions): void {
  const live = pairs.flatMap(([row, twin]): Pair[] => {
    const latest = row.faults.length === 0 ? context.store.byId(twin['Id'] as string) : null;
    return latest && latest['IsDeleted'] !== true ? [[row, latest]] : [];
  });
  deleteLines(context, live, options);
}

function isSyncable(context: DmlContext) {
  const hasQuotes = context.schema.object('Quote') !== null;
  return ({ object, input }: SaveRow): boolean =>
    hasQuotes && ['OpportunityLineItem', 'QuoteLineItem'].includes(object.name) && !bySync.has(input);
}

function otherOf(name: string): string {
  return name === 'QuoteLineItem' ? 'OpportunityLineItem' : 'QuoteLineItem';
}

function isSynced(store: Store, name: string, line: Row): boolean {
  const isQuotes = name === 'QuoteLineItem';
  const opportunityId = isQuotes ? store.byId(String(line['QuoteId']))?.['OpportunityId'] : line['OpportunityId'];
  const quoteId = store.byId(String(opportunityId))?.['SyncedQuoteId'] ?? null;
  return quoteId !== null && (!isQuotes || quoteId === line['QuoteId']);
}

/** The line that is kept the same as this one, in the quote that is syncing. */
function twinOf(store: Store, name: string, line: Row): Row | null {
  const candidates =
    name === 'QuoteLineItem'
      ? [store.byId(String(line['OpportunityLineItemId']))]
      : store.tableOf('QuoteLineItem').find('OpportunityLineItemId', line['Id']);
  const isTwin = (other: Row | null): other is Row =>
    other !== null && other['IsDeleted'] !== true && isSynced(store, otherOf(name), other);
  return candidates.find(isTwin) ?? null;
}

function liveLines(store: Store, name: string, lookup: string, id: unknown): Row[] {
  return store
    .tableOf(name)
    .find(lookup, id)
    .filter((line) => line['IsDeleted'] !== true);
}

/** Makes the other lines of these. */
function createLines(context: DmlContext, name: string, pairs: readonly Pair[], options: SaveOptions): void {
  const { store } = context;
  const rows = pairs.map(([, line], index) => {
    const common = { ...shared(line), PricebookEntryId: line['PricebookEntryId'] };
    if (name === 'OpportunityLineItem') {
      const OpportunityId = store.byId(String(line['QuoteId']))?.['OpportunityId'];
      return rowOf(context, name, index, { ...common, OpportunityId });
    }
    const QuoteId = store.byId(String(line['OpportunityId']))?.['SyncedQuoteId'];
    const link = { created: true, summaries: { OpportunityLineItemId: line['Id'] } };
    return rowOf(context, name, index, { ...common, QuoteId }, link);
  });
  saveAll(context, rows, pairs, options, saveChunk);
  if (name !== 'OpportunityLineItem') return;
  for (const [index, row] of rows.entries()) {
    const line = store.byId(String(pairs[index]?.[1]['Id']));
    if (!line || row.faults.length > 0) continue;
    store.replace(store.tableOf('QuoteLineItem'), { ...line, OpportunityLineItemId: draftOf(row)['Id'] });
  }
}

function updateLines(context: DmlContext, name: string, pairs: readonly Pair[], options: SaveOptions): void {
  const changed: Pair[] = [];
  const rows: SaveRow[] = [];
  for (const [cause, line] of pairs) {
    const twin = twinOf(context.store, otherOf(name), line);
    if (!twin || SHARED.every((field) => isSame(twin[field], line[field]))) continue;
    rows.push(rowOf(context, name, rows.length, { Id: twin['Id'], ...shared(line) }, { created: false }));
    changed.push([cause, line]);
  }
  saveAll(context, rows, changed, options, saveChunk);
}

function deleteLines(context: DmlContext, pairs: readonly Pair[], options: SaveOptions): void {
  const rows = pairs.map(([, line], index) => {
    const name = 'QuoteId' in line ? 'QuoteLineItem' : 'OpportunityLineItem';
    return rowOf(context, name, index, { Id: line['Id'] }, { created: false, before: line });
  });
  saveAll(context, rows, pairs, options, deleteChunk);
}

/**
 * Saves as many at a time as triggers get, whoever saved the first line. Where a line can't be saved, neither can what it comes
 * from: its faults become the cause's.
 */
function saveAll(
  context: DmlContext,
  rows: readonly SaveRow[],
  pairs: readonly Pair[],
  options: SaveOptions,
  save: typeof saveChunk,
): void {
  const system: SaveOptions = { ...options, access: { mode: 'system', sharing: false } };
  for (let from = 0; from < rows.length; from += 200) save(context, rows.slice(from, from + 200), system);
  for (const [index, row] of rows.entries()) pairs[index]?.[0].faults.push(...row.faults);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof ApexDecimal && b instanceof ApexDecimal) return decEquals(a, b);
  return a instanceof ApexDate && b instanceof ApexDate ? a.days === b.days : a === b;
}

function rowOf(
  context: DmlContext,
  name: string,
  index: number,
  fields: Readonly<Record<string, unknown>>,
  state: Partial<SaveRow> = {},
): SaveRow {
  const input = new SObjectValue(objectOf(context, name), { ...fields });
  bySync.add(input);
  return { input, index, object: input.object, created: true, before: null, record: null, faults: [], ...state };
}

function objectOf(context: DmlContext, name: string) {
  const object = context.schema.object(name);
  if (!object) throw new Error(`there is no ${name}`);
  return object;
}

function shared(line: Row): Record<string, unknown> {
  return Object.fromEntries(SHARED.map((field) => [field, line[field]]));
}
