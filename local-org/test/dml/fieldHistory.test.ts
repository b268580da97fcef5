import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { decFromText } from '../../src/values/decimal.ts';
import type { FieldValues, SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, loadProject, objectXml, TestOrg, USER, xml } from '../store/testOrg.ts';

const TRACKED = '<trackHistory>true</trackHistory>';
const FILES = {
  'objects/Shop__c/Shop__c.object-meta.xml': xml(
    'CustomObject',
    '<label>Shop</label><pluralLabel>Shops</pluralLabel><enableHistory>true</enableHistory><sharingModel>Private</sharingModel>' +
      `<nameField><label>Name</label><type>Text</type>${TRACKED}</nameField>`,
  ),
  'objects/Shop__c/fields/Amount__c.field-meta.xml': fieldXml(
    'Amount__c',
    'Number',
    `<precision>6</precision><scale>2</scale>${TRACKED}`,
  ),
  'objects/Shop__c/fields/Quiet__c.field-meta.xml': fieldXml('Quiet__c', 'Text', '<length>10</length>'),
  'objects/Shop__c/fields/Story__c.field-meta.xml': fieldXml(
    'Story__c',
    'LongTextArea',
    `<length>1000</length><visibleLines>3</visibleLines>${TRACKED}`,
  ),
  'objects/Shop__c/fields/Account__c.field-meta.xml': fieldXml(
    'Account__c',
    'Lookup',
    `<referenceTo>Account</referenceTo><relationshipName>Shops</relationshipName>${TRACKED}`,
  ),
  'objects/Plain__c/Plain__c.object-meta.xml': objectXml('Plain'),
  'objects/Account/Account.object-meta.xml': xml('CustomObject', '<enableHistory>true</enableHistory>'),
  'objects/Account/fields/Site.field-meta.xml': xml('CustomField', `<fullName>Site</fullName>${TRACKED}`),
  'objects/Account/fields/ParentId.field-meta.xml': xml('CustomField', `<fullName>ParentId</fullName>${TRACKED}`),
};

