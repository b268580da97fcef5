import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { DmlOptions } from '../../src/engine/data.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, SHARING, TestOrg, USER, xml } from '../store/testOrg.ts';

const FILES = {
  'objects/Lead/Lead.object-meta.xml': xml('CustomObject', '<sharingModel>Private</sharingModel>'),
  'objects/Task/fields/Ref__c.field-meta.xml': fieldXml('Ref__c', 'Text', '<length>9</length>'),
};

const RECORDS: Readonly<Record<string, (name: string) => Record<string, unknown>>> = {
  Lead: (name) => ({ LastName: name, Company: 'C' }),
  Account: (name) => ({ Name: name }),
  Contact: (name) => ({ LastName: name }),
};

describe('merging records', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg(FILES);
  });

  const make = (object: string, ...names: string[]): SObjectValue[] =>
    org.insert(object, ...names.map((name) => RECORDS[object]?.(name) ?? {}));

  function merge(master: SObjectValue, losers: readonly SObjectValue[], options: Partial<DmlOptions> = {}) {
    const only = (record: SObjectValue) => org.record(record.object.name, { Id: record.id });
    return org.dml('merge', losers.map(only), { mergeInto: only(master), ...options });
  }

  for (const object of Object.keys(RECORDS)) {
    it(`shouldMoveActivitiesAndNameTheMaster: ${object}`, () => {
      const [master, first, second] = make(object, 'M', 'A', 'B') as [SObjectValue, SObjectValue, SObjectValue];
      const lookup = object === 'Account' ? 'WhatId' : 'WhoId';
      org.insert('Task', { Subject: 'a', [lookup]: first.id }, { Subject: 'b', [lookup]: second.id });
      let fired = 0;
      org.trigger('Task', 'before update', () => fired++);
      org.trigger('Task', 'after update', () => fired++);
      const outcomes = merge(master, [first, second]);
      assert.deepEqual(
        outcomes.map(({ id, success }) => [id, success]),
        [
          [master.id, true],
          [master.id, true],
        ],
      );
      assert.deepEqual(org.column(`SELECT ${lookup} FROM Task`, lookup), [master.id, master.id]);
      assert.equal(fired, 0, 'children move without their triggers');
      const deleted = org.query(`SELECT MasterRecordId, IsDeleted FROM ${object} WHERE IsDeleted = TRUE ALL ROWS`);
      assert.deepEqual(
        deleted.map((row) => row.get('MasterRecordId')),
        [master.id, master.id],
      );
      assert.deepEqual(org.column(`SELECT Id FROM ${object}`, 'Id'), [master.id]);
    });
  }

  it('shouldFireDeleteAndUpdateTriggersOfTheRecordsThemselves', () => {
    const [master, loser] = make('Lead', 'M', 'A') as [SObjectValue, SObjectValue];
    const events: string[] = [];
    for (const event of ['before delete', 'after delete', 'before update', 'after update']) {
      org.trigger('Lead', event, (rows, old) => {
        events.push(`${event} ${String((rows ?? old)?.[0]?.get('LastName'))}`);
        if (event === 'after delete') assert.equal(old?.[0]?.get('MasterRecordId'), master.id);
      });
    }
    merge(master, [loser]);
    assert.deepEqual(events, ['before delete A', 'after delete A', 'before update M', 'after update M']);
  });

  it('shouldLeaveWhatWasMergedBeforeToItsOwnMaster', () => {
    const [first, second, third] = make('Lead', 'A', 'B', 'C') as [SObjectValue, SObjectValue, SObjectValue];
    merge(second, [first]);
    merge(third, [second]);
    const masters = org.column('SELECT MasterRecordId FROM Lead ORDER BY LastName ALL ROWS', 'MasterRecordId');
    assert.deepEqual(masters, [second.id, third.id, null]);
  });

  it('shouldMoveContactsOfAnAccount', () => {
    const [master, loser] = make('Account', 'M', 'A') as [SObjectValue, SObjectValue];
    org.insert('Contact', { LastName: 'C', AccountId: loser.id });
    merge(master, [loser]);
    assert.deepEqual(org.column('SELECT AccountId FROM Contact', 'AccountId'), [master.id]);
  });

  it('shouldMoveNothingOfARecordThatCannotBeMerged', () => {
    const [master, other] = make('Account', 'M', 'A') as [SObjectValue, SObjectValue];
    const [contact] = make('Contact', 'C') as [SObjectValue];
    org.dml('update', [org.record('Contact', { Id: contact.id, AccountId: other.id })]);
    org.insert('Task', { Subject: 'a', WhoId: contact.id });
    const outcomes = merge(master, [other, contact], { allOrNone: false });
    assert.deepEqual(
      outcomes.map(({ success }) => success),
      [false, false],
    );
    assert.deepEqual(org.column('SELECT AccountId FROM Contact', 'AccountId'), [other.id]);
    assert.deepEqual(org.column('SELECT WhoId FROM Task', 'WhoId'), [contact.id]);
  });

  it('shouldTakeTwoRecordsAtMost', () => {
    const [master, ...losers] = make('Lead', 'M', 'A', 'B', 'C') as [SObjectValue, ...SObjectValue[]];
    assert.equal(apexError(() => merge(master, losers)).qualifiedName, 'System.ListException');
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 4);
    merge(master, losers.slice(1));
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 2);
  });

  it('shouldCountTheMasterAndTheMergedAsRows', () => {
    const [master, ...losers] = make('Lead', 'M', 'A', 'B') as [SObjectValue, ...SObjectValue[]];
    const tx = org.begin();
    merge(master, losers);
    assert.deepEqual([tx.used.dmlStatements, tx.used.dmlRows], [1, 3]);
  });

  it('shouldKeepEverythingWhereOneRecordFails', () => {
    const [master, loser] = make('Lead', 'M', 'A') as [SObjectValue, SObjectValue];
    org.insert('Task', { Subject: 'a', WhoId: loser.id });
    org.trigger('Lead', 'before delete', (_rows, old) => old?.[0]?.addError('keep it'));
    assert.match(apexError(() => merge(master, [loser])).text, /^Merge failed.*keep it/);
    const [outcome] = merge(master, [loser], { allOrNone: false });
    assert.deepEqual([outcome?.success, outcome?.errors[0]?.message], [false, 'keep it']);
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 2);
    assert.deepEqual(org.column('SELECT WhoId FROM Task', 'WhoId'), [loser.id]);
  });

  it('shouldRefuseARecordAndItselfOrAnotherObject', () => {
    const [master] = make('Lead', 'M') as [SObjectValue];
    const [account] = make('Account', 'A') as [SObjectValue];
    for (const loser of [master, account]) {
      assert.match(apexError(() => merge(master, [loser])).text, /INVALID_ID_FIELD/);
    }
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 1);
    assert.equal(org.count('SELECT COUNT() FROM Account'), 1);
  });

  it('shouldNotMergeObjectsThatCannotBe', () => {
    const [a, b] = org.insert('Campaign', { Name: 'A' }, { Name: 'B' }) as [SObjectValue, SObjectValue];
    assert.match(apexError(() => merge(a, [b])).text, /DML operation MERGE not allowed on Campaign/);
  });

  it('shouldNotMergeIntoAConvertedLead', () => {
    const [master, loser] = make('Lead', 'M', 'A') as [SObjectValue, SObjectValue];
    org.org.updateSystem('Lead', String(master.id), { IsConverted: true });
    assert.match(apexError(() => merge(master, [loser])).text, /CANNOT_UPDATE_CONVERTED_LEAD/);
  });

  it('shouldNeedEditOnTheMasterAndDeleteOnTheMergedInUserMode', () => {
    const reader = org.user('Reader', 'Read Only');
    const rep = org.user('Rep');
    const other = org.user('Other');
    org.begin(rep);
    const [master, loser] = make('Lead', 'M', 'A') as [SObjectValue, SObjectValue];
    org.begin(reader);
    assert.equal(apexError(() => merge(master, [loser], { access: USER })).qualifiedName, 'System.SecurityException');
    org.begin(other);
    const denied = apexError(() => merge(master, [loser], { access: SHARING }));
    assert.equal(denied.dml[0]?.status, 'INSUFFICIENT_ACCESS_OR_READONLY');
    org.begin(rep);
    assert.equal(merge(master, [loser], { access: USER })[0]?.success, true);
  });

  for (const [rights, allowed] of [
    [['Read', 'Edit'], false],
    [['Read', 'Delete'], false],
    [['Read', 'Edit', 'Delete'], true],
  ] as const) {
    it(`shouldNeedBothRightsInUserMode: ${rights.join()}`, () => {
      const user = org.user('Min', 'Minimum Access - Salesforce');
      org.begin(user);
      const [master, loser] = make('Lead', 'M', 'A') as [SObjectValue, SObjectValue];
      org.begin();
      const set = org.org.insertSystem('PermissionSet', { Name: 'S', IsCustom: true });
      const granted = Object.fromEntries(rights.map((right) => [`Permissions${right}`, true]));
      org.org.insertSystem('ObjectPermissions', { ParentId: set, SobjectType: 'Lead', ...granted });
      org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: set });
      org.begin(user);
      const run = () => merge(master, [loser], { access: USER });
      if (allowed) assert.equal(run()[0]?.success, true);
      else assert.equal(apexError(run).toString(), "System.SecurityException: Access to entity 'Lead' denied");
    });
  }

  it('shouldTellTheIdsOfWhatItMoves', () => {
    const [master, loser] = make('Account', 'M', 'L') as [SObjectValue, SObjectValue];
    const contacts = org.insert(
      'Contact',
      { LastName: 'x', AccountId: loser.id },
      { LastName: 'y', AccountId: master.id },
    );
    const [outcome] = merge(master, [loser]);
    assert.deepEqual(outcome?.moved, [contacts[0]?.id]);
  });
});
