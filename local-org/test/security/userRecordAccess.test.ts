import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RunningUser } from '../../src/engine/transaction.ts';
import { ApexList } from '../../src/values/list.ts';
import { ApexSet } from '../../src/values/set.ts';
import { apexError, objectXml, TestOrg } from '../store/testOrg.ts';

const FILES = {
  'objects/Closed__c/Closed__c.object-meta.xml': objectXml('Closed', '<sharingModel>Private</sharingModel>'),
};
const COLUMNS = ['HasReadAccess', 'HasEditAccess', 'HasDeleteAccess', 'HasTransferAccess', 'HasAllAccess'];

describe('UserRecordAccess', () => {
  let org: TestOrg;
  let bob: RunningUser;
  let lead: string;

  beforeEach(() => {
    org = new TestOrg(FILES);
    bob = org.user('Bob');
    org.begin();
    lead = String(org.insert('Lead', { LastName: 'L', Company: 'C' })[0]?.id);
  });

  const rows = (where: string, binds: readonly unknown[] = []) =>
    org.query(`SELECT RecordId, ${COLUMNS.join(', ')}, MaxAccessLevel FROM UserRecordAccess WHERE ${where}`, binds);

  /** What the row of one record says: one letter for each access, and the most of them. */
  function access(user: RunningUser, id: string): string {
    const [row, ...others] = rows(`UserId = '${user.id}' AND RecordId = '${id}'`);
    assert.equal(others.length, 0);
    assert.equal(row?.get('RecordId'), id);
    const letters = COLUMNS.map((name) => (row?.get(name) === true ? name.charAt(3) : '-')).join('');
    return `${letters} ${String(row?.get('MaxAccessLevel'))}`;
  }

  it('shouldTellEachLevelByItself', () => {
    const closed = String(org.insert('Closed__c', { Name: 'C' })[0]?.id);
    assert.equal(access(org.org.administrator, closed), 'REDTA All');
    assert.equal(access(bob, closed), '----- None', 'not shared, and no right to the object');
    assert.equal(access(bob, lead), 'RE-T- Transfer', 'leads are read and changed by all');
    org.dml('update', [org.record('Lead', { Id: lead, OwnerId: bob.id })]);
    assert.equal(access(bob, lead), 'REDTA All', 'of the owner');
    org.insert('Closed__Share', { ParentId: closed, UserOrGroupId: bob.id, AccessLevel: 'Edit' });
    assert.equal(access(bob, closed), '----- None', 'shared, and no right to the object');
    const set = org.org.insertSystem('PermissionSet', { Name: 'S', Label: 'S', IsCustom: true });
    const object = { ParentId: set, SobjectType: 'Closed__c', PermissionsRead: true };
    org.org.insertSystem('ObjectPermissions', object);
    org.org.insertSystem('PermissionSetAssignment', { AssigneeId: bob.id, PermissionSetId: set });
    assert.equal(access(bob, closed), 'R---- Read', 'shared for editing, and the right to read the object');
    const other = String(org.insert('Closed__c', { Name: 'D' })[0]?.id);
    assert.equal(access(bob, other), '----- None', 'the right to the object, and not shared');
  });

  it('shouldLetNobodyDeleteWhatCanNotBeDeleted', () => {
    assert.equal(access(org.org.administrator, bob.id), 'RE-TA All');
  });

  it('shouldSayNoForRecordsThatDoNotExist', () => {
    assert.equal(access(org.org.administrator, `${lead.slice(0, 10)}ZZZZZ`.padEnd(18, 'A').slice(0, 18)), '----- None');
    assert.equal(access(org.org.administrator, 'zzz000000000000AAA'), '----- None');
  });

  it('shouldTakeIdsInEveryForm', () => {
    const found = (condition: string, bind: unknown) => {
      const [row] = rows(`UserId = '${bob.id}' AND RecordId ${condition}`, [bind]);
      return [row?.get('RecordId'), row?.get('HasReadAccess')];
    };
    const list = new ApexList(null as never, [null, lead]);
    const set = new ApexSet(null as never);
    set.add(lead);
    for (const [condition, bind] of [
      [`= '${lead.slice(0, 15)}'`],
      [`IN ('${lead}')`],
      ['= :id', lead],
      ['IN :ids', list],
      ['IN :ids', set],
      ['IN (:id)', lead],
    ] as const) {
      assert.deepEqual(found(condition, bind), [lead, true], condition);
    }
  });

  it('shouldNeedExactlyOneUser', () => {
    const message = 'UserRecordAccess: filter by one UserId';
    for (const where of [
      `RecordId = '${lead}'`,
      `UserId IN ('${bob.id}', '${org.org.administrator.id}') AND RecordId = '${lead}'`,
    ]) {
      const error = apexError(() => rows(where));
      assert.deepEqual([error.qualifiedName, error.text], ['System.QueryException', message]);
    }
    assert.equal(rows(`UserId IN ('${bob.id}') AND RecordId IN ('${lead}')`).length, 1);
    assert.equal(apexError(() => org.query('SELECT RecordId FROM UserRecordAccess')).text, message);
  });

  it('shouldTakeUpTo200Records', () => {
    const ids = (count: number) =>
      new ApexList(
        null as never,
        Array.from({ length: count }, (_, n) => `00Q${String(n).padStart(12, '0')}AAA`),
      );
    const asked = (count: number) => rows(`UserId = '${bob.id}' AND RecordId IN :ids`, [ids(count)]).length;
    assert.equal(asked(200), 200);
    const error = apexError(() => asked(201));
    assert.deepEqual(
      [error.qualifiedName, error.text],
      ['System.QueryException', 'UserRecordAccess: at most 200 record ids'],
    );
  });

  it('shouldRefuseOtherFilters', () => {
    for (const where of [
      `UserId != '${bob.id}' AND RecordId = '${lead}'`,
      `UserId = '${bob.id}' AND RecordId NOT IN ('${lead}')`,
      `UserId = '${bob.id}' OR RecordId = '${lead}'`,
      `UserId = '${bob.id}' AND RecordId = '${lead}' AND MaxAccessLevel = 'Read'`,
      `UserId = '${bob.id}' AND RecordId = '${lead}' AND HasReadAccess != true`,
      `UserId = '${bob.id}' AND RecordId = '${lead}' AND MaxAccessLevel IN ('Read')`,
    ]) {
      assert.throws(() => rows(where), /this filter on UserRecordAccess/, where);
    }
  });
});
