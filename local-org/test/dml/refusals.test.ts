import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import type { DmlOperation } from '../../src/engine/data.ts';
import { apexError, objectXml, TestOrg, xml } from '../store/testOrg.ts';

describe('what DML refuses or sends elsewhere', () => {
  it('shouldRunActiveValidationRulesOnly', () => {
    const rule = (name: string, active: boolean) => ({
      [`objects/Deal__c/validationRules/${name}.validationRule-meta.xml`]: xml(
        'ValidationRule',
        `<fullName>${name}</fullName><active>${active}</active><errorConditionFormula>TRUE</errorConditionFormula>` +
          `<errorMessage>${name}</errorMessage>`,
      ),
    });
    const org = new TestOrg({ 'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal'), ...rule('Off', false) });
    assert.equal(org.insert('Deal__c', {}).length, 1);
    const other = new TestOrg({
      'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal'),
      ...rule('Off', false),
      ...rule('On', true),
    });
    const [outcome] = other.dml('insert', [other.record('Deal__c', {})], { allOrNone: false });
    assert.deepEqual(
      outcome?.errors.map(({ message }) => message),
      ['On'],
    );
  });

  it('shouldRefuseChangesOfConvertedLeadsOnly', () => {
    const org = new TestOrg();
    const [lead, open] = org.insert('Lead', { LastName: 'L', Company: 'C' }, { LastName: 'M', Company: 'C' });
    org.org.updateSystem('Lead', String(lead?.id), { IsConverted: true });
    const status = (id: unknown) =>
      org.dml('update', [org.record('Lead', { Id: id, Company: 'D' })], { allOrNone: false })[0]?.errors[0]?.status;
    assert.deepEqual(
      [lead, open].map((record) => status(record?.id)),
      ['CANNOT_UPDATE_CONVERTED_LEAD', undefined],
    );
  });

  it('shouldPublishEventsAndRefuseOtherDmlOnThem', () => {
    const org = new TestOrg({
      'objects/Happened__e/Happened__e.object-meta.xml': xml(
        'CustomObject',
        '<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Happened</label>' +
          '<pluralLabel>Happened</pluralLabel><publishBehavior>PublishAfterCommit</publishBehavior>',
      ),
    });
    const published: number[] = [];
    Object.assign(current.tx.services, {
      publish: (records: readonly unknown[]) => {
        published.push(records.length);
        return records.map((_record, index) => ({
          error: index === 1 ? { status: 'S', message: 'm', fields: [] } : null,
        }));
      },
    });
    const event = () => org.record('Happened__e', {});
    assert.deepEqual(
      org.dml('insert', [event(), event()], { allOrNone: false }).map(({ success }) => success),
      [true, false],
    );
    assert.equal(org.dml('insert', [event()])[0]?.success, true);
    assert.equal(apexError(() => org.dml('insert', [event(), event()])).dml[0]?.index, 1);
    assert.deepEqual(published, [2, 1, 2]);
    assert.equal(current.tx.used.dmlStatements, 0, 'publishing counts by itself');
    assert.equal(apexError(() => org.dml('update', [event()])).text, 'DML operation UPDATE not allowed on Happened__e');
    const mixed = [event(), org.record('Account', { Name: 'A' })];
    org.dml('insert', mixed.slice(1));
    assert.deepEqual(published, [2, 1, 2]);
  });

  it('shouldRefuseDmlOnWhatCannotBeWritten', () => {
    const org = new TestOrg();
    for (const [operation, object] of [
      ['insert', 'AggregateResult'],
      ['upsert', 'UserRecordAccess'],
      ['delete', 'User'],
    ] as [DmlOperation, string][]) {
      const error = apexError(() => org.dml(operation, [org.record(object, {})]));
      assert.equal(
        error.toString(),
        `System.TypeException: DML operation ${operation.toUpperCase()} not allowed on ${object}`,
      );
    }
  });
});
