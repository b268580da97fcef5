import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { dateOf } from '../../src/values/date.ts';
import { UnsupportedError } from '../../src/values/exception.ts';
import { ApexList } from '../../src/values/list.ts';
import { apexError, fieldXml, objectXml, SHARING, SYSTEM, TestOrg } from '../store/testOrg.ts';

const field = (name: string, type: string, rest = '') => ({
  [`objects/Thing__c/fields/${name}__c.field-meta.xml`]: fieldXml(`${name}__c`, type, rest),
});

const FILES = {
  'objects/Thing__c/Thing__c.object-meta.xml': objectXml('Thing', '<sharingModel>Private</sharingModel>'),
  'objects/Other__c/Other__c.object-meta.xml': objectXml('Other'),
  'objects/Big__b/Big__b.object-meta.xml': objectXml('Big', '<deploymentStatus>Deployed</deploymentStatus>').replace(
    /<nameField>.*<\/nameField><sharingModel>ReadWrite<\/sharingModel>/,
    '',
  ),
  ...field('Code', 'Text', '<externalId>true</externalId><length>20</length>'),
  ...field('Kind', 'Text', '<externalId>true</externalId><length>20</length>'),
  ...field('Day', 'Date'),
  ...field('Other', 'Lookup', '<referenceTo>Other__c</referenceTo><relationshipName>Things</relationshipName>'),
  ...field(
    'Tags',
    'MultiselectPicklist',
    '<valueSet><valueSetDefinition><sorted>false</sorted>' +
      ['a', 'b'].map((name) => `<value><fullName>${name}</fullName><default>false</default></value>`).join('') +
      '</valueSetDefinition></valueSet><visibleLines>4</visibleLines>',
  ),
};

