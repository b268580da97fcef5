import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import type { DmlOutcome } from '../../src/engine/data.ts';
import { decFromText, decText } from '../../src/values/decimal.ts';
import type { ApexDecimal } from '../../src/values/decimal.ts';
import { dateOf } from '../../src/values/date.ts';
import { ApexDatetime } from '../../src/values/datetime.ts';
import { apexError, fieldXml, objectXml, TestOrg, xml } from '../store/testOrg.ts';

const PICKLIST =
  '<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>' +
  '<value><fullName>One</fullName><default>true</default></value><value><fullName>Two</fullName><default>false</default></value>' +
  '</valueSetDefinition></valueSet>';

const FILES = {
  'objects/Thing__c/Thing__c.object-meta.xml': xml(
    'CustomObject',
    '<label>Thing</label><pluralLabel>Things</pluralLabel><sharingModel>ReadWrite</sharingModel>' +
      '<nameField><label>Number</label><type>AutoNumber</type><displayFormat>T-{0000}</displayFormat></nameField>',
  ),
  'objects/Thing__c/fields/Key__c.field-meta.xml': fieldXml(
    'Key__c',
    'Text',
    '<length>10</length><externalId>true</externalId><unique>true</unique><caseSensitive>false</caseSensitive>',
  ),
  'objects/Thing__c/fields/Kind__c.field-meta.xml': fieldXml('Kind__c', 'Picklist', PICKLIST),
  'objects/Thing__c/fields/Amount__c.field-meta.xml': fieldXml(
    'Amount__c',
    'Number',
    '<precision>6</precision><scale>2</scale>',
  ),
  'objects/Thing__c/fields/Mail__c.field-meta.xml': fieldXml('Mail__c', 'Email'),
  'objects/Thing__c/fields/On__c.field-meta.xml': fieldXml('On__c', 'Checkbox', '<defaultValue>true</defaultValue>'),
  'objects/Thing__c/fields/Since__c.field-meta.xml': fieldXml(
    'Since__c',
    'Date',
    '<defaultValue>TODAY() + 1</defaultValue>',
  ),
  'objects/Thing__c/fields/At__c.field-meta.xml': fieldXml('At__c', 'DateTime'),
  'objects/Thing__c/fields/Must__c.field-meta.xml': fieldXml(
    'Must__c',
    'Text',
    '<length>5</length><required>true</required>',
  ),
  'objects/Thing__c/fields/Lead__c.field-meta.xml': fieldXml(
    'Lead__c',
    'Lookup',
    '<referenceTo>Lead</referenceTo><relationshipName>Things</relationshipName><deleteConstraint>SetNull</deleteConstraint>',
  ),
  'objects/Thing__c/fields/Double__c.field-meta.xml': fieldXml(
    'Double__c',
    'Number',
    '<formula>Amount__c * 2</formula><precision>18</precision><scale>2</scale>',
  ),
  'labels/CustomLabels.labels-meta.xml': xml(
    'CustomLabels',
    '<labels><fullName>Joined</fullName><value> and &#39;so&#39; on</value><language>en_US</language>' +
      '<protected>false</protected><shortDescription>Joined</shortDescription></labels>',
  ),
  'objects/Thing__c/fields/Said__c.field-meta.xml': fieldXml(
    'Said__c',
    'Text',
    '<formula>Must__c &amp; $Label.joined</formula>',
  ),
  'objects/Thing__c/validationRules/Small.validationRule-meta.xml': xml(
    'ValidationRule',
    '<fullName>Small</fullName><active>true</active><errorConditionFormula>AND(NOT(ISBLANK(Amount__c)), Amount__c &gt; 1000)</errorConditionFormula>' +
      '<errorDisplayField>Amount__c</errorDisplayField><errorMessage>Too much</errorMessage>',
  ),
  'objects/Master__c/Master__c.object-meta.xml': objectXml('Master'),
  'objects/Master__c/fields/Total__c.field-meta.xml': fieldXml(
    'Total__c',
    'Summary',
    '<summarizedField>Detail__c.Amount__c</summarizedField><summaryForeignKey>Detail__c.Master__c</summaryForeignKey><summaryOperation>sum</summaryOperation>',
  ),
  'objects/Detail__c/Detail__c.object-meta.xml': objectXml('Detail'),
  'objects/Detail__c/fields/Master__c.field-meta.xml': fieldXml(
    'Master__c',
    'MasterDetail',
    '<referenceTo>Master__c</referenceTo><relationshipName>Details</relationshipName>',
  ),
  'objects/Detail__c/fields/Amount__c.field-meta.xml': fieldXml(
    'Amount__c',
    'Number',
    '<precision>8</precision><scale>0</scale>',
  ),
  'queues/Thing_Queue.queue-meta.xml': xml(
    'Queue',
    '<name>Thing Queue</name><queueSobject><sobjectType>Thing__c</sobjectType></queueSobject>',
  ),
};

