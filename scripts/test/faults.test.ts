import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readStored } from '../demo/runDemo.ts';
import { summarise } from '../demo/summary.ts';
import { executeAnonymous, insertAll, queryAll } from '../org/connection.ts';
import { decidedLeads, startTestOrg, tally, testLeads, testPerson } from './support/testOrg.ts';
import type { TestOrg } from './support/testOrg.ts';

const SWEEP = 'new LeadSweeper().execute(null);';
const MINUTE = 60_000;

/** What Apex tests cannot try: locks that others hold, jobs that are lost, jobs side by side. */
describe('a running org in which things go wrong', () => {
  let org: TestOrg;

  before(async () => {
    org = await startTestOrg({ representatives: 19, persons: [testPerson('nobody', [])] });
  });
  after(() => org.close());

  /** Nothing is dropped, whatever happened: every lead has ended, with one decision. */
  async function assertNoneDropped(ids: readonly string[]): Promise<void> {
    const { leads, decisions } = await readStored(org.admin);
    const { counts, problems } = summarise(ids, leads, decisions);
    assert.deepEqual(problems.slice(0, 3), []);
    assert.equal(counts.dropped, 0);
  }

  async function sweepUntilDecided(prefix: string): Promise<void> {
    for (let sweeps = 0; sweeps < 6; sweeps++) {
      await org.idle();
      const leads = await decidedLeads(org.admin, prefix);
      if (leads.every((lead) => lead.AI_Routing_Status__c !== 'Pending')) return;
      await org.faults({ advanceClockMs: 10 * MINUTE });
      await executeAnonymous(org.admin, SWEEP);
    }
    await org.idle();
  }

  it('shouldRouteLeadsInTheEndWhenRepresentativesAreLocked', async () => {
    await org.faults({ rowLocks: [{ object: 'Rep_Profile__c', ms: 5 * MINUTE }] });
    const ids = await insertAll(org.admin, 'Lead', testLeads('Lock', 40));
    await org.idle();
    const waiting = tally((await decidedLeads(org.admin, 'Lock')).map((lead) => lead.AI_Routing_Status__c));
    assert.deepEqual(waiting, { Pending: 40 }, 'while the rows are locked nobody can be given a lead');
    await sweepUntilDecided('Lock');
    await assertNoneDropped(ids);
    await org.faults({ clear: true });
  });

  it('shouldRecordTheCauseWhenOneLeadIsLockedAtItsSave', async () => {
    const ids = await insertAll(org.admin, 'Lead', testLeads('Row', 20));
    await org.idle();
    await assertNoneDropped(ids);
    await org.faults({
      dml: [{ object: 'Lead', operation: 'update', status: 'UNABLE_TO_LOCK_ROW', message: 'locked', times: 3 }],
    });
    const more = await insertAll(org.admin, 'Lead', testLeads('Busy', 20));
    await sweepUntilDecided('Busy');
    await org.faults({ clear: true });
    await assertNoneDropped(more);
    const statuses = tally((await decidedLeads(org.admin, 'Busy')).map((lead) => lead.AI_Routing_Status__c));
    assert.ok((statuses['Routed'] ?? 0) >= 17, `the others are not held up: ${JSON.stringify(statuses)}`);
  });

  it('shouldRouteLeadInTheEndWhenItStaysLockedDuringAllSaves', async () => {
    // More than the four saves of ten leads.
    await org.faults({
      dml: [{ object: 'Lead', operation: 'update', status: 'UNABLE_TO_LOCK_ROW', message: 'locked', times: 1000 }],
    });
    const ids = await insertAll(org.admin, 'Lead', testLeads('Stuck', 10));
    await org.idle();
    const locked = await decidedLeads(org.admin, 'Stuck');
    assert.deepEqual(tally(locked.map((lead) => lead.AI_Routing_Status__c)), { Pending: 10 });
    await org.faults({ clear: true });
    await sweepUntilDecided('Stuck');
    await assertNoneDropped(ids);
    const statuses = tally((await decidedLeads(org.admin, 'Stuck')).map((lead) => lead.AI_Routing_Status__c));
    assert.deepEqual(statuses, { Routed: 10 });
    const decisions = await queryAll<{ Cause__c: string | null; Sequence__c: number }>(
      org.admin,
      "SELECT Cause__c, Sequence__c FROM AI_Lead_Routing_Decision__c WHERE Lead__r.Company LIKE 'Stuck Werke%'",
    );
    const numbered = tally(decisions.map(({ Cause__c, Sequence__c }) => `${Sequence__c} ${Cause__c ?? 'none'}`));
    assert.deepEqual(numbered, { '1 Row Locked': 10, '2 none': 10 });
  });

  it('shouldSendToReviewWithTheCauseWhenARuleOfTheOrgRefusesTheOwner', async () => {
    await org.faults({
      dml: [
        {
          object: 'Lead',
          operation: 'update',
          status: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          message: 'Not so.',
          times: 1,
        },
      ],
    });
    const ids = await insertAll(org.admin, 'Lead', testLeads('Rule', 30));
    await org.idle();
    await org.faults({ clear: true });
    await assertNoneDropped(ids);
    const causes = tally((await decidedLeads(org.admin, 'Rule')).map((lead) => lead.AI_Current_Decision__r?.Cause__c));
    assert.deepEqual(causes, { none: 29, 'Save Refused': 1 });
    const errors = await queryAll<{ Message__c: string }>(
      org.admin,
      "SELECT Message__c FROM Routing_Error__c WHERE Where__c = 'Assignment.saveLeads'",
    );
    assert.ok(errors.some(({ Message__c }) => Message__c.includes('Not so.')));
  });

  it('shouldFindLeadsWhoseJobWasLost', async () => {
    // An event that no job finished leaves just this behind: a lead that is pending, and nothing that runs.
    await executeAnonymous(
      org.admin,
      'Routing_Settings__c s = Routing_Settings__c.getOrgDefaults(); s.Enabled__c = false; update as system s;',
    );
    const ids = await insertAll(org.admin, 'Lead', testLeads('Lost', 30));
    await executeAnonymous(
      org.admin,
      `List<Lead> leads = [SELECT Id FROM Lead WHERE Company LIKE 'Lost Werke%'];
       for (Lead lead : leads) {
         lead.AI_Routing_Status__c = 'Pending';
         lead.AI_Routing_Trace_Id__c = UUID.randomUUID().toString();
         lead.AI_Routing_Requested_At__c = Datetime.now();
         lead.AI_Routing_Attempts__c = 0;
       }
       update as system leads;
       Routing_Settings__c s = Routing_Settings__c.getOrgDefaults();
       s.Enabled__c = true;
       update as system s;`,
    );
    await org.idle();
    await executeAnonymous(org.admin, SWEEP);
    await org.idle();
    assert.deepEqual(
      tally((await decidedLeads(org.admin, 'Lost')).map((lead) => lead.AI_Routing_Status__c)),
      { Pending: 30 },
      'a job that may be on its way is not overtaken',
    );
    await sweepUntilDecided('Lost');
    await assertNoneDropped(ids);
  });

  it('shouldDecideOnceWhenTheEventIsDeliveredAgainWhileTheJobRuns', async () => {
    org.service.behaviour.waitMs = 300;
    const ids = await insertAll(org.admin, 'Lead', testLeads('Again', 30));
    await executeAnonymous(
      org.admin,
      `List<Id> ids = new List<Id>(new Map<Id, Lead>([SELECT Id FROM Lead WHERE Company LIKE 'Again Werke%']).keySet());
       for (Integer i = 0; i < 3; i++) {
         EventBus.publish(new Lead_Routing_Requested__e(Lead_Ids__c = IdText.write(ids)));
       }`,
    );
    await org.idle();
    org.service.behaviour.waitMs = 0;
    await assertNoneDropped(ids);
    const decisions = await queryAll(
      org.admin,
      "SELECT Id FROM AI_Lead_Routing_Decision__c WHERE Lead__r.Company LIKE 'Again Werke%'",
    );
    assert.equal(decisions.length, ids.length);
  });

  it('shouldKeepTheInvariantsWhenABulkJobOf1000LeadsHasABadRow', async () => {
    const rows = [...testLeads('Bulk', 1000), { LastName: 'No company', Country: 'Germany' }];
    const results = await org.admin.bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'insert',
      input: rows.map((row) => ({ ...row })),
      pollInterval: 200,
      pollTimeout: 10 * MINUTE,
    });
    assert.equal(results.successfulResults.length, 1000);
    assert.equal(results.failedResults.length, 1);
    await org.idle();
    await assertNoneDropped((await decidedLeads(org.admin, 'Bulk')).map(({ Id }) => Id));
  });

  it('shouldRouteLeadsOfAUserWithoutAnyPermission', async () => {
    const nobody = await org.as('nobody');
    const ids = await insertAll(nobody, 'Lead', testLeads('Form', 5));
    await org.idle();
    await assertNoneDropped(ids);
    const outcomes = tally(
      (await decidedLeads(org.admin, 'Form')).map((lead) => lead.AI_Current_Decision__r?.Outcome__c),
    );
    assert.deepEqual(outcomes, { Assigned: 5 });
  });
});

