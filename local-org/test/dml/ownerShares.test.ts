import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RunningUser } from '../../src/engine/transaction.ts';
import { objectXml, SHARING, TestOrg, xml } from '../store/testOrg.ts';

const FILES = {
  'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal', '<sharingModel>Private</sharingModel>'),
  'objects/Open__c/Open__c.object-meta.xml': objectXml('Open', '<sharingModel>ReadWrite</sharingModel>'),
  'objects/Lead/Lead.object-meta.xml': xml('CustomObject', '<sharingModel>Private</sharingModel>'),
  'objects/Account/Account.object-meta.xml': xml('CustomObject', '<sharingModel>Read</sharingModel>'),
  'queues/Desk.queue-meta.xml': xml(
    'Queue',
    '<name>Desk</name><queueSobject><sobjectType>Lead</sobjectType></queueSobject>',
  ),
  'assignmentRules/Lead.assignmentRules-meta.xml': xml(
    'AssignmentRules',
    '<assignmentRule><fullName>Standard</fullName><active>true</active><ruleEntry><assignedTo>Desk</assignedTo>' +
      '<assignedToType>Queue</assignedToType></ruleEntry></assignmentRule>',
  ),
};

/** Source: Object Reference, AccountShare and CustomObject__Share, RowCause. */
describe('share entries of owners', () => {
  let org: TestOrg;
  let ann: RunningUser;
  beforeEach(() => {
    org = new TestOrg(FILES);
    ann = org.user('Ann', 'System Administrator');
  });

  const entries = (share: string, parent: string, level: string): unknown[][] =>
    org
      .query(`SELECT ${parent}, UserOrGroupId, ${level}, RowCause FROM ${share} ORDER BY RowCause`)
      .map((row) => ['UserOrGroupId', level, 'RowCause'].map((name) => row.get(name)));
  const deals = () => entries('Deal__Share', 'ParentId', 'AccessLevel');
  const me = () => org.org.administrator.id;

  it('shouldSayWhoOwnsARecord', () => {
    org.insert('Deal__c', { Name: 'A' }, { Name: 'B', OwnerId: ann.id });
    assert.deepEqual(new Set(deals().map(String)), new Set([`${me()},All,Owner`, `${ann.id},All,Owner`]));
  });

  it('shouldKnowTheLevelsOfAnAccount', () => {
    org.insert('Account', { Name: 'A' });
    const [entry] = org.query(
      'SELECT AccountAccessLevel, OpportunityAccessLevel, CaseAccessLevel, RowCause, LastModifiedDate FROM AccountShare',
    );
    assert.equal(entry?.get('AccountAccessLevel'), 'All');
    assert.equal(entry?.get('OpportunityAccessLevel'), 'None');
    assert.equal(entry?.get('RowCause'), 'Owner');
    assert.ok(entry?.get('LastModifiedDate'));
  });

  it('shouldFollowTheOwner', () => {
    const [deal] = org.insert('Deal__c', { Name: 'A' });
    org.insert('Deal__Share', { ParentId: deal?.id, UserOrGroupId: ann.id, AccessLevel: 'Edit', RowCause: 'Manual' });
    assert.deepEqual(deals(), [
      [ann.id, 'Edit', 'Manual'],
      [me(), 'All', 'Owner'],
    ]);
    org.dml('update', [org.record('Deal__c', { Id: deal?.id, Name: 'B' })]);
    assert.equal(deals().length, 2, 'another change leaves the entries alone');
    // Apex Developer Guide, Understanding Apex Managed Sharing: entries with a reason outlive a change of the owner.
    const reason = { ParentId: deal?.id, UserOrGroupId: ann.id, AccessLevel: 'Read', RowCause: 'Team__c' };
    org.org.insertSystem('Deal__Share', reason);
    org.dml('update', [org.record('Deal__c', { Id: deal?.id, OwnerId: ann.id })]);
    assert.deepEqual(deals(), [
      [ann.id, 'All', 'Owner'],
      [ann.id, 'Read', 'Team__c'],
    ]);
  });

  it('shouldFollowAnAssignmentRule', () => {
    org.dml('insert', [org.record('Lead', { LastName: 'L', Company: 'C' })], { assignmentRule: 'default' });
    const [desk] = org.column("SELECT Id FROM Group WHERE DeveloperName = 'Desk'", 'Id');
    assert.deepEqual(entries('LeadShare', 'LeadId', 'LeadAccessLevel'), [[desk, 'All', 'Owner']]);
  });

  it('shouldGoAndComeWithTheRecord', () => {
    const [deal] = org.insert('Deal__c', { Name: 'A' });
    const record = () => [org.record('Deal__c', { Id: deal?.id })];
    org.dml('delete', record());
    assert.deepEqual(deals(), []);
    org.dml('undelete', record());
    assert.deepEqual(deals(), [[me(), 'All', 'Owner']]);
  });

  it('shouldNotBeThereWhereThereIsNothingToShare', () => {
    org.insert('Open__c', { Name: 'A' });
    assert.equal(org.org.schema.object('Open__Share'), null);
    org.insert('Contact', { LastName: 'C' });
    assert.deepEqual(entries('ContactShare', 'ContactId', 'ContactAccessLevel'), []);
  });

  it('shouldNotLetAFormerOwnerIn', () => {
    const bob = org.user('Bob', 'Standard User');
    const [lead] = org.insert('Lead', { LastName: 'L', Company: 'C', OwnerId: bob.id });
    const seen = (): number => {
      org.begin(bob);
      const count = org.count('SELECT COUNT() FROM Lead', [], SHARING);
      org.begin();
      return count;
    };
    assert.equal(seen(), 1);
    org.org.updateSystem('Lead', String(lead?.id), { OwnerId: ann.id });
    assert.equal(seen(), 0, 'the entry alone gives no access');
  });

  it('shouldBeWrittenByNobody', () => {
    const [deal] = org.insert('Deal__c', { Name: 'A' });
    const [id] = org.column('SELECT Id FROM Deal__Share', 'Id');
    const attempt = (operation: 'insert' | 'update' | 'delete', fields: Record<string, unknown>) =>
      org.dml(operation, [org.record('Deal__Share', fields)], { allOrNone: false })[0]?.errors[0]?.status;
    assert.equal(attempt('delete', { Id: id }), 'INSUFFICIENT_ACCESS_OR_READONLY');
    assert.equal(attempt('update', { Id: id, AccessLevel: 'Read' }), 'INSUFFICIENT_ACCESS_OR_READONLY');
    const entry = { ParentId: deal?.id, UserOrGroupId: ann.id, RowCause: 'Manual' };
    assert.equal(
      attempt('insert', { ...entry, AccessLevel: 'Edit', RowCause: 'Owner' }),
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    assert.equal(attempt('insert', { ...entry, AccessLevel: 'All' }), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    assert.equal(attempt('insert', { ...entry, AccessLevel: 'Edit' }), undefined);
    assert.deepEqual(deals(), [
      [ann.id, 'Edit', 'Manual'],
      [me(), 'All', 'Owner'],
    ]);
  });
});
