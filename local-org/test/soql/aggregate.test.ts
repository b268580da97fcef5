import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { dateOf } from '../../src/values/date.ts';
import { decFromText } from '../../src/values/decimal.ts';
import { toText } from '../../src/values/text.ts';
import { fieldXml, TestOrg } from '../store/testOrg.ts';

/** Source: SOQL and SOSL Reference, Aggregate Functions, GROUP BY, GROUP BY ROLLUP, GROUP BY CUBE, HAVING. */
describe('aggregate queries', () => {
  let org: TestOrg;

  before(() => {
    org = new TestOrg({
      'objects/Account/fields/Founded__c.field-meta.xml': fieldXml('Founded__c', 'Date'),
    });
    org.insert(
      'Account',
      { Name: 'a', Industry: 'Energy', Type: 'x', NumberOfEmployees: 1, AnnualRevenue: decFromText('2.5') },
      { Name: 'b', Industry: 'Energy', Type: 'y', NumberOfEmployees: 2, Founded__c: dateOf(2026, 5, 1) },
      { Name: 'A', Industry: 'Media', Type: 'x', NumberOfEmployees: 5, Founded__c: dateOf(2026, 1, 31) },
      { Name: 'c', AnnualRevenue: decFromText('-1') },
    );
  });

  /** Rows as text, columns parted by a space and rows by a bar; blank is null. */
  const shown = (text: string, ...columns: string[]): string =>
    org
      .query(text)
      .map((row) => columns.map((name) => toText(row.get(name))).join(' '))
      .join(' | ');
  const one = (expression: string): string => shown(`SELECT ${expression} v FROM Account`, 'v');

  const VALUES: readonly (readonly [expression: string, value: string])[] = [
    ['COUNT(Id)', '4'],
    ['COUNT(Industry)', '3'],
    ['COUNT_DISTINCT(Industry)', '2'],
    ['COUNT_DISTINCT(Name)', '3'],
    ['SUM(NumberOfEmployees)', '8'],
    ['SUM(AnnualRevenue)', '1.5'],
    ['AVG(AnnualRevenue)', '0.75'],
    ['AVG(NumberOfEmployees)', '2.666666666666667'],
    ['MIN(NumberOfEmployees)', '1'],
    ['MAX(NumberOfEmployees)', '5'],
    ['MIN(AnnualRevenue)', '-1'],
    ['MAX(Name)', 'c'],
    ['MIN(Founded__c)', '2026-01-31 00:00:00'],
    ['MAX(Founded__c)', '2026-05-01 00:00:00'],
  ];
  for (const [expression, value] of VALUES) {
    it(`shouldBe ${value}: ${expression}`, () => assert.equal(one(expression), value));
  }

  it('shouldBeBlankWithoutAnyValue', () => {
    const text = `SELECT SUM(NumberOfEmployees) s, AVG(NumberOfEmployees) a, MIN(Name) l, MAX(Name) m, COUNT(Id) c FROM Account WHERE Name = 'none'`;
    assert.equal(shown(text, 's', 'a', 'l', 'm', 'c'), 'null null null null 0');
    assert.equal(shown(`${text} GROUP BY Industry`, 'c'), '');
  });

  it('shouldMakeAGroupOfBlanks', () => {
    const text = 'SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry ORDER BY Industry';
    assert.equal(shown(text, 'Industry', 'expr0'), 'null 1 | Energy 2 | Media 1');
    assert.equal(shown(`${text} DESC`, 'Industry'), 'null | Media | Energy');
    assert.equal(shown(`${text} NULLS LAST`, 'Industry'), 'Energy | Media | null');
    assert.equal(shown(`${text} DESC NULLS LAST`, 'Industry'), 'Media | Energy | null');
  });

  it('shouldOrderLimitAndSkipGroups', () => {
    const text = 'SELECT Industry, COUNT(Id) FROM Account GROUP BY Industry ORDER BY COUNT(Id) DESC, Industry';
    assert.equal(shown(text, 'Industry'), 'Energy | null | Media');
    assert.equal(shown(`${text} LIMIT 1`, 'Industry'), 'Energy');
    assert.equal(shown(`${text} LIMIT 1 OFFSET 1`, 'Industry'), 'null');
    assert.equal(shown(`${text} LIMIT 0`, 'Industry'), '');
  });

  const HAVING: readonly (readonly [condition: string, industries: string])[] = [
    ['COUNT(Id) > 1', 'Energy'],
    ['COUNT(Id) = 1', 'null | Media'],
    ['SUM(NumberOfEmployees) >= 3', 'Energy | Media'],
    ['SUM(NumberOfEmployees) = null', 'null'],
    ["Industry = 'MEDIA'", 'Media'],
    ['Industry != null AND COUNT(Id) = 1', 'Media'],
    ["Industry LIKE 'E%' OR MAX(NumberOfEmployees) > 4", 'Energy | Media'],
    ['NOT COUNT(Id) > 1', 'null | Media'],
    ['MIN(Founded__c) < 2026-05-01', 'Media'],
    ["MIN(Name) = 'A' AND MAX(Name) IN ('b')", 'Energy'],
  ];
  for (const [condition, industries] of HAVING) {
    it(`shouldKeep ${industries}: HAVING ${condition}`, () => {
      const text = `SELECT Industry FROM Account GROUP BY Industry HAVING ${condition} ORDER BY Industry`;
      assert.equal(shown(text, 'Industry'), industries);
    });
  }

  it('shouldAddSubtotalsFromTheRight', () => {
    const text =
      'SELECT Industry, Type, COUNT(Id) c, GROUPING(Industry) i, GROUPING(Type) t FROM Account WHERE Industry != null ' +
      'GROUP BY ROLLUP(Industry, Type) ORDER BY GROUPING(Industry), Industry, GROUPING(Type), Type';
    assert.equal(
      shown(text, 'Industry', 'Type', 'c', 'i', 't'),
      'Energy x 1 0 0 | Energy y 1 0 0 | Energy null 2 0 1 | Media x 1 0 0 | Media null 1 0 1 | null null 3 1 1',
    );
  });

  it('shouldAddSubtotalsOfEveryCombination', () => {
    const text =
      'SELECT Industry, Type, COUNT(Id) c FROM Account WHERE Industry != null GROUP BY CUBE(Industry, Type) ' +
      'ORDER BY GROUPING(Industry), Industry, GROUPING(Type), Type';
    assert.equal(
      shown(text, 'Industry', 'Type', 'c'),
      'Energy x 1 | Energy y 1 | Energy null 2 | Media x 1 | Media null 1 | null x 2 | null y 1 | null null 3',
    );
  });

  it('shouldCountRowsOfTheWindowOnly', () => {
    const counts = ['', 'LIMIT 3', 'LIMIT 9', 'LIMIT 0', 'OFFSET 1', 'OFFSET 9', 'LIMIT 2 OFFSET 3'].map((rest) =>
      org.count(`SELECT COUNT() FROM Account ${rest}`),
    );
    assert.deepEqual(counts, [4, 3, 4, 0, 3, 0, 1]);
  });

  it('shouldUseTheRowsThatItAggregatesAndOneWhereItOnlyCounts', () => {
    const used = (text: string) => {
      org.begin();
      org.query(text);
      return current.tx.used.queryRows;
    };
    assert.equal(used('SELECT COUNT(Id) c FROM Account'), 1);
    assert.equal(used('SELECT SUM(NumberOfEmployees) s FROM Account'), 4);
    assert.equal(used('SELECT COUNT(Id) c, SUM(NumberOfEmployees) s FROM Account'), 4);
    assert.equal(used('SELECT SUM(NumberOfEmployees) s, COUNT(Id) c FROM Account'), 4);
  });
});
