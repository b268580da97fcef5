import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ApexDecimal, decFromInt, decPlainText } from '../../src/values/decimal.ts';
import { dateOf } from '../../src/values/date.ts';
import type { FieldValues, SObjectValue } from '../../src/values/sobject.ts';
import { apexError, loadProject, TestOrg, xml } from '../store/testOrg.ts';

/** Object Reference: Quote, QuoteLineItem, OpportunityLineItem; Salesforce Help: How Quote Syncing Works. */

const ON = { 'settings/Quote.settings-meta.xml': xml('QuoteSettings', '<enableQuote>true</enableQuote>') };

const int = (value: number) => decFromInt(value);
const plain = (value: unknown) => (value instanceof ApexDecimal ? Number(decPlainText(value)) : value);

function prepared() {
  const org = new TestOrg(ON);
  const [account] = org.insert('Account', { Name: 'A' });
  const base = { StageName: 'Prospecting', CloseDate: dateOf(2026, 8, 3), AccountId: account?.id };
  const [book, otherBook] = org.insert('Pricebook2', { Name: 'B', IsActive: true }, { Name: 'Other', IsActive: true });
  const [product] = org.insert('Product2', { Name: 'P', ProductCode: 'P-1', IsActive: true });
  const entry = { Product2Id: product?.id, UnitPrice: int(12), IsActive: true };
  const [own, foreign] = org.insert(
    'PricebookEntry',
    { ...entry, Pricebook2Id: book?.id },
    { ...entry, Pricebook2Id: otherBook?.id },
  );
  const [opportunity, second] = org.insert(
    'Opportunity',
    { ...base, Name: 'O', Pricebook2Id: book?.id },
    { ...base, Name: 'P', Pricebook2Id: book?.id },
  );
  const [quote] = org.insert('Quote', { Name: 'Q', OpportunityId: opportunity?.id, Pricebook2Id: book?.id });
  const line = (values: FieldValues = {}): FieldValues => ({
    QuoteId: quote?.id,
    PricebookEntryId: own?.id,
    Quantity: int(4),
    UnitPrice: int(10),
    ...values,
  });
  const product4 = (values: FieldValues = {}): FieldValues => ({
    OpportunityId: opportunity?.id,
    PricebookEntryId: own?.id,
    Quantity: int(4),
    UnitPrice: int(10),
    ...values,
  });
  const row = (fields: string, from: string): unknown[] => {
    const [found] = org.query(`SELECT ${fields} FROM ${from}`);
    return fields.split(', ').map((name) => plain(found?.get(name)));
  };
  const sync = (id: string | null | undefined) => {
    org.dml('update', [org.record('Opportunity', { Id: opportunity?.id, SyncedQuoteId: id ?? null })]);
  };
  return { org, account, book, product, own, foreign, opportunity, second, quote, line, product4, row, sync };
}

