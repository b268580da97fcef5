import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { TestOrg } from '../store/testOrg.ts';

const A = 'SELECT Id FROM Account';
const HAS_CONTACT = 'Id IN (SELECT AccountId FROM Contact)';
const HAS_DEAL = 'Id IN (SELECT AccountId FROM Opportunity)';
const NO_CASE = 'Id NOT IN (SELECT AccountId FROM Case)';

/** Source: SOQL and SOSL Reference, Comparison Operators; the texts are those that people have got from orgs. */
describe('queries inside IN, and aggregates of everything', () => {
  let org: TestOrg;
  before(() => {
    org = new TestOrg();
  });

  const expected: readonly [query: string, message: string][] = [
    [`${A} WHERE ${HAS_CONTACT} AND ${NO_CASE} AND Name = 'x'`, 'accepted'],
    [`${A} WHERE (${HAS_CONTACT} AND ${NO_CASE}) AND (Name = 'x' OR Name = 'y')`, 'accepted'],
    [`${A} WHERE ${HAS_CONTACT} AND ${HAS_DEAL} AND ${NO_CASE}`, 'Maximum 2 semi join sub-selects are allowed'],
    [`${A} WHERE ${HAS_CONTACT} OR Name = 'x'`, "Semi join sub-selects are not allowed with the 'OR' operator"],
    [
      `${A} WHERE Name = 'x' AND (Phone = '1' OR ${HAS_CONTACT})`,
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
    ],
    [`${A} WHERE NOT ${HAS_CONTACT}`, "Semi join sub-selects are not allowed with the 'NOT' operator"],
    [
      `${A} WHERE Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT ContactId FROM Case))`,
      'Nesting of semi join sub-selects is not supported',
    ],
    [
      `${A} WHERE Id IN (SELECT ParentId FROM Account)`,
      'The inner and outer selects should not be on the same object type',
    ],
    [`${A} WHERE Id IN (SELECT WhatId FROM Task)`, "Entity 'Task' is not supported for semi join inner selects"],
    [`${A} WHERE Id IN (SELECT AccountId FROM Contact LIMIT 5)`, "unexpected token: 'LIMIT'"],
    [`${A} WHERE Id IN (SELECT AccountId FROM Contact ORDER BY AccountId)`, "unexpected token: 'ORDER'"],
    ['SELECT Id, (SELECT COUNT() FROM Contacts) FROM Account', 'only root queries support aggregate expressions'],
    ['SELECT Id, (SELECT COUNT(Id) c FROM Contacts) FROM Account', 'only root queries support aggregate expressions'],
    [
      'SELECT COUNT(Id) FROM Account LIMIT 1',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    ['SELECT COUNT() FROM Account LIMIT 1', 'accepted'],
    ['SELECT COUNT(Id) FROM Account GROUP BY Name LIMIT 1', 'accepted'],
    ['SELECT COUNT(), Name FROM Account GROUP BY Name', 'COUNT() must be the only element in the SELECT list'],
  ];
  for (const [query, message] of expected) {
    it(`shouldSayOf: ${query}`, () => {
      const prepared = org.org.data.prepare(query);
      assert.equal('message' in prepared ? prepared.message : 'accepted', message);
    });
  }
});
