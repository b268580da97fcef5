import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RunningUser } from '../../src/engine/transaction.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, objectXml, SHARING, SYSTEM, TestOrg, USER, xml } from '../store/testOrg.ts';

const FILES = {
  'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal', '<sharingModel>Private</sharingModel>'),
  'objects/Deal__c/fields/Open__c.field-meta.xml': fieldXml('Open__c', 'Text', '<length>20</length>'),
  'objects/Deal__c/fields/Secret__c.field-meta.xml': fieldXml('Secret__c', 'Text', '<length>20</length>'),
  'objects/Deal__c/fields/Shown__c.field-meta.xml': fieldXml('Shown__c', 'Text', '<length>20</length>'),
  'objects/Note__c/Note__c.object-meta.xml': objectXml('Note', '<sharingModel>ControlledByParent</sharingModel>'),
  'objects/Note__c/fields/Deal__c.field-meta.xml': fieldXml(
    'Deal__c',
    'MasterDetail',
    '<referenceTo>Deal__c</referenceTo><relationshipName>Notes</relationshipName>',
  ),
  'objects/Rule__c/Rule__c.object-meta.xml': objectXml('Rule', '<sharingModel>Read</sharingModel>'),
  'permissionsets/Dealer.permissionset-meta.xml': xml(
    'PermissionSet',
    '<customPermissions><enabled>true</enabled><name>Close_Deals</name></customPermissions>' +
      '<fieldPermissions><editable>true</editable><field>Deal__c.Open__c</field><readable>true</readable></fieldPermissions>' +
      '<fieldPermissions><editable>false</editable><field>Deal__c.Shown__c</field><readable>true</readable></fieldPermissions>' +
      '<label>Dealer</label>' +
      ['Deal__c', 'Note__c', 'Rule__c']
        .map(
          (object) =>
            '<objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit>' +
            `<allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object}</object>` +
            '<viewAllRecords>false</viewAllRecords></objectPermissions>',
        )
        .join(''),
  ),
  'permissionsets/Secrets.permissionset-meta.xml': xml(
    'PermissionSet',
    '<fieldPermissions><editable>true</editable><field>Deal__c.Secret__c</field><readable>true</readable></fieldPermissions>' +
      '<label>Secrets</label>',
  ),
  'customPermissions/Close_Deals.customPermission-meta.xml': xml('CustomPermission', '<label>Close Deals</label>'),
  'roles/Boss.role-meta.xml': xml('Role', '<name>Boss</name>'),
  'roles/Rep.role-meta.xml': xml('Role', '<name>Rep</name><parentRole>Boss</parentRole>'),
  'queues/Deals.queue-meta.xml': xml(
    'Queue',
    '<name>Deals</name><queueSobject><sobjectType>Deal__c</sobjectType></queueSobject>',
  ),
};

