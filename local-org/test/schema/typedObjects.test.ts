import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadTypedObjects, standardIndex } from '../../src/schema/standard/load.ts';
import { UnsupportedError } from '../../src/values/exception.ts';
import { loadProject, TestOrg, xml } from '../store/testOrg.ts';

describe('objects of which only names and types are known', () => {
  it('shouldNotBeDescribedOtherwise', () => {
    const described = new Set(standardIndex().objects);
    assert.deepEqual(
      loadTypedObjects()
        .map(({ name }) => name)
        .filter((name) => described.has(name)),
      [],
    );
  });

  it('shouldHaveFieldsWithTheirApexTypesAndLookups', () => {
    const { schema } = loadProject({});
    const idea = schema.object('Idea');
    assert.equal(idea?.keyPrefix, '087');
    assert.equal(idea.fields.get('numcomments')?.apexType, 'Integer');
    assert.deepEqual(idea.parents.get('community')?.referenceTo, ['Community']);
    assert.equal(idea.fields.get('createddate')?.createable, false);
  });

  it('shouldHaveListsOfOneAnother', () => {
    const { schema } = loadProject({});
    const icons = schema.object('TabDefinition')?.children.get('icons');
    assert.deepEqual([icons?.object, icons?.field], ['IconDefinition', 'TabDefinitionId']);
  });

  it('shouldMakeRecordsInMemoryAndStopWhereRowsWouldBeNeeded', () => {
    const org = new TestOrg();
    const idea = org.record('Idea', { Title: 'Better' });
    assert.equal(idea.get('Title'), 'Better');
    const stops = (call: () => unknown) =>
      assert.throws(call, (error) => error instanceof UnsupportedError && /rows of Idea/.test(error.message));
    stops(() => org.dml('insert', [idea]));
    stops(() => org.query('SELECT Id FROM Idea'));
  });

  it('shouldTakeFieldsOfTheProject', () => {
    const field = '<fields><fullName>Note__c</fullName><label>Note</label><length>9</length><type>Text</type></fields>';
    const { schema, problems } = loadProject({ 'objects/Site/Site.object-meta.xml': xml('CustomObject', field) });
    assert.deepEqual(problems, []);
    assert.equal(schema.object('Site')?.fields.get('note__c')?.length, 9);
  });
});
