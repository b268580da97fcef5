import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { apexError, fieldXml, TestOrg, xml } from '../store/testOrg.ts';

const relationship = (name: string, to: string, controlledBy: string | null = null) =>
  fieldXml(
    name,
    'MetadataRelationship',
    (controlledBy === null
      ? ''
      : `<metadataRelationshipControllingField>${controlledBy}</metadataRelationshipControllingField>`) +
      `<referenceTo>${to}</referenceTo><relationshipName>${name.replace('__c', 's')}</relationshipName>`,
  );

const value = (field: string, text: string) => `<values><field>${field}</field><value>${text}</value></values>`;

const FILES = {
  'objects/Rule__mdt/Rule__mdt.object-meta.xml': xml(
    'CustomObject',
    '<label>Rule</label><pluralLabel>Rules</pluralLabel>',
  ),
  'objects/Rule__mdt/fields/Short__c.field-meta.xml': fieldXml('Short__c', 'TextArea'),
  'objects/Rule__mdt/fields/Long__c.field-meta.xml': fieldXml(
    'Long__c',
    'LongTextArea',
    '<length>1000</length><visibleLines>3</visibleLines>',
  ),
  'objects/Rule__mdt/fields/Object__c.field-meta.xml': relationship('Object__c', 'EntityDefinition'),
  'objects/Rule__mdt/fields/Field__c.field-meta.xml': relationship(
    'Field__c',
    'FieldDefinition',
    'Rule__mdt.Object__c',
  ),
  'customMetadata/Rule.One.md-meta.xml': xml(
    'CustomMetadata',
    `<label>One</label>${value('Field__c', 'annualrevenue')}${value('Object__c', 'Account')}`,
  ),
  'customMetadata/Rule.Two.md-meta.xml': xml(
    'CustomMetadata',
    `<label>Two</label>${value('Field__c', 'Nowhere__c')}${value('Object__c', 'Account')}`,
  ),
};

describe('queries of custom metadata', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg(FILES);
  });

  /** Salesforce Help, Custom Metadata Allocations and Usage Calculations. */
  it('shouldNotCountUnlessTheyReadALongTextArea', () => {
    const tx = org.begin();
    for (let at = 0; at < 101; at++) org.query('SELECT DeveloperName, Short__c FROM Rule__mdt');
    assert.equal(tx.used.queries, 0);
    assert.equal(tx.used.queryRows, 202);
    for (let at = 0; at < 50; at++) org.query('SELECT Long__c FROM Rule__mdt');
    for (let at = 0; at < 50; at++) org.query('SELECT DeveloperName, Long__c FROM Rule__mdt');
    assert.equal(tx.used.queries, 100);
    assert.equal(apexError(() => org.query('SELECT Long__c FROM Rule__mdt')).text, 'Too many SOQL queries: 101');
  });

  it('shouldFollowAFieldToItsDefinitionOnTheObjectThatIsNamedBesideIt', () => {
    const [one, two] = org.query(
      'SELECT Object__r.QualifiedApiName, Field__r.QualifiedApiName FROM Rule__mdt ORDER BY DeveloperName',
    );
    assert.equal(one?.parent('Object__r')?.get('QualifiedApiName'), 'Account');
    assert.equal(one?.parent('Field__r')?.get('QualifiedApiName'), 'AnnualRevenue');
    assert.equal(two?.parent('Field__r') ?? null, null);
  });
});
