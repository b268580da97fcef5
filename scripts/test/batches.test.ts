import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { executeAnonymous, insertAll, queryAll } from '../org/connection.ts';
import { decidedLeads, startTestOrg, tally, testLeads } from './support/testOrg.ts';
import type { TestOrg } from './support/testOrg.ts';

/** Batches of several chunks and passes; an Apex test runs one chunk of one batch only. */
describe('batches in a running org', () => {
  let org: TestOrg;

  before(async () => {
    org = await startTestOrg({ representatives: 19, persons: [] });
  });
  after(() => org.close());

  const run = (code: string) => executeAnonymous(org.admin, code);

  it('shouldRouteEveryLeadOfAListViewOnce', async () => {
    await run(`KillSwitch.turnOff('A load');`);
    const ids = await insertAll(org.admin, 'Lead', testLeads('View', 450));
    await run(`KillSwitch.turnOn('The load is done');`);
    await run(
      `Id viewId = [SELECT Id FROM ListView WHERE DeveloperName = 'Routing_Never_Routed'].Id;
       RoutingRuns.startListView(RoutingRuns.BACKFILL, viewId);`,
    );
    await org.idle();
    const runs = await queryAll<{ Status__c: string; Total__c: number; Done__c: number; Failed__c: number }>(
      org.admin,
      'SELECT Status__c, Total__c, Done__c, Failed__c FROM Routing_Run__c',
    );
    assert.deepEqual(
      runs.map(({ Status__c, Total__c, Done__c, Failed__c }) => ({ Status__c, Total__c, Done__c, Failed__c })),
      [{ Status__c: 'Completed', Total__c: 450, Done__c: 450, Failed__c: 0 }],
    );
    const leads = await decidedLeads(org.admin, 'View');
    assert.equal(leads.length, ids.length);
    const statuses = tally(leads.map((lead) => lead.AI_Routing_Status__c));
    assert.equal((statuses['Routed'] ?? 0) + (statuses['In Review'] ?? 0), 450, JSON.stringify(statuses));
  });

  it('shouldEraseInAllPasses', async () => {
    const [first, second] = await insertAll(org.admin, 'Lead', testLeads('Person', 2));
    await org.idle();
    await run(
      `insert as system new Routing_Error__c(Where__c = 'Test', Message__c = 'About ${first}');
       AI_Lead_Routing_Decision__c old = [SELECT FIELDS(ALL) FROM AI_Lead_Routing_Decision__c WHERE Lead__c = '${first}' LIMIT 1];
       insert as system new ContentVersion(
         Title = DecisionRetention.TITLE + 'test',
         PathOnClient = 'test.json',
         VersionData = Blob.valueOf(JSON.serialize(new List<Object>{ old }))
       );
       DecisionErasure.eraseLeads(new List<Id>{ '${first}' });`,
    );
    await org.idle();
    const [erasure] = await queryAll<Record<string, unknown>>(
      org.admin,
      'SELECT Status__c, Leads__c, Errors__c, Archived_Decisions__c, Archive_Files__c, Failed__c FROM Routing_Erasure__c',
    );
    assert.equal(erasure?.['Status__c'], 'Completed');
    assert.deepEqual(
      ['Leads__c', 'Errors__c', 'Archived_Decisions__c', 'Archive_Files__c', 'Failed__c'].map(
        (name) => erasure?.[name],
      ),
      [1, 1, 1, 1, 0],
    );
    const left = await queryAll<{ Lead__c: string | null }>(
      org.admin,
      `SELECT Lead__c FROM AI_Lead_Routing_Decision__c WHERE Lead__c IN ('${first}', '${second}')`,
    );
    assert.ok(left.length > 0 && left.every((decision) => decision.Lead__c === second), 'the other lead keeps its own');
    assert.deepEqual(
      await queryAll(org.admin, `SELECT Id FROM ContentVersion WHERE Title LIKE 'Routing decisions %'`),
      [],
    );
  });
});
