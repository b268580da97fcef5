import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadProject, objectXml, xml } from '../store/testOrg.ts';

const text = (name: string) =>
  `<fields><fullName>${name}</fullName><label>${name}</label><length>9</length><type>Text</type></fields>`;

describe('metadata in Metadata API format', () => {
  it('shouldReadFieldsRecordTypesAndRulesThatStandInsideTheFileOfAnObject', () => {
    const { schema, problems } = loadProject({
      'objects/Shop__c.object': objectXml(
        'Shop',
        `${text('Town__c')}<fieldSets><fullName>Short</fullName><label>Short</label><displayedFields>
         <field>Town__c</field></displayedFields></fieldSets>
         <recordTypes><fullName>Big</fullName><label>Big</label><active>true</active></recordTypes>
         <sharingReasons><fullName>Team__c</fullName><label>Team</label></sharingReasons>
         <validationRules><fullName>Named</fullName><active>true</active>
         <errorConditionFormula>ISBLANK(Town__c)</errorConditionFormula><errorMessage>Town</errorMessage></validationRules>`,
      ),
    });
    assert.deepEqual(problems, []);
    const shop = schema.object('Shop__c');
    assert.equal(shop?.fields.get('town__c')?.length, 9);
    assert.deepEqual(shop.fieldSets.get('short')?.members, [{ field: 'Town__c', required: false }]);
    assert.deepEqual(
      shop.recordTypes.map(({ developerName }) => developerName),
      ['Big'],
    );
    assert.equal(shop.fields.has('recordtypeid'), true);
    assert.deepEqual(
      shop.validationRules.map(({ name, formula }) => [name, formula]),
      [['Named', 'ISBLANK(Town__c)']],
    );
  });

  it('shouldReadFieldsInsideTheSourceFileOfAStandardObject', () => {
    const { schema, problems } = loadProject({
      'objects/Lead/Lead.object-meta.xml': xml('CustomObject', text('Town__c')),
    });
    assert.deepEqual(problems, []);
    assert.equal(schema.object('Lead')?.fields.get('town__c')?.apexType, 'String');
  });

  it('shouldReadLabelsPermissionSetsAndRecordsOfCustomMetadataWithoutMetaEnding', () => {
    const { schema, metadata, problems } = loadProject({
      'labels/CustomLabels.labels': xml(
        'CustomLabels',
        '<labels><fullName>Hello</fullName><value>Good day</value></labels>',
      ),
      'objects/Rule__mdt.object': xml('CustomObject', '<label>Rule</label><pluralLabel>Rules</pluralLabel>'),
      'customMetadata/Rule.First.md': xml('CustomMetadata', '<label>First</label><protected>false</protected>'),
      'permissionsets/Sales.permissionset': xml('PermissionSet', '<label>Sales</label>'),
    });
    assert.deepEqual(problems, []);
    assert.equal(schema.labels?.get('hello'), 'Good day');
    assert.deepEqual(
      metadata.permissionSets.map(({ name }) => name),
      ['Sales'],
    );
    assert.equal(metadata.customMetadata.length, 1);
  });

  it('shouldNotTakeAFileOfAnotherFolderForMetadata', () => {
    const { schema } = loadProject({ 'notes/Shop__c.object': objectXml('Shop') });
    assert.equal(schema.object('Shop__c'), null);
  });

  it('shouldTellAnInvalidFieldWithItsLineInTheFileOfTheObject', () => {
    const { problems } = loadProject({
      'objects/Shop__c.object': objectXml('Shop', '\n\n<fields><fullName>Town__c</fullName><type>Text</type></fields>'),
    });
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.message, "Must specify a non-empty 'length' for the Text field Shop__c.Town__c");
    assert.match(problems[0].file, /Shop__c\.object$/);
    assert.equal(problems[0].line > 2, true);
  });

  it('shouldReadPicklistsAsMetadataBeforeVersion38DeclaresThem', () => {
    const values = ['Second', 'First'].map(
      (name) => `<picklistValues><fullName>${name}</fullName><default>${name === 'First'}</default></picklistValues>`,
    );
    const field = `<fields><fullName>Size__c</fullName><label>Size</label><type>Picklist</type>
      <picklist>${values.join('')}<sorted>true</sorted></picklist></fields>`;
    const { schema, problems } = loadProject({ 'objects/Shop__c.object': objectXml('Shop', field) });
    assert.deepEqual(problems, []);
    const size = schema.object('Shop__c')?.fields.get('size__c');
    assert.deepEqual(
      size?.picklist.map(({ value, default: first }) => [value, first]),
      [
        ['First', true],
        ['Second', false],
      ],
    );
    assert.equal(size.restrictedPicklist, false);
  });

  it('shouldTellAnAuraApplicationFromAnApplication', () => {
    const { metadata, problems } = loadProject({ 'aura/Shell/Shell.app-meta.xml': xml('AuraDefinitionBundle', '') });
    assert.deepEqual([problems, metadata.applications], [[], []]);
  });
});