describe('access', () => {
  let org: TestOrg;
  let ann: RunningUser;
  let bob: RunningUser;
  let boss: RunningUser;
  let deal: SObjectValue;

  const role = (name: string) => org.org.store.tableOf('UserRole').find('DeveloperName', name)[0]?.['Id'];

  function dealer(name: string, roleName: string | null): RunningUser {
    const user = org.user(name, 'Standard User', roleName === null ? {} : { UserRoleId: role(roleName) });
    org.begin();
    const [set] = org.org.store.tableOf('PermissionSet').find('Name', 'Dealer');
    org.insert('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: set?.['Id'] });
    org.begin();
    return user;
  }

  beforeEach(() => {
    org = new TestOrg(FILES);
    ann = dealer('Ann', 'Rep');
    bob = dealer('Bob', 'Rep');
    boss = dealer('Boss', 'Boss');
    org.begin(ann);
    deal = org.insert('Deal__c', { Name: 'Ann deal', Open__c: 'o', Secret__c: 's', Shown__c: 'x' })[0] as SObjectValue;
    org.begin();
  });

  const seen = (user: RunningUser, access = SHARING, object = 'Deal__c') => {
    org.begin(user);
    return org.count(`SELECT COUNT() FROM ${object}`, [], access);
  };

  describe('to records', () => {
    it('shouldBeTheOwnersAndThoseAbove', () => {
      assert.equal(seen(ann), 1);
      assert.equal(seen(bob), 0);
      assert.equal(seen(boss), 1);
      assert.equal(seen(org.org.administrator), 1);
    });

    it('shouldNotMatterInSystemModeWithoutSharing', () => {
      assert.equal(seen(bob, SYSTEM), 1);
    });

    it('shouldAlwaysMatterInUserMode', () => {
      assert.equal(seen(bob, { mode: 'user', sharing: false }), 0);
    });

    it('shouldComeWithAShare', () => {
      org.insert('Deal__Share', { ParentId: deal.id, UserOrGroupId: bob.id, AccessLevel: 'Read' });
      assert.equal(seen(bob), 1);
      const error = apexError(() =>
        org.dml('update', [org.record('Deal__c', { Id: deal.id, Open__c: 'n' })], { access: SHARING }),
      );
      assert.equal(error.dml[0]?.status, 'INSUFFICIENT_ACCESS_OR_READONLY');
      org.begin();
      org.insert('Deal__Share', { ParentId: deal.id, UserOrGroupId: bob.id, AccessLevel: 'Edit' });
      org.begin(bob);
      const changed = org.dml('update', [org.record('Deal__c', { Id: deal.id, Open__c: 'n' })], { access: SHARING });
      assert.equal(changed[0]?.success, true);
      const removal = apexError(() => org.dml('delete', [org.record('Deal__c', { Id: deal.id })], { access: SHARING }));
      assert.equal(removal.dml[0]?.status, 'INSUFFICIENT_ACCESS_OR_READONLY');
    });

    it('shouldEndWithAManualShareWhenTheOwnerChanges', () => {
      org.insert('Deal__Share', { ParentId: deal.id, UserOrGroupId: bob.id, AccessLevel: 'Read', RowCause: 'Manual' });
      org.dml('update', [org.record('Deal__c', { Id: deal.id, OwnerId: boss.id })]);
      assert.equal(seen(bob), 0);
      assert.equal(seen(ann), 0);
    });

    it('shouldComeThroughQueuesAndGroupsInGroups', () => {
      const [queue] = org.org.store.tableOf('Group').find('DeveloperName', 'Deals');
      org.dml('update', [org.record('Deal__c', { Id: deal.id, OwnerId: queue?.['Id'] })]);
      assert.equal(seen(bob), 0);
      org.begin();
      const [group] = org.insert('Group', { Name: 'Inner', DeveloperName: 'Inner', Type: 'Regular' });
      org.insert(
        'GroupMember',
        { GroupId: group?.id, UserOrGroupId: bob.id },
        { GroupId: queue?.['Id'], UserOrGroupId: group?.id },
      );
      assert.equal(seen(bob), 1);
      assert.equal(seen(boss), 1, 'those above a member see it too');
      assert.equal(seen(ann), 0);
    });

    it('shouldBeThatOfTheMasterForDetails', () => {
      org.insert('Note__c', { Name: 'N', Deal__c: deal.id });
      assert.equal(seen(bob, SHARING, 'Note__c'), 0);
      assert.equal(seen(ann, SHARING, 'Note__c'), 1);
    });

    it('shouldLetAllReadButOnlyOwnersEditWhatIsReadOnly', () => {
      const [rule] = org.insert('Rule__c', { Name: 'R' });
      assert.equal(seen(bob, SHARING, 'Rule__c'), 1);
      const error = apexError(() =>
        org.dml('update', [org.record('Rule__c', { Id: rule?.id, Name: 'S' })], { access: SHARING }),
      );
      assert.equal(error.dml[0]?.status, 'INSUFFICIENT_ACCESS_OR_READONLY');
    });

    it('shouldHideParentsThatAreNotShared', () => {
      org.insert('Note__c', { Name: 'N', Deal__c: deal.id });
      org.begin(bob);
      const [note] = org.query('SELECT Deal__r.Name FROM Note__c', [], SYSTEM);
      assert.equal(note?.parent('Deal__r')?.get('Name'), 'Ann deal');
      assert.equal(org.query('SELECT Deal__r.Name FROM Note__c', [], SHARING).length, 0);
    });

    it('shouldShowParentsThatAre', () => {
      org.insert('Note__c', { Name: 'N', Deal__c: deal.id });
      org.begin(ann);
      const text = "SELECT Deal__r.Name FROM Note__c WHERE Deal__r.Name = 'Ann deal'";
      assert.equal(org.query(text, [], SHARING)[0]?.parent('Deal__r')?.get('Name'), 'Ann deal');
    });

    it('shouldRefuseLookupsToRecordsThatAreNotSeen', () => {
      org.begin(bob);
      const error = apexError(() =>
        org.dml('insert', [org.record('Note__c', { Name: 'N', Deal__c: deal.id })], { access: SHARING }),
      );
      assert.equal(error.dml[0]?.status, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
    });
  });

  describe('to objects and fields in user mode', () => {
    it('shouldDenyObjectsWithoutPermission', () => {
      const plain = org.user('Plain');
      org.begin(plain);
      const query = apexError(() => org.query('SELECT Id FROM Deal__c', [], USER));
      assert.equal(query.qualifiedName, 'System.QueryException');
      assert.match(query.text, /^sObject type 'Deal__c' is not supported\./);
      const insert = apexError(() => org.dml('insert', [org.record('Deal__c', { Name: 'D' })], { access: USER }));
      assert.equal(insert.qualifiedName, 'System.SecurityException');
      assert.equal(insert.text, "Access to entity 'Deal__c' denied");
      const outcome = org.dml('insert', [org.record('Deal__c', { Name: 'D' })], { access: USER, allOrNone: false });
      assert.equal(outcome[0]?.success, false);
      assert.equal(org.count('SELECT COUNT() FROM Deal__c', [], SYSTEM), 1);
    });

    it('shouldHideFieldsWithoutPermissionWhereverTheyStand', () => {
      org.begin(ann);
      for (const text of [
        'SELECT Secret__c FROM Deal__c',
        "SELECT Id FROM Deal__c WHERE Secret__c = 's'",
        'SELECT Id FROM Deal__c ORDER BY Secret__c',
        'SELECT Id FROM Note__c WHERE Deal__r.Secret__c = null',
      ]) {
        const error = apexError(() => org.query(text, [], USER));
        assert.equal(error.qualifiedName, 'System.QueryException', text);
        assert.match(error.text, /^No such column 'Secret__c' on entity 'Deal__c'\./);
        assert.deepEqual(error.inaccessible?.get('Deal__c'), new Set(['Secret__c']));
      }
      assert.equal(org.query('SELECT Open__c, Shown__c FROM Deal__c', [], USER).length, 1);
      assert.equal(org.query('SELECT Secret__c FROM Deal__c', [], SYSTEM).length, 1);
    });

    it('shouldRefuseToWriteFieldsWithoutPermission', () => {
      org.begin(ann);
      const error = apexError(() =>
        org.dml('update', [org.record('Deal__c', { Id: deal.id, Shown__c: 'y' })], { access: USER }),
      );
      assert.equal(
        error.text,
        'Operation failed due to fields being inaccessible on Sobject Deal__c, check errors on Exception or Result!',
      );
      assert.deepEqual(error.dml[0]?.fields, ['Shown__c']);
      const outcomes = org.dml('update', [org.record('Deal__c', { Id: deal.id, Secret__c: 'y' })], {
        access: USER,
        allOrNone: false,
      });
      assert.equal(outcomes[0]?.errors[0]?.status, 'INVALID_FIELD_FOR_INSERT_UPDATE');
      assert.equal(
        org.dml('update', [org.record('Deal__c', { Id: deal.id, Open__c: 'y' })], { access: USER })[0]?.success,
        true,
      );
    });

    it('shouldBeJudgedWithAPermissionSetThatTheAccessNames', () => {
      const [permissionSet] = org.org.store.tableOf('PermissionSet').find('Name', 'Secrets');
      const access = { ...USER, permissionSet: String(permissionSet?.['Id']) };
      org.begin(ann);
      const text = 'SELECT Secret__c FROM Deal__c';
      assert.throws(() => org.query(text, [], USER));
      assert.equal(org.query(text, [], access)[0]?.get('Secret__c'), 's');
      const change = org.record('Deal__c', { Id: deal.id, Secret__c: 'new' });
      assert.throws(() => org.dml('update', [change], { access: USER }));
      org.dml('update', [change], { access });
      assert.throws(() => org.query(text, [], USER), 'it counts for the one call');
    });

    it('shouldFollowTheClauseOfTheQueryRatherThanTheCall', () => {
      org.begin(ann);
      assert.equal(
        apexError(() => org.query('SELECT Secret__c FROM Deal__c WITH USER_MODE', [], SYSTEM)).qualifiedName,
        'System.QueryException',
      );
      assert.equal(org.query('SELECT Secret__c FROM Deal__c WITH SYSTEM_MODE', [], USER).length, 1);
    });

    it('shouldShowStandardFieldsOnlyWhereTheProfileDoes', () => {
      const minimum = org.user('Min', 'Minimum Access - Salesforce');
      org.begin(ann);
      assert.equal(org.query('SELECT Industry FROM Lead', [], USER).length, 0);
      org.begin(minimum);
      assert.equal(
        apexError(() => org.query('SELECT Industry FROM Lead', [], USER)).qualifiedName,
        'System.QueryException',
      );
    });

    it('shouldNotGiveAdministratorsCustomFieldsThatNoPermissionSetGrants', () => {
      const admin = org.user('Second', 'System Administrator');
      org.begin(admin);
      assert.equal(org.query('SELECT Name FROM Deal__c', [], USER).length, 1);
      assert.match(
        apexError(() => org.query('SELECT Open__c FROM Deal__c', [], USER)).text,
        /^No such column 'Open__c'/,
      );
    });
  });

  it('shouldKnowCustomPermissionsAndGrants', () => {
    const plain = org.user('Plain');
    assert.equal(org.org.hasCustomPermission(ann.id, 'Close_Deals'), true);
    assert.equal(org.org.hasCustomPermission(plain.id, 'Close_Deals'), false);
    assert.ok(org.org.grantsOf(ann.id).includes('Dealer'));
  });

  it('shouldTakeRightsAwayWithTheAssignment', () => {
    const table = org.org.store.tableOf('PermissionSetAssignment');
    const [assignment] = table.find('AssigneeId', ann.id).slice(-1);
    org.begin();
    org.dml('delete', [org.record('PermissionSetAssignment', { Id: assignment?.['Id'] })]);
    assert.equal(org.org.hasCustomPermission(ann.id, 'Close_Deals'), false);
    assert.equal(org.org.objectAccess(ann.id, deal.object).read, false);
  });

  it('shouldGiveGuestsOfSitesNothing', () => {
    const guest = org.user('Guest', 'Guest License User');
    assert.equal(guest.userType, 'Guest');
    org.begin(guest);
    assert.throws(() => org.query('SELECT Id FROM Account', [], USER));
  });
});
