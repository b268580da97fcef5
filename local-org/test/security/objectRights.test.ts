import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RunningUser } from '../../src/engine/transaction.ts';
import { PreparedPlan, prepareQuery } from '../../src/soql/prepare.ts';
import type { FieldValues } from '../../src/values/sobject.ts';
import { apexError, fieldXml, objectXml, SHARING, SYSTEM, TestOrg, USER, xml } from '../store/testOrg.ts';

const FILES = {
  'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal', '<sharingModel>Private</sharingModel>'),
  'objects/Deal__c/fields/Open__c.field-meta.xml': fieldXml('Open__c', 'Text', '<length>20</length>'),
  'objects/Setting__c/Setting__c.object-meta.xml': objectXml(
    'Setting',
    '<customSettingsType>Hierarchy</customSettingsType>',
  ).replace(/<nameField>.*<\/nameField><sharingModel>ReadWrite<\/sharingModel>/, ''),
  'objects/Setting__c/fields/Text__c.field-meta.xml': fieldXml('Text__c', 'Text', '<length>20</length>'),
  'objects/Happened__e/Happened__e.object-meta.xml': xml(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Happened</label>' +
      '<pluralLabel>Happened</pluralLabel><publishBehavior>PublishAfterCommit</publishBehavior>',
  ),
  'objects/Happened__e/fields/Text__c.field-meta.xml': fieldXml('Text__c', 'Text', '<length>20</length>'),
  'objects/Kind__mdt/Kind__mdt.object-meta.xml': xml(
    'CustomObject',
    '<label>Kind</label><pluralLabel>Kinds</pluralLabel><visibility>Public</visibility>',
  ),
  'objects/User/fields/Rank__c.field-meta.xml': fieldXml('Rank__c', 'Text', '<length>20</length>'),
  'objects/Kind__mdt/fields/Text__c.field-meta.xml': fieldXml('Text__c', 'Text', '<length>20</length>'),
};

const OPERATIONS = ['create', 'read', 'edit', 'delete'] as const;
type Operation = (typeof OPERATIONS)[number];

