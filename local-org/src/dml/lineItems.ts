import type { DmlFault } from '../engine/data.ts';
import type { Row, RowDraft } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { ApexDecimal, decAdd, decDivide, decFromInt, decMul, decSetScale, decSub } from '../values/decimal.ts';
import { fault } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';
import { setExpectedRevenue } from './systemFields.ts';

/** Line items of an object, and the lookup to what they are lines of. */
const PARENTS: Readonly<Record<string, { readonly lookup: string; readonly parent: string }>> = {
  OpportunityLineItem: { lookup: 'OpportunityId', parent: 'Opportunity' },
  QuoteLineItem: { lookup: 'QuoteId', parent: 'Quote' },
  OrderItem: { lookup: 'OrderId', parent: 'Order' },
};

const HUNDRED = decFromInt(100);

/**
 * A line of a quote has an entry of the quote's own price book. Source: Object Reference, Quote, Pricebook2Id.
 * unverified: the text.
 */
export function checkLine(store: Store, row: SaveRow): DmlFault | null {
  if (row.object.name !== 'QuoteLineItem' || !row.created) return null;
  const draft = draftOf(row);
  const quote = store.byId(String(draft['QuoteId']));
  const entry = store.byId(String(draft['PricebookEntryId']));
  if (quote && entry && quote['Pricebook2Id'] === entry['Pricebook2Id']) return null;
  const what =
    'pricebook entry is in a different pricebook than the one assigned to the Quote, or Quote has no pricebook';
  const message = `field integrity exception: PricebookEntryId (${what} assigned)`;
  return fault('FIELD_INTEGRITY_EXCEPTION', message, ['PricebookEntryId']);
}

/**
 * What a line has of its price book entry, and its prices: the subtotal is the sales price by the quantity, the total price
 * is that less the discount, which lines of orders do not have. An opportunity's line may give its total price in place of the
 * sales price. Source: Object Reference, OpportunityLineItem, QuoteLineItem and OrderItem. unverified: that totals are rounded half
 * up.
 */
export function completeLine(store: Store, row: SaveRow): void {
  if (!(row.object.name in PARENTS)) return;
  const draft = draftOf(row);
  const entry = store.byId(String(draft['PricebookEntryId']));
  if (entry) {
    // An order's product inherits it when it is created.
    if (row.created || row.object.name !== 'OrderItem') draft['ListPrice'] = entry['UnitPrice'];
    draft['Product2Id'] = entry['Product2Id'];
    if ('ProductCode' in draft) draft['ProductCode'] = store.byId(String(entry['Product2Id']))?.['ProductCode'] ?? null;
  }
  const quantity = number(draft['Quantity']);
  const kept = decSub(HUNDRED, number(draft['Discount']));
  if (isPricedByTotal(row, draft) && quantity.unscaled !== 0n && kept.unscaled !== 0n) {
    const whole = decDivide(decMul(number(draft['TotalPrice']), HUNDRED), kept, 10, 'HALF_UP');
    draft['UnitPrice'] = decDivide(whole, quantity, 2, 'HALF_UP');
    if ('Subtotal' in draft) draft['Subtotal'] = cents(whole);
    return;
  }
  if (!(draft['UnitPrice'] instanceof ApexDecimal)) return;
  const subtotal = decMul(draft['UnitPrice'], quantity);
  if ('Subtotal' in draft) draft['Subtotal'] = cents(subtotal);
  draft['TotalPrice'] = cents(decDivide(decMul(subtotal, kept), HUNDRED, 10, 'HALF_UP'));
}

/** The total price is what was given or changed, and the sales price is not. */
function isPricedByTotal({ before, object }: SaveRow, draft: RowDraft): boolean {
  if (object.name !== 'OpportunityLineItem' || !(draft['TotalPrice'] instanceof ApexDecimal)) return false;
  if (!before) return draft['UnitPrice'] === null;
  return draft['TotalPrice'] !== before['TotalPrice'] && draft['UnitPrice'] === before['UnitPrice'];
}

