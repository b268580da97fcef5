import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { insertAll } from '../org/connection.ts';
import { decidedLeads, startTestOrg, tally, testLeads } from './support/testOrg.ts';
import type { TestOrg } from './support/testOrg.ts';

const RULES = `<?xml version="1.0" encoding="UTF-8"?>
<AssignmentRules xmlns="http://soap.sforce.com/2006/04/metadata">
    <assignmentRule>
        <fullName>Before routing</fullName>
        <active>true</active>
        <ruleEntry>
            <assignedTo>rep-03@test-org.example.com</assignedTo>
            <assignedToType>User</assignedToType>
            <criteriaItems>
                <field>Lead.Company</field>
                <operation>startsWith</operation>
                <value>Person</value>
            </criteriaItems>
        </ruleEntry>
        <ruleEntry>
            <assignedTo>AI_Routing_Review</assignedTo>
            <assignedToType>Queue</assignedToType>
            <criteriaItems>
                <field>Lead.Company</field>
                <operation>startsWith</operation>
                <value>Queue</value>
            </criteriaItems>
        </ruleEntry>
    </assignmentRule>
</AssignmentRules>
`;

/** The package ships no assignment rules: only an org of its own can have leads held back to them. */
describe('leads held back to the assignment rules of the org', () => {
  let org: TestOrg;

  before(async () => {
    org = await startTestOrg({
      representatives: 3,
      policy: { Holdback_Share__c: 1, Old_Rule__c: 'Assignment Rules' },
      metadata: { 'assignmentRules/Lead.assignmentRules-meta.xml': RULES },
    });
    org.service.behaviour.arm = 'holdback';
  });
  after(() => org.close());

  async function routed(prefix: string): Promise<{ owners: (string | undefined)[]; causes: Record<string, number> }> {
    await insertAll(org.admin, 'Lead', testLeads(prefix, 6));
    await org.idle();
    const leads = await decidedLeads(org.admin, prefix);
    assert.deepEqual(tally(leads.map((lead) => lead.AI_Routing_Status__c)), { Routed: 6 });
    const keyById = new Map([...org.userIds].map(([key, id]) => [id, key]));
    return {
      owners: leads.map(({ OwnerId }) => keyById.get(OwnerId) ?? OwnerId.slice(0, 3)),
      causes: tally(leads.map((lead) => lead.AI_Current_Decision__r?.Cause__c)),
    };
  }

  it('shouldGoToWhomTheRulesChoose', async () => {
    const { owners, causes } = await routed('Person');
    assert.deepEqual(new Set(owners), new Set(['rep-03']));
    assert.deepEqual(causes, { 'Old Rule': 6 });
  });

  it('shouldGoToTheQueueThatTheRulesChoose', async () => {
    const { owners, causes } = await routed('Queue');
    assert.deepEqual(new Set(owners), new Set(['00G']));
    assert.deepEqual(causes, { 'Old Rule': 6 });
  });

  it('shouldStayWithTheDrawWhenTheRulesLeaveThemAlone', async () => {
    const { owners, causes } = await routed('Other');
    assert.deepEqual(tally(owners), { 'rep-01': 2, 'rep-02': 2, 'rep-03': 2 });
    assert.equal(causes['Old Rule'] ?? 0, 0);
  });
});
