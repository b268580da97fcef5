import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ConvertOutcome, DmlOptions, LeadConversion } from '../../src/engine/data.ts';
import { dateOf } from '../../src/values/date.ts';
import type { FieldValues } from '../../src/values/sobject.ts';
import { apexError, fieldXml, SHARING, SYSTEM, TestOrg, USER, xml } from '../store/testOrg.ts';

const CONVERTED = 'Closed - Converted';

const VALIDATION = {
  'settings/LeadConfig.settings-meta.xml': xml(
    'LeadConfigSettings',
    '<shouldLeadConvertRequireValidation>true</shouldLeadConvertRequireValidation>',
  ),
};

const MAPPING = {
  'objects/Lead/fields/Score__c.field-meta.xml': fieldXml('Score__c', 'Text', '<length>9</length>'),
  'objects/Contact/fields/Rank__c.field-meta.xml': fieldXml('Rank__c', 'Text', '<length>9</length>'),
  'LeadConvertSettings/LeadConvertSettings.LeadConvertSetting-meta.xml': xml(
    'LeadConvertSettings',
    '<allowOwnerChange>false</allowOwnerChange><objectMapping><inputObject>Lead</inputObject><mappingFields>' +
      '<inputField>Score__c</inputField><outputField>Rank__c</outputField></mappingFields>' +
      '<outputObject>Contact</outputObject></objectMapping>',
  ),
};