/** An order has no products at first. A quote belongs to its opportunity's account, and costs its lines, taxes and shipping. Source: Object Reference, Quote. */
export function completeParent(store: Store, row: SaveRow): void {
  if (row.object.name === 'Order' && row.created) draftOf(row)['TotalAmount'] = cents(decFromInt(0));
  if (row.object.name !== 'Quote') return;
  const draft = draftOf(row);
  draft['AccountId'] = store.byId(String(draft['OpportunityId']))?.['AccountId'] ?? null;
  if (row.created) Object.assign(draft, quoteSums([]));
  setGrandTotal(draft);
}

/**
 * The amount of an opportunity with products is theirs: an attempt to change it is ignored, and not rejected.
 * Source: Object Reference, Opportunity, Amount.
 */
export function keepAmount({ object, before, record }: SaveRow): void {
  if (object.name !== 'Opportunity' || before?.['HasOpportunityLineItem'] !== true || !record) return;
  record.fields['Amount'] = before['Amount'];
  setExpectedRevenue(record.fields);
}

/**
 * Sums up the lines of what these are lines of. unverified: whether triggers and rules of quotes, opportunities and orders run
 * because of it; they don't. Where the last product goes the amount stays, which is unverified too.
 */
export function sumLines(store: Store, rows: readonly SaveRow[]): void {
  const [first] = rows;
  const lines = first && PARENTS[first.object.name];
  if (!lines) return;
  const ids = new Set(rows.map((row) => (row.record?.fields ?? row.before)?.[lines.lookup]));
  const table = store.tableOf(lines.parent);
  for (const id of ids) {
    const parent = store.byId(String(id));
    if (!parent || parent['IsDeleted'] === true) continue;
    const found = store.tableOf(first.object.name).find(lines.lookup, id);
    const live = found.filter((line) => line['IsDeleted'] !== true);
    const draft = { ...parent, ...SUMS[lines.parent]?.(live) };
    if (lines.parent === 'Quote') setGrandTotal(draft);
    if (lines.parent === 'Opportunity') setExpectedRevenue(draft);
    store.replace(table, draft);
  }
}

/** Source: Object Reference, Quote: the discount is the weighted average of those of the lines. */
function quoteSums(lines: readonly Row[]): RowDraft {
  const subtotal = sum(lines, 'Subtotal');
  const total = sum(lines, 'TotalPrice');
  const off = decMul(decSub(subtotal, total), HUNDRED);
  const discount = subtotal.unscaled === 0n ? decFromInt(0) : decDivide(off, subtotal, 2, 'HALF_UP');
  return { Subtotal: subtotal, TotalPrice: total, Discount: discount, LineItemCount: lines.length };
}

function opportunitySums(lines: readonly Row[]): RowDraft {
  if (lines.length === 0) return { HasOpportunityLineItem: false };
  const quantity = sum(lines, 'Quantity');
  return { HasOpportunityLineItem: true, Amount: sum(lines, 'TotalPrice'), TotalOpportunityQuantity: quantity };
}

/** Source: Object Reference, Order, TotalAmount. */
function orderSums(lines: readonly Row[]): RowDraft {
  return { TotalAmount: sum(lines, 'TotalPrice') };
}

const SUMS: Readonly<Record<string, (lines: readonly Row[]) => RowDraft>> = {
  Quote: quoteSums,
  Opportunity: opportunitySums,
  Order: orderSums,
};

function setGrandTotal(draft: RowDraft): void {
  const parts = ['TotalPrice', 'Tax', 'ShippingHandling'].map((name) => number(draft[name]));
  draft['GrandTotal'] = cents(parts.reduce(decAdd));
}

function sum(lines: readonly Row[], name: string): ApexDecimal {
  return cents(lines.map((line) => number(line[name])).reduce(decAdd, decFromInt(0)));
}

function number(value: unknown): ApexDecimal {
  return value instanceof ApexDecimal ? value : decFromInt(0);
}

function cents(value: ApexDecimal): ApexDecimal {
  return decSetScale(value, 2, 'HALF_UP');
}
