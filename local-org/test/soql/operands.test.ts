import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { fieldXml, TestOrg } from '../store/testOrg.ts';

const TAGS =
  '<visibleLines>4</visibleLines><valueSet><valueSetDefinition><sorted>false</sorted>' +
  '<value><fullName>red</fullName><default>false</default><label>red</label></value>' +
  '</valueSetDefinition></valueSet>';

/** Source of the texts: SOQL and SOSL Reference; API errors INVALID_FIELD and INVALID_QUERY_FILTER_OPERATOR. */
describe('operands of comparisons', () => {
  let org: TestOrg;

  before(() => {
    org = new TestOrg({
      'objects/Account/fields/Tags__c.field-meta.xml': fieldXml('Tags__c', 'MultiselectPicklist', TAGS),
      'objects/Account/fields/Founded__c.field-meta.xml': fieldXml('Founded__c', 'Date'),
      'objects/Account/fields/Share__c.field-meta.xml': fieldXml(
        'Share__c',
        'Percent',
        '<precision>5</precision><scale>2</scale>',
      ),
      'objects/Account/fields/Mail__c.field-meta.xml': fieldXml('Mail__c', 'Email'),
    });
  });

  const refusal = (condition: string): { message: string; code?: string } => {
    const prepared = org.org.data.prepare(`SELECT Id FROM Account WHERE ${condition}`);
    return 'message' in prepared ? prepared : { message: 'accepted' };
  };
  const quotes = (field: string, type: string, should: boolean): string =>
    `value of filter criterion for field '${field}' must be of type ${type} and should ${should ? '' : 'not '}be enclosed in quotes`;

  const CASES: readonly (readonly [condition: string, message: string])[] = [
    ['Name = 5', quotes('Name', 'string', true)],
    ['Name = true', quotes('Name', 'string', true)],
    ['Name = 2026-05-15', quotes('Name', 'string', true)],
    ['Name LIKE 5', quotes('Name', 'string', true)],
    ['Name IN (5)', quotes('Name', 'string', true)],
    ['Industry = 5', quotes('Industry', 'string', true)],
    ['Phone = 5', quotes('Phone', 'string', true)],
    ['Website = 5', quotes('Website', 'string', true)],
    ['Mail__c = 5', quotes('Mail__c', 'string', true)],
    ['Tags__c = 5', quotes('Tags__c', 'string', true)],
    ['Tags__c INCLUDES (5)', quotes('Tags__c', 'string', true)],
    ['Id = 5', quotes('Id', 'id', true)],
    ['ParentId = 5', quotes('ParentId', 'reference', true)],
    ["NumberOfEmployees = '5'", quotes('NumberOfEmployees', 'int', false)],
    ['NumberOfEmployees = true', quotes('NumberOfEmployees', 'int', false)],
    ["AnnualRevenue = '5'", quotes('AnnualRevenue', 'double', false)],
    ['AnnualRevenue = 2026-05-15', quotes('AnnualRevenue', 'double', false)],
    ["Share__c = '5'", quotes('Share__c', 'double', false)],
    ["IsDeleted = 'true'", quotes('IsDeleted', 'boolean', false)],
    ['IsDeleted = 1', quotes('IsDeleted', 'boolean', false)],
    ["Founded__c = '2026-05-15'", quotes('Founded__c', 'date', false)],
    ['Founded__c = 2026-05-15T00:00:00Z', quotes('Founded__c', 'date', false)],
    ['Founded__c = 5', quotes('Founded__c', 'date', false)],
    ['CreatedDate = 2026-05-15', quotes('CreatedDate', 'dateTime', false)],
    ["CreatedDate = '2026-05-15T00:00:00Z'", quotes('CreatedDate', 'dateTime', false)],
    ['CreatedDate = true', quotes('CreatedDate', 'dateTime', false)],
    ["Id = '00Q'", 'invalid ID field: 00Q'],
    ["ParentId IN ('nothing')", 'invalid ID field: nothing'],
    ["Id LIKE '001%'", 'invalid operator on id field'],
    ["ParentId LIKE '001%'", 'invalid operator on reference field'],
    ["AnnualRevenue LIKE '5%'", 'invalid operator on currency field'],
    ["IsDeleted LIKE 't%'", 'invalid operator on boolean field'],
    ["Founded__c LIKE '2026%'", 'invalid operator on date field'],
    ["CreatedDate LIKE '2026%'", 'invalid operator on datetime field'],
    ['IsDeleted < true', 'invalid operator on boolean field'],
    ['IsDeleted >= true', 'invalid operator on boolean field'],
    ["Tags__c < 'red'", 'invalid operator on multipicklist field'],
    ["Tags__c LIKE 'r%'", 'accepted'],
    ['IsDeleted != true', 'accepted'],
    ['AnnualRevenue = 5.5', 'accepted'],
    ['NumberOfEmployees = TODAY', "unexpected token: 'today'"],
    ['IsDeleted = YESTERDAY', "unexpected token: 'yesterday'"],
    ['CreatedDate = SOMEDAY', "unexpected token: 'someday'"],
    ['CreatedDate = LAST_N_DAYS', "unexpected token: 'last_n_days'"],
    ['CreatedDate = TODAY:5', "unexpected token: '5'"],
    ['CreatedDate = LAST_N_CENTURIES:5', "unexpected token: 'last_n_centuries'"],
    ['CreatedDate = LAST_N_DAYS:5', 'accepted'],
    ['Founded__c = null', 'accepted'],
    ["Industry INCLUDES ('red')", 'includes or excludes operator only valid on multipicklist field'],
    ["Id EXCLUDES ('red')", 'includes or excludes operator only valid on multipicklist field'],
  ];
  for (const [condition, message] of CASES) {
    it(`should${message === 'accepted' ? 'Take' : 'Refuse'}: ${condition}`, () => {
      assert.equal(refusal(condition).message, message);
    });
  }

  it('shouldTellTheApisCodes', () => {
    assert.equal(refusal('Name = 5').code, 'INVALID_FIELD');
    assert.equal(refusal("Id = 'x'").code, 'INVALID_QUERY_FILTER_OPERATOR');
    assert.equal(refusal("Id LIKE 'x'").code, 'INVALID_QUERY_FILTER_OPERATOR');
    assert.equal(refusal('IsDeleted < true').code, 'INVALID_QUERY_FILTER_OPERATOR');
    assert.equal(refusal('CreatedDate = SOMEDAY').code, 'MALFORMED_QUERY');
  });

  describe('in HAVING', () => {
    const having = (condition: string): string => {
      const prepared = org.org.data.prepare(`SELECT Industry FROM Account GROUP BY Industry HAVING ${condition}`);
      return 'message' in prepared ? prepared.message : 'accepted';
    };

    it('shouldBeOfTheTypeOfTheFunction', () => {
      assert.equal(having("COUNT(Name) > '5'"), quotes('count', 'int', false));
      assert.equal(having("COUNT() > '5'"), quotes('count', 'int', false));
      assert.equal(having("COUNT_DISTINCT(Name) > '5'"), quotes('count_distinct', 'int', false));
      assert.equal(having("SUM(NumberOfEmployees) > '5'"), quotes('sum', 'double', false));
      assert.equal(having("AVG(NumberOfEmployees) > '5'"), quotes('avg', 'double', false));
      assert.equal(having('MIN(Name) > 5'), quotes('min', 'string', true));
      assert.equal(having('MAX(Founded__c) > 5'), quotes('max', 'date', false));
      assert.equal(having('MAX(Founded__c) > TODAY'), 'accepted');
    });
  });

  it('shouldBeWholeNumbersOrDaysOfDateFunctions', () => {
    assert.equal(refusal("CALENDAR_YEAR(CreatedDate) = '2026'").message, quotes('calendar_year', 'int', false));
    assert.equal(refusal('CALENDAR_YEAR(CreatedDate) = 2026').message, 'accepted');
    assert.equal(refusal('DAY_ONLY(CreatedDate) = 2026').message, quotes('day_only', 'date', false));
    assert.equal(refusal('DAY_ONLY(CreatedDate) = TODAY').message, 'accepted');
  });

  it('shouldNameTheTypeThatABindMustHave', () => {
    const bindOf = (condition: string) => {
      const prepared = org.org.data.prepare(`SELECT Id FROM Account WHERE ${condition} LIMIT :$9`);
      return 'binds' in prepared ? prepared.binds.map(({ apexType, collection }) => [apexType, collection]) : [];
    };
    assert.deepEqual(bindOf('DAY_ONLY(CreatedDate) = :$0'), [
      ['Date', false],
      ['Integer', false],
    ]);
    assert.deepEqual(bindOf('CALENDAR_YEAR(CreatedDate) IN :$0'), [
      ['Integer', true],
      ['Integer', false],
    ]);
    assert.deepEqual(bindOf('AnnualRevenue IN (:$0)'), [
      ['Decimal', false],
      ['Integer', false],
    ]);
  });
});