/** Uses up the queries of every job that asked the service before it saves leads: another automation of the org. */
const GREEDY_TRIGGER = `trigger Greedy on Lead (before update) {
  if (Limits.getCallouts() > 0) {
    while (true) {
      Integer one = [SELECT COUNT() FROM Organization];
    }
  }
}`;

describe('an org whose own automation uses up the limits', () => {
  let org: TestOrg;

  before(async () => {
    org = await startTestOrg({ representatives: 3, triggers: { Greedy: GREEDY_TRIGGER } });
  });
  after(() => org.close());

  it('shouldFallBackWithTheCauseWhenTheJobEndsInALimit', async () => {
    const ids = await insertAll(org.admin, 'Lead', testLeads('Greedy', 100));
    await org.idle();
    const leads = await decidedLeads(org.admin, 'Greedy');
    assert.equal(leads.length, ids.length);
    assert.deepEqual(tally(leads.map((lead) => lead.AI_Routing_Status__c)), { Routed: 100 });
    assert.deepEqual(tally(leads.map((lead) => lead.AI_Current_Decision__r?.Cause__c)), { 'Unexpected Error': 100 });
    const [error] = await queryAll<{ Message__c: string }>(
      org.admin,
      "SELECT Message__c FROM Routing_Error__c WHERE Where__c = 'RoutingJob'",
    );
    assert.match(error?.Message__c ?? '', /Too many SOQL queries: 201/);
  });
});

