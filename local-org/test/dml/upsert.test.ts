import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FieldValues } from '../../src/values/sobject.ts';
import { apexError, fieldXml, objectXml, TestOrg } from '../store/testOrg.ts';

/** Source: Apex Developer Guide, upsert; API errors DUPLICATE_VALUE and MISSING_ARGUMENT. */
describe('upserts by key', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg({
      'objects/Thing__c/Thing__c.object-meta.xml': objectXml('Thing'),
      'objects/Thing__c/fields/Code__c.field-meta.xml': fieldXml(
        'Code__c',
        'Text',
        '<length>10</length><externalId>true</externalId>',
      ),
      'objects/Thing__c/fields/Plain__c.field-meta.xml': fieldXml('Plain__c', 'Text', '<length>10</length>'),
    });
  });

  const upsert = (externalId: string | null, ...rows: FieldValues[]): string[] =>
    org
      .dml(
        'upsert',
        rows.map((row) => org.record('Thing__c', row)),
        { externalId, allOrNone: false },
      )
      .map(({ created, errors: [error] }) =>
        error ? `${error.status}, ${error.message} [${error.fields.join()}]` : created ? 'created' : 'updated',
      );

  it('shouldUpdateWhatIsThereInAnyCaseAndCreateTheRest', () => {
    assert.deepEqual(upsert('Code__c', { Code__c: 'a', Plain__c: '1' }), ['created']);
    assert.deepEqual(upsert('code__C', { Code__c: 'A', Plain__c: '2' }, { Code__c: 'b', Plain__c: '3' }), [
      'updated',
      'created',
    ]);
    assert.deepEqual(org.column('SELECT Plain__c FROM Thing__c ORDER BY Plain__c', 'Plain__c'), ['2', '3']);
  });

  it('shouldNeedTheKey', () => {
    assert.deepEqual(upsert('Code__c', { Name: 'no code' }), ['MISSING_ARGUMENT, Code__c not specified []']);
  });

  it('shouldRefuseAKeyTwiceInOneList', () => {
    assert.deepEqual(upsert('Code__c', { Code__c: 'a' }, { Code__c: 'A' }), [
      'created',
      'DUPLICATE_VALUE, Duplicate external id specified: A [Code__c]',
    ]);
  });

  it('shouldRefuseAKeyThatTwoRecordsHaveButNotDeletedOnes', () => {
    const twins = org.insert('Thing__c', { Code__c: 'a' }, { Code__c: 'a' });
    const ids = twins.map(({ id }) => id);
    assert.deepEqual(upsert('Code__c', { Code__c: 'a' }), [
      `DUPLICATE_EXTERNAL_ID, Code: more than one record found for external id field: [${ids.join(', ')}] []`,
    ]);
    org.dml('delete', twins.slice(0, 1));
    assert.deepEqual(upsert('Code__c', { Code__c: 'a' }), ['updated']);
  });

  it('shouldTakeNoFieldThatIsNoKey', () => {
    for (const field of ['Plain__c', 'Nothing__c']) {
      const error = apexError(() => upsert(field, { Code__c: 'a' }));
      assert.deepEqual(
        [error.typeName, error.text],
        [
          'System.SObjectException',
          `Invalid field for upsert, must be an External Id custom or standard indexed field: ${field}`,
        ],
      );
    }
  });

  it('shouldGoByTheIdWhereNoKeyIsNamed', () => {
    const [thing] = org.insert('Thing__c', { Code__c: 'a' });
    assert.deepEqual(upsert(null, { Code__c: 'a' }, { Id: thing?.id, Plain__c: 'x' }), ['created', 'updated']);
    assert.deepEqual(upsert('ID', { Code__c: 'a' }), ['created']);
    assert.equal(org.count('SELECT COUNT() FROM Thing__c'), 3);
  });
});
