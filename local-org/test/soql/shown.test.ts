import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { rowJson } from '../../src/api/operations/rowJson.ts';
import { dateOf } from '../../src/values/date.ts';
import { ApexDatetime } from '../../src/values/datetime.ts';
import { decFromInt, decFromText } from '../../src/values/decimal.ts';
import { ApexTime } from '../../src/values/time.ts';
import { apexError, fieldXml, objectXml, TestOrg, xml } from '../store/testOrg.ts';

/** Source: SOQL and SOSL Reference, FORMAT(), convertCurrency() and toLabel(). */

const FILES = {
  'objects/Sale__c/Sale__c.object-meta.xml': objectXml('Sale'),
  'objects/Sale__c/fields/Amount__c.field-meta.xml': fieldXml(
    'Amount__c',
    'Currency',
    '<precision>18</precision><scale>2</scale>',
  ),
  'objects/Sale__c/fields/Weight__c.field-meta.xml': fieldXml(
    'Weight__c',
    'Number',
    '<precision>10</precision><scale>3</scale>',
  ),
  'objects/Sale__c/fields/Share__c.field-meta.xml': fieldXml(
    'Share__c',
    'Percent',
    '<precision>5</precision><scale>1</scale>',
  ),
  'objects/Sale__c/fields/On__c.field-meta.xml': fieldXml('On__c', 'Date'),
  'objects/Sale__c/fields/At__c.field-meta.xml': fieldXml('At__c', 'DateTime'),
  'objects/Sale__c/fields/Opens__c.field-meta.xml': fieldXml('Opens__c', 'Time'),
  'objects/Sale__c/fields/Double__c.field-meta.xml': fieldXml(
    'Double__c',
    'Number',
    '<formula>Weight__c * 2</formula><precision>18</precision><scale>1</scale>',
  ),
  'objects/Sale__c/fields/Kind__c.field-meta.xml': fieldXml(
    'Kind__c',
    'Picklist',
    '<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>a</fullName>' +
      '<default>false</default><label>Kind A</label></value></valueSetDefinition></valueSet>',
  ),
};

const SALE = {
  Name: 'One',
  Amount__c: decFromText('44000'),
  Weight__c: decFromText('1234.5'),
  Share__c: decFromText('12.5'),
  On__c: dateOf(2025, 4, 10),
  At__c: new ApexDatetime(Date.UTC(2025, 3, 10, 22, 31, 37)),
  Opens__c: new ApexTime(9 * 3_600_000 + 5 * 60_000),
  Kind__c: 'a',
};

/** The one value of the query's alias `shown`. */
function shown(org: TestOrg, column: string, object = 'Sale__c'): unknown {
  const [row] = org.query(`SELECT ${column} shown FROM ${object}`);
  return row?.getDynamic('SHOWN');
}

