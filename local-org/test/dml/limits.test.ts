import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { apexError, fieldXml, objectXml, SHARING, TestOrg, xml } from '../store/testOrg.ts';

const SETTING = xml(
  'CustomObject',
  '<label>Options</label><customSettingsType>Hierarchy</customSettingsType><enableFeeds>false</enableFeeds>' +
    '<visibility>Public</visibility>',
);

describe('edges of saving', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg({
      'objects/Options__c/Options__c.object-meta.xml': SETTING,
      'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal'),
      'objects/Deal__c/fields/On__c.field-meta.xml': fieldXml('On__c', 'Checkbox', '<defaultValue>true</defaultValue>'),
      'objects/Deal__c/fields/Short__c.field-meta.xml': fieldXml('Short__c', 'Text', '<length>3</length>'),
      'objects/Deal__c/fields/Code__c.field-meta.xml': fieldXml(
        'Code__c',
        'Text',
        '<length>9</length><externalId>true</externalId>',
      ),
    });
  });

  it('shouldNeitherWriteNorQueryBigObjectsAsOtherRecords', () => {
    org = new TestOrg({
      'objects/B__b/B__b.object-meta.xml': xml('CustomObject', '<label>B</label><pluralLabel>Bs</pluralLabel>'),
      'objects/B__b/fields/Key__c.field-meta.xml': fieldXml('Key__c', 'Text', '<length>20</length>'),
    });
    const refused = apexError(() => org.insert('B__b', { Key__c: 'k' }));
    assert.equal(String(refused), 'System.TypeException: DML operation INSERT not allowed on B__b');
    assert.throws(() => org.query('SELECT Key__c FROM B__b'), /does not support queries of the big object B__b/);
  });

  it('shouldLetCustomSettingsBeWrittenBesideSetupObjects', () => {
    org.insert('UserRole', { Name: 'R', DeveloperName: 'R' });
    assert.equal(org.insert('Options__c', {}).length, 1);
    assert.match(
      apexError(() => org.insert('Lead', { LastName: 'L', Company: 'C' })).text,
      /MIXED_DML_OPERATION, DML operation on setup object is not permitted .*: Lead, original object: UserRole/,
    );
    org.begin();
    org.insert('Options__c', { SetupOwnerId: org.org.administrator.id });
    assert.equal(org.insert('UserRole', { Name: 'S', DeveloperName: 'S' }).length, 1);
  });

  it('shouldKeepAnExplicitFalseBesideADefaultOfTrue', () => {
    org.insert('Deal__c', { Name: '1' }, { Name: '2', On__c: false });
    assert.deepEqual(org.column('SELECT On__c FROM Deal__c ORDER BY Name', 'On__c'), [true, false]);
  });

  it('shouldTakeTextOfExactlyTheLengthAllowed', () => {
    org.insert('Deal__c', { Name: '1', Short__c: 'abc' });
    assert.match(
      apexError(() => org.insert('Deal__c', { Name: '2', Short__c: 'abcd' })).text,
      /STRING_TOO_LONG.*max length=3/,
    );
  });

  it('shouldUpsertByFieldsThatIdentifyARecordOnly', () => {
    const upsert = (object: string, fields: Record<string, unknown>, externalId: string) =>
      org.dml('upsert', [org.record(object, fields)], { externalId })[0]?.created;
    assert.equal(upsert('Deal__c', { Name: 'D', Code__c: 'x' }, 'Code__c'), true);
    assert.equal(upsert('Deal__c', { Name: 'E', Code__c: 'x' }, 'Code__c'), false);
    const lead = org.insert('Lead', { LastName: 'L', Company: 'C', Email: 'l@example.com' });
    assert.equal(lead.length, 1);
    assert.equal(upsert('Lead', { LastName: 'M', Company: 'C', Email: 'l@example.com' }, 'Email'), false);
    assert.match(
      apexError(() => upsert('Deal__c', { Name: 'D', Short__c: 'x' }, 'Short__c')).text,
      /must be an External Id custom or standard indexed field: Short__c/,
    );
  });

  it('shouldTakeAGivenLookupRatherThanTheParentRecord', () => {
    const [first, second] = org.insert('Account', { Name: 'A' }, { Name: 'B' });
    const contact = org.record('Contact', { LastName: 'C', AccountId: first?.id });
    contact.putParent('Account', org.record('Account', { Id: second?.id }));
    org.dml('insert', [contact]);
    assert.deepEqual(org.column('SELECT AccountId FROM Contact', 'AccountId'), [first?.id]);
  });

  it('shouldConvertAHundredLeadsAtOnce', () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ LastName: `L${index}`, Company: 'C' }));
    const conversions = org.insert('Lead', ...rows).map((lead) => ({
      leadId: lead.id,
      accountId: null,
      contactId: null,
      opportunityId: null,
      opportunityName: null,
      convertedStatus: 'Closed - Converted',
      ownerId: null,
      doNotCreateOpportunity: true,
      overwriteLeadSource: false,
    }));
    const outcomes = org.org.data.convertLeads(conversions, { allOrNone: true, access: SHARING });
    assert.equal(outcomes.filter(({ success }) => success).length, 100);
  });

  it('shouldLeaveDeletedAndUnseenChildrenOutOfSubqueries', () => {
    org = new TestOrg({
      'objects/Opportunity/Opportunity.object-meta.xml': xml('CustomObject', '<sharingModel>Private</sharingModel>'),
    });
    const [account] = org.insert('Account', { Name: 'A' });
    const contacts = org.insert(
      'Contact',
      { LastName: 'a', AccountId: account?.id },
      { LastName: 'b', AccountId: account?.id },
    );
    org.dml('delete', [org.record('Contact', { Id: contacts[0]?.id })]);
    const children = (text: string, name: string, access = SHARING) =>
      org.query(text, [], access)[0]?.children(name).items.length;
    assert.equal(children('SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'Contacts'), 1);
    org.org.insertSystem('Opportunity', { Name: 'O', AccountId: account?.id, OwnerId: org.org.administrator.id });
    const text = 'SELECT Id, (SELECT Id FROM Opportunities) FROM Account';
    assert.equal(children(text, 'Opportunities'), 1);
    const rep = org.user('Rep');
    org.begin(rep);
    assert.equal(children(text, 'Opportunities') ?? 0, 0);
    assert.equal(children(text, 'Opportunities', { mode: 'system', sharing: false } as typeof SHARING), 1);
  });
});
