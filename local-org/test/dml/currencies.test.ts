import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decFromInt } from '../../src/values/decimal.ts';
import { apexError, fieldXml, loadProject, objectXml, TestOrg, xml } from '../store/testOrg.ts';
import type { ProjectFiles } from '../store/testOrg.ts';

/** Object Reference: CurrencyType, and CurrencyIsoCode of each object. */

const settings = (content: string): ProjectFiles => ({
  'settings/Currency.settings-meta.xml': xml('CurrencySettings', content),
  'objects/Shop__c/Shop__c.object-meta.xml': objectXml('Shop'),
  'objects/Shop__c/fields/Turnover__c.field-meta.xml': fieldXml(
    'Turnover__c',
    'Currency',
    '<precision>18</precision><scale>2</scale>',
  ),
});

const SEVERAL = settings('<enableMultiCurrency>true</enableMultiCurrency>');
const LEAD = { LastName: 'L', Company: 'C' };

function orgWithEuros(): TestOrg {
  const org = new TestOrg(SEVERAL);
  const rate = { ConversionRate: decFromInt(2), DecimalPlaces: 2, IsCorporate: false };
  org.org.insertSystem('CurrencyType', { IsoCode: 'EUR', IsActive: true, ...rate });
  org.org.insertSystem('CurrencyType', { IsoCode: 'CHF', IsActive: false, ...rate });
  return org;
}

describe('an org with several currencies', () => {
  it('shouldHaveACurrencyOnEveryRecord', () => {
    const { schema } = loadProject(SEVERAL);
    for (const name of ['Lead', 'Opportunity', 'User', 'Shop__c']) {
      assert.equal(schema.object(name)?.fields.get('currencyisocode')?.type, 'picklist', name);
    }
    assert.equal(schema.object('Profile')?.fields.has('currencyisocode'), false);
    assert.ok(schema.object('CurrencyType'));
  });

  it('shouldStartWithTheCorporateCurrency', () => {
    const org = new TestOrg(SEVERAL);
    const [type, ...others] = org.query('SELECT IsoCode, ConversionRate, IsCorporate, IsActive FROM CurrencyType');
    assert.deepEqual([type?.get('IsoCode'), type?.get('IsCorporate'), type?.get('IsActive')], ['USD', true, true]);
    assert.equal(String(type?.get('ConversionRate')), '1');
    assert.equal(others.length, 0);
  });

  it('shouldTakeTheCurrencyOfWhoeverCreatesARecord', () => {
    const org = orgWithEuros();
    const [lead] = org.insert('Lead', LEAD);
    const currencyOf = (id: unknown) =>
      org.column(`SELECT CurrencyIsoCode FROM Lead WHERE Id = '${id}'`, 'CurrencyIsoCode');
    assert.deepEqual(currencyOf(lead?.id), ['USD']);
    org.begin(org.user('Ann', 'Standard User', { DefaultCurrencyIsoCode: 'EUR' }));
    const [hers] = org.insert('Lead', LEAD);
    assert.deepEqual(currencyOf(hers?.id), ['EUR']);
    const [given] = org.insert('Lead', { ...LEAD, CurrencyIsoCode: 'USD' });
    assert.deepEqual(currencyOf(given?.id), ['USD']);
  });

  it('shouldRefuseCurrenciesThatTheOrgDoesNotHaveOrUse', () => {
    const org = orgWithEuros();
    for (const CurrencyIsoCode of ['GBP', 'CHF']) {
      const error = apexError(() => org.insert('Lead', { ...LEAD, CurrencyIsoCode }));
      assert.match(String(error.message), new RegExp(`INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST.*${CurrencyIsoCode}`));
    }
  });

  it('shouldKeepRatesFromApex', () => {
    const org = orgWithEuros();
    const error = apexError(() => org.insert('CurrencyType', { IsoCode: 'GBP', ConversionRate: decFromInt(1) }));
    assert.match(String(error.message), /DML operation INSERT not allowed on CurrencyType/);
  });

  it('shouldStopWhereAmountsOfSeveralCurrenciesWouldBeAddedUp', () => {
    const org = orgWithEuros();
    org.insert('Shop__c', { Name: 'S', Turnover__c: decFromInt(5) });
    assert.throws(() => org.query('SELECT SUM(Turnover__c) total FROM Shop__c'), /several currencies is not built/);
    assert.equal(org.query('SELECT COUNT(Turnover__c) total FROM Shop__c')[0]?.get('total'), 1);
  });

  it('shouldNameWhatIsNotBuilt', () => {
    const dated = settings(
      '<enableMultiCurrency>true</enableMultiCurrency><enableCurrencyEffectiveDates>true</enableCurrencyEffectiveDates>',
    );
    assert.deepEqual(
      loadProject(dated).problems.map(({ message }) => message),
      ['dated exchange rates are not built'],
    );
    const formula = fieldXml(
      'Double__c',
      'Currency',
      '<precision>18</precision><scale>2</scale><formula>Turnover__c * 2</formula>',
    );
    const { problems } = loadProject({ ...SEVERAL, 'objects/Shop__c/fields/Double__c.field-meta.xml': formula });
    assert.match(problems.map(({ message }) => message).join(), /Shop__c\.Double__c: calculated amounts are not built/);
  });
});

describe('an org with one currency', () => {
  it('shouldHaveNoneOnItsRecords', () => {
    for (const files of [settings('<enableMultiCurrency>false</enableMultiCurrency>'), {}]) {
      const { schema, problems } = loadProject(files);
      assert.deepEqual(problems, []);
      assert.equal(schema.object('Lead')?.fields.has('currencyisocode'), false);
      assert.equal(schema.object('CurrencyType'), null);
    }
  });
});