describe('FORMAT', () => {
  let org: TestOrg;
  before(() => {
    org = new TestOrg(FILES);
    org.insert('Sale__c', SALE);
  });

  for (const [column, text] of [
    ['FORMAT(Amount__c)', '$44,000.00'],
    ['FORMAT(Weight__c)', '1,234.500'],
    ['FORMAT(Share__c)', '12.5%'],
    ['FORMAT(On__c)', '4/10/2025'],
    ['FORMAT(At__c)', '4/10/2025, 10:31 PM'],
    ['format(Opens__c)', '9:05 AM'],
    ['FORMAT(Double__c)', '2,469.0'],
    ['toLabel(Kind__c)', 'Kind A'],
  ] as const) {
    it(`shouldShow ${column} as ${text}`, () => {
      org.begin();
      assert.equal(shown(org, column), text);
    });
  }

  it('shouldWriteInTheLocaleAndZoneOfTheUser', () => {
    org.begin({ ...org.org.administrator, locale: 'de_DE', timeZone: 'Europe/Berlin' });
    assert.equal(shown(org, 'FORMAT(On__c)'), '10.04.2025');
    assert.equal(shown(org, 'FORMAT(At__c)'), '11.04.2025, 00:31');
    assert.equal(shown(org, 'FORMAT(Weight__c)'), '1.234,500');
    assert.equal(shown(org, 'FORMAT(Amount__c)'), '44.000,00\u00a0$');
    org.begin();
  });

  it('shouldShowNothingForBlankFields', () => {
    const [blank] = org.insert('Sale__c', { Name: 'Blank' });
    const columns = ['Amount__c', 'Weight__c', 'On__c', 'At__c', 'Opens__c'].map((name) => `FORMAT(${name}) f${name}`);
    const [row] = org.query(`SELECT ${columns.join(', ')} FROM Sale__c WHERE Id = '${blank?.id}'`);
    assert.deepEqual(row?.shown, {
      fAmount__c: null,
      fWeight__c: null,
      fOn__c: null,
      fAt__c: null,
      fOpens__c: null,
    });
    org.dml('delete', [org.record('Sale__c', { Id: blank?.id })]);
  });

  it('shouldGiveTheFieldAndItsTextTogether', () => {
    const [row] = org.query('SELECT Id, On__c, FORMAT(On__c) text FROM Sale__c');
    assert.deepEqual(row?.get('On__c'), dateOf(2025, 4, 10));
    assert.equal(row?.getDynamic('text'), '4/10/2025');
    assert.equal(rowJson(row, '').text, '4/10/2025');
    assert.equal(rowJson(row, '').On__c, '2025-04-10');
  });

  it('shouldStandUnderTheNameOfTheFieldWithoutAnAlias', () => {
    assert.equal(org.query('SELECT toLabel(Kind__c) FROM Sale__c')[0]?.get('Kind__c'), 'Kind A');
    const [row] = org.query('SELECT FORMAT(Amount__c) FROM Sale__c');
    assert.ok(row);
    assert.equal(row.getDynamic('Amount__c'), '$44,000.00');
    assert.equal(rowJson(row, '').Amount__c, '$44,000.00');
    // As a number it was not asked for.
    assert.equal(
      apexError(() => row.get('Amount__c')).message,
      'SObject row was retrieved via SOQL without querying the requested field: Sale__c.Amount__c',
    );
  });

  it('shouldFormatWhatGroupsHave', () => {
    const [row] = org.query(
      'SELECT FORMAT(MIN(On__c)) first, FORMAT(SUM(Amount__c)) total, FORMAT(COUNT(Id)) n, FORMAT(On__c), MAX(Amount__c) raw ' +
        'FROM Sale__c GROUP BY On__c',
    );
    assert.equal(row?.getDynamic('first'), '4/10/2025');
    assert.equal(row?.getDynamic('total'), '$44,000.00');
    assert.equal(row?.getDynamic('n'), '1');
    assert.equal(row?.getDynamic('On__c'), '4/10/2025');
    assert.equal(String(row?.getDynamic('raw')), '44000');
  });

  it('shouldBeAllowedInChildQueries', () => {
    const [account] = org.insert('Account', { Name: 'A', NumberOfEmployees: 12345 });
    org.insert('Account', { Name: 'B', ParentId: account?.id, NumberOfEmployees: 12345 });
    const [row] = org.query(
      `SELECT Id, (SELECT FORMAT(NumberOfEmployees) staff FROM ChildAccounts) FROM Account WHERE Name = 'A'`,
    );
    const [child] = row?.children('ChildAccounts').items as (typeof row)[];
    assert.equal(child?.getDynamic('staff'), '12,345');
  });

  for (const [query, message] of [
    [
      'SELECT FORMAT(Name) n FROM Sale__c',
      'FORMAT() can only be used with number, date, time and currency fields: Name',
    ],
    ['SELECT FORMAT(Zork__c) n FROM Sale__c', /No such column 'Zork__c' on entity 'Sale__c'/],
    ['SELECT On__c, FORMAT(On__c) FROM Sale__c', 'duplicate field selected: On__c'],
    ['SELECT FORMAT(On__c), On__c FROM Sale__c', 'duplicate field selected: On__c'],
    ['SELECT FORMAT(On__c) a, FORMAT(At__c) A FROM Sale__c', 'duplicate alias: A'],
    ['SELECT FORMAT(FORMAT(On__c)) a FROM Sale__c', /local-org does not support the function FORMAT in SELECT/],
    ['SELECT toLabel(convertCurrency(Amount__c)) a FROM Sale__c', /does not support the function toLabel in SELECT/],
    ['SELECT FORMAT(On__c, At__c) a FROM Sale__c', /local-org does not support the function FORMAT in SELECT/],
    ['SELECT FORMAT(CreatedBy.CreatedDate) a FROM Sale__c', /does not support FORMAT of a parent's field/],
    ["SELECT Id FROM Sale__c WHERE FORMAT(On__c) = 'x'", /local-org does not support the function FORMAT/],
    ['SELECT FORMAT(Name) n FROM Sale__c GROUP BY Name', /FORMAT\(\) can only be used with number/],
    ['SELECT toLabel(Name) n, COUNT(Id) FROM Sale__c GROUP BY Name', /does not support toLabel in a query with groups/],
    ['SELECT convertCurrency(Amount__c) FROM Sale__c', /needs an organization with several currencies: Amount__c/],
    ['SELECT convertCurrency(Weight__c) FROM Sale__c', /can only be used with currency fields: Weight__c/],
  ] as const) {
    it(`shouldRefuse ${query}`, () => {
      const problem = org.org.data.prepare(query);
      assert.ok('message' in problem, 'the query is refused');
      if (typeof message === 'string') assert.equal(problem.message, message);
      else assert.match(problem.message, message);
    });
  }
});

describe('amounts in several currencies', () => {
  let org: TestOrg;
  before(() => {
    org = new TestOrg({
      ...FILES,
      'settings/Currency.settings-meta.xml': xml('CurrencySettings', '<enableMultiCurrency>true</enableMultiCurrency>'),
    });
    const euro = { IsoCode: 'EUR', ConversionRate: decFromText('0.8'), DecimalPlaces: 2, IsCorporate: false };
    org.org.insertSystem('CurrencyType', { ...euro, IsActive: true });
    const yen = { IsoCode: 'JPY', ConversionRate: decFromInt(150), DecimalPlaces: 0, IsCorporate: false };
    org.org.insertSystem('CurrencyType', { ...yen, IsActive: true });
    org.insert('Sale__c', { Name: 'euro', Amount__c: decFromText('100'), CurrencyIsoCode: 'EUR' });
    org.insert('Sale__c', { Name: 'dollar', Amount__c: decFromText('100.5'), CurrencyIsoCode: 'USD' });
  });

  const texts = (column: string): unknown[] =>
    org.query(`SELECT ${column} shown FROM Sale__c ORDER BY Name`).map((row) => row.getDynamic('shown'));

  it('shouldShowTheCurrencyAndInBracketsThatOfTheUser', () => {
    org.begin();
    assert.deepEqual(texts('FORMAT(Amount__c)'), ['USD 100.50', 'EUR 100.00 (USD 125.00)']);
  });

  it('shouldBeBlankWhereThereIsNone', () => {
    org.begin();
    const [blank] = org.insert('Sale__c', { Name: 'zero', CurrencyIsoCode: 'EUR' });
    for (const column of ['FORMAT(Amount__c)', 'convertCurrency(Amount__c)']) assert.equal(texts(column)[2], null);
    org.dml('delete', [org.record('Sale__c', { Id: blank?.id })]);
  });

  it('shouldCountThemAndAddNoneUp', () => {
    org.begin();
    assert.equal(org.query('SELECT COUNT(Amount__c) n FROM Sale__c')[0]?.getDynamic('n'), 2);
    const problem = org.org.data.prepare('SELECT SUM(Amount__c) n FROM Sale__c');
    assert.match('message' in problem ? problem.message : '', /SUM of amounts in several currencies is not built/);
  });

  it('shouldConvertToTheCurrencyOfTheUser', () => {
    org.begin();
    const amounts = org.query('SELECT convertCurrency(Amount__c) FROM Sale__c ORDER BY Name');
    assert.deepEqual(
      amounts.map((row) => String(row.get('Amount__c'))),
      ['100.5', '125.00'],
    );
    assert.deepEqual(texts('convertCurrency(Amount__c)').map(String), ['100.5', '125.00']);
    assert.deepEqual(texts('FORMAT(convertCurrency(Amount__c))'), ['USD 100.50', 'USD 125.00']);
    org.begin(org.user('Yuki', 'System Administrator', { DefaultCurrencyIsoCode: 'JPY' }));
    assert.deepEqual(texts('FORMAT(convertCurrency(Amount__c))'), ['JPY 15,075', 'JPY 18,750']);
    assert.deepEqual(texts('FORMAT(Amount__c)'), ['USD 100.50 (JPY 15,075)', 'EUR 100.00 (JPY 18,750)']);
    assert.equal(current.tx.user.name, 'Yuki');
  });
});