describe('converting leads', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg();
  });

  function newLead(more: FieldValues = {}): string {
    const [record] = org.insert('Lead', { LastName: 'Doe', FirstName: 'Jo', Company: 'Acme', ...more });
    return String(record?.id);
  }

  function conversion(leadId: string | null, more: Partial<LeadConversion> = {}): LeadConversion {
    return {
      leadId,
      accountId: null,
      contactId: null,
      opportunityId: null,
      opportunityName: null,
      convertedStatus: CONVERTED,
      ownerId: null,
      doNotCreateOpportunity: false,
      overwriteLeadSource: false,
      ...more,
    };
  }

  function convert(conversions: LeadConversion[], options: Partial<DmlOptions> = {}): ConvertOutcome[] {
    return org.org.data.convertLeads(conversions, { allOrNone: true, access: SYSTEM, ...options });
  }

  function convertOne(leadId: string | null, more: Partial<LeadConversion> = {}): ConvertOutcome {
    return convert([conversion(leadId, more)])[0] as ConvertOutcome;
  }

  const one = (text: string, names: readonly string[]) => {
    const [row] = org.query(text);
    return names.map((name) => row?.get(name));
  };

  const refusal = (leadId: string | null, more: Partial<LeadConversion> = {}) =>
    apexError(() => convertOne(leadId, more)).text;

  it('shouldCreateAccountContactAndOpportunityWithTheMappedFields', () => {
    const leadId = newLead({ Email: 'jo@acme.example', City: 'Bonn', Website: 'acme.example', LeadSource: 'Web' });
    const outcome = convertOne(leadId);
    assert.equal(outcome.success, true);
    assert.deepEqual(
      one('SELECT Id, Name, BillingCity, Website, AccountSource FROM Account', [
        'Id',
        'Name',
        'BillingCity',
        'Website',
        'AccountSource',
      ]),
      [outcome.accountId, 'Acme', 'Bonn', 'acme.example', 'Web'],
    );
    assert.deepEqual(
      one('SELECT Id, Name, Email, MailingCity, AccountId, LeadSource FROM Contact', [
        'Id',
        'Name',
        'Email',
        'MailingCity',
        'AccountId',
        'LeadSource',
      ]),
      [outcome.contactId, 'Jo Doe', 'jo@acme.example', 'Bonn', outcome.accountId, 'Web'],
    );
    const [id, name, stage, account, probability] = one(
      'SELECT Id, Name, StageName, AccountId, Probability FROM Opportunity',
      ['Id', 'Name', 'StageName', 'AccountId', 'Probability'],
    );
    assert.deepEqual([id, name, stage, account], [outcome.opportunityId, 'Acme', 'Prospecting', outcome.accountId]);
    assert.equal(String(probability), '10');
    assert.equal(
      org.count('SELECT COUNT() FROM Opportunity WHERE CloseDate = 2026-06-30'),
      1,
      'the end of the quarter',
    );
    assert.equal(org.count('SELECT COUNT() FROM OpportunityContactRole WHERE IsPrimary = TRUE'), 1);
  });

  it('shouldMakeTheLeadConverted', () => {
    const leadId = newLead();
    const outcome = convertOne(leadId);
    const names = ['IsConverted', 'Status', 'ConvertedAccountId', 'ConvertedContactId', 'ConvertedOpportunityId'];
    assert.deepEqual(one(`SELECT ${names.join(', ')} FROM Lead`, names), [
      true,
      CONVERTED,
      outcome.accountId,
      outcome.contactId,
      outcome.opportunityId,
    ]);
    assert.equal(org.count('SELECT COUNT() FROM Lead WHERE ConvertedDate = 2026-05-15'), 1);
  });

  it('shouldLeaveTheConvertedLeadReadOnly', () => {
    const leadId = newLead();
    convertOne(leadId);
    const error = apexError(() => org.dml('update', [org.record('Lead', { Id: leadId, Rating: 'Hot' })]));
    assert.match(error.text, /^Update failed.*CANNOT_UPDATE_CONVERTED_LEAD, cannot reference converted lead: \[\]$/);
    assert.match(
      refusal(leadId),
      /^ConvertLead failed. First exception on row 0 with id .*CANNOT_UPDATE_CONVERTED_LEAD/,
    );
  });

  it('shouldRefuseAStatusThatIsNotOneOfConversion', () => {
    const leadId = newLead();
    assert.match(
      refusal(leadId, { convertedStatus: 'Working - Contacted' }),
      /INVALID_STATUS, invalid convertedStatus: Working - Contacted: \[\]$/,
    );
    assert.match(refusal(leadId, { convertedStatus: null }), /INVALID_STATUS/);
    assert.equal(org.count('SELECT COUNT() FROM Account'), 0);
  });

  it('shouldRefuseLeadsThatAreNotThere', () => {
    assert.match(refusal(null), /REQUIRED_FIELD_MISSING/);
    assert.match(refusal('00Q000000000ABCAAA'), /INVALID_CROSS_REFERENCE_KEY/);
    const leadId = newLead();
    org.dml('delete', [org.record('Lead', { Id: leadId })]);
    assert.match(refusal(leadId), /ENTITY_IS_DELETED/);
  });

  it('shouldRefuseALeadThatAnotherTransactionHolds', () => {
    const leadId = newLead();
    org.query('SELECT Id FROM Lead FOR UPDATE');
    org.begin();
    assert.match(refusal(leadId), /UNABLE_TO_LOCK_ROW/);
  });

  describe('into given records', () => {
    it('shouldFillOnlyWhatIsEmpty', () => {
      const [account] = org.insert('Account', { Name: 'Old', Phone: '1' });
      const [contact] = org.insert('Contact', { LastName: 'Old', AccountId: account?.id, LeadSource: 'Other' });
      const leadId = newLead({ Phone: '2', Website: 'acme.example', LeadSource: 'Web' });
      const outcome = convertOne(leadId, { accountId: String(account?.id), contactId: String(contact?.id) });
      assert.deepEqual([outcome.accountId, outcome.contactId], [account?.id, contact?.id]);
      assert.deepEqual(one('SELECT Name, Phone, Website FROM Account', ['Name', 'Phone', 'Website']), [
        'Old',
        '1',
        'acme.example',
      ]);
      assert.deepEqual(
        one('SELECT LastName, FirstName, LeadSource FROM Contact', ['LastName', 'FirstName', 'LeadSource']),
        ['Old', 'Jo', 'Other'],
      );
    });

    it('shouldOverwriteTheLeadSourceOnlyWhereAsked', () => {
      const [account] = org.insert('Account', { Name: 'Old' });
      const [contact] = org.insert('Contact', { LastName: 'Old', AccountId: account?.id, LeadSource: 'Other' });
      const ids = { accountId: String(account?.id), contactId: String(contact?.id) };
      convertOne(newLead({ LeadSource: 'Web' }), { ...ids, overwriteLeadSource: true });
      assert.deepEqual(org.column('SELECT LeadSource FROM Contact', 'LeadSource'), ['Web']);
    });

    it('shouldUseAGivenOpportunity', () => {
      const [account] = org.insert('Account', { Name: 'Old' });
      const [deal] = org.insert('Opportunity', {
        Name: 'Deal',
        StageName: 'Prospecting',
        CloseDate: dateOf(2026, 6, 1),
      });
      const outcome = convertOne(newLead(), { accountId: String(account?.id), opportunityId: String(deal?.id) });
      assert.equal(outcome.opportunityId, deal?.id);
      assert.equal(org.count('SELECT COUNT() FROM Opportunity'), 1);
    });

    it('shouldRefuseAContactWithoutOrOfAnotherAccount', () => {
      const [account, other] = org.insert('Account', { Name: 'A' }, { Name: 'B' });
      const [contact] = org.insert('Contact', { LastName: 'C', AccountId: account?.id });
      const leadId = newLead();
      assert.match(refusal(leadId, { contactId: String(contact?.id) }), /REQUIRED_FIELD_MISSING/);
      const ids = { contactId: String(contact?.id), accountId: String(other?.id) };
      assert.match(refusal(leadId, ids), /INVALID_CROSS_REFERENCE_KEY/);
    });

    it('shouldRefuseDeletedTargets', () => {
      const [account, gone] = org.insert('Account', { Name: 'A' }, { Name: 'B' });
      // Nothing of the lead is new to the contact: it would not be saved.
      const [contact] = org.insert('Contact', { FirstName: 'Jo', LastName: 'Doe', AccountId: account?.id });
      org.dml('delete', [org.record('Account', { Id: gone?.id })]);
      org.dml('delete', [org.record('Contact', { Id: contact?.id })]);
      assert.match(refusal(newLead(), { accountId: String(gone?.id) }), /ENTITY_IS_DELETED/);
      const ids = { accountId: String(account?.id), contactId: String(contact?.id) };
      assert.match(refusal(newLead(), { ...ids, doNotCreateOpportunity: true }), /ENTITY_IS_DELETED/);
    });
  });

  it('shouldCreateNoOpportunityWhereNoneIsWanted', () => {
    const leadId = newLead();
    assert.match(
      refusal(leadId, { doNotCreateOpportunity: true, opportunityName: 'x' }),
      /INVALID_FIELD, One or more leads couldn't be converted\. If doNotCreateOpportunity is true/,
    );
    const outcome = convertOne(leadId, { doNotCreateOpportunity: true });
    assert.equal(outcome.opportunityId, null);
    assert.equal(org.count('SELECT COUNT() FROM Opportunity'), 0);
    assert.equal(org.count('SELECT COUNT() FROM OpportunityContactRole'), 0);
  });

  it('shouldGiveWhatIsCreatedToTheOwnerOfTheLeadOrTheGivenOne', () => {
    const ann = org.user('Ann');
    const bob = org.user('Bob');
    org.begin();
    convertOne(newLead({ OwnerId: ann.id }));
    assert.deepEqual(org.column('SELECT OwnerId FROM Account', 'OwnerId'), [ann.id]);
    convertOne(newLead({ OwnerId: ann.id, Company: 'Second' }), { ownerId: bob.id });
    assert.deepEqual(org.column("SELECT OwnerId FROM Opportunity WHERE Name = 'Second'", 'OwnerId'), [bob.id]);
    assert.deepEqual(org.column("SELECT OwnerId FROM Lead WHERE Company = 'Second'", 'OwnerId'), [ann.id]);
  });

  it('shouldNeedAUserAsOwnerOfAQueuesLead', () => {
    org = new TestOrg({
      'queues/Web.queue-meta.xml': xml(
        'Queue',
        '<name>Web</name><queueSobject><sobjectType>Lead</sobjectType></queueSobject>',
      ),
    });
    const [queue] = org.org.store.tableOf('Group').find('DeveloperName', 'Web');
    const leadId = newLead({ OwnerId: queue?.['Id'] });
    assert.match(refusal(leadId), /must be a user/);
    assert.equal(convertOne(leadId, { ownerId: org.org.administrator.id }).success, true);
  });

  it('shouldMoveActivitiesAndCampaignMemberships', () => {
    const leadId = newLead();
    const [campaign] = org.insert('Campaign', { Name: 'Fair' });
    org.insert('CampaignMember', { CampaignId: campaign?.id, LeadId: leadId });
    org.insert('Task', { Subject: 'Call', WhoId: leadId });
    const outcome = convertOne(leadId);
    assert.deepEqual(one('SELECT WhoId, WhatId FROM Task', ['WhoId', 'WhatId']), [
      outcome.contactId,
      outcome.opportunityId,
    ]);
    assert.deepEqual(org.column('SELECT ContactId FROM CampaignMember', 'ContactId'), [outcome.contactId]);
  });

  describe('triggers', () => {
    const count = (events: string[], ...names: string[]) => {
      for (const name of names) {
        for (const event of ['before insert', 'after insert', 'before update', 'after update']) {
          org.trigger(name, event, (rows) => events.push(`${name} ${event} ${rows?.length}`));
        }
      }
    };

    it('shouldFireForWhatIsCreatedButNotForLeads', () => {
      const ids = [newLead(), newLead()];
      const events: string[] = [];
      count(events, 'Lead', 'Account', 'Contact', 'Opportunity');
      convert(ids.map((id) => conversion(id)));
      assert.deepEqual(events, [
        'Account before insert 2',
        'Account after insert 2',
        'Contact before insert 2',
        'Contact after insert 2',
        'Opportunity before insert 2',
        'Opportunity after insert 2',
      ]);
    });

    it('shouldFireForLeadsWhereTheOrgRequiresValidation', () => {
      org = new TestOrg(VALIDATION);
      const leadId = newLead();
      const events: string[] = [];
      count(events, 'Lead');
      convertOne(leadId);
      assert.deepEqual(events, ['Lead before update 1', 'Lead after update 1']);
      org.trigger('Lead', 'before update', (rows) => rows?.[0]?.addError('not this one'));
      assert.match(refusal(newLead()), /FIELD_CUSTOM_VALIDATION_EXCEPTION, not this one/);
    });

    it('shouldStopAConversionByAnErrorOfAnAccountTrigger', () => {
      org.trigger('Contact', 'before insert', (rows) => {
        for (const row of rows ?? []) if (row.get('LastName') === 'Bad') row.addError('no');
      });
      const good = newLead();
      const bad = newLead({ LastName: 'Bad' });
      const error = apexError(() => convert([conversion(good), conversion(bad)]));
      assert.match(error.text, /^ConvertLead failed. First exception on row 1 with id/);
      assert.equal(org.count('SELECT COUNT() FROM Account'), 0, 'nothing is kept');
      const outcomes = convert([conversion(good), conversion(bad)], { allOrNone: false });
      assert.deepEqual(
        outcomes.map(({ success, accountId, contactId, opportunityId, errors }) => [
          success,
          accountId !== null && contactId !== null && opportunityId !== null,
          errors.length,
        ]),
        [
          [true, true, 0],
          [false, false, 1],
        ],
      );
      assert.equal(org.count('SELECT COUNT() FROM Account'), 1);
      assert.equal(org.count('SELECT COUNT() FROM Lead WHERE IsConverted = TRUE'), 1);
    });
  });

  it('shouldMapCustomFieldsAsTheProjectSays', () => {
    org = new TestOrg(MAPPING);
    convertOne(newLead({ Score__c: '77' }));
    assert.deepEqual(org.column('SELECT Rank__c FROM Contact', 'Rank__c'), ['77']);
  });

  it('shouldCountAsOneStatementOfSoManyRows', () => {
    const ids = [newLead(), newLead()];
    const tx = org.begin();
    convert(ids.map((id) => conversion(id)));
    assert.deepEqual([tx.used.dmlStatements, tx.used.dmlRows], [1, 2]);
    const error = apexError(() => convert(Array.from({ length: 101 }, () => conversion(null))));
    assert.equal(error.qualifiedName, 'System.LimitException');
  });

  describe('rights', () => {
    it('shouldNeedTheRightsInUserMode', () => {
      const leadId = newLead();
      const reader = org.user('Reader', 'Read Only');
      const user = org.user('Rep');
      org.begin(reader);
      const denied = apexError(() => convert([conversion(leadId)], { access: USER }));
      assert.equal(denied.dml[0]?.status, 'INSUFFICIENT_ACCESS');
      assert.equal(org.count('SELECT COUNT() FROM Account'), 0);
      org.begin(user);
      assert.equal(convert([conversion(leadId)], { access: USER })[0]?.success, true);
    });

    /** What converting needs, and the right in user mode that is missing. */
    const NEEDED: readonly (readonly [more: Partial<LeadConversion>, rights: readonly string[]])[] = [
      [{}, ['ConvertLeads', 'Lead Edit', 'Account Create', 'Contact Create', 'Opportunity Create']],
      [{ doNotCreateOpportunity: true }, ['ConvertLeads', 'Lead Edit', 'Account Create', 'Contact Create']],
      [{ accountId: '' }, ['ConvertLeads', 'Lead Edit', 'Account Edit', 'Contact Create', 'Opportunity Create']],
      [
        { accountId: '', contactId: '' },
        ['ConvertLeads', 'Lead Edit', 'Account Edit', 'Contact Edit', 'Opportunity Create'],
      ],
      [
        { accountId: '', opportunityId: '' },
        ['ConvertLeads', 'Lead Edit', 'Account Edit', 'Contact Create', 'Opportunity Edit'],
      ],
    ];
    for (const [more, rights] of NEEDED) {
      it(`shouldNeed ${rights.join(', ')}`, () => {
        const accountId = String(org.insert('Account', { Name: 'A' })[0]?.id);
        const made: Record<string, string> = {
          accountId,
          contactId: String(org.insert('Contact', { LastName: 'C', AccountId: accountId })[0]?.id),
          opportunityId: String(
            org.insert('Opportunity', {
              Name: 'O',
              StageName: 'Prospecting',
              CloseDate: dateOf(2026, 7, 1),
              AccountId: accountId,
            })[0]?.id,
          ),
        };
        const given = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, made[name] ?? value]));
        const outcome = (without: string | null) => {
          const user = org.user(`U${rights.indexOf(without ?? '')}`, 'Minimum Access - Salesforce');
          org.begin();
          const left = rights.filter((right) => right !== without);
          const set = org.org.insertSystem('PermissionSet', {
            Name: user.username.replace(/\W/g, ''),
            IsCustom: true,
            PermissionsConvertLeads: left.includes('ConvertLeads'),
          });
          for (const right of left) {
            const [object, verb] = right.split(' ');
            if (verb === undefined) continue;
            org.org.insertSystem('ObjectPermissions', {
              ParentId: set,
              SobjectType: object,
              [`Permissions${verb}`]: true,
            });
          }
          org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: set });
          // Without sharing, which is not what this is about.
          const leadId = newLead();
          org.begin(user);
          const access = { mode: 'user', sharing: true } as const;
          const [result] = convert([conversion(leadId, given)], { access, allOrNone: false });
          return result?.success ? 'done' : result?.errors[0]?.message;
        };
        for (const right of rights) {
          assert.equal(outcome(right), 'insufficient access rights to convert the lead', `without ${right}`);
        }
        assert.notEqual(outcome(null), 'insufficient access rights to convert the lead');
      });
    }

    it('shouldNeedNoneInSystemMode', () => {
      const user = org.user('Min', 'Minimum Access - Salesforce');
      org.begin();
      const leadId = newLead({ OwnerId: org.org.administrator.id });
      org.begin(user);
      assert.equal(convert([conversion(leadId)])[0]?.success, true);
    });

    it('shouldNotNeedThePermissionWhereAllDataMayBeModified', () => {
      const user = org.user('All', 'Minimum Access - Salesforce');
      org.begin();
      const leadId = newLead();
      const set = org.org.insertSystem('PermissionSet', {
        Name: 'All',
        IsCustom: true,
        PermissionsModifyAllData: true,
      });
      org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: set });
      org.begin(user);
      assert.equal(convert([conversion(leadId)], { access: USER })[0]?.success, true);
    });

    it('shouldNeedEditOnTheLeadWhereSharingIsEnforced', () => {
      org = new TestOrg({
        'objects/Lead/Lead.object-meta.xml': xml('CustomObject', '<sharingModel>Private</sharingModel>'),
      });
      const leadId = newLead();
      const user = org.user('Rep');
      org.begin(user);
      const denied = apexError(() => convert([conversion(leadId)], { access: SHARING }));
      assert.equal(denied.dml[0]?.status, 'INSUFFICIENT_ACCESS_OR_READONLY');
      assert.equal(convert([conversion(leadId)])[0]?.success, true, 'system mode without sharing');
    });

    it('shouldNeedEditOnGivenRecordsWhereSharingIsEnforced', () => {
      org = new TestOrg({
        'objects/Account/Account.object-meta.xml': xml('CustomObject', '<sharingModel>Private</sharingModel>'),
      });
      const [account] = org.insert('Account', { Name: 'Mine' });
      const user = org.user('Rep');
      org.begin(user);
      const leadId = newLead();
      const denied = apexError(() =>
        convert([conversion(leadId, { accountId: String(account?.id) })], { access: SHARING }),
      );
      assert.equal(denied.dml[0]?.status, 'INSUFFICIENT_ACCESS_OR_READONLY');
    });
  });

  it('shouldNameTheContactOfTheOpportunityOnce', () => {
    const accountId = String(org.insert('Account', { Name: 'A' })[0]?.id);
    const contactId = String(org.insert('Contact', { LastName: 'C', AccountId: accountId })[0]?.id);
    const opportunity = { Name: 'O', StageName: 'Prospecting', CloseDate: dateOf(2026, 7, 1), AccountId: accountId };
    const opportunityId = String(org.insert('Opportunity', opportunity)[0]?.id);
    const roles = () =>
      org
        .query('SELECT ContactId, IsPrimary FROM OpportunityContactRole ORDER BY CreatedDate, Id')
        .map((row) => [row.get('ContactId'), row.get('IsPrimary')]);
    const deleted = org.org.insertSystem('OpportunityContactRole', {
      OpportunityId: opportunityId,
      ContactId: contactId,
    });
    org.org.updateSystem('OpportunityContactRole', deleted, { IsDeleted: true });
    convertOne(newLead(), { accountId, contactId, opportunityId });
    assert.deepEqual(roles(), [[contactId, true]], 'what was deleted does not count');
    convertOne(newLead(), { accountId, contactId, opportunityId });
    assert.deepEqual(roles(), [[contactId, true]]);
    convertOne(newLead(), { accountId, opportunityId });
    assert.deepEqual(
      roles().map(([, primary]) => primary),
      [true, false],
    );
  });

  it('shouldTakeTheLeadSourceOfTheLeadEvenWhereItIsBlank', () => {
    const accountId = String(org.insert('Account', { Name: 'A' })[0]?.id);
    const contact = org.insert('Contact', { LastName: 'C', AccountId: accountId, LeadSource: 'Web' })[0];
    const contactId = String(contact?.id);
    convertOne(newLead(), { accountId, contactId });
    assert.deepEqual(one('SELECT LeadSource FROM Contact', ['LeadSource']), ['Web']);
    convertOne(newLead(), { accountId, contactId, overwriteLeadSource: true });
    assert.deepEqual(one('SELECT LeadSource FROM Contact', ['LeadSource']), [null]);
  });

  it('shouldOfferActiveStatusesAndStagesOnly', () => {
    const value = (name: string, rest: string) =>
      `<standardValue><fullName>${name}</fullName><default>false</default><label>${name}</label>${rest}</standardValue>`;
    org = new TestOrg({
      'standardValueSets/LeadStatus.standardValueSet-meta.xml': xml(
        'StandardValueSet',
        '<sorted>false</sorted>' +
          value('Open', '<converted>false</converted>') +
          value('Old', '<isActive>false</isActive><converted>true</converted>') +
          value('New', '<converted>true</converted>'),
      ),
      'standardValueSets/OpportunityStage.standardValueSet-meta.xml': xml(
        'StandardValueSet',
        '<sorted>false</sorted>' +
          value(
            'Past',
            '<isActive>false</isActive><closed>false</closed><probability>5</probability><won>false</won>',
          ) +
          value('Begun', '<closed>false</closed><probability>10</probability><won>false</won>'),
      ),
    });
    const leadId = newLead({ Status: 'Open' });
    assert.match(refusal(leadId, { convertedStatus: 'Old' }), /invalid convertedStatus: Old/);
    assert.match(refusal(leadId, { convertedStatus: 'Open' }), /invalid convertedStatus: Open/);
    assert.equal(convertOne(leadId, { convertedStatus: 'New' }).success, true);
    const chosen = one('SELECT StageName, Probability, IsClosed FROM Opportunity', [
      'StageName',
      'Probability',
      'IsClosed',
    ]);
    assert.deepEqual(chosen.map(String), ['Begun', '10', 'false']);
  });

  it('shouldSaveNoGivenRecordToWhichNothingIsAdded', () => {
    const accountId = String(org.insert('Account', { Name: 'A', Phone: '1' })[0]?.id);
    const fired: string[] = [];
    org.trigger('Account', 'before update', () => fired.push('Account'));
    convertOne(newLead({ Phone: '2' }), { accountId });
    assert.deepEqual(fired, []);
    convertOne(newLead({ Phone: '2', Website: 'a.example' }), { accountId });
    assert.deepEqual(fired, ['Account']);
    assert.deepEqual(one('SELECT Phone, Website FROM Account', ['Phone', 'Website']), ['1', 'a.example']);
  });

  it('shouldNotBeDoneBesideSetupObjects', () => {
    const leadId = newLead();
    org.begin();
    org.insert('UserRole', { Name: 'R', DeveloperName: 'R' });
    assert.match(refusal(leadId), /MIXED_DML_OPERATION/);
  });
});