describe('eight jobs side by side', () => {
  const CAPS = [20, 40, null];
  let org: TestOrg;

  before(async () => {
    org = await startTestOrg({
      representatives: 19,
      dailyCaps: Array.from({ length: 19 }, (_, index) => CAPS[index] ?? null),
    });
  });
  after(() => org.close());

  it('shouldShareOutFairlyAndOvershootNoCap', async () => {
    // The service refuses after a while: until then all jobs are suspended in their callout, and then go on in turn.
    Object.assign(org.service.behaviour, { status: 403, waitMs: 3000 });
    const loads = Array.from({ length: 8 }, (_, index) => testLeads(`Side${index}x`, 200));
    const ids = (await Promise.all(loads.map((leads) => insertAll(org.admin, 'Lead', leads)))).flat();
    await org.idle();
    const leads = await queryAll<{ OwnerId: string; AI_Routing_Status__c: string }>(
      org.admin,
      "SELECT OwnerId, AI_Routing_Status__c FROM Lead WHERE Company LIKE 'Side%'",
    );
    assert.equal(leads.length, ids.length);
    assert.deepEqual(tally(leads.map((lead) => lead.AI_Routing_Status__c)), { Routed: 1600 });
    assert.ok(org.service.mostAtOnce() >= 4, `${org.service.mostAtOnce()} jobs waited for the service at once`);
    const counts = tally(leads.map(({ OwnerId }) => OwnerId));
    const of = (key: string): number => counts[org.userIds.get(key) ?? ''] ?? 0;
    assert.equal(of('rep-01'), CAPS[0], 'a cap is filled and not overshot');
    assert.equal(of('rep-02'), CAPS[1], 'a cap is filled and not overshot');
    const others = Array.from({ length: 17 }, (_, index) => of(`rep-${String(index + 3).padStart(2, '0')}`));
    assert.ok(Math.max(...others) - Math.min(...others) <= 2, `differ by at most 2: ${others.join(' ')}`);
  });
});