describe('rights of profiles and permission sets', () => {
  let org: TestOrg;
  let user: RunningUser;
  let theirs: string;

  beforeEach(() => {
    org = new TestOrg(FILES);
    user = org.user('Min', 'Minimum Access - Salesforce');
    org.begin();
    theirs = String(org.insert('Deal__c', { Name: 'theirs', Open__c: 'o' })[0]?.id);
  });

  let sets = 0;
  /** A permission set with rights on Deal__c, assigned to the user. */
  function grant(rights: readonly string[], permissions: FieldValues = {}): string {
    const name = `Set_${++sets}`;
    const id = org.org.insertSystem('PermissionSet', { Name: name, Label: name, IsCustom: true, ...permissions });
    const columns = Object.fromEntries(rights.map((right) => [`Permissions${right}`, true]));
    org.org.insertSystem('ObjectPermissions', { ParentId: id, SobjectType: 'Deal__c', ...columns });
    org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: id });
    return id;
  }

  function grantField(setId: string, read: boolean, edit: boolean): void {
    const fields = { ParentId: setId, SobjectType: 'Deal__c', Field: 'Deal__c.Open__c' };
    org.org.insertSystem('FieldPermissions', { ...fields, PermissionsRead: read, PermissionsEdit: edit });
  }

  /** A deal that the user owns, written without checks. */
  function own(): string {
    const [record] = org.insert('Deal__c', { Name: 'mine', Open__c: 'o' });
    org.org.updateSystem('Deal__c', String(record?.id), { OwnerId: user.id });
    return String(record?.id);
  }

  /** Object Reference, SetupEntityAccess, "Special Access Rules". */
  it('shouldShowCodeOnlyToWhoMayViewSetup', () => {
    const reads = () => {
      const object = org.org.schema.object('ApexClass');
      return object !== null && org.org.access.rightsOf(user.id).object(object).read;
    };
    assert.equal(reads(), false);
    grant([], { PermissionsViewSetup: true });
    assert.equal(reads(), true);
  });

  const RUN: Readonly<Record<Operation, (id: string) => unknown>> = {
    create: () => org.dml('insert', [org.record('Deal__c', { Name: 'n' })], { access: USER }),
    read: () => org.query('SELECT Id FROM Deal__c', [], USER),
    edit: (id) => org.dml('update', [org.record('Deal__c', { Id: id, Name: 'm' })], { access: USER }),
    delete: (id) => org.dml('delete', [org.record('Deal__c', { Id: id })], { access: USER }),
  };

  function may(operation: Operation, id: string): boolean {
    try {
      RUN[operation](id);
      return true;
    } catch {
      const error = apexError(() => RUN[operation](id));
      const expected = operation === 'read' ? 'System.QueryException' : 'System.SecurityException';
      assert.equal(error.qualifiedName, expected);
      return false;
    }
  }

  for (const right of OPERATIONS) {
    for (const first of [true, false]) {
      it(`shouldAllowOnlyWhatIsGranted: ${right}, by the ${first ? 'first' : 'second'} of two sets`, () => {
        const id = own();
        const column = right.charAt(0).toUpperCase() + right.slice(1);
        grant(first ? [column] : []);
        grant(first ? [] : [column]);
        org.begin(user);
        for (const operation of ['create', 'read', 'edit', 'delete'] as const) {
          assert.equal(may(operation, id), operation === right, operation);
        }
      });
    }
  }

  it('shouldUndeleteWithTheRightToCreate', () => {
    const id = own();
    org.dml('delete', [org.record('Deal__c', { Id: id })]);
    grant(['Edit', 'Delete']);
    org.begin(user);
    const undelete = () => org.dml('undelete', [org.record('Deal__c', { Id: id })], { access: USER });
    assert.equal(apexError(undelete).qualifiedName, 'System.SecurityException');
    org.begin();
    grant(['Create']);
    org.begin(user);
    assert.equal(undelete()[0]?.success, true);
  });

  it('shouldUpsertWithTheRightThatEachRowNeeds', () => {
    const id = own();
    grant(['Edit']);
    org.begin(user);
    const upsert = (fields: FieldValues) => org.dml('upsert', [org.record('Deal__c', fields)], { access: USER });
    assert.equal(upsert({ Id: id, Name: 'm' })[0]?.success, true);
    assert.equal(apexError(() => upsert({ Name: 'n' })).qualifiedName, 'System.SecurityException');
  });

  describe('to all records', () => {
    const sees = () => org.count(`SELECT COUNT() FROM Deal__c WHERE Id = '${theirs}'`, [], SHARING) === 1;
    const changes = () =>
      org.dml('update', [org.record('Deal__c', { Id: theirs, Name: 'x' })], { access: SHARING, allOrNone: false })[0]
        ?.success;
    const removes = () =>
      org.dml('delete', [org.record('Deal__c', { Id: theirs })], { access: SHARING, allOrNone: false })[0]?.success;
    const reach = () => [sees(), changes(), removes()];
    const ALL = ['Create', 'Read', 'Edit', 'Delete'];

    for (const first of [true, false]) {
      const place = first ? 'first' : 'second';
      const both = (rights: readonly string[], permissions: FieldValues = {}) => {
        if (first) grant(rights, permissions);
        grant(ALL);
        if (!first) grant(rights, permissions);
        org.begin(user);
      };

      it(`shouldNotComeWithRightsToTheObject (${place})`, () => {
        both([]);
        assert.deepEqual(reach(), [false, false, false]);
      });

      it(`shouldBeReadWithViewAll (${place})`, () => {
        both(['ViewAllRecords']);
        assert.deepEqual(reach(), [true, false, false]);
      });

      it(`shouldBeChangedWithModifyAll (${place})`, () => {
        both(['ModifyAllRecords']);
        assert.deepEqual(reach(), [true, true, true]);
      });

      it(`shouldBeReadWithViewAllData (${place})`, () => {
        both([], { PermissionsViewAllData: true });
        assert.deepEqual(reach(), [true, false, false]);
      });

      it(`shouldBeChangedWithModifyAllData (${place})`, () => {
        both([], { PermissionsModifyAllData: true });
        assert.deepEqual(reach(), [true, true, true]);
      });
    }

    it('shouldIncludeTheRightToReadTheObjectWithViewAllData', () => {
      grant([], { PermissionsViewAllData: true });
      org.begin(user);
      assert.deepEqual([may('read', theirs), may('edit', theirs), may('create', theirs)], [true, false, false]);
    });

    it('shouldIncludeAllRightsWithModifyAllData', () => {
      grant([], { PermissionsModifyAllData: true });
      org.begin(user);
      for (const operation of OPERATIONS) assert.equal(may(operation, theirs), true, operation);
    });
  });

  describe('to fields', () => {
    const reads = () => org.query('SELECT Open__c FROM Deal__c', [], USER).length;
    const writes = (id: string) =>
      org.dml('update', [org.record('Deal__c', { Id: id, Open__c: 'n' })], { access: USER, allOrNone: false })[0]
        ?.success;
    const creates = () =>
      org.dml('insert', [org.record('Deal__c', { Name: 'n', Open__c: 'n' })], { access: USER, allOrNone: false })[0]
        ?.success;

    for (const first of [true, false]) {
      it(`shouldBeReadAndWrittenAsGranted (by the ${first ? 'first' : 'second'} of two sets)`, () => {
        const id = own();
        const one = grant(['Read', 'Edit']);
        const two = grant([]);
        org.begin(user);
        assert.match(apexError(reads).text, /^No such column 'Open__c' on entity 'Deal__c'/);
        grantField(first ? one : two, true, false);
        assert.equal(reads(), 1);
        assert.equal(writes(id), false);
        grantField(first ? two : one, true, true);
        assert.equal(writes(id), true);
      });
    }

    it('shouldNotBeWrittenWithoutTheRightToWriteTheObject', () => {
      const deal = org.record('Deal__c', {}).object;
      const field = deal.fields.get('open__c');
      assert.ok(field);
      const set = grant(['Read']);
      grantField(set, true, true);
      assert.equal(org.org.mayEditField(user.id, deal, field), false);
      grant(['Create']);
      assert.equal(org.org.mayEditField(user.id, deal, field), true);
    });

    it('shouldNeedGrantsOfStandardFieldsWhereTheProfileShowsNone', () => {
      const id = org.org.insertSystem('PermissionSet', { Name: 'A', Label: 'A', IsCustom: true });
      org.org.insertSystem('ObjectPermissions', { ParentId: id, SobjectType: 'Account', PermissionsRead: true });
      org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: id });
      const account = org.record('Account', {}).object;
      const reads = (name: string) => {
        const field = account.fields.get(name);
        assert.ok(field);
        return org.org.mayReadField(user.id, account, field);
      };
      assert.deepEqual([reads('industry'), reads('name')], [false, true]);
      const field = { ParentId: id, SobjectType: 'Account', Field: 'Account.Industry', PermissionsRead: true };
      org.org.insertSystem('FieldPermissions', field);
      assert.deepEqual([reads('industry'), reads('rating')], [true, false]);
    });

    for (const [object, name, permission] of [
      ['Happened__e', 'text__c', null],
      ['Kind__mdt', 'text__c', 'CustomizeApplication'],
      ['Setting__c', 'text__c', 'CustomizeApplication'],
      ['User', 'title', 'ManageUsers'],
    ] as const) {
      it(`shouldNotExistForEventsTypesSettingsAndSetup: ${object}`, () => {
        const granted = permission === null ? {} : { [`Permissions${permission}`]: true };
        const id = org.org.insertSystem('PermissionSet', { Name: 'A', Label: 'A', IsCustom: true, ...granted });
        const rights = { ParentId: id, SobjectType: object, PermissionsRead: true, PermissionsCreate: true };
        if (permission === null) org.org.insertSystem('ObjectPermissions', rights);
        org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: id });
        const descriptor = org.org.schema.object(object);
        const field = descriptor?.fields.get(name);
        assert.ok(descriptor && field?.permissionable !== undefined);
        assert.equal(org.org.mayReadField(user.id, descriptor, field), true);
        assert.equal(org.org.mayEditField(user.id, descriptor, field), true);
      });
    }

    it('shouldNotBeReadWithoutTheObject', () => {
      grantField(grant(['Create']), true, true);
      org.begin(user);
      const deal = org.org.schema.object('Deal__c');
      const field = deal?.fields.get('open__c');
      assert.ok(deal && field);
      assert.equal(org.org.mayReadField(user.id, deal, field), false);
      assert.match(apexError(() => org.query('SELECT Id FROM Deal__c', [], USER)).text, /is not supported/);
    });

    it('shouldBeWrittenOnCreateWithTheRightToEditThem', () => {
      const set = grant(['Read', 'Create']);
      org.begin(user);
      assert.equal(creates(), false);
      grantField(set, true, false);
      assert.equal(creates(), false);
      grantField(set, true, true);
      assert.equal(creates(), true);
    });

    it('shouldNotMatterWhereNobodyMayWriteThem', () => {
      const id = own();
      grant(['Read', 'Edit', 'Create']);
      org.begin(user);
      const save = (operation: 'insert' | 'update', fields: FieldValues) =>
        org.dml(operation, [org.record('Deal__c', fields)], { access: USER, allOrNone: false })[0]?.success;
      assert.equal(save('update', { Id: id, IsDeleted: true, SystemModstamp: null }), true, 'they are left out');
      assert.equal(save('insert', { Name: 'n', CreatedById: user.id }), true);
    });

    it('shouldBeTheFirstFaultOfARow', () => {
      const id = own();
      org.begin(user);
      const records = [org.record('Deal__c', { Open__c: 'x' }), org.record('Deal__c', { Id: id, Open__c: 'x' })];
      const outcomes = org.dml('update', records, { access: USER, allOrNone: false });
      assert.deepEqual(
        outcomes.map(({ errors }) => errors.map(({ status }) => status)),
        [['INSUFFICIENT_ACCESS_OR_READONLY'], ['INSUFFICIENT_ACCESS_OR_READONLY']],
      );
    });

    it('shouldNotMatterWhereTheyAreOfEveryRecord', () => {
      const id = own();
      grant(['Read', 'Edit']);
      org.begin(user);
      assert.equal(org.query('SELECT Id, Name, OwnerId, CreatedDate FROM Deal__c', [], USER).length, 1);
      assert.equal(
        org.dml('update', [org.record('Deal__c', { Id: id, Name: 'm' })], { access: USER })[0]?.success,
        true,
      );
    });
  });

  describe('of the platform', () => {
    it('shouldLetAllReadWhatDescribesTheOrg', () => {
      org.begin(user);
      for (const name of ['User', 'Group', 'Profile', 'RecordType', 'CustomPermission', 'Organization']) {
        assert.ok(org.query(`SELECT Id FROM ${name} LIMIT 1`, [], USER).length <= 1, name);
      }
      assert.match(apexError(() => org.query('SELECT Id FROM Account', [], USER)).text, /is not supported/);
    });

    it('shouldShowCustomFieldsOfUsersToThoseWhoMayReadThem', () => {
      const read = () => org.query('SELECT Rank__c FROM User LIMIT 1', [], USER);
      org.begin(user);
      assert.match(apexError(read).text, /No such column 'Rank__c' on entity 'User'/);
      org.begin();
      const fields = { ParentId: grant([]), SobjectType: 'User', Field: 'User.Rank__c' };
      org.org.insertSystem('FieldPermissions', { ...fields, PermissionsRead: true });
      org.begin(user);
      assert.equal(read().length, 1);
    });

    it('shouldNeedManageUsersToWriteUsersOfOthers', () => {
      const other = org.user('Other');
      const change = () =>
        org.dml('update', [org.record('User', { Id: other.id, Title: 'T' })], { access: USER, allOrNone: false })[0]
          ?.success;
      org.begin(user);
      assert.equal(change(), false);
      org.begin();
      grant([], { PermissionsManageUsers: true });
      org.begin(user);
      assert.equal(change(), true);
      assert.equal(may('read', theirs), false, 'it is of no use for other objects');
    });

    it('shouldNeedCustomizeApplicationToWriteSettings', () => {
      const save = () => org.dml('insert', [org.record('Setting__c', { SetupOwnerId: user.id })], { access: USER });
      org.begin(user);
      assert.equal(apexError(save).qualifiedName, 'System.SecurityException');
      org.begin();
      grant([], { PermissionsCustomizeApplication: true });
      org.begin(user);
      assert.equal(save()[0]?.success, true);
      assert.equal(may('read', theirs), false, 'it is of no use for other objects');
    });

    const PROFILES: readonly (readonly [profile: string, create: boolean, read: boolean, campaign: boolean])[] = [
      ['System Administrator', true, true, true],
      ['Standard User', true, true, true],
      ['Read Only', false, true, true],
      ['Minimum Access - Salesforce', false, false, false],
    ];
    for (const [profile, create, read, campaign] of PROFILES) {
      it(`shouldFollowTheStandardProfile ${profile}`, () => {
        const one = org.user('One', profile);
        const object = (name: string) => org.org.objectAccess(one.id, org.record(name, {}).object);
        assert.deepEqual([object('Lead').create, object('Lead').read, object('Lead').delete], [create, read, create]);
        assert.equal(object('Campaign').read, campaign);
        assert.equal(object('Campaign').create, profile === 'System Administrator');
        const rating = org.record('Lead', {}).object.fields.get('rating');
        assert.ok(rating);
        assert.equal(org.org.mayEditField(one.id, org.record('Lead', {}).object, rating), create);
      });
    }
  });

  it('shouldEnforceObjectsAndFieldsOfTheSelectClauseWithSecurityEnforced', () => {
    own();
    org.begin(user);
    const secure =
      (columns: string, rest = '') =>
      () => {
        const query = prepareQuery(org.org.schema, `SELECT ${columns} FROM Deal__c ${rest} WITH SECURITY_ENFORCED`, 66);
        assert.ok(query instanceof PreparedPlan);
        return org.org.data.query(query, [], SYSTEM);
      };
    const message = 'Insufficient permissions: secure query included inaccessible field';
    assert.equal(apexError(secure('Id')).text, message);
    org.begin();
    const set = grant(['Read']);
    org.begin(user);
    assert.equal(secure('Id, Name')().length, 2);
    assert.equal(apexError(secure('Open__c')).text, message);
    assert.equal(secure('Id', "WHERE Open__c = 'o'")().length, 2, 'only what is selected counts');
    grantField(set, true, false);
    assert.equal(secure('Open__c')().length, 2);
  });
});
