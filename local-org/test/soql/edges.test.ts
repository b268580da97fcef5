import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { dateOf } from '../../src/values/date.ts';
import { decFromText } from '../../src/values/decimal.ts';
import { fieldXml, objectXml, TestOrg } from '../store/testOrg.ts';

describe('edges of queries', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg();
  });

  describe('ranges of date literals', () => {
    // The clock shows 2026-05-15, a Friday: this month is from the 1st to the 31st, both included.
    const DAYS = [dateOf(2026, 4, 30), dateOf(2026, 5, 1), dateOf(2026, 5, 31), dateOf(2026, 6, 1)];
    const CASES: readonly (readonly [operator: string, days: string])[] = [
      ['=', '12'],
      ['!=', '03'],
      ['<', '0'],
      ['<=', '012'],
      ['>', '3'],
      ['>=', '123'],
    ];
    for (const [operator, days] of CASES) {
      it(`shouldIncludeBothEnds: ${operator} THIS_MONTH`, () => {
        org.insert(
          'Opportunity',
          ...DAYS.map((CloseDate, index) => ({ Name: String(index), StageName: 'Prospecting', CloseDate })),
        );
        const text = `SELECT Name FROM Opportunity WHERE CloseDate ${operator} THIS_MONTH ORDER BY Name`;
        assert.equal(org.column(text, 'Name').join(''), days);
      });
    }
  });

  it('shouldCompareNumbersAtTheirEdges', () => {
    org.insert(
      'Lead',
      ...[9, 10, 11].map((count) => ({ LastName: String(count), Company: 'C', NumberOfEmployees: count })),
    );
    const found = (operator: string) =>
      org
        .column(
          `SELECT LastName FROM Lead WHERE NumberOfEmployees ${operator} 10 ORDER BY NumberOfEmployees`,
          'LastName',
        )
        .join();
    assert.deepEqual(['<', '<=', '>', '>=', '=', '!='].map(found), ['9', '9,10', '11', '10,11', '10', '9,11']);
  });

  const problem = (text: string) => {
    const prepared = org.org.data.prepare(text);
    return 'message' in prepared ? prepared.message : 'accepted';
  };

  it('shouldRefuseWhatItDoesNotTrack', () => {
    assert.match(problem('SELECT Id FROM Lead UPDATE TRACKING'), /does not support UPDATE TRACKING/);
    assert.match(problem('SELECT Id FROM Lead UPDATE VIEWSTAT'), /does not support UPDATE TRACKING/);
  });

  it('shouldRefuseToSelectListsOfIds', () => {
    assert.match(problem('SELECT ToIds FROM EmailMessage'), /does not support EmailMessage.ToIds in SELECT/);
  });

  it('shouldNeedALimitForAllAndCustomFieldsOnly', () => {
    assert.equal(problem('SELECT FIELDS(STANDARD) FROM Lead'), 'accepted');
    assert.match(problem('SELECT FIELDS(ALL) FROM Lead'), /must have a LIMIT of at most 200/);
    assert.match(problem('SELECT FIELDS(ALL) FROM Lead LIMIT 201'), /must have a LIMIT of at most 200/);
    assert.equal(problem('SELECT FIELDS(ALL) FROM Lead LIMIT 200'), 'accepted');
  });

  it('shouldSelectExactlyOneColumnInASemiJoin', () => {
    const inner = (columns: string) => problem(`SELECT Id FROM Account WHERE Id IN (SELECT ${columns} FROM Contact)`);
    assert.equal(inner('AccountId'), 'accepted');
    assert.match(inner('AccountId, Id'), /exactly one column/);
    for (const columns of ['COUNT(Id)', 'COUNT()']) {
      assert.equal(inner(columns), 'only root queries support aggregate expressions', columns);
    }
  });

  it('shouldHandOutOffsetsAndLimitsExactly', () => {
    org.insert('Lead', ...['a', 'b', 'c', 'd'].map((LastName) => ({ LastName, Company: 'C' })));
    const page = (rest: string) =>
      org.column(`SELECT LastName FROM Lead ORDER BY LastName ${rest}`, 'LastName').join('');
    assert.deepEqual(['LIMIT 0', 'LIMIT 1', 'LIMIT 9', 'LIMIT 2 OFFSET 1', 'OFFSET 3', 'OFFSET 4'].map(page), [
      '',
      'a',
      'abcd',
      'bc',
      'd',
      '',
    ]);
  });

  it('shouldLookIntoTheIndexOfTheRightField', () => {
    const [top] = org.insert('Account', { Name: 'top' });
    const [below] = org.insert('Account', { Name: 'below', ParentId: top?.id });
    org.insert('Contact', { LastName: 'of below', AccountId: below?.id }, { LastName: 'of top', AccountId: top?.id });
    const found = (condition: string, ...binds: unknown[]) =>
      org.column(`SELECT LastName FROM Contact WHERE ${condition}`, 'LastName', binds);
    assert.deepEqual(found('Account.ParentId = :$0', top?.id), ['of below']);
    assert.deepEqual(found("Account.ParentId IN (SELECT Id FROM Account WHERE Name = 'top')"), ['of below']);
    assert.deepEqual(found('Account.Parent.Id != null'), ['of below']);
  });

  it('shouldFindNumbersThatAreKeysHoweverTheyAreWritten', () => {
    org = new TestOrg({
      'objects/Thing__c/Thing__c.object-meta.xml': objectXml('Thing'),
      'objects/Thing__c/fields/No__c.field-meta.xml': fieldXml(
        'No__c',
        'Number',
        '<precision>8</precision><scale>2</scale><externalId>true</externalId>',
      ),
    });
    org.insert('Thing__c', { Name: 'five', No__c: decFromText('5.00') }, { Name: 'half', No__c: decFromText('0.5') });
    const found = (condition: string) => org.column(`SELECT Name FROM Thing__c WHERE ${condition}`, 'Name').join();
    assert.deepEqual(['No__c = 5', 'No__c = 5.0', 'No__c IN (0.50, 7)'].map(found), ['five', 'five', 'half']);
  });

  it('shouldReadParentsOfOneKindAndOfSeveral', () => {
    org = new TestOrg({
      'objects/Account/fields/Twice__c.field-meta.xml': fieldXml(
        'Twice__c',
        'Number',
        '<formula>NumberOfEmployees * 2</formula><precision>8</precision><scale>0</scale>',
      ),
    });
    const [account] = org.insert('Account', { Name: 'A', Type: 'Prospect', NumberOfEmployees: 4 });
    const [contact] = org.insert('Contact', { LastName: 'C', AccountId: account?.id });
    const [lead] = org.insert('Lead', { LastName: 'L', Company: 'X' });
    org.insert('Task', { Subject: 'contact', WhoId: contact?.id }, { Subject: 'lead', WhoId: lead?.id });
    const contacts = (condition: string) => org.count(`SELECT COUNT() FROM Contact WHERE ${condition}`);
    assert.equal(contacts("Account.Type = 'Prospect'"), 1);
    assert.equal(contacts('Account.Twice__c = 8'), 1);
    const tasks = (condition: string) => org.column(`SELECT Subject FROM Task WHERE ${condition}`, 'Subject').join();
    assert.equal(tasks("Who.Type = 'Lead'"), 'lead');
    assert.equal(tasks("Who.Name = 'C'"), 'contact');
    assert.equal(tasks('Who.Name != null ORDER BY Who.Name DESC'), 'lead,contact');
  });

  it('shouldReadInFormulasThatTheThemeIsLightning', () => {
    org = new TestOrg({
      'objects/Account/fields/Theme__c.field-meta.xml': fieldXml(
        'Theme__c',
        'Text',
        '<formula>$User.UIThemeDisplayed &amp; $User.UITheme</formula>',
      ),
    });
    org.insert('Account', { Name: 'A' });
    assert.deepEqual(org.column('SELECT Theme__c FROM Account', 'Theme__c'), ['Theme4dTheme4d']);
  });

  it('shouldPutBlanksFirstOrLastAsAsked', () => {
    org.insert('Lead', { LastName: '1', Company: 'C', City: 'x' }, { LastName: '2', Company: 'C' });
    const order = (rest: string) => org.column(`SELECT LastName FROM Lead ORDER BY City ${rest}`, 'LastName').join('');
    assert.deepEqual(['', 'DESC', 'NULLS LAST', 'DESC NULLS LAST', 'DESC NULLS FIRST'].map(order), [
      '21',
      '21',
      '12',
      '12',
      '21',
    ]);
  });
});
