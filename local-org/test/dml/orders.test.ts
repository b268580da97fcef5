import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApexDecimal, decFromInt, decPlainText } from '../../src/values/decimal.ts';
import { dateOf } from '../../src/values/date.ts';
import { TestOrg } from '../store/testOrg.ts';

/** Object Reference: Order (TotalAmount), OrderItem (ListPrice, TotalPrice). */
test('shouldPriceTheProductsOfAnOrderAndSumThemUp', () => {
  const org = new TestOrg({});
  const [account] = org.insert('Account', { Name: 'A' });
  const [book] = org.insert('Pricebook2', { Name: 'B', IsActive: true });
  const [product] = org.insert('Product2', { Name: 'P', IsActive: true });
  const price = { Product2Id: product?.id, UnitPrice: decFromInt(12), IsActive: true, Pricebook2Id: book?.id };
  const [entry] = org.insert('PricebookEntry', price);
  const terms = { AccountId: account?.id, EffectiveDate: dateOf(2026, 1, 1), Status: 'Draft', Pricebook2Id: book?.id };
  const [order] = org.insert('Order', terms);
  const shown = (fields: string, from: string) => {
    const [row] = org.query(`SELECT ${fields} FROM ${from}`);
    return fields.split(', ').map((name) => {
      const value = row?.get(name);
      return value instanceof ApexDecimal ? decPlainText(value) : value;
    });
  };
  assert.deepEqual(shown('TotalAmount', 'Order'), ['0.00']);
  const line = { OrderId: order?.id, PricebookEntryId: entry?.id };
  const [first] = org.insert(
    'OrderItem',
    { ...line, Quantity: decFromInt(3), UnitPrice: decFromInt(10) },
    { ...line, Quantity: decFromInt(1), UnitPrice: decFromInt(5) },
  );
  const fields = 'ListPrice, TotalPrice, Product2Id';
  assert.deepEqual(shown(fields, 'OrderItem ORDER BY TotalPrice DESC LIMIT 1'), ['12', '30.00', product?.id]);
  assert.deepEqual(shown('TotalAmount', 'Order'), ['35.00']);
  org.dml('update', [org.record('PricebookEntry', { Id: entry?.id, UnitPrice: decFromInt(20) })]);
  org.dml('update', [org.record('OrderItem', { Id: first?.id, Quantity: decFromInt(4) })]);
  assert.deepEqual(shown(fields, 'OrderItem ORDER BY TotalPrice DESC LIMIT 1'), ['12', '40.00', product?.id]);
  assert.deepEqual(shown('TotalAmount', 'Order'), ['45.00']);
  org.dml('delete', [org.record('OrderItem', { Id: first?.id })]);
  assert.deepEqual(shown('TotalAmount', 'Order'), ['5.00']);
});