describe('saving records', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg(FILES);
  });

  const failure = (fields: Record<string, unknown>): string =>
    apexError(() => org.insert('Thing__c', { Must__c: 'm', ...fields })).text.replace(
      /^Insert failed. First exception on row 0; first error: /,
      '',
    );

  describe('on create', () => {
    it('shouldFillDefaultsNumbersOwnerAndAuditFields', () => {
      const [thing] = org.insert('Thing__c', { Must__c: 'm' });
      const [row] = org.query(
        'SELECT Name, Kind__c, On__c, Since__c, OwnerId, CreatedDate, CreatedById, LastModifiedDate FROM Thing__c',
      );
      assert.equal(row?.id, thing?.id);
      assert.equal(row?.get('Name'), 'T-0001');
      assert.equal(row?.get('Kind__c'), 'One');
      assert.equal(row?.get('On__c'), true);
      assert.deepEqual(row?.get('Since__c'), dateOf(2026, 5, 16));
      assert.equal(row?.get('OwnerId'), org.org.administrator.id);
      assert.equal((row?.get('CreatedDate') as ApexDatetime).ms, org.clock);
      assert.equal(row?.get('CreatedById'), org.org.administrator.id);
    });

    it('shouldGiveTheRecordItsIdAndNothingElse', () => {
      const [thing] = org.insert('Thing__c', { Must__c: 'm' });
      assert.deepEqual(thing?.populated(), ['Must__c', 'Id']);
    });

    it('shouldRefuseARecordThatHasAnId', () => {
      const [thing] = org.insert('Thing__c', { Must__c: 'm' });
      const error = apexError(() => org.dml('insert', thing ? [thing] : []));
      assert.match(error.text, /INVALID_FIELD_FOR_INSERT_UPDATE, cannot specify Id in an insert call: \[Id\]$/);
    });

    it('shouldRefuseTheSameRecordTwiceInOneList', () => {
      const thing = org.record('Thing__c', { Must__c: 'm' });
      const error = apexError(() => org.dml('insert', [thing, thing]));
      assert.equal(error.qualifiedName, 'System.ListException');
      assert.equal(error.text, 'Before Insert or Upsert list must not have two identically equal elements');
    });

    it('shouldLinkParentsByExternalId', () => {
      const parent = org.record('Lead', {});
      assert.equal(parent.id, null);
      org.insert('Thing__c', { Must__c: 'm', Key__c: 'K1' });
      const lead = org.insert('Lead', { LastName: 'L', Company: 'C', Email: 'l@x.com' })[0];
      const thing = org.record('Thing__c', { Must__c: 'm', Lead__r: org.record('Lead', { Id: lead?.id }) });
      org.dml('insert', [thing]);
      assert.deepEqual(org.column('SELECT Lead__c FROM Thing__c WHERE Lead__c != null', 'Lead__c'), [lead?.id]);
    });

    it('shouldGiveAPersonAFullName', () => {
      org.insert('Lead', { FirstName: 'Ann', LastName: 'Bee', Company: 'C' });
      assert.deepEqual(org.column('SELECT Name FROM Lead', 'Name'), ['Ann Bee']);
    });

    it('shouldStoreTextWithoutContentAsBlankAndInstantsWithoutMilliseconds', () => {
      org.insert('Thing__c', {
        Must__c: 'm',
        Mail__c: '',
        At__c: new ApexDatetime(1_700_000_000_789),
        Amount__c: decFromText('1.555'),
      });
      const [row] = org.query('SELECT Mail__c, At__c, Amount__c FROM Thing__c');
      assert.equal(row?.get('Mail__c'), null);
      assert.equal((row?.get('At__c') as ApexDatetime).ms, 1_700_000_000_000);
      assert.equal(decText(row?.get('Amount__c') as ApexDecimal), '1.56');
    });
  });

  describe('checks', () => {
    it('shouldNameAllRequiredFieldsThatAreMissing', () => {
      const error = apexError(() => org.insert('Lead', { FirstName: 'x' }));
      assert.equal(error.qualifiedName, 'System.DmlException');
      assert.equal(
        error.text,
        'Insert failed. First exception on row 0; first error: REQUIRED_FIELD_MISSING, Required fields are missing: [LastName, Company]: [LastName, Company]',
      );
      assert.deepEqual(error.dml, [
        {
          index: 0,
          id: null,
          object: 'Lead',
          status: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [LastName, Company]',
          fields: ['LastName', 'Company'],
        },
      ]);
    });

    it('shouldRefuseTextThatIsTooLong', () => {
      assert.equal(
        failure({ Key__c: 'x'.repeat(11) }),
        `STRING_TOO_LONG, Key: data value too large: ${'x'.repeat(11)} (max length=10): [Key__c]`,
      );
    });

    it('shouldRefuseValuesThatAPicklistDoesNotHave', () => {
      assert.equal(
        failure({ Kind__c: 'Three' }),
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, Kind: bad value for restricted picklist field: Three: [Kind__c]',
      );
    });

    it('shouldTakePicklistValuesInAnyCase', () => {
      org.insert('Thing__c', { Must__c: 'm', Kind__c: 'TWO' });
      assert.deepEqual(org.column('SELECT Kind__c FROM Thing__c', 'Kind__c'), ['Two']);
    });

    it('shouldRefuseNumbersThatAreTooLarge', () => {
      assert.equal(
        failure({ Amount__c: decFromText('10000') }),
        'NUMBER_OUTSIDE_VALID_RANGE, Amount: value outside of valid range on numeric field: 10000: [Amount__c]',
      );
      assert.equal(org.insert('Thing__c', { Must__c: 'm', Amount__c: decFromText('999.99') }).length, 1);
    });

    it('shouldRefuseMalformedEmailAddresses', () => {
      assert.equal(
        failure({ Mail__c: 'nobody' }),
        'INVALID_EMAIL_ADDRESS, Mail: invalid email address: nobody: [Mail__c]',
      );
    });

    it('shouldRefuseABlankCheckbox', () => {
      assert.equal(
        failure({ On__c: null }),
        'INVALID_TYPE_ON_FIELD_IN_RECORD, On: value not of required type: : [On__c]',
      );
    });

    it('shouldRefuseASecondRecordWithAUniqueValueInAnyCase', () => {
      const [first] = org.insert('Thing__c', { Must__c: 'm', Key__c: 'abc' });
      assert.equal(
        failure({ Key__c: 'ABC' }),
        `DUPLICATE_VALUE, duplicate value found: Key__c duplicates value on record with id: ${first?.id}: []`,
      );
    });

    it('shouldNotKnowTheOtherRecordWhenTheDuplicateIsInTheSameChunk', () => {
      const error = apexError(() =>
        org.insert('Thing__c', { Must__c: 'm', Key__c: 'k' }, { Must__c: 'm', Key__c: 'k' }),
      );
      assert.match(
        error.text,
        /on row 1; first error: DUPLICATE_VALUE, duplicate value found: <unknown> duplicates value on record with id: <unknown>/,
      );
      assert.equal(org.count('SELECT COUNT() FROM Thing__c'), 0);
    });

    it('shouldLetAValueBeUsedAgainWhenItsRecordIsDeleted', () => {
      const things = org.insert('Thing__c', { Must__c: 'm', Key__c: 'abc' });
      org.dml('delete', things);
      assert.equal(org.insert('Thing__c', { Must__c: 'm', Key__c: 'abc' }).length, 1);
    });

    it('shouldRefuseLookupsToTheWrongObjectOrToNothing', () => {
      assert.match(
        failure({ Lead__c: org.org.administrator.id }),
        /^FIELD_INTEGRITY_EXCEPTION, Lead: id value of incorrect type: 005\w+: \[Lead__c\]$/,
      );
      assert.equal(
        failure({ Lead__c: '00QLO00000009ZZAAA' }),
        'INVALID_CROSS_REFERENCE_KEY, invalid cross reference id: []',
      );
      const leads = org.insert('Lead', { LastName: 'L', Company: 'C' });
      org.dml('delete', leads);
      assert.equal(failure({ Lead__c: leads[0]?.id }), 'ENTITY_IS_DELETED, entity is deleted: []');
    });

    it('shouldRunValidationRules', () => {
      const error = failure({ Amount__c: decFromText('1000.01') });
      assert.equal(error, 'FIELD_CUSTOM_VALIDATION_EXCEPTION, Too much: [Amount__c]');
    });
  });

  describe('owners', () => {
    it('shouldBeQueuesOnlyOfObjectsThatTheyTake', () => {
      const [queue] = org.org.store.tableOf('Group').find('DeveloperName', 'Thing_Queue');
      assert.equal(org.insert('Thing__c', { Must__c: 'm', OwnerId: queue?.['Id'] }).length, 1);
      const error = apexError(() => org.insert('Lead', { LastName: 'L', Company: 'C', OwnerId: queue?.['Id'] }));
      assert.match(error.text, /INVALID_OPERATION, Queue not associated with this SObject type: \[OwnerId\]$/);
    });

    it('shouldBeActive', () => {
      const user = org.user('Gone', 'Standard User', { IsActive: false });
      const error = apexError(() => org.insert('Lead', { LastName: 'L', Company: 'C', OwnerId: user.id }));
      assert.equal(error.dml[0]?.status, 'INACTIVE_OWNER_OR_USER');
      assert.equal(error.dml[0]?.message, `operation performed with inactive user [${user.id}] as owner of lead`);
    });

    it('shouldBeAbleToReadWhatTheyGet', () => {
      const user = org.user('Rep');
      const error = apexError(() => org.insert('Thing__c', { Must__c: 'm', OwnerId: user.id }));
      assert.equal(error.dml[0]?.status, 'TRANSFER_REQUIRES_READ');
    });
  });

  describe('on update', () => {
    it('shouldChangeOnlyWhatIsSet', () => {
      const [thing] = org.insert('Thing__c', { Must__c: 'm', Key__c: 'a', Amount__c: decFromText('5') });
      org.clock += 60_000;
      org.dml('update', [org.record('Thing__c', { Id: thing?.id, Key__c: 'b' })]);
      const [row] = org.query('SELECT Key__c, Amount__c, CreatedDate, LastModifiedDate FROM Thing__c');
      assert.equal(row?.get('Key__c'), 'b');
      assert.equal(decText(row?.get('Amount__c') as ApexDecimal), '5');
      assert.equal(
        (row?.get('LastModifiedDate') as ApexDatetime).ms - (row?.get('CreatedDate') as ApexDatetime).ms,
        60_000,
      );
    });

    it('shouldNeedTheIdOfARecordThatIsThere', () => {
      const update = (fields: Record<string, unknown>) =>
        apexError(() => org.dml('update', [org.record('Thing__c', fields)])).text;
      assert.equal(
        update({}),
        'Update failed. First exception on row 0; first error: MISSING_ARGUMENT, Id not specified in an update call: []',
      );
      assert.match(
        update({ Id: 'a02LO00000009ZZAAA' }),
        /INVALID_CROSS_REFERENCE_KEY, invalid cross reference id: \[\]$/,
      );
      const things = org.insert('Thing__c', { Must__c: 'm' });
      org.dml('delete', things);
      assert.match(
        update({ Id: things[0]?.id }),
        /^Update failed. First exception on row 0 with id \w+; first error: ENTITY_IS_DELETED, entity is deleted: \[\]$/,
      );
    });

    it('shouldRefuseTheSameIdTwice', () => {
      const [thing] = org.insert('Thing__c', { Must__c: 'm' });
      const twice = [org.record('Thing__c', { Id: thing?.id }), org.record('Thing__c', { Id: thing?.id })];
      const error = apexError(() => org.dml('update', twice));
      assert.equal(error.text, `Duplicate id in list: ${thing?.id}`);
    });

    it('shouldRefuseToBlankWhatIsRequired', () => {
      const [thing] = org.insert('Thing__c', { Must__c: 'm' });
      const error = apexError(() => org.dml('update', [org.record('Thing__c', { Id: thing?.id, Must__c: null })]));
      assert.equal(error.dml[0]?.status, 'REQUIRED_FIELD_MISSING');
    });

    it('shouldRefuseConvertedLeads', () => {
      const [lead] = org.insert('Lead', { LastName: 'L', Company: 'C' });
      org.org.updateSystem('Lead', String(lead?.id), { IsConverted: true });
      const error = apexError(() => org.dml('update', [org.record('Lead', { Id: lead?.id, Company: 'D' })]));
      assert.equal(error.dml[0]?.status, 'CANNOT_UPDATE_CONVERTED_LEAD');
      assert.equal(error.dml[0]?.message, 'cannot reference converted lead');
    });
  });

  describe('upsert', () => {
    it('shouldUpdateWhatTheKeyFindsAndCreateTheRest', () => {
      const [known] = org.insert('Thing__c', { Must__c: 'm', Key__c: 'a' });
      const records = [
        org.record('Thing__c', { Key__c: 'A', Must__c: 'n' }),
        org.record('Thing__c', { Key__c: 'b', Must__c: 'o' }),
      ];
      const outcomes = org.dml('upsert', records, { externalId: 'Key__c' });
      assert.deepEqual(
        outcomes.map(({ success, created }) => [success, created]),
        [
          [true, false],
          [true, true],
        ],
      );
      assert.equal(records[0]?.id, known?.id);
      assert.deepEqual(org.column('SELECT Must__c FROM Thing__c ORDER BY Key__c', 'Must__c'), ['n', 'o']);
    });

    it('shouldCreateWhereThereIsNoId', () => {
      const outcomes = org.dml('upsert', [org.record('Thing__c', { Must__c: 'm' })]);
      assert.equal(outcomes[0]?.created, true);
    });

    it('shouldRefuseKeysThatAreMissingOrThereTwice', () => {
      const records = [{ Key__c: 'a' }, { Key__c: 'a' }, {}].map((fields) =>
        org.record('Thing__c', { Must__c: 'm', ...fields }),
      );
      const outcomes = org.dml('upsert', records, { externalId: 'Key__c', allOrNone: false });
      assert.deepEqual(outcomes.map(statusOf), [null, 'DUPLICATE_VALUE', 'MISSING_ARGUMENT']);
    });

    it('shouldNeedAFieldThatIsAKey', () => {
      const error = apexError(() => org.dml('upsert', [org.record('Thing__c', {})], { externalId: 'Must__c' }));
      assert.equal(error.qualifiedName, 'System.SObjectException');
    });
  });

  describe('formulas and roll-ups', () => {
    it('shouldComputeFormulasWhenRead', () => {
      org.insert('Thing__c', { Must__c: 'm', Amount__c: decFromText('1.25') });
      const [row] = org.query('SELECT Double__c FROM Thing__c WHERE Double__c > 2');
      assert.equal(decText(row?.get('Double__c') as ApexDecimal), '2.50');
    });

    it('shouldReadLabelsInFormulas', () => {
      org.insert('Thing__c', { Must__c: 'm' });
      assert.deepEqual(org.column('SELECT Said__c FROM Thing__c', 'Said__c'), ["mand 'so' on"]);
    });

    it('shouldKeepTotalsOfMastersUpToDate', () => {
      const [master] = org.insert('Master__c', { Name: 'M' });
      const total = () => String(org.column('SELECT Total__c FROM Master__c', 'Total__c')[0]);
      const details = org.insert(
        'Detail__c',
        { Master__c: master?.id, Amount__c: decFromText('5') },
        { Master__c: master?.id, Amount__c: decFromText('7') },
      );
      assert.equal(total(), '12');
      org.dml('update', [org.record('Detail__c', { Id: details[0]?.id, Amount__c: decFromText('1') })]);
      assert.equal(total(), '8');
      org.dml('delete', details.slice(1));
      assert.equal(total(), '1');
      org.dml('undelete', details.slice(1));
      assert.equal(total(), '8');
    });

    it('shouldFireTheTriggersOfAMasterWhoseTotalChanged', () => {
      const [master] = org.insert('Master__c', { Name: 'M' });
      let fired = 0;
      org.trigger('Master__c', 'after update', () => fired++);
      org.insert('Detail__c', { Master__c: master?.id, Amount__c: decFromText('5') });
      assert.equal(fired, 1);
    });
  });

  describe('limits', () => {
    it('shouldStopAtThe151stStatementAndThe10001stRow', () => {
      for (let count = 0; count < 150; count++) org.insert('Thing__c', { Must__c: 'm' });
      const error = apexError(() => org.insert('Thing__c', { Must__c: 'm' }));
      assert.equal(error.qualifiedName, 'System.LimitException');
      assert.equal(error.text, 'Too many DML statements: 151');
      org.begin();
      const many = Array.from({ length: 10_001 }, () => ({ Must__c: 'm' }));
      assert.equal(apexError(() => org.insert('Thing__c', ...many)).text, 'Too many DML rows: 10001');
    });

    it('shouldCountNothingForAnEmptyList', () => {
      org.dml('insert', []);
      assert.equal(current.tx.used.dmlStatements, 0);
    });

    it('shouldNoteThatThereIsUncommittedWork', () => {
      assert.equal(current.tx.uncommitted, 'none');
      org.insert('Thing__c', { Must__c: 'm' });
      assert.equal(current.tx.uncommitted, 'dml');
    });
  });
});

function statusOf(outcome: DmlOutcome): string | null {
  return outcome.errors[0]?.status ?? null;
}
