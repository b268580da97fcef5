import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestOrg } from '../store/testOrg.ts';

const STATUSES = 'SELECT Label, IsDefault, HasResponded FROM CampaignMemberStatus ORDER BY SortOrder';

function statuses(org: TestOrg): unknown[][] {
  return org.query(STATUSES).map((row) => [row.get('Label'), row.get('IsDefault'), row.get('HasResponded')]);
}

describe('campaign member statuses', () => {
  it('shouldBeSentAndRespondedForANewCampaign', () => {
    const org = new TestOrg();
    org.insert('Campaign', { Name: 'C' });
    assert.deepEqual(statuses(org), [
      ['Sent', true, false],
      ['Responded', false, true],
    ]);
  });

  it('shouldNotBeAddedWhenACampaignIsUpdated', () => {
    const org = new TestOrg();
    const campaigns = org.insert('Campaign', { Name: 'C' });
    org.dml('update', campaigns);
    assert.equal(statuses(org).length, 2);
  });

  it('shouldHaveOneDefault', () => {
    const org = new TestOrg();
    const [campaign] = org.insert('Campaign', { Name: 'C' });
    org.insert('CampaignMemberStatus', { CampaignId: campaign?.id, Label: 'Invited', SortOrder: 3, IsDefault: true });
    assert.deepEqual(statuses(org), [
      ['Sent', false, false],
      ['Responded', false, true],
      ['Invited', true, false],
    ]);
  });

  it('shouldKeepTheDefaultBesidesAnother', () => {
    const org = new TestOrg();
    const [campaign] = org.insert('Campaign', { Name: 'C' });
    assert.deepEqual(org.column('SELECT SortOrder FROM CampaignMemberStatus ORDER BY SortOrder', 'SortOrder'), [1, 2]);
    org.insert('CampaignMemberStatus', { CampaignId: campaign?.id, Label: 'Invited', SortOrder: 3 });
    assert.deepEqual(statuses(org), [
      ['Sent', true, false],
      ['Responded', false, true],
      ['Invited', false, false],
    ]);
  });

  it('shouldSayWhetherAMemberHasResponded', () => {
    const org = new TestOrg();
    const [campaign] = org.insert('Campaign', { Name: 'C' });
    const CampaignId = campaign?.id;
    org.insert('CampaignMemberStatus', { CampaignId, Label: 'Attended', SortOrder: 3, HasResponded: true });
    const [lead] = org.insert('Lead', { LastName: 'L', Company: 'C' });
    const members = org.insert('CampaignMember', { CampaignId, LeadId: lead?.id });
    const read = () =>
      org
        .query('SELECT Status, HasResponded, FirstRespondedDate FROM CampaignMember')
        .map((row) => [row.get('Status'), row.get('HasResponded'), String(row.get('FirstRespondedDate'))])[0];
    assert.deepEqual(read(), ['Sent', false, 'null']);
    members[0]?.put('Status', 'attended');
    org.dml('update', members);
    assert.deepEqual(read()?.slice(0, 2), ['Attended', true]);
    assert.notEqual(read()?.[2], 'null');
  });

  it('shouldGiveANewMemberTheCampaignsDefault', () => {
    const org = new TestOrg();
    const [campaign] = org.insert('Campaign', { Name: 'C' });
    const CampaignId = campaign?.id;
    const [sent] = org.query("SELECT Id FROM CampaignMemberStatus WHERE Label = 'Sent'");
    org.insert('CampaignMemberStatus', { CampaignId, Label: 'Invited', SortOrder: 3, IsDefault: true });
    org.dml('delete', sent ? [sent] : []);
    const [lead] = org.insert('Lead', { LastName: 'L', Company: 'C' });
    org.insert('CampaignMember', { CampaignId, LeadId: lead?.id });
    assert.deepEqual(org.column('SELECT Status FROM CampaignMember', 'Status'), ['Invited']);
  });
});
