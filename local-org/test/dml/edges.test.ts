import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { decFromInt } from '../../src/values/decimal.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, objectXml, TestOrg, USER, xml } from '../store/testOrg.ts';

const FILES = {
  'objects/Shop__c/Shop__c.object-meta.xml': objectXml('Shop'),
  'objects/Shop__c/fields/Key__c.field-meta.xml': fieldXml(
    'Key__c',
    'Text',
    '<length>20</length><externalId>true</externalId><unique>true</unique>',
  ),
  'objects/Shop__c/fields/Kind__c.field-meta.xml': fieldXml(
    'Kind__c',
    'Picklist',
    '<valueSet><restricted>false</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>One</fullName>' +
      '<default>false</default></value></valueSetDefinition></valueSet>',
  ),
  'objects/Visit__c/Visit__c.object-meta.xml': objectXml('Visit'),
  'objects/Visit__c/fields/Shop__c.field-meta.xml': fieldXml(
    'Shop__c',
    'Lookup',
    '<referenceTo>Shop__c</referenceTo><relationshipName>Visits</relationshipName>',
  ),
};

/** Cases next to those in which a rule of DML applies. */
describe('edges of DML', () => {
  let org: TestOrg;
  beforeEach(() => {
    org = new TestOrg(FILES);
  });

  it('shouldNotMoveWhatIsInTheRecycleBinWhenItsParentIsMerged', () => {
    const [master, loser] = org.insert('Account', { Name: 'M' }, { Name: 'L' }) as [SObjectValue, SObjectValue];
    const contacts = org.insert(
      'Contact',
      { LastName: 'kept', AccountId: loser.id },
      { LastName: 'gone', AccountId: loser.id },
    );
    org.dml('delete', [org.record('Contact', { Id: contacts[1]?.id })]);
    org.dml('merge', [org.record('Account', { Id: loser.id })], {
      mergeInto: org.record('Account', { Id: master.id }),
    });
    assert.deepEqual(org.column('SELECT AccountId FROM Contact ORDER BY LastName ALL ROWS', 'AccountId'), [
      loser.id,
      master.id,
    ]);
  });

  it('shouldNotUpdateWhatAnotherTransactionHasLocked', () => {
    const [shop] = org.insert('Shop__c', { Name: 'A' }) as [SObjectValue];
    const other = {};
    org.org.store.locks.take([String(shop.id)], other);
    const update = () => org.dml('update', [org.record('Shop__c', { Id: shop.id, Name: 'B' })]);
    assert.match(
      apexError(update).message ?? '',
      /UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record/,
    );
    org.org.store.locks.release(other);
    update();
    org.org.store.locks.take([String(shop.id)], current.tx.lockOwner);
    update();
    assert.deepEqual(org.column('SELECT Name FROM Shop__c', 'Name'), ['B']);
  });

  it('shouldLeaveTheSalutationOutOfAName', () => {
    org.insert('Contact', { Salutation: 'Dr.', FirstName: 'Ann', LastName: 'Archer' });
    assert.deepEqual(org.column('SELECT Name FROM Contact', 'Name'), ['Ann Archer']);
  });

  it('shouldTakeAsLongAPicklistValueAsTheFieldHolds', () => {
    const [longest, longer] = ['x'.repeat(255), 'x'.repeat(256)];
    org.insert('Shop__c', { Name: 'A', Kind__c: longest });
    const [outcome] = org.dml('insert', [org.record('Shop__c', { Name: 'B', Kind__c: longer })], { allOrNone: false });
    assert.equal(outcome?.errors[0]?.status, 'STRING_TOO_LONG');
    assert.match(outcome?.errors[0]?.message ?? '', /^Kind: data value too large: x+ \(max length=255\)$/);
  });

  it('shouldSayOnlyOneThingOfARowThatIsRefusedBeforeItsRightsAreLookedAt', () => {
    org.begin(org.user('Nobody', 'Standard User'));
    const outcomes = org.dml('insert', [org.record('Shop__c', { Id: 'a00000000000001AAA', Name: 'A' })], {
      allOrNone: false,
      access: USER,
    });
    assert.deepEqual(
      outcomes[0]?.errors.map(({ status }) => status),
      ['INVALID_FIELD_FOR_INSERT_UPDATE'],
    );
  });

  describe('parents that are named by a key', () => {
    const visit = (parent: SObjectValue) => {
      const record = org.record('Visit__c', { Name: 'V' });
      record.putParent('Shop__r', parent);
      org.dml('insert', [record]);
      return org.column('SELECT Shop__c FROM Visit__c', 'Shop__c');
    };

    it('shouldLinkAParentThatWasMade', () => {
      const [shop] = org.insert('Shop__c', { Name: 'A', Key__c: 'k' });
      assert.deepEqual(visit(org.record('Shop__c', { Key__c: 'k' })), [shop?.id]);
    });

    it('shouldNotLinkAParentThatWasRead', () => {
      org.insert('Shop__c', { Name: 'A', Key__c: 'k' });
      const [read] = org.query('SELECT Key__c FROM Shop__c');
      assert.ok(read);
      assert.deepEqual(visit(read), [null]);
    });

    it('shouldNotLinkAParentInTheRecycleBin', () => {
      const [shop] = org.insert('Shop__c', { Name: 'A', Key__c: 'k' });
      org.dml('delete', [org.record('Shop__c', { Id: shop?.id })]);
      assert.match(
        apexError(() => visit(org.record('Shop__c', { Key__c: 'k' }))).message ?? '',
        /INVALID_FIELD, Foreign key external ID: k not found for field Key__c in entity Shop__c/,
      );
    });

    it('shouldNotLookForAParentThatNobodyMaySet', () => {
      const record = org.record('Visit__c', { Name: 'V' });
      record.putParent('LastModifiedBy', org.record('User', { Username: 'nobody@nowhere.example' }));
      org.dml('insert', [record]);
      assert.deepEqual(org.column('SELECT LastModifiedById FROM Visit__c', 'LastModifiedById'), [current.tx.user.id]);
    });
  });

  describe('several currencies', () => {
    beforeEach(() => {
      org = new TestOrg({
        ...FILES,
        'settings/Currency.settings-meta.xml': xml(
          'CurrencySettings',
          '<enableMultiCurrency>true</enableMultiCurrency>',
        ),
      });
    });

    const swiss = (org: TestOrg, active: boolean) =>
      org.record('CurrencyType', { IsoCode: 'CHF', ConversionRate: decFromInt(1), DecimalPlaces: 2, IsActive: active });

    it('shouldLetTheApiAddACurrencyAndApexNot', () => {
      assert.match(
        apexError(() => org.dml('insert', [swiss(org, true)])).message ?? '',
        /DML operation INSERT not allowed on CurrencyType/,
      );
      Object.assign(current.tx, { kind: 'api' });
      org.dml('insert', [swiss(org, true)]);
      assert.equal(org.count("SELECT COUNT() FROM CurrencyType WHERE IsoCode = 'CHF'"), 1);
    });

    it('shouldKeepACurrencyThatIsNoLongerActive', () => {
      const id = org.org.insertSystem('CurrencyType', { ...swiss(org, true).fields, IsCorporate: false });
      const [shop] = org.insert('Shop__c', { Name: 'A', CurrencyIsoCode: 'CHF' });
      org.org.updateSystem('CurrencyType', id, { IsActive: false });
      org.dml('update', [org.record('Shop__c', { Id: shop?.id, Name: 'B', CurrencyIsoCode: 'CHF' })]);
      const [refused] = org.dml('insert', [org.record('Shop__c', { Name: 'C', CurrencyIsoCode: 'CHF' })], {
        allOrNone: false,
      });
      assert.equal(refused?.errors[0]?.status, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    });
  });
});
