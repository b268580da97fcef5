import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, objectXml, SYSTEM, TestOrg, xml } from '../store/testOrg.ts';

const lookup = (constraint: string) =>
  `<referenceTo>Master__c</referenceTo><relationshipName>${constraint}s</relationshipName><deleteConstraint>${constraint}</deleteConstraint>`;

const FILES = {
  'objects/Master__c/Master__c.object-meta.xml': objectXml('Master'),
  'objects/Detail__c/Detail__c.object-meta.xml': objectXml('Detail'),
  'objects/Detail__c/fields/Master__c.field-meta.xml': fieldXml(
    'Master__c',
    'MasterDetail',
    '<referenceTo>Master__c</referenceTo><relationshipName>Details</relationshipName>',
  ),
  'objects/Loose__c/Loose__c.object-meta.xml': objectXml('Loose'),
  'objects/Loose__c/fields/Soft__c.field-meta.xml': fieldXml('Soft__c', 'Lookup', lookup('SetNull')),
  'objects/Loose__c/fields/Hard__c.field-meta.xml': fieldXml('Hard__c', 'Lookup', lookup('Restrict')),
};

describe('deleting, restoring and merging', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg(FILES);
  });

  it('shouldDeleteDetailsAndBlankLookups', () => {
    const masters = org.insert('Master__c', { Name: 'M' });
    org.insert('Detail__c', { Name: 'D', Master__c: masters[0]?.id });
    org.insert('Loose__c', { Name: 'L', Soft__c: masters[0]?.id });
    org.dml('delete', masters);
    assert.equal(org.count('SELECT COUNT() FROM Detail__c'), 0);
    assert.deepEqual(org.column('SELECT Soft__c FROM Loose__c', 'Soft__c'), [null]);
  });

  // Salesforce Help, Considerations for Deleting Accounts; of contacts: jasonsiders/apex-starter-pack.
  it('shouldKeepAccountsAndContactsThatHaveCases', () => {
    const [account] = org.insert('Account', { Name: 'A' });
    const contacts = org.insert('Contact', { LastName: 'C' });
    org.insert('Case', { AccountId: account?.id }, { ContactId: contacts[0]?.id });
    const numbers = org.column('SELECT CaseNumber FROM Case ORDER BY CaseNumber', 'CaseNumber');
    for (const [record, name, number] of [
      [account, 'A', numbers[0]],
      [contacts[0], 'C', numbers[1]],
    ] as const) {
      const { dml } = apexError(() => org.dml('delete', [record as SObjectValue]));
      const message = `Your attempt to delete ${name} could not be completed because it is associated with the following cases.: ${String(number)}\n`;
      assert.deepEqual([dml[0]?.status, dml[0]?.message], ['DELETE_FAILED', message]);
    }
    org.dml('delete', org.query('SELECT Id FROM Case'));
    org.dml('delete', contacts);
    assert.equal(org.count('SELECT COUNT() FROM Contact'), 0);
  });

  it('shouldKeepAccountsThatHaveActivatedContracts', () => {
    const [account] = org.insert('Account', { Name: 'A' });
    const [contract] = org.insert('Contract', { AccountId: account?.id, Status: 'Draft' });
    org.dml('update', [org.record('Contract', { Id: contract?.id, Status: 'Activated' })]);
    const remove = () => org.dml('delete', [account as SObjectValue]);
    assert.match(apexError(remove).text, /DELETE_FAILED, Your attempt to delete A .* the following contracts\./);
    org.dml('update', [org.record('Contract', { Id: contract?.id, Status: 'Draft' })]);
    remove();
    assert.equal(org.count('SELECT COUNT() FROM Contract'), 0);
  });

  it('shouldRestoreDetailsWithTheirMaster', () => {
    const masters = org.insert('Master__c', { Name: 'M' });
    org.insert('Detail__c', { Name: 'D', Master__c: masters[0]?.id });
    org.dml('delete', masters);
    org.dml('undelete', masters);
    assert.equal(org.count('SELECT COUNT() FROM Master__c'), 1);
    assert.equal(org.count('SELECT COUNT() FROM Detail__c'), 1);
  });

  it('shouldLeaveAloneWhatIsInTheRecycleBinAlready', () => {
    const [master] = org.insert('Master__c', { Name: 'M' });
    const [detail] = org.insert('Detail__c', { Name: 'D', Master__c: master?.id });
    const [loose] = org.insert('Loose__c', { Name: 'L', Hard__c: master?.id });
    org.dml('delete', [detail, loose] as SObjectValue[]);
    const fired: string[] = [];
    org.trigger('Detail__c', 'before delete', () => fired.push('deleted again'));
    org.dml('delete', [master as SObjectValue]);
    assert.deepEqual(fired, []);
    assert.equal(org.count('SELECT COUNT() FROM Master__c'), 0, 'what was deleted before protects nothing');
  });

  it('shouldRestoreOnlyWhatWasDeleted', () => {
    const [master] = org.insert('Master__c', { Name: 'M' });
    const [kept, gone] = org.insert(
      'Detail__c',
      { Name: 'kept', Master__c: master?.id },
      { Name: 'gone', Master__c: master?.id },
    );
    org.dml('delete', [gone as SObjectValue]);
    org.org.data.purge([gone as SObjectValue], SYSTEM);
    org.dml('delete', [master as SObjectValue]);
    org.dml('undelete', [master as SObjectValue]);
    assert.deepEqual(org.column('SELECT Name FROM Detail__c', 'Name'), ['kept'], 'not what has left the recycle bin');
    assert.equal(kept?.id === null, false);
  });

  it('shouldRefuseToDeleteWhatALookupProtects', () => {
    const masters = org.insert('Master__c', { Name: 'M' });
    org.insert('Loose__c', { Name: 'L', Hard__c: masters[0]?.id });
    const error = apexError(() => org.dml('delete', masters));
    assert.equal(error.dml[0]?.status, 'DELETE_FAILED');
    assert.equal(org.count('SELECT COUNT() FROM Master__c'), 1);
  });

  it('shouldFireNoTriggersOfWhatIsDeletedAlong', () => {
    const masters = org.insert('Master__c', { Name: 'M' });
    org.insert('Detail__c', { Name: 'D', Master__c: masters[0]?.id });
    const fired: string[] = [];
    for (const object of ['Master__c', 'Detail__c']) {
      for (const event of ['before delete', 'after delete', 'after undelete']) {
        org.trigger(object, event, () => fired.push(`${object} ${event}`));
      }
    }
    org.dml('delete', masters);
    assert.deepEqual(fired, ['Master__c before delete', 'Master__c after delete']);
    assert.equal(org.count('SELECT COUNT() FROM Detail__c'), 0);
  });

  it('shouldKeepARecordWhoseOldRowGotAnError', () => {
    const masters = org.insert('Master__c', { Name: 'M' });
    org.trigger('Master__c', 'before delete', (_rows, old) => old?.[0]?.addError('stays'));
    const error = apexError(() => org.dml('delete', masters));
    assert.match(
      error.text,
      /^Delete failed. First exception on row 0 with id \w+; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, stays: \[\]$/,
    );
    assert.equal(org.count('SELECT COUNT() FROM Master__c'), 1);
  });

  it('shouldPointCustomLookupsAtWhatIsRestoredUnlessTheyHaveAnother', () => {
    const [master, other] = org.insert('Master__c', { Name: 'M' }, { Name: 'other' });
    const loose = org.insert('Loose__c', { Name: 'a', Soft__c: master?.id }, { Name: 'b', Soft__c: master?.id });
    org.dml('delete', [master as SObjectValue]);
    org.dml('update', [org.record('Loose__c', { Id: loose[1]?.id, Soft__c: other?.id })]);
    org.dml('undelete', [master as SObjectValue]);
    const pointTo = org.column('SELECT Soft__c FROM Loose__c ORDER BY Name', 'Soft__c');
    assert.deepEqual(pointTo, [master?.id, other?.id]);
  });

  it('shouldRestoreLookupsAfterADeletionThatWasTakenBack', () => {
    const [master] = org.insert('Master__c', { Name: 'M' });
    org.insert('Loose__c', { Name: 'a', Soft__c: master?.id });
    const point = org.org.data.savepoint();
    org.dml('delete', [master as SObjectValue]);
    org.org.data.rollback(point);
    assert.deepEqual(org.column('SELECT Soft__c FROM Loose__c', 'Soft__c'), [master?.id]);
    org.dml('delete', [master as SObjectValue]);
    org.dml('undelete', [master as SObjectValue]);
    assert.deepEqual(org.column('SELECT Soft__c FROM Loose__c', 'Soft__c'), [master?.id]);
  });

  it('shouldRefuseToDeleteTwiceAndToRestoreWhatIsThere', () => {
    const masters = org.insert('Master__c', { Name: 'M' });
    assert.equal(apexError(() => org.dml('undelete', masters)).dml[0]?.status, 'UNDELETE_FAILED');
    org.dml('delete', masters);
    assert.equal(apexError(() => org.dml('delete', masters)).dml[0]?.status, 'ENTITY_IS_DELETED');
  });

  it('shouldMergeRecordsWithWhatHangsOnThem', () => {
    const [winner, loser] = org.insert('Account', { Name: 'Winner' }, { Name: 'Loser' });
    org.insert('Contact', { LastName: 'C', AccountId: loser?.id });
    const fired: string[] = [];
    org.trigger('Contact', 'before update', () => fired.push('contact'));
    let masterId: unknown = null;
    org.trigger('Account', 'after delete', (_rows, old) => (masterId = old?.[0]?.get('MasterRecordId')));
    org.dml('merge', [loser as SObjectValue], {
      mergeInto: org.record('Account', { Id: winner?.id, Industry: 'Energy' }),
    });
    assert.deepEqual(org.column('SELECT AccountId FROM Contact', 'AccountId'), [winner?.id]);
    assert.deepEqual(org.column('SELECT Industry FROM Account', 'Industry'), ['Energy']);
    assert.deepEqual(fired, [], 'children move without their triggers');
    assert.equal(masterId, winner?.id);
  });

  it('shouldGoBackToASavepoint', () => {
    org.insert('Master__c', { Name: 'kept' });
    const point = org.org.data.savepoint();
    org.insert('Master__c', { Name: 'lost' });
    org.org.data.rollback(point);
    assert.deepEqual(org.column('SELECT Name FROM Master__c', 'Name'), ['kept']);
    assert.equal(current.tx.used.dmlStatements, 4, 'setting and going back count as statements');
  });

  it('shouldRefuseSavepointsThatWereReleasedOrTakenBack', () => {
    const first = org.org.data.savepoint();
    const second = org.org.data.savepoint();
    org.org.data.rollback(first);
    assert.equal(apexError(() => org.org.data.rollback(second)).text, 'Invalid savepoint');
    org.org.data.release(first);
    assert.equal(apexError(() => org.org.data.rollback(first)).text, 'Invalid savepoint');
  });
});

