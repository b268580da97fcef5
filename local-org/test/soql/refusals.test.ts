import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { listOf } from '../../src/values/list.ts';
import { current } from '../../src/engine/current.ts';
import { apexError, fieldXml, TestOrg } from '../store/testOrg.ts';

const TAGS =
  '<visibleLines>4</visibleLines><valueSet><valueSetDefinition><sorted>false</sorted>' +
  '<value><fullName>red</fullName><default>false</default><label>red</label></value>' +
  '<value><fullName>blue</fullName><default>false</default><label>blue</label></value>' +
  '</valueSetDefinition></valueSet>';

describe('what queries may not say', () => {
  let org: TestOrg;

  before(() => {
    org = new TestOrg({
      'objects/Account/fields/Tags__c.field-meta.xml': fieldXml('Tags__c', 'MultiselectPicklist', TAGS),
      'objects/Account/fields/Money__c.field-meta.xml': fieldXml(
        'Money__c',
        'Currency',
        '<precision>16</precision><scale>2</scale>',
      ),
      'objects/Account/fields/Founded__c.field-meta.xml': fieldXml('Founded__c', 'Date'),
    });
  });

  const problem = (text: string): string => {
    const prepared = org.org.data.prepare(text);
    return 'message' in prepared ? prepared.message : 'accepted';
  };

  const CASES: readonly (readonly [text: string, message: string | RegExp])[] = [
    ['SELECT Name n FROM Account', /^only aggregate expressions use field aliasing$/],
    ['SELECT Name, COUNT(Id) n, COUNT(Name) N FROM Account GROUP BY Name', /duplicate alias: N/i],
    ['SELECT TYPEOF Nothing WHEN Account THEN Name END FROM Task', /Didn't understand relationship 'Nothing'/],
    ['SELECT TYPEOF What WHEN Nothing THEN Name END FROM Task', /sObject type 'Nothing' is not supported/],
    ['SELECT TYPEOF What WHEN AccountShare THEN Id END FROM Task', /No such column 'AccountShare' on entity 'Task'/],
    ['SELECT TYPEOF What WHEN Account THEN Owner.Name END FROM Task', 'accepted'],
    ['SELECT TYPEOF What WHEN Account THEN Nothing.Name END FROM Task', /Didn't understand relationship 'Nothing'/],
    ['SELECT TYPEOF What WHEN Account THEN Owner.Nothing END FROM Task', /No such column 'Nothing' on entity 'User'/],
    ['SELECT TYPEOF Account.Owner WHEN User THEN Username END FROM Contact', 'accepted'],
    [
      'SELECT TYPEOF Nothing.Owner WHEN User THEN Username END FROM Contact',
      /Didn't understand relationship 'Nothing'/,
    ],
    // SOQL and SOSL Reference, TYPEOF: the relationship is not referenced in the list of fields too.
    ['SELECT TYPEOF What WHEN Account THEN Phone END, What.Name FROM Task', /^duplicate field selected: What$/],
    ['SELECT What.Name, TYPEOF What WHEN Account THEN Phone END FROM Task', /^duplicate field selected: What$/],
    ['SELECT OwnerId FROM Lead GROUP BY OwnerId HAVING OwnerId IN (SELECT Id FROM User)', 'accepted'],
    [
      'SELECT OwnerId FROM Lead GROUP BY OwnerId HAVING MAX(OwnerId) IN (SELECT Id FROM User)',
      'Semi join sub-selects are not allowed in HAVING',
    ],
    [`SELECT Id FROM Account WHERE Tags__c > 'red'`, /invalid operator on multipicklist field/],
    [`SELECT Id FROM Account WHERE Tags__c = 'red'`, 'accepted'],
    ['SELECT Id FROM Account WHERE IsDeleted > false', /invalid operator on boolean field/],
    [
      'SELECT Id FROM Account WHERE Name IN (SELECT Name FROM Contact)',
      /^semi join sub selects can only query id fields, cannot use: 'Name'$/,
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)',
      /^semi join sub selects can only query id fields, cannot use: 'Name'$/,
    ],
    ['SELECT Id FROM Opportunity WHERE AccountId IN (SELECT Contact.AccountId FROM Contact)', 'accepted'],
    ['SELECT Id FROM Account WHERE Id IN (SELECT Account.ParentId FROM Contact)', 'accepted'],
    [`SELECT Id FROM Account WHERE Name = '\\u00e9'`, 'accepted'],
    [`SELECT Id FROM Account WHERE Name = '\\u00'`, /Illegal string literal/],
    [
      `SELECT Id FROM Account WHERE Name = '\\q'`,
      "Invalid string literal. Illegal character sequence '\\q' in string literal",
    ],
    [`SELECT Id FROM Account WHERE NumberOfEmployees LIKE '1%'`, /invalid operator on int field/],
    ['SELECT Id FROM Account WHERE Name = TODAY', /must be of type string and should be enclosed in quotes/],
    ['SELECT Id FROM Account WHERE NumberOfEmployees = TODAY', /unexpected token: 'TODAY'/i],
    ['SELECT Id FROM Account WHERE Founded__c = SOMEDAY', /unexpected token: 'SOMEDAY'/i],
    ['SELECT Id FROM Account WHERE Founded__c = LAST_N_DAYS', /unexpected token: 'LAST_N_DAYS'/i],
    ['SELECT Id FROM Account, Account.Contacts c', /several objects in FROM/],
    ['SELECT Id FROM Account HAVING COUNT(Id) > 1', /HAVING clause is only allowed with a GROUP BY clause/],
    ['SELECT COUNT(Id) FROM Account FOR UPDATE', /FOR UPDATE is not allowed with aggregate functions/],
    ['SELECT COUNT() FROM Account FOR UPDATE', /FOR UPDATE is not allowed with aggregate functions/],
    ['SELECT (SELECT Id FROM Contacts FOR UPDATE) FROM Account', /FOR UPDATE is not allowed in a subquery/],
    ['SELECT SUM() FROM Account', /unexpected token: 'SUM'/],
    ['SELECT SUM(NumberOfEmployees, NumberOfEmployees) FROM Account', /unexpected token: 'SUM'/],
    ['SELECT SUM(COUNT(Id)) FROM Account', 'Aggregate functions are not allowed here: COUNT'],
    [
      'SELECT CALENDAR_YEAR(Name), COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(Name)',
      /can't be used with the field Name/,
    ],
    [
      'SELECT HOUR_IN_DAY(Founded__c), COUNT(Id) FROM Account GROUP BY HOUR_IN_DAY(Founded__c)',
      /can't be used with the field/,
    ],
    ['SELECT DAY_ONLY(CreatedDate), COUNT(Id) FROM Account GROUP BY DAY_ONLY(CreatedDate)', 'accepted'],
    ['SELECT CALENDAR_YEAR(), COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR()', /unexpected token: 'CALENDAR_YEAR'/],
    ['SELECT COUNT(Id) FROM Account GROUP BY COUNT(Id)', 'Aggregate functions are not allowed here: COUNT'],
    [
      'SELECT Name, (SELECT Id FROM Contacts), COUNT(Id) FROM Account GROUP BY Name',
      /Field must be grouped or aggregated: subquery/,
    ],
    [`SELECT Id FROM Account LIMIT 'x'`, "unexpected token: 'x'"],
    ['SELECT Id FROM Account LIMIT -1', "unexpected token: '-1'"],
    ['SELECT (SELECT Id FROM Nothings) FROM Account', /Didn't understand relationship 'Nothings'/],
    ['SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Nothing)', /sObject type 'Nothing' is not supported/],
    ['SELECT FIELDS(SOME) FROM Account LIMIT 1', 'FIELDS function parameter must be one of ALL, STANDARD, or CUSTOM'],
    ['SELECT toLabel(Name, Id) FROM Account', /does not support the function toLabel/],
    [`SELECT Id FROM Account WITH DATA CATEGORY Geo__c AT x__c`, /does not support WITH DATA CATEGORY/],
  ];
  for (const [text, message] of CASES) {
    it(`should${message === 'accepted' ? 'Accept' : 'Refuse'}: ${text}`, () => {
      if (typeof message === 'string') assert.equal(problem(text), message);
      else assert.match(problem(text), message);
    });
  }

  describe('when it runs', () => {
    it('shouldNeedALimitThatIsANumberOfRows', () => {
      org.insert('Account', { Name: 'one' }, { Name: 'two' });
      const rows = (limit: unknown): number => org.query('SELECT Id FROM Account LIMIT :$0', [limit]).length;
      assert.deepEqual([rows(0), rows(1), rows(1n), rows(null)], [0, 1, 1, 2]);
      const error = apexError(() => rows(-1));
      assert.equal(error.typeName, 'System.QueryException');
      assert.match(error.text, /Invalid query locator or row limit: -1/);
    });

    it('shouldNeedBindsOfTheRightKind', () => {
      const error = apexError(() => org.query('SELECT Id FROM Account WHERE Id = :$0', ['nonsense']));
      assert.equal(error.typeName, 'System.QueryException');
      assert.equal(error.text, 'Invalid ID value: nonsense');
      assert.throws(() => org.query('SELECT Id FROM Account WHERE NumberOfEmployees = :$0', ['nonsense']));
    });

    it('shouldCompareNothingWithBlankByOrder', () => {
      org.insert('Account', { Name: 'few', NumberOfEmployees: 1 });
      const found = (operator: string): number =>
        org.query(`SELECT Id FROM Account WHERE NumberOfEmployees ${operator} :$0`, [null]).length;
      assert.deepEqual(['<', '<=', '>', '>='].map(found), [0, 0, 0, 0]);
      assert.ok(found('!=') > 0);
    });

    it('shouldFindNothingInNoListAndOneInASingleValue', () => {
      org.insert('Account', { Name: 'single' });
      const found = (bind: unknown): number => org.query('SELECT Id FROM Account WHERE Name IN :$0', [bind]).length;
      const list = listOf(current.universe.String, ['SINGLE', 'none']);
      assert.deepEqual([found(null), found('single'), found(list)], [0, 1, 1]);
    });

    it('shouldMatchAnyPatternOfAList', () => {
      org.insert('Account', { Name: 'Like One' }, { Name: 'Like Two' }, { Name: 'Like Three' });
      const list = listOf(current.universe.String, ['like o%', '%THREE', null]);
      const names = (bind: unknown): unknown[] =>
        org.column(`SELECT Name FROM Account WHERE Name LIKE :$0 AND Name LIKE 'Like%' ORDER BY Name`, 'Name', [bind]);
      assert.deepEqual(names(list), ['Like One', 'Like Three']);
      assert.deepEqual(names('%two'), ['Like Two']);
      assert.deepEqual(names(null), []);
    });
  });
});
