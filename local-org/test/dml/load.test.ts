import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FieldValues } from '../../src/values/sobject.ts';
import { fieldXml, objectXml, TestOrg } from '../store/testOrg.ts';

const KEY = '<length>10</length><externalId>true</externalId>';

/** Source: Apex Developer Guide, "Creating Parent and Child Records in a Single Statement Using Foreign Keys". */
describe('parents named by their keys', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg({
      'objects/Master__c/Master__c.object-meta.xml': objectXml('Master'),
      'objects/Master__c/fields/Code__c.field-meta.xml': fieldXml('Code__c', 'Text', KEY),
      'objects/Master__c/fields/Plain__c.field-meta.xml': fieldXml('Plain__c', 'Text', '<length>10</length>'),
      'objects/Loose__c/Loose__c.object-meta.xml': objectXml('Loose'),
      'objects/Loose__c/fields/Master__c.field-meta.xml': fieldXml(
        'Master__c',
        'Lookup',
        '<referenceTo>Master__c</referenceTo><relationshipName>Loose</relationshipName>',
      ),
    });
  });

  const insert = (parent: FieldValues, more: FieldValues = {}) => {
    const record = org.record('Loose__c', { Name: 'l', Master__r: org.record('Master__c', parent), ...more });
    const [outcome] = org.dml('insert', [record], { allOrNone: false });
    return outcome?.errors.map(({ status, message }) => `${status}, ${message}`).join() ?? '';
  };
  it('shouldNotMoveADetailThatStaysWithItsMaster', () => {
    org = new TestOrg({
      'objects/Master__c/Master__c.object-meta.xml': objectXml('Master'),
      'objects/Master__c/fields/Code__c.field-meta.xml': fieldXml('Code__c', 'Text', KEY),
      'objects/Fixed__c/Fixed__c.object-meta.xml': objectXml(
        'Fixed',
        '<sharingModel>ControlledByParent</sharingModel>',
      ),
      'objects/Fixed__c/fields/Master__c.field-meta.xml': fieldXml(
        'Master__c',
        'MasterDetail',
        '<referenceTo>Master__c</referenceTo><relationshipName>Fixed</relationshipName>',
      ),
    });
    const [one] = org.insert('Master__c', { Code__c: 'a' }, { Code__c: 'b' });
    const named = (Code__c: string) => ({ Master__r: org.record('Master__c', { Code__c }) });
    const [detail] = org.insert('Fixed__c', { Name: 'f', ...named('a') });
    org.dml('update', [org.record('Fixed__c', { Id: detail?.id, ...named('b') })]);
    assert.deepEqual(org.column('SELECT Master__c FROM Fixed__c', 'Master__c'), [one?.id]);
  });

  const masters = () => org.column('SELECT Master__c FROM Loose__c', 'Master__c');

  it('shouldBeFoundInAnyCase', () => {
    const [master] = org.insert('Master__c', { Name: 'm', Code__c: 'a' });
    assert.equal(insert({ Code__c: 'A' }), '');
    assert.deepEqual(masters(), [master?.id]);
  });

  it('shouldNotBeFoundWhereThereIsNoneOrADeletedOne', () => {
    const message = 'INVALID_FIELD, Foreign key external ID: a not found for field Code__c in entity Master__c';
    assert.equal(insert({ Code__c: 'a' }), message);
    org.dml('delete', org.insert('Master__c', { Name: 'm', Code__c: 'a' }));
    assert.equal(insert({ Code__c: 'a' }), message);
    assert.deepEqual(masters(), []);
  });

  it('shouldNotBeFoundWhereThereAreTwo', () => {
    org.insert('Master__c', { Code__c: 'a' }, { Code__c: 'a' });
    assert.equal(insert({ Code__c: 'a' }), 'INVALID_FIELD, More than one record found for external id field: a');
  });

  it('shouldBeLeftOutWithoutAKey', () => {
    org.insert('Master__c', { Name: 'm', Plain__c: 'a' });
    assert.equal(insert({ Plain__c: 'a' }), '');
    assert.deepEqual(masters(), [null]);
  });

  it('shouldBeTakenByTheirId', () => {
    const [master] = org.insert('Master__c', { Name: 'm' });
    assert.equal(insert({ Id: master?.id }), '');
    assert.deepEqual(masters(), [master?.id]);
  });

  it('shouldGiveWayToAGivenId', () => {
    const [one] = org.insert('Master__c', { Code__c: 'a' }, { Code__c: 'b' });
    assert.equal(insert({ Code__c: 'b' }, { Master__c: one?.id }), '');
    assert.deepEqual(masters(), [one?.id]);
  });
});
