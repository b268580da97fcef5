import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { insertBatch } from '../demo/insertLeads.ts';
import type { Target } from '../demo/insertLeads.ts';
import { routingUsername } from '../load/staff.ts';
import { executeAnonymous, queryAll } from '../org/connection.ts';
import { startStack } from '../org/stack.ts';
import type { Stack } from '../org/stack.ts';
import { generateDemoOrg } from '../seed/demoOrg.ts';
import { generateLeads } from '../seed/leads.ts';
import { loadDemoOrg } from '../seed/loadDemoOrg.ts';
import { createRandom } from '../seed/random.ts';
import { DEMO_DOMAIN } from '../seed/representatives.ts';

const SEED = 5;

interface Replay {
  readonly Status__c: string;
  readonly Verdict__c: string | null;
  readonly Message__c: string | null;
}

/** Invariant 6, the whole way: a person asks in the org, the service decides again from its store. */
describe('replay of decisions through org and service', () => {
  let stack: Stack;

  before(async () => {
    stack = await startStack({ routingUsername: routingUsername(DEMO_DOMAIN), progress: () => {} });
    await loadDemoOrg(stack.connection, generateDemoOrg(SEED, new Date()), () => {});
  });
  after(() => stack.close());

  it('shouldComeToTheSameRankingAndAssignment', async () => {
    const { connection, org } = stack;
    const target: Target = { connection, orgUrl: org.url, giveUpAt: performance.now() + 60_000 };
    const leads = generateLeads(createRandom(`${SEED}/replay`), { name: 'R', count: 100, mix: 'any' });
    await insertBatch(target, leads);
    await executeAnonymous(
      connection,
      `List<Id> ids = new List<Id>();
       for (AI_Lead_Routing_Decision__c one : [SELECT Id FROM AI_Lead_Routing_Decision__c WHERE Model_Hash__c != NULL LIMIT 10])
         ids.add(one.Id);
       DecisionReplay.request(ids);`,
    );
    await fetch(`${org.url}/_local/idle`);
    const replays = await queryAll<Replay>(
      connection,
      'SELECT Status__c, Verdict__c, Message__c FROM Routing_Replay__c',
    );
    assert.equal(replays.length, 10);
    assert.deepEqual(
      replays.filter(({ Status__c, Verdict__c }) => Status__c !== 'Done' || Verdict__c !== 'Exact'),
      [],
    );
  });
});
