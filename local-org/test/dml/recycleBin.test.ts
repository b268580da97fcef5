import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import type { DmlOutcome } from '../../src/engine/data.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { apexError, fieldXml, objectXml, SHARING, SYSTEM, TestOrg } from '../store/testOrg.ts';

const PRIVATE = '<sharingModel>Private</sharingModel>';

describe('the recycle bin', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg({
      'objects/Account/Account.object-meta.xml': objectXml('Account', PRIVATE),
      'objects/Master__c/Master__c.object-meta.xml': objectXml('Master'),
      'objects/Detail__c/Detail__c.object-meta.xml': objectXml(
        'Detail',
        '<sharingModel>ControlledByParent</sharingModel>',
      ),
      'objects/Detail__c/fields/Master__c.field-meta.xml': fieldXml(
        'Master__c',
        'MasterDetail',
        '<referenceTo>Master__c</referenceTo><relationshipName>Details</relationshipName>',
      ),
      'objects/Loose__c/Loose__c.object-meta.xml': objectXml('Loose'),
      'objects/Loose__c/fields/Master__c.field-meta.xml': fieldXml(
        'Master__c',
        'Lookup',
        '<referenceTo>Master__c</referenceTo><relationshipName>Loose</relationshipName>',
      ),
      'objects/Needing__c/Needing__c.object-meta.xml': objectXml('Needing'),
      'objects/Needing__c/fields/Master__c.field-meta.xml': fieldXml(
        'Master__c',
        'Lookup',
        '<referenceTo>Master__c</referenceTo><relationshipName>Needing</relationshipName><deleteConstraint>Restrict</deleteConstraint>',
      ),
    });
  });

  const statusOf = ({ errors }: DmlOutcome): string => errors[0]?.status ?? 'done';
  const empty = (records: readonly SObjectValue[], access = SYSTEM): string[] =>
    org.org.data.purge(records, access).map(statusOf);
  const all = (object: string): number => org.query(`SELECT Id FROM ${object} ALL ROWS`).length;

  it('shouldRefuseToDeleteAndRestoreWhatHasNoId', () => {
    const record = org.record('Account', { Name: 'no id' });
    const faults = (operation: 'delete' | 'undelete') =>
      org.dml(operation, [record], { allOrNone: false }).map(({ errors }) => [errors[0]?.status, errors[0]?.message]);
    assert.deepEqual(faults('delete'), [['MISSING_ARGUMENT', 'Id not specified in a delete call']]);
    assert.deepEqual(faults('undelete'), [['MISSING_ARGUMENT', 'Id not specified in an undelete call']]);
  });

  it('shouldRefuseToDeleteAndRestoreWhatIsNotThere', () => {
    const record = org.record('Account', { Id: '001000000000001AAA' });
    for (const operation of ['delete', 'undelete'] as const) {
      const [outcome] = org.dml(operation, [record], { allOrNone: false });
      assert.equal(outcome?.errors[0]?.status, 'INVALID_CROSS_REFERENCE_KEY', operation);
    }
  });

  it('shouldRestoreOnlyWhatIsInIt', () => {
    const [record] = org.insert('Account', { Name: 'there' });
    const [outcome] = org.dml('undelete', [record as SObjectValue], { allOrNone: false });
    assert.deepEqual(
      [outcome?.errors[0]?.status, outcome?.errors[0]?.message],
      ['UNDELETE_FAILED', 'Entity is not in the recycle bin'],
    );
  });

  it('shouldRefuseARecordThatAnotherTransactionHolds', () => {
    const [record] = org.insert('Account', { Name: 'held' });
    org.begin();
    org.query('SELECT Id FROM Account FOR UPDATE');
    const holder = current.tx;
    org.begin();
    const [outcome] = org.dml('delete', [record as SObjectValue], { allOrNone: false });
    assert.equal(outcome?.errors[0]?.status, 'UNABLE_TO_LOCK_ROW');
    assert.notEqual(current.tx, holder);
  });

  it('shouldNotBeOpenToThoseWhoMayNotDelete', () => {
    const rep = org.user('Rep');
    const [record] = org.insert('Account', { Name: 'of the administrator' });
    org.begin(rep);
    const status = (operation: 'delete' | 'undelete'): string =>
      statusOf(org.dml(operation, [record as SObjectValue], { allOrNone: false, access: SHARING })[0] as DmlOutcome);
    assert.equal(status('delete'), 'INSUFFICIENT_ACCESS_OR_READONLY');
    org.begin();
    org.dml('delete', [record as SObjectValue]);
    org.begin(rep);
    assert.equal(status('undelete'), 'INSUFFICIENT_ACCESS_OR_READONLY');
    assert.deepEqual(empty([record as SObjectValue], SHARING), ['INSUFFICIENT_ACCESS_OR_READONLY']);
    assert.equal(all('Account'), 1);
  });

  // Source: SOAP API Developer Guide, emptyRecycleBin(): queryAll() still finds the records, but nothing brings them back.
  it('shouldLoseForGoodWhatItIsEmptiedOf', () => {
    const masters = org.insert('Master__c', { Name: 'gone' }, { Name: 'kept' });
    const details = org.insert('Detail__c', { Name: 'd', Master__c: masters[0]?.id });
    const loose = org.insert('Loose__c', { Name: 'l', Master__c: masters[0]?.id });
    org.dml('delete', loose);
    org.dml('delete', masters);
    assert.deepEqual(empty(masters.slice(0, 1)), ['done']);
    assert.deepEqual([all('Master__c'), all('Detail__c'), all('Loose__c')], [2, 1, 1]);
    assert.deepEqual(empty(masters.slice(0, 1)), ['UNDELETE_FAILED']);
    const outcomes = org.dml('undelete', masters, { allOrNone: false });
    assert.deepEqual(outcomes.map(statusOf), ['UNDELETE_FAILED', 'done']);
    assert.deepEqual(org.column('SELECT Name FROM Master__c', 'Name'), ['kept']);
    assert.equal(org.count('SELECT COUNT() FROM Detail__c'), 0);
    assert.deepEqual(org.dml('undelete', details, { allOrNone: false }).map(statusOf), ['UNDELETE_FAILED']);
    assert.deepEqual(org.dml('undelete', loose, { allOrNone: false }).map(statusOf), ['done'], 'it was no part of it');
  });

  // Source: octoberswimmer/aer-dist, issue 409; Salesforce Help, "Object Relationships Overview".
  it('shouldLoseForGoodWhatNeedsARecordThatIsDeleted', () => {
    const masters = org.insert('Master__c', { Name: 'm' });
    const [needing] = org.insert('Needing__c', { Name: 'n', Master__c: masters[0]?.id });
    const restored = (): string[] => org.dml('undelete', [needing as SObjectValue], { allOrNone: false }).map(statusOf);
    org.dml('delete', [needing as SObjectValue]);
    assert.deepEqual(restored(), ['done']);
    org.dml('delete', [needing as SObjectValue]);
    org.dml('delete', masters);
    assert.deepEqual(restored(), ['UNDELETE_FAILED']);
    assert.deepEqual(org.dml('undelete', masters).map(statusOf), ['done']);
    assert.deepEqual(restored(), ['UNDELETE_FAILED']);
    assert.equal(org.count('SELECT COUNT() FROM Needing__c'), 0);
  });

  it('shouldNotBeEmptiedOfWhatWasNotDeleted', () => {
    const records = org.insert('Account', { Name: 'a' });
    assert.deepEqual(empty([...records, org.record('Account', { Name: 'no id' })]), [
      'UNDELETE_FAILED',
      'UNDELETE_FAILED',
    ]);
    assert.equal(all('Account'), 1);
  });

  it('shouldBeEmptiedInStatementsOf200Records', () => {
    const records = org.insert('Account', ...Array.from({ length: 201 }, (_, i) => ({ Name: `a${i}` })));
    org.dml('delete', records);
    const tx = org.begin();
    assert.equal(empty(records.slice(0, 200)).filter((status) => status === 'done').length, 200);
    assert.deepEqual([tx.used.dmlStatements, tx.used.dmlRows, tx.uncommitted], [1, 200, 'dml']);
    const error = apexError(() => empty(records));
    assert.equal(error.typeName, 'System.LimitException');
  });
});