describe('quotes', () => {
  let test: ReturnType<typeof prepared>;
  beforeEach(() => {
    test = prepared();
  });

  it('shouldExistOnlyWhereTheyAreTurnedOn', () => {
    const without = loadProject({}).schema;
    assert.equal(without.object('Quote'), null);
    assert.equal(without.object('QuoteLineItem'), null);
    assert.equal(without.byKeyPrefix('0Q0'), null);
    assert.equal(without.object('Opportunity')?.fields.has('syncedquoteid'), false);
    assert.equal(without.object('Opportunity')?.children.has('quotes'), false);
    assert.equal(without.object('OpportunityLineItem')?.fields.has('discount'), false);
    assert.equal(without.object('Task')?.fields.get('whatid')?.referenceTo.includes('Quote'), false);
    const off = { 'settings/Quote.settings-meta.xml': xml('QuoteSettings', '<enableQuote>false</enableQuote>') };
    assert.equal(loadProject(off).schema.object('Quote'), null);
  });

  it('shouldBeTurnedOnByAScratchOrgDefinition', () => {
    const config = (enableQuote: boolean) => ({
      '../../../config/project-scratch-def.json': JSON.stringify({ settings: { quoteSettings: { enableQuote } } }),
    });
    assert.equal(loadProject(config(true)).schema.object('Quote')?.keyPrefix, '0Q0');
    assert.equal(loadProject(config(false)).schema.object('Quote'), null);
    assert.equal(loadProject({ '../../../config/project-scratch-def.json': '{' }).schema.object('Quote'), null);
  });

  it('shouldHaveKeyPrefixesRelationsAndReadOnlyFields', () => {
    const { schema } = test.org.org;
    assert.equal(schema.object('QuoteLineItem')?.keyPrefix, '0QL');
    assert.deepEqual(schema.object('Opportunity')?.children.get('quotes')?.object, 'Quote');
    assert.deepEqual(schema.object('Quote')?.children.get('quotelineitems')?.field, 'QuoteId');
    assert.equal(schema.object('Opportunity')?.parents.get('syncedquote')?.referenceTo[0], 'Quote');
    for (const name of [
      'IsSyncing',
      'Subtotal',
      'TotalPrice',
      'GrandTotal',
      'LineItemCount',
      'Discount',
      'AccountId',
    ]) {
      const field = schema.object('Quote')?.fields.get(name.toLowerCase());
      assert.deepEqual([field?.createable, field?.updateable], [false, false], name);
    }
    const picklist = schema
      .object('Quote')
      ?.fields.get('status')
      ?.picklist.map(({ value }) => value);
    const review = ['Draft', 'Needs Review', 'In Review', 'Approved', 'Rejected', 'Presented', 'Accepted', 'Denied'];
    assert.deepEqual(picklist, review);
  });

  it('shouldNumberThemselvesAndTakeTheAccountOfTheOpportunity', () => {
    const { org, row, line, account } = test;
    org.insert('QuoteLineItem', line());
    const expected = ['00000001', account?.id, false, null];
    assert.deepEqual(row('QuoteNumber, AccountId, IsSyncing, Status', 'Quote'), expected);
    assert.deepEqual(row('LineNumber', 'QuoteLineItem'), ['QL-00001']);
  });

  it('shouldRequireWhatTheReferenceRequires', () => {
    const { org, line, opportunity } = test;
    const missing = (object: string, values: FieldValues) =>
      String(apexError(() => org.insert(object, values)).message);
    assert.match(missing('Quote', { OpportunityId: opportunity?.id }), /REQUIRED_FIELD_MISSING.*\[Name\]/);
    assert.match(missing('Quote', { Name: 'Q' }), /REQUIRED_FIELD_MISSING.*\[OpportunityId\]/);
    for (const name of ['QuoteId', 'PricebookEntryId', 'Quantity', 'UnitPrice']) {
      assert.match(
        missing('QuoteLineItem', line({ [name]: null })),
        new RegExp(`REQUIRED_FIELD_MISSING.*\\[${name}\\]`),
      );
    }
  });

  it('shouldPriceALineByItsUnitPriceQuantityAndDiscount', () => {
    const { org, row, line, product } = test;
    org.insert('QuoteLineItem', line({ Discount: int(15) }));
    const fields = 'ListPrice, Product2Id, Subtotal, TotalPrice';
    assert.deepEqual(row(fields, 'QuoteLineItem'), [12, product?.id, 40, 34]);
    const [stored] = org.query('SELECT Id FROM QuoteLineItem');
    org.dml('update', [org.record('QuoteLineItem', { Id: stored?.id, Quantity: int(1), Discount: null })]);
    assert.deepEqual(row(fields, 'QuoteLineItem'), [12, product?.id, 10, 10]);
  });

  it('shouldSumUpTheLinesOfAQuote', () => {
    const { org, row, line, quote } = test;
    const sums = () => row('LineItemCount, Subtotal, Discount, TotalPrice, GrandTotal', 'Quote');
    assert.deepEqual(sums(), [0, 0, 0, 0, 0]);
    const [first] = org.insert('QuoteLineItem', line({ Discount: int(50) }), line());
    assert.deepEqual(sums(), [2, 80, 25, 60, 60]);
    org.dml('update', [org.record('Quote', { Id: quote?.id, Tax: int(7), ShippingHandling: int(3) })]);
    assert.deepEqual(sums(), [2, 80, 25, 60, 70]);
    org.dml('delete', [first as SObjectValue]);
    assert.deepEqual(sums(), [1, 40, 0, 40, 50]);
    org.dml('undelete', [first as SObjectValue]);
    assert.deepEqual(sums(), [2, 80, 25, 60, 70]);
  });

  it('shouldTakeLinesOfTheQuotesOwnPriceBookOnly', () => {
    const { org, line, foreign } = test;
    const error = apexError(() => org.insert('QuoteLineItem', line({ PricebookEntryId: foreign?.id })));
    assert.match(String(error.message), /FIELD_INTEGRITY_EXCEPTION.*different pricebook/);
  });

  it('shouldDeleteQuotesAndTheirLinesWithTheOpportunity', () => {
    const { org, line, opportunity } = test;
    org.insert('QuoteLineItem', line());
    org.dml('delete', [opportunity as SObjectValue]);
    assert.equal(org.query('SELECT Id FROM Quote').length, 0);
    assert.equal(org.query('SELECT Id FROM QuoteLineItem').length, 0);
  });
});

