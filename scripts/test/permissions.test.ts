import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Connection } from 'jsforce';
import { executeAnonymous, insertAll, insertOne, queryOne } from '../org/connection.ts';
import { PROJECT_ROOT } from '../org/projectRoot.ts';
import { DOORS, ROLES, permissionsPage } from './support/permissionMatrix.ts';
import type { Door, Role, Subjects } from './support/permissionMatrix.ts';
import { startTestOrg, testLeads, testPerson } from './support/testOrg.ts';
import type { TestOrg } from './support/testOrg.ts';

/** What the API says to somebody who may not; anything else is a fault of the test. */
const REFUSALS =
  /INSUFFICIENT|INVALID_TYPE|INVALID_FIELD|NOT_FOUND|CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY|CANNOT_DELETE|FORBIDDEN|API_DISABLED|ENTITY_IS_DELETED|ENTITY_IS_LOCKED|INVALID_CROSS_REFERENCE_KEY|FIELD_INTEGRITY_EXCEPTION|insufficient|access/i;

describe('permissions over the API', () => {
  let org: TestOrg;
  let otherDecision: string;
  let policy: string;
  let profile: string;
  let error: string;
  let policyToDelete: string;

  before(async () => {
    org = await startTestOrg({
      representatives: 1,
      persons: ROLES.map((role) => testPerson(role, role === 'None' ? [] : [`AI_Routing_${role}`])),
    });
    ({ otherDecision } = await leadOf('rep-01', 'Other'));
    policy = (await queryOne<{ Id: string }>(org.admin, 'SELECT Id FROM Routing_Policy__c', 'It was inserted.')).Id;
    policyToDelete = await insertOne(org.admin, 'Routing_Policy__c', { Name: 'Old', Mode__c: 'Off', Sort_Order__c: 9 });
    await executeAnonymous(
      org.admin,
      "RoutingErrors.save(new List<Routing_Error__c>{ RoutingErrors.describe('Test', 'x') });",
    );
    await executeAnonymous(
      org.admin,
      "insert as system new Routing_Erasure__c(Status__c = 'Completed', Requested_By__c = UserInfo.getUserId());",
    );
    error = (await queryOne<{ Id: string }>(org.admin, 'SELECT Id FROM Routing_Error__c LIMIT 1', 'It was stored.')).Id;
    profile = org.profileIds.get('rep-01') ?? '';
  });
  after(() => org.close());

  /** A routed lead that the person owns; its decision belongs to the owner of the lead. */
  async function leadOf(key: string, prefix: string): Promise<{ ownLead: string; otherDecision: string }> {
    const [ownLead = ''] = await insertAll(org.admin, 'Lead', testLeads(prefix, 1));
    await org.idle();
    await org.admin.sobject('Lead').update({ Id: ownLead, OwnerId: org.userIds.get(key) ?? '' });
    await org.idle();
    const { AI_Current_Decision__c: decision } = await queryOne<{ AI_Current_Decision__c: string }>(
      org.admin,
      `SELECT AI_Current_Decision__c FROM Lead WHERE Id = '${ownLead}'`,
      'It was inserted.',
    );
    return { ownLead, otherDecision: decision };
  }

  async function isOpen(door: Door, as: Connection, subjects: Subjects): Promise<boolean> {
    try {
      return await door.attempt(as, subjects);
    } catch (error) {
      const said = `${(error as { errorCode?: string }).errorCode ?? ''} ${(error as Error).message}`;
      assert.match(said, REFUSALS, `${door.what}: what was said is no refusal`);
      return false;
    }
  }

  for (const role of ROLES) {
    it(`shouldLet ${role} do what the table says and nothing else`, async () => {
      const { ownLead, otherDecision: ownDecision } = await leadOf(role, `Of${role}`);
      const as = await org.as(role);
      const open: string[] = [];
      for (const door of DOORS) {
        if (await isOpen(door, as, { ownLead, ownDecision, otherDecision, policy, policyToDelete, profile, error }))
          open.push(door.what);
      }
      assert.deepEqual(open, expected(role));
    });
  }

  for (const [role, asksTheService] of [
    ['Manager', true],
    ['Operations', true],
    ['Representative', false],
  ] as const) {
    it(`shouldLet ${role} preview ${asksTheService ? 'by' : 'without'} the scoring service`, async () => {
      const { ownLead } = await leadOf(role, `Preview${role}`);
      const before = org.service.requests.length;
      // Throws where the outcome is not the expected one.
      await executeAnonymous(
        await org.as(role),
        `RoutingPreview preview = RoutingPreview.forLeads(new List<Id>{ '${ownLead}' })[0];
         Assert.areEqual('${asksTheService ? 'Assigned' : 'Fallback Assigned'}', preview.outcome, preview.reason);`,
      );
      const asked = org.service.requests.slice(before);
      assert.equal(asked.length, asksTheService ? 1 : 0);
      assert.ok(asked.every((body) => (JSON.parse(body) as { preview?: boolean }).preview === true));
    });
  }

  function expected(role: Role): string[] {
    return DOORS.filter(({ may }) => may.includes(role)).map(({ what }) => what);
  }

  it('shouldHaveThePageThatSaysTheSame', () => {
    const page = readFileSync(join(PROJECT_ROOT, 'docs', 'permissions.md'), 'utf8');
    const cells = (text: string): string[] =>
      text.split('\n').map((line) => line.replace(/\s+/g, ' ').replace(/-+/g, '-'));
    assert.deepEqual(cells(page), cells(permissionsPage()), 'docs/permissions.md is what permissionsPage() makes');
  });
});
