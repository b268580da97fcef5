import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { candidates } from '../../src/soql/candidates.ts';
import type { ConditionSource } from '../../src/soql/filter.ts';
import { parseQuery } from '../../src/soql/parser.ts';
import { planQuery } from '../../src/soql/planner.ts';
import type { Row } from '../../src/store/row.ts';
import { fieldXml, TestOrg } from '../store/testOrg.ts';

describe('rows that an index finds', () => {
  let org: TestOrg;
  let common: string;
  let id: string;

  before(() => {
    org = new TestOrg({
      'objects/Contact/fields/Key__c.field-meta.xml': fieldXml(
        'Key__c',
        'Text',
        '<length>10</length><externalId>true</externalId>',
      ),
    });
    common = String(org.insert('Account', { Name: 'A' })[0]?.id);
    const rows = Array.from({ length: 60 }, (_, index) => ({ LastName: `L${index}`, AccountId: common }));
    org.insert('Contact', ...rows, { LastName: 'x', Key__c: 'x', AccountId: common }, { LastName: 'y', Key__c: 'y' });
    id = String(org.column("SELECT Id FROM Contact WHERE Key__c = 'y'", 'Id')[0]);
  });

  /** How many rows are looked at; null for all. */
  const looked = (condition: string): number | null => {
    const { where } = planQuery(org.org.schema, parseQuery(`SELECT Id FROM Contact WHERE ${condition}`));
    const source = { context: {} } as unknown as ConditionSource<Row>;
    return candidates(where, org.org.store.tableOf('Contact'), source)?.length ?? null;
  };

  const CASES: readonly (readonly [condition: () => string, rows: number | null])[] = [
    [() => `AccountId = '${common}'`, 61],
    [() => `AccountId = '${common}' AND Key__c = 'X'`, 1],
    [() => `Key__c = 'X' AND AccountId = '${common}'`, 1],
    [() => `LastName = 'x' AND AccountId = '${common}'`, 61],
    [() => `Key__c = 'x' OR Id = '${id}'`, 2],
    [() => "Key__c IN ('x', 'y', 'z')", 2],
    [() => `Id = '${id}'`, 1],
    [() => "Key__c = 'x' OR LastName = 'y'", null],
    [() => "Key__c != 'x'", null],
    [() => "Key__c NOT IN ('x')", null],
    [() => "NOT Key__c = 'x'", null],
    [() => 'Key__c = null', null],
    [() => "Account.OwnerId = '005000000000001AAA'", null],
    [() => 'CreatedDate = TODAY', null],
  ];
  for (const [condition, rows] of CASES) {
    it(`shouldBe ${rows ?? 'all'} where ${String(condition).slice(6)}`, () => assert.equal(looked(condition()), rows));
  }
});
