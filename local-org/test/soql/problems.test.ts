import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareQuery } from '../../src/soql/prepare.ts';
import { loadProject } from '../store/testOrg.ts';

const REFERENCE = 'Please reference your WSDL or the describe call for the appropriate names.';

describe('queries that Salesforce refuses', () => {
  const { schema } = loadProject({});

  const cases: readonly (readonly [what: string, text: string, message: string | RegExp, offset?: number])[] = [
    [
      'unknown field',
      'SELECT Id, Nmae FROM Lead',
      `No such column 'Nmae' on entity 'Lead'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${REFERENCE}`,
      11,
    ],
    [
      'unknown object',
      'SELECT Id FROM Leed',
      `sObject type 'Leed' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${REFERENCE}`,
      15,
    ],
    [
      'unknown parent',
      'SELECT Foo.Name FROM Lead',
      `Didn't understand relationship 'Foo' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE}`,
      7,
    ],
    [
      'unknown child',
      'SELECT (SELECT Id FROM Foos) FROM Account',
      `Didn't understand relationship 'Foos' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE}`,
      23,
    ],
    ['missing FROM', 'SELECT Id', "unexpected token: '<EOF>'", 9],
    ['a stray word', 'SELECT Id FROM Lead WHERE Name = 5 6', /unexpected token: '6'/],
    [
      'mixed AND and OR',
      "SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
      "unexpected token: 'OR'",
      52,
    ],
    ['a missing bracket', "SELECT Id FROM Lead WHERE (Name = 'a'", /expecting a right parentheses/],
    [
      'text for a number',
      "SELECT Id FROM Account WHERE NumberOfEmployees = '5'",
      "value of filter criterion for field 'NumberOfEmployees' must be of type int and should not be enclosed in quotes",
    ],
    [
      'a number for text',
      'SELECT Id FROM Account WHERE Name = 5',
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    [
      'a day for an instant',
      'SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      'a long text as filter',
      "SELECT Id FROM Lead WHERE Description = 'x'",
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'a long text as order',
      'SELECT Id FROM Lead ORDER BY Description',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      'an amount as group',
      'SELECT AnnualRevenue FROM Lead GROUP BY AnnualRevenue',
      "field 'AnnualRevenue' can not be grouped in a query call",
    ],
    [
      'a field that is not grouped',
      'SELECT Name, COUNT(Id) FROM Lead GROUP BY Status',
      'Field must be grouped or aggregated: Name',
      7,
    ],
    [
      'an order that is not grouped',
      'SELECT Status FROM Lead GROUP BY Status ORDER BY Name',
      'Ordered field must be grouped or aggregated: Name',
    ],
    ['a field twice', 'SELECT Id, Name, name FROM Lead', 'duplicate field selected: name'],
    ['an id that is none', "SELECT Id FROM Lead WHERE Id = 'abc'", 'invalid ID field: abc'],
    ['INCLUDES of plain text', "SELECT Id FROM Lead WHERE Name INCLUDES ('a')", /only valid on multipicklist/],
    ['a sum of text', 'SELECT SUM(Name) FROM Lead', 'field Name does not support aggregate operator SUM'],
    [
      'FIELDS(ALL) without a limit',
      'SELECT FIELDS(ALL) FROM Lead',
      'The SOQL FIELDS function must have a LIMIT of at most 200',
    ],
    ['an offset too large', 'SELECT Id FROM Lead LIMIT 1 OFFSET 2001', 'Maximum SOQL offset allowed is 2000'],
    [
      'a join of different objects',
      'SELECT Id FROM Lead WHERE OwnerId IN (SELECT AccountId FROM Contact)',
      /should point to the same object type/,
    ],
    [
      'a join of two columns',
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId, Id FROM Contact)',
      /exactly one column/,
    ],
    [
      'a lock with an order',
      'SELECT Id FROM Lead ORDER BY Name FOR UPDATE',
      /ORDER BY keyword in any SOQL query that uses locking/,
    ],
    ['a string without end', "SELECT Id FROM Lead WHERE Name = 'x", /mismatched character '<EOF>'/],
    ['an aggregate in WHERE', 'SELECT Id FROM Lead WHERE COUNT(Id) > 1', /not allowed here/],
    [
      'more than five parents',
      'SELECT Account.Parent.Parent.Parent.Parent.Parent.Name FROM Contact',
      /at most 5 parent relationships/,
    ],
    [
      'what local-org has not built',
      'SELECT GEOLOCATION(AnnualRevenue) FROM Lead',
      /local-org does not support the function GEOLOCATION/,
    ],
    ['events', 'SELECT Id FROM AggregateResult', /sObject type 'AggregateResult' is not supported/],
  ];

  for (const [what, text, message, offset] of cases) {
    it(`shouldRefuse: ${what}`, () => {
      const result = prepareQuery(schema, text);
      assert.ok('message' in result, 'the query is refused');
      if (typeof message === 'string') assert.equal(result.message, message);
      else assert.match(result.message, message);
      if (offset !== undefined) assert.equal(result.offset, offset);
    });
  }

  it('shouldRefuseSecurityEnforcedFromVersion67On', () => {
    const text = 'SELECT Id FROM Lead WITH SECURITY_ENFORCED';
    assert.ok('message' in prepareQuery(schema, text, 67));
    assert.ok(!('message' in prepareQuery(schema, text, 66)));
  });

  it('shouldTellTheApisCodes', () => {
    const code = (text: string) => {
      const result = prepareQuery(schema, text);
      return 'code' in result ? result.code : null;
    };
    assert.equal(code('SELECT Nope FROM Lead'), 'INVALID_FIELD');
    assert.equal(code('SELECT Id FROM Nope'), 'INVALID_TYPE');
    assert.equal(code('SELECT FROM Lead'), 'MALFORMED_QUERY');
  });

  it('shouldDescribeBindsInTheOrderOfTheirNumbers', () => {
    const result = prepareQuery(schema, 'SELECT Id FROM Lead WHERE Name IN :$1 AND NumberOfEmployees = :$0 LIMIT :$2');
    assert.ok(!('message' in result));
    assert.deepEqual(result.binds, [
      { name: '$0', apexType: 'Integer', collection: false },
      { name: '$1', apexType: 'String', collection: true },
      { name: '$2', apexType: 'Integer', collection: false },
    ]);
  });
});