const SETTING = xml(
  'CustomObject',
  '<label>Set</label><customSettingsType>Hierarchy</customSettingsType><visibility>Public</visibility>',
);

describe('setup objects', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg();
  });

  const role = { Name: 'R', DeveloperName: 'R' };

  it('shouldNotBeWrittenTogetherWithOthers', () => {
    org.insert('Account', { Name: 'A' });
    const error = apexError(() => org.insert('UserRole', role));
    assert.equal(
      error.text,
      'Insert failed. First exception on row 0; first error: MIXED_DML_OPERATION, DML operation on setup object is not ' +
        'permitted after you have updated a non-setup object (or vice versa): UserRole, original object: Account: []',
    );
    org.begin();
    org.insert('UserRole', role);
    assert.equal(apexError(() => org.insert('Account', { Name: 'A' })).dml[0]?.status, 'MIXED_DML_OPERATION');
  });

  it('shouldLetGroupsBeInsertedAndUpdatedBesideOthersAndNotDeleted', () => {
    org.insert('Account', { Name: 'A' });
    const [group] = org.insert('Group', { Name: 'G', DeveloperName: 'G', Type: 'Queue' });
    org.dml('update', [org.record('Group', { Id: group?.id, Name: 'H' })]);
    org.insert('Account', { Name: 'B' });
    assert.deepEqual(org.column("SELECT Name FROM Group WHERE DeveloperName = 'G'", 'Name'), ['H']);
    const error = apexError(() => org.dml('delete', [org.record('Group', { Id: group?.id })]));
    assert.match(error.text, /MIXED_DML_OPERATION, .*: Group, original object: Account/);
  });

  it('shouldStartAfreshInsideRunAs', () => {
    org.insert('Account', { Name: 'A' });
    const state = org.org.suspendMixedDml(current.tx);
    assert.equal(org.insert('UserRole', role).length, 1);
    org.org.resumeMixedDml(current.tx, state);
    assert.equal(apexError(() => org.insert('UserRole', role)).dml[0]?.status, 'MIXED_DML_OPERATION');
  });

  it('shouldNotIncludeUsersWithoutARole', () => {
    org.insert('Account', { Name: 'A' });
    const user = org.org.administrator;
    assert.equal(org.dml('update', [org.record('User', { Id: user.id, Title: 'Boss' })])[0]?.success, true);
    const error = apexError(() => org.dml('update', [org.record('User', { Id: user.id, IsActive: false })]));
    assert.equal(error.dml[0]?.status, 'MIXED_DML_OPERATION');
  });

  it('shouldLetUsersBeChangedBetweenSetupObjects', () => {
    org.insert('UserRole', role);
    org.dml('update', [org.record('User', { Id: org.org.administrator.id, Title: 'Boss' })]);
    assert.equal(org.insert('UserRole', { Name: 'S', DeveloperName: 'S' }).length, 1);
  });

  const setting = { 'objects/Set__c/Set__c.object-meta.xml': SETTING };
  it('shouldNotCountSettingsAndEventsAsOthers', () => {
    org = new TestOrg(setting);
    org.insert('Set__c', { SetupOwnerId: org.org.administrator.id });
    assert.equal(org.insert('UserRole', role).length, 1);
    org.dml('update', [org.record('Set__c', { Id: org.column('SELECT Id FROM Set__c', 'Id')[0] })]);
  });

  const CHANGES: readonly (readonly [fields: Record<string, unknown>, setup: boolean])[] = [
    [{ Title: 'Boss' }, false],
    [{ IsActive: false }, true],
    [{ IsActive: true }, false],
    [{ Username: 'other@test.example' }, true],
    [{ UserRoleId: null }, false],
    [{ ForecastEnabled: true }, true],
  ];
  for (const [fields, setup] of CHANGES) {
    it(`shouldIncludeChangesOfUsersThatAreSetup: ${JSON.stringify(fields)}`, () => {
      const user = org.user('Ann');
      org.begin();
      org.insert('Account', { Name: 'A' });
      const update = () => org.dml('update', [org.record('User', { Id: user.id, ...fields })]);
      if (setup) assert.equal(apexError(update).dml[0]?.status, 'MIXED_DML_OPERATION');
      else assert.equal(update()[0]?.success, true);
    });
  }

  it('shouldIncludeUsersThatAreMadeWithARole', () => {
    const [made] = org.insert('UserRole', role);
    org.begin();
    org.insert('Account', { Name: 'A' });
    const user = (name: string, more: Record<string, unknown>) => ({
      ...{ LastName: name, Email: 'a@b.example', Alias: 'a', TimeZoneSidKey: 'GMT', LocaleSidKey: 'en_US' },
      ...{ EmailEncodingKey: 'UTF-8', LanguageLocaleKey: 'en_US', Username: `${name}@test.example` },
      ProfileId: org.org.administrator.profileId,
      ...more,
    });
    org.insert('User', user('plain', {}));
    const error = apexError(() => org.insert('User', user('boss', { UserRoleId: made?.id })));
    assert.equal(error.dml[0]?.status, 'MIXED_DML_OPERATION');
  });

  it('shouldIncludeRestoringGroups', () => {
    org.insert('Account', { Name: 'A' });
    const [group] = org.insert('Group', { Name: 'G', DeveloperName: 'G', Type: 'Regular' });
    for (const operation of ['delete', 'undelete'] as const) {
      const refused = () => org.dml(operation, [org.record('Group', { Id: group?.id })]);
      const error = apexError(refused);
      assert.ok(error.dml[0]?.status === 'MIXED_DML_OPERATION' || error.qualifiedName === 'System.TypeException');
    }
  });
});

describe('what hangs on a deleted record', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg({
      ...FILES,
      'objects/Set__c/Set__c.object-meta.xml': SETTING,
      'objects/Closed__c/Closed__c.object-meta.xml': objectXml('Closed', '<sharingModel>Private</sharingModel>'),
    });
  });

  it('shouldBeGoneForGoodWhereItIsASettingOrAShare', () => {
    const user = org.user('Ann');
    org.begin();
    const [closed] = org.insert('Closed__c', { Name: 'C' });
    const [share] = org.insert('Closed__Share', { ParentId: closed?.id, UserOrGroupId: user.id, AccessLevel: 'Read' });
    const [set] = org.insert('Set__c', { SetupOwnerId: user.id });
    for (const record of [share, set]) {
      const name = record?.object.name ?? '';
      org.dml('delete', [org.record(name, { Id: record?.id })]);
      assert.equal(org.query(`SELECT Id FROM ${name} ALL ROWS`).filter((row) => row.id === record?.id).length, 0, name);
    }
    org.dml('delete', [org.record('Closed__c', { Id: closed?.id })]);
    assert.equal(org.query('SELECT Id FROM Closed__c ALL ROWS').length, 1);
  });
});