describe('products of an opportunity', () => {
  let test: ReturnType<typeof prepared>;
  beforeEach(() => {
    test = prepared();
  });

  it('shouldMakeItsAmount', () => {
    const { org, row, product4, opportunity } = test;
    org.insert('OpportunityLineItem', product4(), product4({ Discount: int(50) }));
    const fields = 'HasOpportunityLineItem, Amount, ExpectedRevenue, TotalOpportunityQuantity';
    const from = "Opportunity WHERE Name = 'O'";
    assert.deepEqual(row(fields, from), [true, 60, 6, 8]);
    org.dml('update', [org.record('Opportunity', { Id: opportunity?.id, Amount: int(5) })]);
    assert.deepEqual(row(fields, from), [true, 60, 6, 8], 'an amount that is given is ignored');
    org.dml('delete', org.query('SELECT Id FROM OpportunityLineItem'));
    assert.deepEqual(row('HasOpportunityLineItem', from), [false]);
  });

  it('shouldBePricedByUnitPriceOrTotalPrice', () => {
    const { org, row, product4 } = test;
    const fields = 'UnitPrice, TotalPrice, ListPrice, Subtotal, ProductCode';
    const [line] = org.insert(
      'OpportunityLineItem',
      product4({ UnitPrice: null, TotalPrice: int(20), Discount: int(50) }),
    );
    assert.deepEqual(row(fields, 'OpportunityLineItem'), [10, 20, 12, 40, 'P-1']);
    org.dml('update', [org.record('OpportunityLineItem', { Id: line?.id, Discount: int(0) })]);
    assert.deepEqual(row(fields, 'OpportunityLineItem'), [10, 40, 12, 40, 'P-1']);
    org.dml('update', [org.record('OpportunityLineItem', { Id: line?.id, TotalPrice: int(80) })]);
    assert.deepEqual(row(fields, 'OpportunityLineItem'), [20, 80, 12, 80, 'P-1']);
  });
});