/** Sources: Object Reference, CustomObject__History and AccountHistory; Salesforce Help, Field History Tracking. */
describe('field history', () => {
  let org: TestOrg;
  before(() => {
    org = new TestOrg(FILES);
  });

  /** Ends the transaction as the engine does, and begins another. */
  function commit(user = org.org.administrator): void {
    org.org.writeHistory(current.tx);
    org.org.commit(current.tx);
    org.begin(user);
    org.org.begin(current.tx);
  }

  /** Writes records in a transaction of their own. */
  function save(operation: 'insert' | 'update' | 'delete', object: string, ...rows: FieldValues[]): SObjectValue[] {
    commit();
    const records = rows.map((fields) => org.record(object, fields));
    org.dml(operation, records);
    commit();
    return records;
  }

  function historyOf(id: unknown, object = 'Shop__History', parent = 'ParentId'): unknown[][] {
    const rows = org.query(
      `SELECT Field, OldValue, NewValue, CreatedById FROM ${object} WHERE ${parent} = '${String(id)}'`,
    );
    return rows.map((row) => ['Field', 'OldValue', 'NewValue'].map((name) => row.get(name)));
  }

  it('shouldKeepWhatTrackedFieldsWere', () => {
    const [shop] = save('insert', 'Shop__c', { Name: 'A', Amount__c: decFromText('1'), Quiet__c: 'x' });
    save('update', 'Shop__c', { Id: shop?.id, Name: 'B', Quiet__c: 'y' });
    save('update', 'Shop__c', { Id: shop?.id, Amount__c: null });
    save('update', 'Shop__c', { Id: shop?.id, Name: 'B', Quiet__c: 'z' });
    assert.deepEqual(
      historyOf(shop?.id).map((row) => row.map(String)),
      [
        ['created', 'null', 'null'],
        ['Name', 'A', 'B'],
        ['Amount__c', '1', 'null'],
      ],
    );
  });

  it('shouldTellOfLongTextsThatTheyChangedAndOfLookupsTwice', () => {
    const [one, two] = save('insert', 'Account', { Name: 'One' }, { Name: 'Two' });
    const [shop] = save('insert', 'Shop__c', { Name: 'A', Account__c: one?.id });
    save('update', 'Shop__c', { Id: shop?.id, Account__c: two?.id, Story__c: 'long ago' });
    assert.deepEqual(historyOf(shop?.id).slice(1), [
      ['Account__c', 'One', 'Two'],
      ['Account__c', one?.id, two?.id],
      ['Story__c', null, null],
    ]);
  });

  it('shouldNotBeSeenByTheTransactionItself', () => {
    commit();
    const [shop] = org.insert('Shop__c', { Name: 'A' });
    assert.deepEqual(historyOf(shop?.id), []);
    commit();
    assert.deepEqual(historyOf(shop?.id), [['created', null, null]]);
  });

  it('shouldKeepTheHistoryOfStandardObjects', () => {
    const [one, two] = save('insert', 'Account', { Name: 'One', Site: 'north' }, { Name: 'Two' });
    save('update', 'Account', { Id: one?.id, Site: 'south', ParentId: two?.id, Name: 'not tracked' });
    assert.deepEqual(historyOf(one?.id, 'AccountHistory', 'AccountId'), [
      ['created', null, null],
      ['Parent', null, 'Two'],
      ['Parent', null, two?.id],
      ['Site', 'north', 'south'],
    ]);
  });

  it('shouldKeepNothingOfWhatIsDeletedOrNotTracked', () => {
    const [shop] = save('insert', 'Shop__c', { Name: 'A' });
    save('delete', 'Shop__c', { Id: shop?.id });
    assert.deepEqual(historyOf(shop?.id), []);
    save('insert', 'Plain__c', { Name: 'P' });
    assert.equal(org.org.schema.object('Plain__History'), null);
  });

  it('shouldStandUnderItsRecord', () => {
    const [shop] = save('insert', 'Shop__c', { Name: 'A' });
    const [row] = org.query(
      `SELECT Id, (SELECT Field, Parent.Name FROM Histories) FROM Shop__c WHERE Id = '${shop?.id}'`,
    );
    assert.equal(row?.children('Histories').size, 1);
  });

  it('shouldBeSeenByWhoSeesTheRecord', () => {
    save('insert', 'Shop__c', { Name: 'hidden' });
    org.begin(org.user('Other', 'Standard User'));
    assert.equal(org.count('SELECT COUNT() FROM Shop__History', [], { mode: 'system', sharing: true }), 0);
    assert.ok(org.count('SELECT COUNT() FROM Shop__History', [], { mode: 'system', sharing: false }) > 0);
    assert.match(
      apexError(() => org.query('SELECT Field FROM Shop__History', [], USER)).message ?? '',
      /sObject type 'Shop__History' is not supported/,
    );
    org.begin();
  });

  it('shouldBeMadeByTestsOnly', () => {
    const [shop] = save('insert', 'Shop__c', { Name: 'A' });
    const made = () => org.dml('insert', [org.record('Shop__History', { ParentId: shop?.id, Field: 'Name' })]);
    assert.equal(apexError(made).message, 'DML operation INSERT not allowed on Shop__History');
    Object.assign(current.tx, { test: {} });
    made();
    assert.deepEqual(historyOf(shop?.id).at(-1), ['Name', null, null]);
    org.begin();
  });

  it('shouldDescribeItsObject', () => {
    const { schema, problems } = loadProject(FILES);
    assert.deepEqual(problems, []);
    const fields = schema.object('Shop__History')?.fields;
    assert.equal(fields?.get('oldvalue')?.type, 'anytype');
    assert.equal(fields?.get('oldvalue')?.createable, false);
    assert.equal(fields?.get('parentid')?.referenceTo[0], 'Shop__c');
  });
});
