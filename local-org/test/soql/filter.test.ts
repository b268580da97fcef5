import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { dateOf } from '../../src/values/date.ts';
import { decFromText } from '../../src/values/decimal.ts';
import { listOf } from '../../src/values/list.ts';
import { setOf } from '../../src/values/set.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, TestOrg } from '../store/testOrg.ts';

const TAGS =
  '<visibleLines>4</visibleLines><valueSet><valueSetDefinition><sorted>false</sorted>' +
  ['red', 'blue', 'green']
    .map((tag) => `<value><fullName>${tag}</fullName><default>false</default><label>${tag}</label></value>`)
    .join('') +
  '</valueSetDefinition></valueSet>';

/** Each condition on the same four rows a to d; d is blank in everything. */
describe('conditions on rows', () => {
  let org: TestOrg;
  let rows: SObjectValue[];

  before(() => {
    org = new TestOrg({
      'objects/Account/fields/Tags__c.field-meta.xml': fieldXml('Tags__c', 'MultiselectPicklist', TAGS),
      'objects/Account/fields/Founded__c.field-meta.xml': fieldXml('Founded__c', 'Date'),
    });
    // The clock shows 2026-05-15.
    rows = org.insert(
      'Account',
      { Name: 'a', NumberOfEmployees: 1, Founded__c: dateOf(2026, 5, 14), Tags__c: 'red', AccountNumber: 'X_1' },
      { Name: 'b', NumberOfEmployees: 2, Founded__c: dateOf(2026, 5, 15), Tags__c: 'blue;red', AccountNumber: 'x%1' },
      { Name: 'c', NumberOfEmployees: 3, Founded__c: dateOf(2026, 6, 15), Tags__c: 'green', AccountNumber: 'Y11' },
      { Name: 'd' },
    );
    org.insert('Contact', { LastName: 'of a', AccountId: rows[0]?.id }, { LastName: 'of none' });
  });

  const names = (condition: string, ...binds: unknown[]): string =>
    org.column(`SELECT Name FROM Account WHERE ${condition} ORDER BY Name`, 'Name', binds).join('');

  const CASES: readonly (readonly [condition: string, names: string])[] = [
    ['NumberOfEmployees = 2', 'b'],
    ['NumberOfEmployees != 2', 'acd'],
    ['NumberOfEmployees < 2', 'a'],
    ['NumberOfEmployees <= 2', 'ab'],
    ['NumberOfEmployees > 2', 'c'],
    ['NumberOfEmployees >= 2', 'bc'],
    ['NumberOfEmployees = null', 'd'],
    ['NumberOfEmployees != null', 'abc'],
    ['NumberOfEmployees > null', ''],
    ['NumberOfEmployees IN (1, 3)', 'ac'],
    ['NumberOfEmployees NOT IN (1, 3)', 'bd'],
    ['NumberOfEmployees IN (1, null)', 'ad'],
    ['NOT NumberOfEmployees > 1', 'ad'],
    ['NumberOfEmployees > 1 AND NumberOfEmployees < 3', 'b'],
    ['NumberOfEmployees < 2 OR NumberOfEmployees > 2', 'ac'],
    ['(NumberOfEmployees = 1 OR NumberOfEmployees = 2) AND NumberOfEmployees != 1', 'b'],
    ["Name = 'A'", 'a'],
    ["Name != 'A'", 'bcd'],
    ["Name > 'B'", 'cd'],
    ["AccountNumber = ''", 'd'],
    ['Founded__c = TODAY', 'b'],
    ['Founded__c != TODAY', 'acd'],
    ['Founded__c < TODAY', 'a'],
    ['Founded__c <= TODAY', 'ab'],
    ['Founded__c > TODAY', 'c'],
    ['Founded__c >= TODAY', 'bc'],
    ['Founded__c = YESTERDAY', 'a'],
    ['Founded__c > YESTERDAY', 'bc'],
    ['Founded__c IN (TODAY)', 'b'],
    ['Founded__c IN (TODAY, YESTERDAY)', 'ab'],
    ['Founded__c IN (TODAY, 2026-06-15)', 'bc'],
    ['Founded__c NOT IN (TODAY, 2026-06-15)', 'ad'],
    ['Founded__c IN (NEXT_MONTH)', 'c'],
    ["AccountNumber LIKE 'x%'", 'ab'],
    ["AccountNumber LIKE 'X__'", 'ab'],
    ["AccountNumber LIKE 'x\\_1'", 'a'],
    ["AccountNumber LIKE 'x\\%1'", 'b'],
    ["NOT AccountNumber LIKE 'x%'", 'cd'],
    ["AccountNumber LIKE '%1'", 'abc'],
    ["AccountNumber LIKE '11'", ''],
    ["Tags__c INCLUDES ('red')", 'ab'],
    ["Tags__c INCLUDES ('RED;blue')", 'b'],
    ["Tags__c INCLUDES ('red;blue', 'green')", 'bc'],
    ["Tags__c INCLUDES (null, 'green')", 'cd'],
    ["Tags__c INCLUDES ('none')", ''],
    ["Tags__c EXCLUDES ('red')", 'cd'],
    ["Tags__c EXCLUDES ('red;blue')", 'acd'],
    ["Tags__c = 'red'", 'a'],
    ['Id IN (SELECT AccountId FROM Contact)', 'a'],
    ['Id NOT IN (SELECT AccountId FROM Contact)', 'bcd'],
    ["Id IN (SELECT AccountId FROM Contact WHERE LastName = 'of none')", ''],
    ['ParentId IN (SELECT AccountId FROM Contact)', ''],
    // A blank lookup of the inner query is not equal to a blank one outside.
    ['ParentId NOT IN (SELECT AccountId FROM Contact)', 'abcd'],
    ["Id NOT IN (SELECT AccountId FROM Contact WHERE LastName = 'of none')", 'abcd'],
  ];
  for (const [condition, found] of CASES) {
    it(`shouldFind '${found}': ${condition}`, () => assert.equal(names(condition), found));
  }

  describe('with binds', () => {
    const strings = (...items: (string | null)[]) => listOf(current.universe.String, items);

    it('shouldTakeAListAfterEqualsAsIn', () => {
      assert.equal(names('Name = :$0', strings('A', 'c')), 'ac');
      assert.equal(names('Name != :$0', strings('A', 'c')), 'bd');
      assert.equal(names('Name IN :$0', strings('A', 'c')), 'ac');
      assert.equal(names('Name NOT IN :$0', strings('A', 'c')), 'bd');
      assert.equal(names('AccountNumber IN :$0', strings('y11', null)), 'cd');
      assert.equal(names('Name IN :$0', strings()), '');
      assert.equal(names('AccountNumber IN :$0', null), '', 'no list is none of its values');
      assert.equal(names('Name NOT IN :$0', strings()), 'abcd');
    });

    it('shouldTakeAnyPatternOfAList', () => {
      assert.equal(names('Name LIKE :$0', strings('A', '%c')), 'ac');
      assert.equal(names('Name LIKE :$0', strings()), '');
      assert.equal(names('Name LIKE :$0', setOf(current.universe.String, ['A', '%c'])), 'ac');
    });

    it('shouldTakeARecordForItsId', () => {
      assert.equal(names('Id = :$0', rows[1]), 'b');
      assert.equal(names('Id != :$0', rows[1]), 'acd');
      assert.equal(names('Id IN (:$0, :$1)', rows[1]?.id, rows[2]?.id), 'bc');
    });

    it('shouldTakeNumbersOfEveryKind', () => {
      for (const two of [2, 2n, decFromText('2.00')]) assert.equal(names('NumberOfEmployees >= :$0', two), 'bc');
    });

    const WRONG: readonly (readonly [condition: string, bind: unknown, message: string])[] = [
      ['Id = :$0', 'x', 'Invalid ID value: x'],
      ['Id IN (:$0)', 'x', 'Invalid ID value: x'],
      ['ParentId != :$0', 5, 'Invalid ID value: 5'],
      ['Name = :$0', 5, 'Invalid bind expression type for column of type text'],
      ['NumberOfEmployees = :$0', '5', 'Invalid bind expression type for column of type number'],
      ['NumberOfEmployees > :$0', '5', 'Invalid bind expression type for column of type number'],
      ['Founded__c = :$0', 5, 'Invalid bind expression type for column of type date'],
      ['CreatedDate < :$0', 'x', 'Invalid bind expression type for column of type datetime'],
      ['IsDeleted = :$0', 'true', 'Invalid bind expression type for column of type boolean'],
    ];
    for (const [condition, bind, message] of WRONG) {
      it(`shouldRefuse ${typeof bind} ${String(bind)}: ${condition}`, () => {
        const error = apexError(() => names(condition, bind));
        assert.deepEqual([error.typeName, error.text], ['System.QueryException', message]);
      });
    }
  });
});
