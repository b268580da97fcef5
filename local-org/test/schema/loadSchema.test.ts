import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldXml, loadProject, objectXml, xml } from '../store/testOrg.ts';

describe('loadSchema', () => {
  it('shouldGiveCustomObjectsKeyPrefixesInAlphabeticalOrder', () => {
    const { schema } = loadProject({
      'objects/Zeta__c/Zeta__c.object-meta.xml': objectXml('Zeta'),
      'objects/Alpha__c/Alpha__c.object-meta.xml': objectXml('Alpha'),
    });
    assert.equal(schema.object('Alpha__c')?.keyPrefix, 'a00');
    assert.equal(schema.object('ZETA__C')?.keyPrefix, 'a01');
    assert.equal(schema.byKeyPrefix('a01')?.name, 'Zeta__c');
  });

  it('shouldAddSystemFieldsToCustomObjects', () => {
    const { schema } = loadProject({ 'objects/A__c/A__c.object-meta.xml': objectXml('A') });
    const names = [...(schema.object('A__c')?.fields.values() ?? [])].map((field) => field.name);
    assert.deepEqual(names.slice(0, 9), [
      'Id',
      'OwnerId',
      'IsDeleted',
      'Name',
      'CreatedDate',
      'CreatedById',
      'LastModifiedDate',
      'LastModifiedById',
      'SystemModstamp',
    ]);
  });

  it('shouldTakeOwnerAndSharingAwayWhenObjectIsADetail', () => {
    const { schema, problems } = loadProject({
      'objects/M__c/M__c.object-meta.xml': objectXml('M'),
      'objects/D__c/D__c.object-meta.xml': objectXml('D'),
      'objects/D__c/fields/M__c.field-meta.xml': fieldXml(
        'M__c',
        'MasterDetail',
        '<referenceTo>M__c</referenceTo><relationshipName>Ds</relationshipName>',
      ),
    });
    assert.deepEqual(problems, []);
    const detail = schema.object('D__c');
    assert.equal(detail?.fields.has('ownerid'), false);
    assert.equal(detail?.sharingModel, 'ControlledByParent');
    assert.equal(detail?.fields.get('m__c')?.required, true);
    assert.deepEqual(schema.object('M__c')?.children.get('ds__r'), {
      name: 'Ds__r',
      object: 'D__c',
      field: 'M__c',
      cascadeDelete: true,
    });
  });

  it('shouldAddShareObjectWhenRecordsArePrivate', () => {
    const { schema } = loadProject({
      'objects/P__c/P__c.object-meta.xml': objectXml('P', '<sharingModel>Private</sharingModel>'),
      'objects/W__c/W__c.object-meta.xml': objectXml('W', '<sharingModel>ReadWrite</sharingModel>'),
    });
    assert.deepEqual(schema.object('P__Share')?.shareOf, {
      object: 'P__c',
      parentField: 'ParentId',
      accessField: 'AccessLevel',
    });
    assert.equal(schema.object('W__Share'), null);
  });

  it('shouldReadPicklistsLengthsAndDefaults', () => {
    const { schema } = loadProject({
      'objects/A__c/A__c.object-meta.xml': objectXml('A'),
      'objects/A__c/fields/P__c.field-meta.xml': fieldXml(
        'P__c',
        'Picklist',
        '<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>' +
          '<value><fullName>B</fullName><default>true</default><label>Bee</label></value>' +
          '<value><fullName>A</fullName><default>false</default><label>Ay</label></value></valueSetDefinition></valueSet>',
      ),
      'objects/A__c/fields/T__c.field-meta.xml': fieldXml('T__c', 'Text', '<length>12</length><unique>true</unique>'),
      'objects/A__c/fields/C__c.field-meta.xml': fieldXml('C__c', 'Checkbox', '<defaultValue>true</defaultValue>'),
    });
    const fields = schema.object('A__c')?.fields;
    assert.deepEqual(
      fields?.get('p__c')?.picklist.map(({ value, label, default: standard }) => [value, label, standard]),
      [
        ['B', 'Bee', true],
        ['A', 'Ay', false],
      ],
    );
    assert.equal(fields?.get('p__c')?.restrictedPicklist, true);
    assert.equal(fields?.get('t__c')?.length, 12);
    assert.equal(fields?.get('t__c')?.indexed, true);
    assert.equal(fields?.get('c__c')?.defaultValue, true);
    assert.equal(fields?.get('c__c')?.nillable, false);
  });

  it('shouldGiveBigObjectsOnlyWhatTheyDeclare', () => {
    const { schema, problems } = loadProject({
      'objects/B__b/B__b.object-meta.xml': xml('CustomObject', '<label>B</label><pluralLabel>Bs</pluralLabel>'),
      'objects/B__b/fields/Key__c.field-meta.xml': fieldXml('Key__c', 'Text', '<length>20</length>'),
    });
    assert.deepEqual(problems, []);
    const big = schema.object('B__b');
    assert.deepEqual(
      [...(big?.fields.values() ?? [])].map((field) => field.name),
      ['Id', 'Key__c'],
    );
    assert.deepEqual([big?.bigObject, big?.triggerable, big?.updateable], [true, false, false]);
    assert.equal(schema.object('B__ChangeEvent'), null);
  });

  it('shouldGiveEventsTheirOwnFieldsAndNoRecords', () => {
    const { schema } = loadProject({
      'objects/E__e/E__e.object-meta.xml': xml(
        'CustomObject',
        '<label>E</label><pluralLabel>Es</pluralLabel><eventType>HighVolume</eventType><publishBehavior>PublishAfterCommit</publishBehavior>',
      ),
    });
    const event = schema.object('E__e');
    assert.equal(event?.event, true);
    assert.equal(event?.publishBehavior, 'PublishAfterCommit');
    assert.equal(event?.queryable, false);
    assert.deepEqual(
      [...(event?.fields.values() ?? [])].map((field) => field.name),
      ['ReplayId', 'EventUuid', 'CreatedDate', 'CreatedById'],
    );
  });

  it('shouldNameFileAndLineWhenElementIsUnknown', () => {
    const { problems } = loadProject({
      'objects/A__c/A__c.object-meta.xml': objectXml('A'),
      'objects/A__c/fields/T__c.field-meta.xml': xml(
        'CustomField',
        '<fullName>T__c</fullName>\n<label>T</label>\n<lenght>12</lenght>\n<length>12</length>\n<type>Text</type>',
      ),
    });
    assert.equal(problems.length, 1);
    const [problem] = problems;
    assert.match(problem?.file ?? '', /T__c\.field-meta\.xml$/);
    assert.equal(problem?.line, 5);
    assert.match(problem?.message ?? '', /Element lenght invalid at this location in type CustomField/);
  });

  it('shouldReportMalformedXmlWithItsLine', () => {
    const { problems } = loadProject({
      'objects/A__c/A__c.object-meta.xml': '<CustomObject>\n<label>A</lable>\n</CustomObject>',
    });
    assert.equal(problems[0]?.line, 2);
    assert.match(problems[0]?.message ?? '', /malformed XML/);
  });

  it('shouldLeadFromTheParentOfAnActivityToItsTasks', () => {
    const { schema } = loadProject({
      'objects/A__c/A__c.object-meta.xml': objectXml('A'),
      'objects/Activity/fields/Parent__c.field-meta.xml': fieldXml(
        'Parent__c',
        'Lookup',
        '<referenceTo>A__c</referenceTo><relationshipName>Deeds</relationshipName>',
      ),
    });
    assert.equal(schema.object('A__c')?.children.get('deeds__r')?.object, 'Task');
    assert.equal(schema.object('Event')?.fields.get('parent__c')?.relationshipName, 'Parent__r');
  });

  it('shouldGiveCustomObjectsTheirNotesAttachmentsAndFiles', () => {
    const { schema } = loadProject({ 'objects/A__c/A__c.object-meta.xml': objectXml('A') });
    const children = ['notes', 'attachments', 'contentdocumentlinks'];
    assert.deepEqual(
      children.map((name) => schema.object('A__c')?.children.get(name)?.object),
      ['Note', 'Attachment', 'ContentDocumentLink'],
    );
  });

  it('shouldReportLookupToWhatIsNotThere', () => {
    const { problems } = loadProject({
      'objects/A__c/A__c.object-meta.xml': objectXml('A'),
      'objects/A__c/fields/B__c.field-meta.xml': fieldXml(
        'B__c',
        'Lookup',
        '<referenceTo>Missing__c</referenceTo><relationshipName>As</relationshipName>',
      ),
    });
    assert.match(
      problems[0]?.message ?? '',
      /referenceTo value of 'Missing__c' does not resolve to a valid sObject type/,
    );
  });

  it('shouldReportAFieldSetWithAFieldThatIsNotThere', () => {
    const member = (field: string) =>
      `<displayedFields><field>${field}</field><isFieldManaged>false</isFieldManaged><isRequired>false</isRequired></displayedFields>`;
    const { problems } = loadProject({
      'objects/A__c/A__c.object-meta.xml': objectXml('A'),
      'objects/A__c/fieldSets/Short.fieldSet-meta.xml': xml(
        'FieldSet',
        `<fullName>Short</fullName><label>Short</label>${member('Owner.Name')}${member('Owner.None')}${member('Zork__c')}`,
      ),
    });
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['Owner.None', 'Zork__c'].map((path) => `In field: displayedFields - no CustomField named A__c.${path} found`),
    );
  });

  it('shouldReportPermissionForAFieldThatIsNotThereOrRequired', () => {
    const { problems } = loadProject({
      'objects/A__c/A__c.object-meta.xml': objectXml('A'),
      'objects/A__c/fields/R__c.field-meta.xml': fieldXml(
        'R__c',
        'Text',
        '<length>5</length><required>true</required>',
      ),
      'permissionsets/P.permissionset-meta.xml': xml(
        'PermissionSet',
        '<label>P</label>' +
          ['A__c.Nope__c', 'A__c.R__c']
            .map(
              (field) =>
                `<fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions>`,
            )
            .join(''),
      ),
    });
    assert.deepEqual(
      problems.map((problem) => problem.message),
      ['In field: field - no CustomField named A__c.Nope__c found', 'You cannot deploy to a required field: A__c.R__c'],
    );
  });

  it('shouldHaveRecordTypeIdOnlyWhereThereAreRecordTypes', () => {
    const { schema } = loadProject({
      'objects/Lead/recordTypes/Partner.recordType-meta.xml': xml(
        'RecordType',
        '<fullName>Partner</fullName><active>true</active><label>Partner Lead</label>',
      ),
    });
    assert.equal(schema.object('Lead')?.fields.has('recordtypeid'), true);
    assert.equal(schema.object('Account')?.fields.has('recordtypeid'), false);
  });

  it('shouldKnowWhatItHasNotBuilt', () => {
    const { problems } = loadProject({ 'flows/F.flow-meta.xml': xml('Flow', '<label>F</label>') });
    assert.equal(problems[0]?.kind, 'notBuilt');
    assert.match(problems[0]?.message ?? '', /flow F is not built/);
  });
});
