import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { decFromText } from '../../src/values/decimal.ts';
import { dateOf } from '../../src/values/date.ts';
import { ApexDatetime } from '../../src/values/datetime.ts';
import { ApexAddress } from '../../src/values/location.ts';
import { listOf } from '../../src/values/list.ts';
import type { ApexList } from '../../src/values/list.ts';
import { setOf } from '../../src/values/set.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, TestOrg } from '../store/testOrg.ts';

const TAGS =
  '<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>' +
  ['red', 'green', 'blue']
    .map((name) => `<value><fullName>${name}</fullName><default>false</default></value>`)
    .join('') +
  '</valueSetDefinition></valueSet><visibleLines>4</visibleLines>';

describe('SOQL', () => {
  let org: TestOrg;
  let accounts: SObjectValue[];

  before(() => {
    org = new TestOrg({
      'objects/Account/fields/Tags__c.field-meta.xml': fieldXml('Tags__c', 'MultiselectPicklist', TAGS),
      'objects/Account/fields/Founded__c.field-meta.xml': fieldXml('Founded__c', 'Date'),
      'objects/Account/fields/Seen__c.field-meta.xml': fieldXml('Seen__c', 'DateTime'),
      'objects/Account/fields/Money__c.field-meta.xml': fieldXml(
        'Money__c',
        'Currency',
        '<precision>16</precision><scale>2</scale>',
      ),
      'objects/Account/fields/Code__c.field-meta.xml': fieldXml(
        'Code__c',
        'Text',
        '<length>10</length><externalId>true</externalId>',
      ),
    });
    accounts = org.insert(
      'Account',
      {
        Name: 'Acme',
        Industry: 'Energy',
        Money__c: decFromText('100.50'),
        NumberOfEmployees: 10,
        Tags__c: 'red;blue',
        Founded__c: dateOf(2026, 5, 15),
        Seen__c: new ApexDatetime(Date.UTC(2026, 4, 15, 9)),
        Code__c: 'A1',
      },
      {
        Name: 'beta',
        Industry: 'energy',
        Money__c: decFromText('20'),
        NumberOfEmployees: 30,
        Tags__c: 'green',
        Founded__c: dateOf(2026, 5, 1),
        Code__c: 'b2',
      },
      { Name: 'Gamma 50%', Industry: 'Banking', Money__c: decFromText('3'), Founded__c: dateOf(2025, 12, 31) },
      { Name: 'delta' },
    );
    const [acme, beta] = accounts;
    org.insert(
      'Contact',
      { LastName: 'One', AccountId: acme?.id, Title: 'CEO' },
      { LastName: 'Two', AccountId: acme?.id },
      { LastName: 'Three', AccountId: beta?.id, Title: 'CFO' },
      { LastName: 'Four' },
    );
  });

  const names = (where: string, binds: readonly unknown[] = []): unknown[] =>
    org.column(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`, 'Name', binds);

  describe('conditions', () => {
    it('shouldIgnoreCaseOfText', () => {
      assert.deepEqual(names("Industry = 'ENERGY'"), ['Acme', 'beta']);
      assert.deepEqual(names("Code__c = 'B2'"), ['beta']);
    });

    it('shouldIncludeBlanksInUnequal', () => {
      assert.deepEqual(names("Industry != 'Energy'"), ['delta', 'Gamma 50%']);
      assert.deepEqual(names('Industry = null'), ['delta']);
      assert.deepEqual(names('Industry != null'), ['Acme', 'beta', 'Gamma 50%']);
    });

    it('shouldLeaveBlanksOutOfOrder', () => {
      assert.deepEqual(names('Money__c < 50'), ['beta', 'Gamma 50%']);
      assert.deepEqual(names('Money__c >= 20'), ['Acme', 'beta']);
      assert.deepEqual(names('Money__c = 100.5'), ['Acme']);
    });

    it('shouldMatchLikePatterns', () => {
      assert.deepEqual(names("Name LIKE 'a%'"), ['Acme']);
      assert.deepEqual(names("Name LIKE '%ta'"), ['beta', 'delta']);
      assert.deepEqual(names("Name LIKE '_eta'"), ['beta']);
      assert.deepEqual(names("Name LIKE '%50\\\\%'"), ['Gamma 50%']);
      assert.deepEqual(names("(NOT Name LIKE '%a%')"), []);
    });

    it('shouldKnowListsAndTheirNegation', () => {
      assert.deepEqual(names("Name IN ('acme', 'delta')"), ['Acme', 'delta']);
      assert.deepEqual(names("Industry NOT IN ('Energy')"), ['delta', 'Gamma 50%']);
    });

    it('shouldFindSelectedValuesOfMultiPicklists', () => {
      assert.deepEqual(names("Tags__c INCLUDES ('red')"), ['Acme']);
      assert.deepEqual(names("Tags__c INCLUDES ('red;blue', 'green')"), ['Acme', 'beta']);
      assert.deepEqual(names("Tags__c INCLUDES ('red;green')"), []);
      assert.deepEqual(names("Tags__c EXCLUDES ('red')"), ['beta', 'delta', 'Gamma 50%']);
    });

    it('shouldCombineConditions', () => {
      assert.deepEqual(
        names("Industry = 'Energy' AND (Name = 'beta' OR NumberOfEmployees = 10) AND (NOT Name = 'beta')"),
        ['Acme'],
      );
    });

    it('shouldTakeBindsOfValuesAndCollections', () => {
      const { universe } = current;
      assert.deepEqual(names('Name = :$0', ['ACME']), ['Acme']);
      assert.deepEqual(names('Name IN :$0', [listOf(universe.String, ['beta', 'delta'])]), ['beta', 'delta']);
      assert.deepEqual(names('Id IN :$0', [setOf(universe.Id, [accounts[0]?.id])]), ['Acme']);
      assert.deepEqual(names('Id IN :$0', [listOf(universe.SObject, [accounts[1]])]), ['beta']);
      assert.deepEqual(names('Id NOT IN :$0', [setOf(universe.Id, [accounts[0]?.id])]), ['beta', 'delta', 'Gamma 50%']);
      assert.deepEqual(names('NumberOfEmployees > :$1 AND Name LIKE :$0', ['%A', 20]), ['beta']);
    });

    it('shouldTakeIdsOf15Characters', () => {
      assert.deepEqual(names(`Id = '${accounts[0]?.id?.slice(0, 15)}'`), ['Acme']);
    });

    it('shouldFollowParentsAndTreatMissingOnesAsBlank', () => {
      const titles = (where: string) =>
        org.column(`SELECT LastName FROM Contact WHERE ${where} ORDER BY LastName`, 'LastName');
      assert.deepEqual(titles("Account.Name = 'acme'"), ['One', 'Two']);
      assert.deepEqual(titles("Account.Name != 'acme'"), ['Four', 'Three']);
      assert.deepEqual(titles('Account.Name = null'), ['Four']);
      assert.deepEqual(titles('Account.IsDeleted = false'), ['Four', 'One', 'Three', 'Two']);
    });

    it('shouldJoinBySubqueries', () => {
      assert.deepEqual(names("Id IN (SELECT AccountId FROM Contact WHERE Title = 'CEO')"), ['Acme']);
      assert.deepEqual(names('Id NOT IN (SELECT AccountId FROM Contact)'), ['delta', 'Gamma 50%']);
    });
  });

  describe('dates', () => {
    it('shouldCompareWithLiterals', () => {
      assert.deepEqual(names('Founded__c = 2026-05-15'), ['Acme']);
      assert.deepEqual(names('Seen__c > 2026-05-15T10:59:00+02:00'), ['Acme']);
      assert.deepEqual(names('Seen__c > 2026-05-15T09:00:00Z'), []);
    });

    it('shouldKnowRelativeLiterals', () => {
      assert.deepEqual(names('Founded__c = TODAY'), ['Acme']);
      assert.deepEqual(names('Founded__c = THIS_MONTH'), ['Acme', 'beta']);
      assert.deepEqual(names('Founded__c < THIS_YEAR'), ['Gamma 50%']);
      assert.deepEqual(names('Founded__c = LAST_YEAR'), ['Gamma 50%']);
      assert.deepEqual(names('Founded__c = LAST_N_DAYS:14'), ['Acme', 'beta']);
      assert.deepEqual(names('Founded__c = LAST_N_DAYS:13'), ['Acme']);
      assert.deepEqual(names('Founded__c = N_DAYS_AGO:14'), ['beta']);
      assert.deepEqual(names('Founded__c >= LAST_N_MONTHS:5'), ['Acme', 'beta', 'Gamma 50%']);
      assert.deepEqual(names('Seen__c = TODAY'), ['Acme']);
      assert.deepEqual(names('Seen__c = YESTERDAY'), []);
    });

    it('shouldKnowDateFunctions', () => {
      assert.deepEqual(names('CALENDAR_YEAR(Founded__c) = 2026'), ['Acme', 'beta']);
      assert.deepEqual(names('HOUR_IN_DAY(Seen__c) = 9'), ['Acme']);
      assert.deepEqual(names('DAY_ONLY(Seen__c) = 2026-05-15'), ['Acme']);
    });
  });

  describe('order and window', () => {
    it('shouldSortBlanksFirstUnlessToldOtherwise', () => {
      assert.deepEqual(org.column('SELECT Name FROM Account ORDER BY Money__c', 'Name'), [
        'delta',
        'Gamma 50%',
        'beta',
        'Acme',
      ]);
      assert.deepEqual(org.column('SELECT Name FROM Account ORDER BY Money__c NULLS LAST', 'Name'), [
        'Gamma 50%',
        'beta',
        'Acme',
        'delta',
      ]);
      assert.deepEqual(org.column('SELECT Name FROM Account ORDER BY Money__c DESC NULLS LAST', 'Name'), [
        'Acme',
        'beta',
        'Gamma 50%',
        'delta',
      ]);
    });

    it('shouldSortBySeveralTerms', () => {
      assert.deepEqual(org.column('SELECT Name FROM Account ORDER BY Industry DESC NULLS LAST, Name DESC', 'Name'), [
        'beta',
        'Acme',
        'Gamma 50%',
        'delta',
      ]);
    });

    it('shouldTakeAWindow', () => {
      assert.deepEqual(org.column('SELECT Name FROM Account ORDER BY Name LIMIT 2 OFFSET 1', 'Name'), [
        'beta',
        'delta',
      ]);
      assert.deepEqual(org.column('SELECT Name FROM Account ORDER BY Name LIMIT :$0', 'Name', [1]), ['Acme']);
      assert.deepEqual(org.column('SELECT Name FROM Account LIMIT 0', 'Name'), []);
    });
  });

  describe('relationships', () => {
    it('shouldReadParents', () => {
      const [row] = org.query("SELECT Account.Owner.Name FROM Contact WHERE LastName = 'One'");
      const account = row?.parent('Account');
      assert.equal(account?.parent('Owner')?.get('Name'), 'Admin User');
      assert.equal(row?.get('AccountId'), accounts[0]?.id, 'the lookup that is followed is there');
    });

    it('shouldReadNoParentWhenThereIsNone', () => {
      const [row] = org.query("SELECT Account.Name FROM Contact WHERE LastName = 'Four'");
      assert.equal(row?.parent('Account'), null);
    });

    it('shouldReadChildren', () => {
      const [row] = org.query(
        "SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != 'x' ORDER BY LastName DESC LIMIT 1) FROM Account WHERE Name = 'Acme'",
      );
      const contacts = row?.children('Contacts') as ApexList;
      assert.deepEqual(
        contacts.items.map((item) => (item as SObjectValue).get('LastName')),
        ['Two'],
      );
      const [empty] = org.query("SELECT (SELECT Id FROM Contacts) FROM Account WHERE Name = 'delta'");
      assert.equal(empty?.children('Contacts').size, 0);
    });

    it('shouldReadWhateverOwnsARecord', () => {
      const [row] = org.query(
        'SELECT Owner.Name, Owner.Type, TYPEOF Owner WHEN User THEN Username ELSE Name END FROM Lead LIMIT 1'.replace(
          'Owner.Name, Owner.Type, ',
          '',
        ),
      );
      assert.equal(row, undefined);
      org.insert('Lead', { LastName: 'Owned', Company: 'C' });
      const [lead] = org.query("SELECT Owner.Type, Owner.Name FROM Lead WHERE LastName = 'Owned'");
      assert.equal(lead?.parent('Owner')?.get('Type'), 'User');
      const [typed] = org.query(
        "SELECT TYPEOF Owner WHEN User THEN Username ELSE Name END FROM Lead WHERE LastName = 'Owned'",
      );
      assert.equal(typed?.parent('Owner')?.object.name, 'User');
      assert.equal(typed?.parent('Owner')?.get('Username'), 'admin@local.org');
    });
  });

  describe('aggregates', () => {
    const rows = (text: string) =>
      org
        .query(text)
        .map((row) =>
          Object.values(row.fields).map((value) => (typeof value === 'object' ? value && String(value) : value)),
        );

    it('shouldCountRows', () => {
      assert.equal(org.count('SELECT COUNT() FROM Account WHERE Industry != null'), 3);
      assert.deepEqual(rows('SELECT COUNT(Id), COUNT(Industry), COUNT_DISTINCT(Industry) FROM Account'), [[4, 3, 2]]);
    });

    it('shouldAddUpNumbers', () => {
      assert.deepEqual(rows('SELECT SUM(Money__c), MIN(Money__c), MAX(Name), AVG(NumberOfEmployees) FROM Account'), [
        ['123.50', '3', 'Gamma 50%', '20'],
      ]);
    });

    it('shouldGroupWithoutCaseAndFilterGroups', () => {
      assert.deepEqual(rows('SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry HAVING COUNT(Id) > 1'), [
        ['Energy', 2],
      ]);
      assert.deepEqual(
        rows('SELECT Account.Industry ind, COUNT(Id) FROM Contact GROUP BY Account.Industry ORDER BY COUNT(Id) DESC'),
        [
          ['Energy', 3],
          [null, 1],
        ],
      );
    });

    it('shouldNameColumnsByAliasFieldOrNumber', () => {
      const [row] = org.query(
        'SELECT Industry, COUNT(Id) total, SUM(Money__c), MAX(Name) FROM Account GROUP BY Industry LIMIT 1',
      );
      assert.deepEqual(Object.keys(row?.fields ?? {}), ['Industry', 'total', 'expr0', 'expr1']);
      assert.equal(row?.getDynamic('TOTAL'), 2);
      assert.equal(apexError(() => row?.getDynamic('nope')).text, 'Invalid field nope for AggregateResult');
    });

    it('shouldGroupByDateFunctions', () => {
      assert.deepEqual(
        rows(
          'SELECT CALENDAR_YEAR(Founded__c) y, COUNT(Id) FROM Account WHERE Founded__c != null GROUP BY CALENDAR_YEAR(Founded__c) ORDER BY CALENDAR_YEAR(Founded__c)',
        ),
        [
          [2025, 1],
          [2026, 2],
        ],
      );
    });

    it('shouldAddSubtotalsInRollups', () => {
      assert.deepEqual(
        rows(
          'SELECT Industry, COUNT(Id) c, GROUPING(Industry) g FROM Account WHERE Industry != null GROUP BY ROLLUP(Industry)',
        ),
        [
          ['Energy', 2, 0],
          ['Banking', 1, 0],
          [null, 3, 1],
        ],
      );
    });
  });

  describe('rows', () => {
    it('shouldRefuseToReadWhatWasNotSelected', () => {
      const [row] = org.query('SELECT Name FROM Account LIMIT 1');
      const error = apexError(() => row?.get('Industry'));
      assert.equal(error.qualifiedName, 'System.SObjectException');
      assert.equal(
        error.text,
        'SObject row was retrieved via SOQL without querying the requested field: Account.Industry',
      );
      assert.equal(
        apexError(() => row?.parent('Owner')).text,
        'SObject row was retrieved via SOQL without querying the requested field: Account.Owner',
      );
      assert.equal(typeof row?.get('Id'), 'string', 'the id is always there');
      assert.equal(
        apexError(() => row?.children('Contacts')).text,
        'SObject row was retrieved via SOQL without querying the requested field: Account.Contacts',
      );
    });

    it('shouldHaveNoOtherChildrenWhereSomeWereAskedFor', () => {
      const [row] = org.query("SELECT Id, (SELECT Id FROM Opportunities) FROM Account WHERE Name = 'Acme'");
      assert.equal(row?.children('Contacts').items.length, 0);
      assert.throws(() => row?.get('Industry'));
    });

    it('shouldLeaveDeletedRowsOutUnlessAllAreAskedFor', () => {
      org.begin();
      const [gone] = org.insert('Account', { Name: 'gone' });
      org.dml('delete', [gone as SObjectValue]);
      assert.equal(org.count("SELECT COUNT() FROM Account WHERE Name = 'gone'"), 0);
      assert.equal(org.count("SELECT COUNT() FROM Account WHERE Name = 'gone' ALL ROWS"), 1);
    });

    it('shouldPutAddressesTogether', () => {
      org.insert('Lead', { LastName: 'Placed', Company: 'C', City: 'Bern', Country: 'CH' });
      const [row] = org.query("SELECT Address FROM Lead WHERE LastName = 'Placed'");
      const address = row?.get('Address');
      assert.ok(address instanceof ApexAddress);
      assert.equal(address.parts.city, 'Bern');
      assert.equal(address.parts.street, null);
    });

    it('shouldGiveLabelsWhereAsked', () => {
      assert.deepEqual(org.column("SELECT toLabel(Industry) FROM Account WHERE Name = 'Acme'", 'Industry'), ['Energy']);
    });

    it('shouldReadAllFieldsWithinALimit', () => {
      const [row] = org.query("SELECT FIELDS(CUSTOM) FROM Account WHERE Name = 'Acme' LIMIT 200");
      assert.equal(row?.get('Code__c'), 'A1');
    });
  });

  describe('limits', () => {
    it('shouldStopAtThe101stQuery', () => {
      org.begin();
      for (let count = 0; count < 100; count++) org.query('SELECT Id FROM Account LIMIT 1');
      const error = apexError(() => org.query('SELECT Id FROM Account LIMIT 1'));
      assert.equal(error.qualifiedName, 'System.LimitException');
      assert.equal(error.text, 'Too many SOQL queries: 101');
      assert.equal(current.dead, true, 'no Apex catches it');
      org.begin();
    });

    it('shouldCountRowsOfParentsAndChildrenButOneForACount', () => {
      const tx = org.begin();
      org.query("SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'Acme'");
      assert.equal(tx.used.queryRows, 3);
      org.count('SELECT COUNT() FROM Account');
      assert.equal(tx.used.queryRows, 4);
      org.query('SELECT COUNT(Id) FROM Account GROUP BY Industry');
      assert.equal(tx.used.queryRows, 7);
      org.query('SELECT SUM(Money__c) FROM Account');
      assert.equal(tx.used.queryRows, 11);
    });
  });

  describe('locks', () => {
    it('shouldRefuseRowsThatAnotherTransactionHolds', () => {
      const first = org.begin();
      org.query("SELECT Id FROM Account WHERE Name = 'Acme' FOR UPDATE");
      org.begin();
      const error = apexError(() => org.query("SELECT Id FROM Account WHERE Name = 'Acme' FOR UPDATE"));
      assert.equal(error.qualifiedName, 'System.QueryException');
      assert.match(error.text, /^Record Currently Unavailable: /);
      assert.equal(org.query("SELECT Id FROM Account WHERE Name = 'beta' FOR UPDATE").length, 1);
      const update = apexError(() => org.dml('update', [org.record('Account', { Id: accounts[0]?.id, Name: 'Acme' })]));
      assert.match(update.text, /first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record/);
      org.org.rollback(first);
      assert.equal(org.query("SELECT Id FROM Account WHERE Name = 'Acme' FOR UPDATE").length, 1);
      org.org.rollback(current.tx);
      org.begin();
    });
  });
});