/** Each condition as it is found by an index and by going through all rows. */
describe('conditions of queries', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg(FILES);
    const [one, two] = org.insert('Other__c', { Name: 'One' }, { Name: 'Two' });
    org.insert(
      'Thing__c',
      { Name: '1', Code__c: 'a', Kind__c: 'x', Other__c: one?.id },
      { Name: '2', Code__c: 'B', Kind__c: 'x', Other__c: two?.id },
      { Name: '3', Code__c: 'c', Kind__c: 'y', Tags__c: 'a;b' },
      { Name: '4', Kind__c: 'y', Tags__c: 'a', Other__c: two?.id },
    );
  });

  const names = (where: string, binds: readonly unknown[] = []) =>
    org.column(`SELECT Name FROM Thing__c ${where} ORDER BY Name`, 'Name', binds).join('');

  const CASES: readonly (readonly [where: string, found: string])[] = [
    ["Code__c = 'b'", '2'],
    ["Code__c = 'a' AND Kind__c = 'x'", '1'],
    ["Kind__c = 'x' AND Code__c = 'a'", '1'],
    ["Code__c = 'a' AND Kind__c = 'y'", ''],
    ["Code__c = 'a' OR Code__c = 'c'", '13'],
    ["Code__c = 'a' OR Name = '4'", '14'],
    ["Code__c IN ('a', 'B')", '12'],
    ["Code__c NOT IN ('a', 'B')", '34'],
    ["Code__c IN ('a', null)", '14'],
    ['Code__c = null', '4'],
    ["Code__c = ''", '4'],
    ["Code__c != ''", '123'],
    ["NOT Code__c = 'a'", '234'],
    ["Other__r.Name = 'Two'", '24'],
    ["Other__c IN (SELECT Id FROM Other__c WHERE Name = 'Two')", '24'],
    ["Other__c NOT IN (SELECT Id FROM Other__c WHERE Name = 'Two')", '13'],
    ["Tags__c INCLUDES ('b')", '3'],
    ["Tags__c INCLUDES ('a;b', 'z')", '3'],
    ["Tags__c EXCLUDES ('b')", '124'],
    ['Tags__c = null', '12'],
    ['Name LIKE :$0', '12'],
  ];
  for (const [where, found] of CASES) {
    it(`shouldFind ${found || 'nothing'} where ${where}`, () => {
      const binds = where.includes('$0') ? [new ApexList(null as never, ['1', '2%', null])] : [];
      assert.equal(names(`WHERE ${where}`, binds), found);
    });
  }

  it('shouldMatchNothingLikeABlank', () => {
    assert.equal(names('WHERE Name LIKE null'), '');
    assert.equal(names('WHERE Name LIKE :$0', [null]), '');
  });

  it('shouldFindDaysOfSeveralLiteralsInAList', () => {
    const [row] = org.query("SELECT Id FROM Thing__c WHERE Name = '1'");
    org.dml('update', [org.record('Thing__c', { Id: row?.id, Day__c: dateOf(2026, 5, 15) })]);
    assert.equal(names('WHERE Day__c IN (TODAY, YESTERDAY)'), '1');
    assert.equal(names('WHERE Day__c IN (YESTERDAY, TOMORROW)'), '');
  });

  it('shouldIntersectLargeAndSmallSetsOfAnIndex', () => {
    const many = (kind: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ Name: 'n', Kind__c: kind, Code__c: n % 30 === 0 ? 'hit' : 'miss' }));
    org.insert('Thing__c', ...many('big', 120));
    for (const where of ["Kind__c = 'big' AND Code__c = 'hit'", "Code__c = 'hit' AND Kind__c = 'big'"]) {
      assert.equal(org.count(`SELECT COUNT() FROM Thing__c WHERE ${where}`), 4);
    }
  });

  it('shouldHideParentsThatAreNotSharedFromConditionsToo', () => {
    const user = org.user('Ann');
    org.begin();
    const [owned] = org.insert('Thing__c', { Name: '5' });
    org.org.updateSystem('Thing__c', String(owned?.id), { OwnerId: user.id });
    org.begin(user);
    const found = (text: string, access = SHARING) => org.column(text, 'Name', [], access);
    assert.deepEqual(found('SELECT Name FROM Thing__c'), ['5']);
    assert.deepEqual(found('SELECT Name FROM Thing__c USING SCOPE mine', SYSTEM), ['5']);
    assert.equal(found('SELECT Name FROM Thing__c', SYSTEM).length, 5);
  });

  describe('of child rows', () => {
    const children = (text: string, access = SYSTEM) =>
      org
        .query(`SELECT Name, (SELECT Name FROM Things__r ${text}) FROM Other__c ORDER BY Name`, [], access)
        .map((row) =>
          (row.get('Things__r') as ApexList).items.map((item) => (item as typeof row).get('Name')).join(''),
        );

    it('shouldBeTheirsAndFulfilTheirCondition', () => {
      assert.deepEqual(children('ORDER BY Name'), ['1', '24']);
      assert.deepEqual(children("WHERE Kind__c = 'x' ORDER BY Name"), ['1', '2']);
      assert.deepEqual(children('ORDER BY Name DESC LIMIT 1'), ['1', '4']);
      assert.deepEqual(children('ORDER BY Name LIMIT 5 OFFSET 1'), ['', '4']);
    });

    it('shouldNotBeDeletedOnes', () => {
      org.dml('delete', org.query("SELECT Id FROM Thing__c WHERE Name = '2'"));
      assert.deepEqual(children('ORDER BY Name'), ['1', '4']);
    });

    it('shouldBeSharedWithWhoAsks', () => {
      const user = org.user('Ann');
      org.begin();
      const [mine] = org.query("SELECT Id FROM Thing__c WHERE Name = '4'");
      org.org.updateSystem('Thing__c', String(mine?.id), { OwnerId: user.id });
      org.begin(user);
      assert.deepEqual(children('ORDER BY Name', SHARING), ['', '4']);
      assert.deepEqual(children("WHERE Kind__c = 'x' ORDER BY Name", SHARING), ['', '']);
      assert.deepEqual(children('ORDER BY Name', SYSTEM), ['1', '24']);
    });
  });

  describe('as text', () => {
    const problem = (text: string) => {
      const prepared = org.org.data.prepare(text);
      return 'message' in prepared ? prepared.message.split('\n').at(-1) : 'accepted';
    };
    const TEXTS: readonly (readonly [text: string, message: RegExp])[] = [
      ['SELECT Id FROM Thing__c WHERE Day__c = LAST_N_DAYS:x', /unexpected token: 'x'/],
      ['SELECT Id FROM Thing__c WHERE Day__c = LAST_N_DAYS:1.5', /unexpected token: '1.5'/],
      ["SELECT Id FROM Thing__c WHERE Day__c = LAST_N_DAYS:'1'", /unexpected token: '1'/],
      ['SELECT Id FROM Thing__c LIMIT 1.5', /unexpected token: '1.5'/],
      ["SELECT Id FROM Thing__c LIMIT '1'", /unexpected token: '1'/],
      ['SELECT Id FROM Thing__c LIMIT x', /unexpected token: 'x'/],
      ["SELECT Id FROM Thing__c 'where' Id = null", /unexpected token: 'where'/],
      ["SELECT Id FROM Thing__c WITH 'user_mode'", /unexpected token: 'user_mode'/],
      ["SELECT Id FROM Thing__c WITH 'data'", /unexpected token: 'data'/],
      ['SELECT Id FROM Thing__c WITH DATA CATEGORY Geography__c AT usa__c', /does not support WITH DATA CATEGORY/],
      ["SELECT Id FROM Thing__c ORDER BY '('", /unexpected token/],
      ["SELECT Id '(' FROM Thing__c", /unexpected token/],
      ["SELECT Id FROM Thing__c WHERE Id IN '(' 'x')", /expecting a left parentheses/],
      [
        'SELECT DAY_IN_YEAR(convertTimezone(CreatedDate)) FROM Thing__c GROUP BY DAY_IN_YEAR(convertTimezone(CreatedDate))',
        /accepted/,
      ],
      [
        'SELECT DAY_IN_YEAR(toLabel(CreatedDate)) FROM Thing__c GROUP BY DAY_IN_YEAR(toLabel(CreatedDate))',
        /unexpected token/,
      ],
      ['SELECT DAY_ONLY(Day__c) FROM Thing__c GROUP BY DAY_ONLY(Day__c)', /./],
      ['SELECT HOUR_IN_DAY(CreatedDate) FROM Thing__c GROUP BY HOUR_IN_DAY(CreatedDate)', /accepted/],
      ['SELECT MAX(Tags__c) FROM Thing__c', /does not support aggregate operator MAX/],
      ['SELECT COUNT_DISTINCT(Tags__c) FROM Thing__c', /accepted/],
      ['SELECT COUNT(Tags__c) FROM Thing__c', /accepted/],
      ['SELECT COUNT(Id), Rollup FROM Thing__c GROUP BY Rollup', /No such column 'Rollup'/],
    ];
    for (const [text, message] of TEXTS) {
      it(`shouldSay ${String(message)} of ${text}`, () => assert.match(problem(text) ?? '', message));
    }

    it('shouldRefuseQueriesOfBigObjectsAndOfWhatHasNoRowsHere', () => {
      assert.throws(() => org.count('SELECT COUNT() FROM AccountFeed'), UnsupportedError);
      assert.throws(() => org.count('SELECT COUNT() FROM Big__b'), UnsupportedError);
    });

    it('shouldTakeNamesThatAreAlsoWordsOfTheLanguage', () => {
      assert.equal(org.column("SELECT t.Name FROM Thing__c t WHERE t.Code__c = 'a'", 'Name')[0], '1');
      assert.equal(org.column("SELECT Thing__c.Name FROM Thing__c WHERE Thing__c.Code__c = 'a'", 'Name')[0], '1');
      assert.equal(org.query("SELECT Id FROM Group WHERE Group.Name = 'nobody'").length, 0);
    });

    it('shouldNameEachFieldOfFieldsOnce', () => {
      const [row] = org.query("SELECT Name, FIELDS(STANDARD) FROM Thing__c WHERE Code__c = 'a'");
      assert.equal(row?.get('Name'), '1');
      assert.equal(row?.populated().filter((name) => name === 'Name').length, 1);
    });
  });

  it('shouldRefuseNegativeAmountsOfBinds', () => {
    const error = apexError(() => org.query('SELECT Id FROM Thing__c LIMIT :$0', [-1]));
    assert.equal(error.toString(), 'System.QueryException: Invalid query locator or row limit: -1');
    assert.equal(org.query('SELECT Id FROM Thing__c LIMIT :$0', [0]).length, 0);
    assert.equal(org.query('SELECT Id FROM Thing__c LIMIT :$0', [2]).length, 2);
    assert.equal(org.query('SELECT Id FROM Thing__c LIMIT :$0', [null]).length, 4);
  });
});