describe('syncing a quote', () => {
  let test: ReturnType<typeof prepared>;
  const LINES = 'SELECT Id, Quantity, UnitPrice, Discount FROM OpportunityLineItem ORDER BY UnitPrice';
  const LINKED = 'SELECT Id, Quantity, OpportunityLineItemId FROM QuoteLineItem ORDER BY UnitPrice';
  beforeEach(() => {
    test = prepared();
  });

  it('shouldReplaceTheProductsByTheLines', () => {
    const { org, row, line, product4, quote, sync } = test;
    org.insert('OpportunityLineItem', product4({ UnitPrice: int(99) }));
    org.insert('QuoteLineItem', line({ Discount: int(5) }), line({ UnitPrice: int(20) }));
    sync(quote?.id);
    const products = org.query(LINES);
    const values = products.map((each) => ['Quantity', 'UnitPrice', 'Discount'].map((name) => plain(each.get(name))));
    assert.deepEqual(values, [
      [4, 10, 5],
      [4, 20, null],
    ]);
    const links = org.query(LINKED).map((each) => each.get('OpportunityLineItemId'));
    assert.deepEqual(
      links,
      products.map(({ id }) => id),
    );
    assert.deepEqual(row('IsSyncing', 'Quote'), [true]);
    assert.deepEqual(row('Amount, SyncedQuoteId', "Opportunity WHERE Name = 'O'"), [118, quote?.id]);
  });

  it('shouldKeepBothSidesTheSame', () => {
    const { org, line, product4, quote, sync } = test;
    const [own] = org.insert('QuoteLineItem', line());
    sync(quote?.id);
    org.insert('QuoteLineItem', line({ UnitPrice: int(20) }));
    org.insert('OpportunityLineItem', product4({ UnitPrice: int(30) }));
    assert.deepEqual([org.query(LINES).length, org.query(LINKED).length], [3, 3]);
    org.dml('update', [org.record('QuoteLineItem', { Id: own?.id, Quantity: int(9) })]);
    assert.equal(plain(org.query(LINES)[0]?.get('Quantity')), 9);
    const third = org.query(LINES)[2];
    org.dml('update', [org.record('OpportunityLineItem', { Id: third?.id, Quantity: int(2) })]);
    assert.equal(plain(org.query(LINKED)[2]?.get('Quantity')), 2);
    org.dml('delete', [own as SObjectValue]);
    org.dml('delete', [third as SObjectValue]);
    assert.deepEqual([org.query(LINES).length, org.query(LINKED).length], [1, 1]);
  });

  it('shouldEndWhereTheQuoteIsTakenAway', () => {
    const { org, row, line, quote, sync } = test;
    const [own] = org.insert('QuoteLineItem', line());
    sync(quote?.id);
    sync(null);
    assert.deepEqual(row('IsSyncing', 'Quote'), [false]);
    org.dml('update', [org.record('QuoteLineItem', { Id: own?.id, Quantity: int(9) })]);
    assert.equal(plain(org.query(LINES)[0]?.get('Quantity')), 4);
  });

  it('shouldEndWhereTheQuoteIsDeleted', () => {
    const { org, row, quote, sync } = test;
    sync(quote?.id);
    org.dml('delete', [quote as SObjectValue]);
    assert.deepEqual(row('SyncedQuoteId', "Opportunity WHERE Name = 'O'"), [null]);
    org.dml('undelete', [quote as SObjectValue]);
    assert.deepEqual(row('IsSyncing', 'Quote'), [false]);
  });

  it('shouldSaveManyLinesAtATime', () => {
    const { org, line, quote, sync } = test;
    const seen: unknown[] = [];
    for (const event of ['after insert', 'after update', 'after delete']) {
      org.trigger('OpportunityLineItem', event, (rows, old) => seen.push([event, (rows ?? old)?.length]));
    }
    const lines = org.insert('QuoteLineItem', line(), line());
    sync(quote?.id);
    const changed = lines.map(({ id }) => org.record('QuoteLineItem', { Id: id, Quantity: int(7) }));
    org.dml('update', changed);
    org.insert('QuoteLineItem', line(), line(), line());
    org.dml('delete', lines);
    assert.deepEqual(seen, [
      ['after insert', 2],
      ['after update', 2],
      ['after insert', 3],
      ['after delete', 2],
    ]);
  });

  it('shouldFailWhereTheOtherLineFails', () => {
    const { org, line, quote, sync } = test;
    sync(quote?.id);
    org.trigger('OpportunityLineItem', 'before insert', (rows) => rows?.[0]?.addError('no more products'));
    assert.match(String(apexError(() => org.insert('QuoteLineItem', line())).message), /no more products/);
    assert.equal(org.query('SELECT Id FROM QuoteLineItem').length, 0);
  });

  it('shouldRunTheTriggersOfTheQuote', () => {
    const { org, quote, sync } = test;
    const seen: unknown[] = [];
    org.trigger('Quote', 'after update', (rows, old) => {
      seen.push([old?.[0]?.get('IsSyncing'), rows?.[0]?.get('IsSyncing')]);
    });
    sync(quote?.id);
    assert.deepEqual(seen, [[false, true]]);
  });

  it('shouldRefuseAQuoteOfAnotherOpportunity', () => {
    const { org, second, quote } = test;
    const record = org.record('Opportunity', { Id: second?.id, SyncedQuoteId: quote?.id });
    assert.match(String(apexError(() => org.dml('update', [record])).message), /FIELD_INTEGRITY_EXCEPTION/);
  });

  it('shouldNotBeginInATrigger', () => {
    const { org, opportunity, quote } = test;
    org.trigger('Opportunity', 'before update', (rows) => {
      rows?.[0]?.put('SyncedQuoteId', quote?.id ?? null);
    });
    const record = org.record('Opportunity', { Id: opportunity?.id, Name: 'N' });
    assert.match(String(apexError(() => org.dml('update', [record])).message), /read only in a trigger/);
  });
});
