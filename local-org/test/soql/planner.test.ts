import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareQuery } from '../../src/soql/prepare.ts';
import { fieldXml, loadProject } from '../store/testOrg.ts';

const SUFFIX = 'Please reference your WSDL or the describe call for the appropriate names.';

/** Each line of a query's plan that refuses something, with the place that it names. */
describe('plans of queries', () => {
  const { schema } = loadProject({
    'objects/Account/fields/Own__c.field-meta.xml': fieldXml('Own__c', 'Text', '<length>5</length>'),
  });

  const refusal = (text: string): readonly [message: string, at: string] => {
    const result = prepareQuery(schema, text);
    return 'message' in result ? [result.message, text.slice(result.offset).slice(0, 8)] : ['accepted', ''];
  };

  const CASES: readonly (readonly [text: string, message: string, at?: string])[] = [
    ['SELECT Name n FROM Account', 'only aggregate expressions use field aliasing', 'Name n F'],
    ['SELECT COUNT(Name, Id) FROM Account', "unexpected token: 'COUNT'", 'COUNT(Na'],
    ["SELECT MAX('x') FROM Account", "unexpected token: 'MAX'", "MAX('x')"],
    ['SELECT MIN() FROM Account', "unexpected token: 'MIN'", 'MIN() FR'],
    ['SELECT MAX(MIN(Name)) FROM Account', 'Aggregate functions are not allowed here: MIN', 'MIN(Name'],
    ['SELECT AVG(Name) FROM Account', 'field Name does not support aggregate operator AVG'],
    ['SELECT SUM(CreatedDate) FROM Account', 'field CreatedDate does not support aggregate operator SUM'],
    ['SELECT MAX(Description) FROM Account', 'field Description does not support aggregate operator MAX'],
    ['SELECT MIN(IsDeleted) FROM Account', 'field IsDeleted does not support aggregate operator MIN'],
    ['SELECT MAX(NumberOfEmployees) FROM Account', 'accepted'],
    ['SELECT SUM(AnnualRevenue) FROM Account', 'accepted'],
    ['SELECT AVG(Probability) FROM Opportunity', 'accepted'],
    ['SELECT COUNT(Id) a, COUNT(Name) A FROM Account', 'duplicate alias: A', 'COUNT(Na'],
    ['SELECT Industry, Industry FROM Account GROUP BY Industry', 'duplicate alias: Industry'],
    ['SELECT Name, COUNT(Id) FROM Account', 'Field must be grouped or aggregated: Name', 'Name, CO'],
    ['SELECT COUNT(Id), Name FROM Account', 'Field must be grouped or aggregated: Name', 'Name FRO'],
    ['SELECT Name FROM Account GROUP BY Industry', 'Field must be grouped or aggregated: Name', 'Name FRO'],
    [
      'SELECT CALENDAR_YEAR(CreatedDate) FROM Account GROUP BY CALENDAR_MONTH(CreatedDate)',
      'Field must be grouped or aggregated: calendar_year',
    ],
    [
      'SELECT COUNT(Id) FROM Account GROUP BY Industry ORDER BY Name',
      'Ordered field must be grouped or aggregated: Name',
      'Name',
    ],
    ['SELECT Id FROM Account ORDER BY COUNT(Id)', 'Aggregate functions are not allowed here: COUNT'],
    ['SELECT Id FROM Account WHERE MAX(Name) = null', 'Aggregate functions are not allowed here: MAX'],
    ["SELECT Name FROM Account HAVING Name = 'x'", 'HAVING clause is only allowed with a GROUP BY clause'],
    ['SELECT COUNT() FROM Account HAVING COUNT() > 1', 'HAVING clause is only allowed with a GROUP BY clause'],
    ['SELECT Name FROM Account GROUP BY Name FOR UPDATE', 'FOR UPDATE is not allowed with aggregate functions'],
    ['SELECT COUNT() FROM Account FOR UPDATE', 'FOR UPDATE is not allowed with aggregate functions'],
    ['SELECT (SELECT Id FROM Contacts FOR UPDATE) FROM Account', 'FOR UPDATE is not allowed in a subquery'],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact FOR UPDATE)',
      'FOR UPDATE is not allowed in a subquery',
    ],
    [
      'SELECT Id FROM Account ORDER BY Name FOR UPDATE',
      "You can't use the ORDER BY keyword in any SOQL query that uses locking",
    ],
    ['SELECT Id FROM Account FOR UPDATE', 'accepted'],
    ['SELECT Id FROM Account ORDER BY Name FOR VIEW', 'accepted'],
    ['SELECT (SELECT Id FROM Contacts FOR REFERENCE) FROM Account FOR VIEW', 'accepted'],
    ['SELECT Id FROM Account OFFSET 2000', 'accepted'],
    ['SELECT Id FROM Account OFFSET 2001', 'Maximum SOQL offset allowed is 2000', '2001'],
    ['SELECT Id FROM Account LIMIT 2001', 'accepted'],
    ['SELECT Id FROM Account USING SCOPE mine', 'accepted'],
    ['SELECT Id FROM Account USING SCOPE Everything', 'accepted'],
    ['SELECT Id FROM Account USING SCOPE team', 'local-org does not support USING SCOPE team'],
    ['SELECT DISTANCE(Id) FROM Account', 'DISTANCE takes a location field, a GEOLOCATION and a unit', 'DISTANCE'],
    [
      'SELECT Id FROM Account WHERE DISTANCE(Id) > 1',
      'DISTANCE takes a location field, a GEOLOCATION and a unit',
      'DISTANCE',
    ],
    ['SELECT Id FROM Account WHERE CALENDAR_YEAR(CreatedDate, Id) = 1', "unexpected token: 'CALENDAR_YEAR'"],
    ["SELECT Id FROM Account WHERE CALENDAR_YEAR('x') = 1", "unexpected token: 'CALENDAR_YEAR'"],
    [
      'SELECT Id FROM Account WHERE CALENDAR_YEAR(Name) = 1',
      "The function CALENDAR_YEAR can't be used with the field Name",
    ],
    [
      'SELECT Id FROM Opportunity WHERE HOUR_IN_DAY(CloseDate) = 1',
      "The function HOUR_IN_DAY can't be used with the field CloseDate",
    ],
    ['SELECT Id FROM Opportunity WHERE CALENDAR_YEAR(CloseDate) = 1', 'accepted'],
    ['SELECT Id FROM Opportunity WHERE HOUR_IN_DAY(CreatedDate) = 1', 'accepted'],
    ['SELECT Id FROM Opportunity WHERE HOUR_IN_DAY(convertTimezone(CreatedDate)) = 1', 'accepted'],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 200', 'accepted'],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 201', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT FIELDS(CUSTOM) FROM Account', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT FIELDS(STANDARD) FROM Account', 'accepted'],
    ['SELECT Name, Name FROM Account', 'duplicate field selected: Name', 'Name FRO'],
    ['SELECT Owner.Name, Owner.name FROM Account', 'duplicate field selected: name'],
    ['SELECT Name, Owner.Name FROM Account', 'accepted'],
    ['SELECT toLabel(Industry), toLabel(Industry) FROM Account', 'duplicate field selected: Industry'],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Id, AccountId FROM Contact)',
      'Inner select in a semi join must have exactly one column',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT (SELECT Id FROM Cases) FROM Contact)',
      'Inner select in a semi join must have exactly one column',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT COUNT() FROM Contact)',
      'only root queries support aggregate expressions',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT TYPEOF Owner WHEN User THEN Id END FROM Case)',
      'Inner select in a semi join must have exactly one column',
    ],
    [
      'SELECT Id FROM Account WHERE Name IN (SELECT Id FROM Contact)',
      "The left operand field in the where expression for outer query should be an id field, cannot use: 'Name'",
    ],
    [
      'SELECT Id FROM Account WHERE OwnerId IN (SELECT Name FROM User)',
      "semi join sub selects can only query id fields, cannot use: 'Name'",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT OwnerId FROM Contact)',
      "The selected field 'OwnerId' in the subquery and the left operand field in the where expression in the outer query 'Id' should point to the same object type",
    ],
    [
      'SELECT Id FROM Account WHERE ParentId IN (SELECT Id FROM Contact)',
      "The selected field 'Id' in the subquery and the left operand field in the where expression in the outer query 'ParentId' should point to the same object type",
    ],
    ['SELECT AccountId FROM Contact WHERE AccountId IN (SELECT Id FROM Account)', 'accepted'],
    ['SELECT Id FROM Account WHERE OwnerId NOT IN (SELECT Id FROM User)', 'accepted'],
    ['SELECT Contact.Name FROM Contact', 'accepted'],
    ['SELECT c.Name, c.Account.Name FROM Contact c', 'accepted'],
    ['SELECT Account.Name FROM Account', 'accepted'],
    [
      'SELECT d.Name FROM Contact c',
      `Didn't understand relationship 'd' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${SUFFIX}`,
    ],
    ['SELECT Account.Parent.Parent.Parent.Parent.Name FROM Contact', 'accepted'],
    [
      'SELECT Account.Parent.Parent.Parent.Parent.Parent.Name FROM Contact',
      'SOQL relationship field paths support at most 5 parent relationships',
    ],
    ["SELECT Id FROM Account WHERE Description = 'x'", "field 'Description' can not be filtered in a query call"],
    ['SELECT Id FROM Account ORDER BY Description', "field 'Description' can not be sorted in a query call"],
    ['SELECT COUNT(Id) FROM Account GROUP BY Description', "field 'Description' can not be grouped in a query call"],
  ];
  for (const [text, message, at] of CASES) {
    it(`should${message === 'accepted' ? 'Accept' : 'Refuse'}: ${text}`, () => {
      const [said, place] = refusal(text);
      assert.equal(said, message);
      if (at !== undefined) assert.equal(place, at);
    });
  }

  it('shouldTellCustomAndStandardFieldsApart', () => {
    const fields = (word: string): string[] => {
      const plan = prepareQuery(schema, `SELECT FIELDS(${word}) FROM Account LIMIT 1`);
      assert.ok(!('message' in plan));
      return plan.plan.columns.fields.map(({ name }) => name);
    };
    assert.deepEqual(fields('CUSTOM'), ['Own__c']);
    assert.ok(fields('STANDARD').includes('Name') && !fields('STANDARD').includes('Own__c'));
    assert.deepEqual(fields('ALL').sort(), [...fields('STANDARD'), 'Own__c'].sort());
  });
});
