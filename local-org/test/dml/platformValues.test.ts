import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { autoNumberText } from '../../src/dml/systemFields.ts';
import { decFromInt, decText } from '../../src/values/decimal.ts';
import type { ApexDecimal } from '../../src/values/decimal.ts';
import { ApexDate, dateOf } from '../../src/values/date.ts';
import type { ApexDatetime } from '../../src/values/datetime.ts';
import { toText } from '../../src/values/text.ts';
import { apexError, fieldXml, objectXml, TestOrg, xml } from '../store/testOrg.ts';

const text = (value: unknown) => (value === null ? null : decText(value as ApexDecimal));

const lookup = (name: string, relation: string) =>
  fieldXml(
    name,
    'MasterDetail',
    `<referenceTo>Order__c</referenceTo><relationshipName>${relation}</relationshipName>` +
      `<relationshipOrder>${relation === 'Lines' ? 0 : 1}</relationshipOrder>`,
  );
const summary = (name: string, foreignKey: string) =>
  fieldXml(
    name,
    'Summary',
    `<summaryForeignKey>Line__c.${foreignKey}</summaryForeignKey><summaryOperation>count</summaryOperation>`,
  );

describe('what the platform fills in', () => {
  it('shouldFormatAutonumbers', () => {
    const now = Date.UTC(2026, 4, 7);
    assert.equal(autoNumberText('RD-{00000000}', 12, now), 'RD-00000012');
    assert.equal(autoNumberText('{YYYY}/{YY}/{MM}/{DD}-{0}', 1234, now), '2026/26/05/07-1234');
  });

  it('shouldNameRecordsWithoutANameByTheirId', () => {
    const org = new TestOrg({ 'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal') });
    const [deal, named] = org.insert('Deal__c', {}, { Name: 'N' });
    assert.deepEqual(org.column('SELECT Name FROM Deal__c', 'Name'), [deal?.id, 'N']);
    assert.equal(named?.id === null, false);
  });

  it('shouldLeaveStandardRecordsWithoutANameNameless', () => {
    const org = new TestOrg();
    const [account] = org.insert('Account', { Name: 'A' });
    org.insert('Contract', { AccountId: account?.id });
    assert.deepEqual(org.column('SELECT Name FROM Contract', 'Name'), [null]);
  });

  it('shouldSetWhatFollowsFromAStageWhateverWasGiven', () => {
    const org = new TestOrg();
    const base = { Name: 'O', CloseDate: dateOf(2026, 8, 3) };
    org.insert('Opportunity', { ...base, StageName: 'Closed Won', IsClosed: false, Probability: decFromInt(40) });
    const [row] = org.query('SELECT IsClosed, IsWon, Probability FROM Opportunity');
    assert.deepEqual([row?.get('IsClosed'), row?.get('IsWon'), text(row?.get('Probability'))], [true, true, '40']);
  });

  it('shouldComposeNamesOfWhatIsThere', () => {
    const org = new TestOrg();
    org.insert('Contact', { LastName: 'L' }, { Salutation: 'Dr.', FirstName: 'F', LastName: 'L' });
    assert.deepEqual(org.column('SELECT Name FROM Contact', 'Name'), ['L', 'F L']);
  });

  it('shouldExpectRevenueFromAmountAndProbability', () => {
    const org = new TestOrg();
    const base = { Name: 'O', StageName: 'Prospecting', CloseDate: dateOf(2026, 8, 3) };
    org.insert('Opportunity', { ...base, Amount: decFromInt(250) }, base);
    const rows = org.query('SELECT ExpectedRevenue, FiscalQuarter, FiscalYear, Fiscal FROM Opportunity');
    assert.deepEqual(
      rows.map((row) => text(row.get('ExpectedRevenue'))),
      ['25.00', null],
    );
    assert.deepEqual(
      [rows[0]?.get('FiscalQuarter'), rows[0]?.get('FiscalYear'), rows[0]?.get('Fiscal')],
      [3, 2026, '2026 3'],
    );
  });

  it('shouldKeepAGivenProbabilityAndElseTakeTheStages', () => {
    const org = new TestOrg();
    const base = { Name: 'O', StageName: 'Prospecting', CloseDate: dateOf(2026, 8, 3) };
    const [given] = org.insert('Opportunity', { ...base, Probability: decFromInt(55) }, base);
    assert.deepEqual(org.column('SELECT Probability FROM Opportunity', 'Probability').map(text), ['55', '10']);
    org.dml('update', [org.record('Opportunity', { Id: given?.id, StageName: 'Closed Won' })]);
    assert.deepEqual(
      org
        .query('SELECT IsClosed, IsWon, Probability FROM Opportunity')
        .map((row) => [row.get('IsClosed'), row.get('IsWon'), text(row.get('Probability'))]),
      [
        [true, true, '100'],
        [false, false, '10'],
      ],
    );
  });

  it('shouldNoteTransfersOnlyWhereTheOwnerChanges', () => {
    const org = new TestOrg();
    const [record] = org.insert('Lead', { LastName: 'L', Company: 'C' });
    const transferred = () => org.column('SELECT LastTransferDate FROM Lead', 'LastTransferDate')[0];
    org.dml('update', [org.record('Lead', { Id: record?.id, Company: 'D' })]);
    assert.equal(transferred(), null);
    const rep = org.user('Rep');
    org.begin();
    org.dml('update', [org.record('Lead', { Id: record?.id, OwnerId: rep.id })]);
    assert.equal(String(transferred()), '2026-05-15 00:00:00');
  });

  it('shouldCountDetailsByTheLookupOfTheRollUp', () => {
    const org = new TestOrg({
      'objects/Order__c/Order__c.object-meta.xml': objectXml('Order'),
      'objects/Line__c/Line__c.object-meta.xml': objectXml('Line', '<sharingModel>ControlledByParent</sharingModel>'),
      'objects/Line__c/fields/Order__c.field-meta.xml': lookup('Order__c', 'Lines'),
      'objects/Line__c/fields/Return__c.field-meta.xml': lookup('Return__c', 'Returns'),
      'objects/Order__c/fields/Lines__c.field-meta.xml': summary('Lines__c', 'Order__c'),
      'objects/Order__c/fields/Returns__c.field-meta.xml': summary('Returns__c', 'Return__c'),
    });
    const [a, b] = org.insert('Order__c', { Name: 'A' }, { Name: 'B' });
    const [line] = org.insert('Line__c', { Order__c: a?.id, Return__c: b?.id });
    const counts = () =>
      org
        .query('SELECT Lines__c, Returns__c FROM Order__c')
        .map((row) => [text(row.get('Lines__c')), text(row.get('Returns__c'))]);
    assert.deepEqual(counts(), [
      ['1', '0'],
      ['0', '1'],
    ]);
    org.dml('delete', [org.record('Line__c', { Id: line?.id })]);
    assert.deepEqual(counts(), [
      ['0', '0'],
      ['0', '0'],
    ]);
    org.dml('undelete', [org.record('Line__c', { Id: line?.id })]);
    assert.deepEqual(counts(), [
      ['1', '0'],
      ['0', '1'],
    ]);
  });

  it('shouldGiveUsersANicknameOfTheirOwn', () => {
    const org = new TestOrg();
    org.user('Ann');
    org.user('Bob', 'Standard User', { CommunityNickname: 'bobby' });
    const names = org.column(
      "SELECT CommunityNickname FROM User WHERE LastName IN ('Ann', 'Bob')",
      'CommunityNickname',
    );
    assert.match(String(names[0]), /^User[0-9a-f]{16}$/);
    assert.equal(names[1], 'bobby');
  });

  it('shouldFindParentsByExternalId', () => {
    const external = fieldXml('Code__c', 'Text', '<length>9</length><externalId>true</externalId>');
    const org = new TestOrg({ 'objects/Account/fields/Code__c.field-meta.xml': external });
    const [account] = org.insert('Account', { Name: 'A', Code__c: 'x' });
    const contact = (code: string) => {
      const record = org.record('Contact', { LastName: 'C' });
      record.putParent('Account', org.record('Account', { Code__c: code }));
      return record;
    };
    org.dml('insert', [contact('x')]);
    assert.deepEqual(org.column('SELECT AccountId FROM Contact', 'AccountId'), [account?.id]);
    assert.match(
      apexError(() => org.dml('insert', [contact('y')])).text,
      /INVALID_FIELD, Foreign key external ID: y not found for field Code__c in entity Account/,
    );
    org.insert('Account', { Name: 'B', Code__c: 'x' });
    assert.match(
      apexError(() => org.dml('insert', [contact('x')])).text,
      /More than one record found for external id field: x/,
    );
  });

  it('shouldUpsertByIdWhereTheIdIsNamed', () => {
    const org = new TestOrg();
    const [record] = org.insert('Lead', { LastName: 'L', Company: 'C' });
    const upsert = () =>
      org.dml('upsert', [org.record('Lead', { Id: record?.id, Company: 'D' })], { externalId: 'Id' });
    assert.deepEqual([upsert()[0]?.created, org.column('SELECT Company FROM Lead', 'Company')], [false, ['D']]);
  });

  it('shouldComposeNamesWithoutSalutationAndBlanks', () => {
    const org = new TestOrg();
    org.insert(
      'Contact',
      { Salutation: 'Dr.', FirstName: '', LastName: 'Doe' },
      { Salutation: 'Dr.', LastName: 'Roe', FirstName: 'Jo' },
    );
    assert.deepEqual(org.column('SELECT Name FROM Contact ORDER BY LastName', 'Name'), ['Doe', 'Jo Roe']);
  });

  it('shouldNotNameStandardRecordsAndSettingsByTheirId', () => {
    const org = new TestOrg({
      'objects/Set__c/Set__c.object-meta.xml': xml(
        'CustomObject',
        '<label>Set</label><customSettingsType>Hierarchy</customSettingsType><visibility>Public</visibility>',
      ),
    });
    const [set] = org.insert('Set__c', { SetupOwnerId: org.org.administrator.id });
    assert.notEqual(org.column('SELECT Name FROM Set__c', 'Name')[0], set?.id);
    assert.deepEqual(org.column('SELECT SetupOwnerId FROM Set__c', 'SetupOwnerId'), [org.org.administrator.id]);
    assert.equal(apexError(() => org.insert('Account', {})).dml[0]?.status, 'REQUIRED_FIELD_MISSING');
  });

  it('shouldNumberRecordsOfAnAutonumberOnceAndForAll', () => {
    const org = new TestOrg({
      'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal').replace(
        '<type>Text</type>',
        '<displayFormat>D-{00}</displayFormat><startingNumber>7</startingNumber><type>AutoNumber</type>',
      ),
    });
    const [deal] = org.insert('Deal__c', {}, {});
    assert.deepEqual(org.column('SELECT Name FROM Deal__c ORDER BY Name', 'Name'), ['D-07', 'D-08']);
    org.dml('update', [org.record('Deal__c', { Id: deal?.id })]);
    org.insert('Deal__c', {});
    assert.deepEqual(org.column('SELECT Name FROM Deal__c ORDER BY Name', 'Name'), ['D-07', 'D-08', 'D-09']);
  });

  it('shouldSayWhenTasksAndCasesWereClosed', () => {
    const org = new TestOrg();
    const closed = (id: unknown, field: string) =>
      (org.org.store.byId(String(id))?.[field] as ApexDatetime | null)?.ms ?? 0;
    const first = org.clock;
    const [task] = org.insert('Task', { Subject: 'S', Status: 'Completed' });
    const [open] = org.insert('Case', { Status: 'New' });
    const [done] = org.insert('Case', { Status: 'Closed' });
    const times = () => [
      closed(task?.id, 'CompletedDateTime'),
      closed(open?.id, 'ClosedDate'),
      closed(done?.id, 'ClosedDate'),
    ];
    assert.deepEqual(times(), [first, 0, first]);
    org.clock += 60_000;
    org.dml('update', [org.record('Task', { Id: task?.id, Subject: 'T' })]);
    org.dml('update', [org.record('Case', { Id: done?.id, Subject: 'T' })]);
    assert.deepEqual(times(), [first, 0, first], 'they were closed before');
    org.dml('update', [org.record('Case', { Id: open?.id, Status: 'Closed' })]);
    org.dml('update', [org.record('Case', { Id: done?.id, Status: 'New' })]);
    assert.deepEqual(times(), [first, first + 60_000, 0]);
  });

  it('shouldNoteTransfersOfLeadsAndAccountsThatAreThere', () => {
    const org = new TestOrg();
    const user = org.user('Ann');
    org.begin();
    for (const [object, fields] of [
      ['Lead', { LastName: 'L', Company: 'C' }],
      ['Contact', { LastName: 'L' }],
    ] as const) {
      const [record] = org.insert(object, fields);
      const transferred = () => org.org.store.byId(String(record?.id))?.['LastTransferDate'];
      const before = transferred() ?? null;
      assert.equal(before, null, object);
      org.dml('update', [org.record(object, { Id: record?.id, OwnerId: user.id })]);
      assert.equal(transferred() instanceof ApexDate, object === 'Lead', object);
    }
  });

  describe('of picklists', () => {
    const probability = (org: TestOrg, id: unknown) => toText(org.org.store.byId(String(id))?.['Probability']);
    it('shouldFollowTheStageUnlessItIsGivenWithAValue', () => {
      const org = new TestOrg();
      const close = { Name: 'O', CloseDate: dateOf(2026, 7, 1), StageName: 'Prospecting' };
      const [plain, given, blank] = org.insert(
        'Opportunity',
        close,
        { ...close, Probability: decFromInt(33) },
        { ...close, Probability: null },
      );
      assert.deepEqual(
        [plain, given, blank].map((record) => probability(org, record?.id)),
        ['10', '33', '10'],
      );
    });
  });

  describe('of lookups', () => {
    it('shouldNotBeLookedAtWhereNobodyMayWriteThem', () => {
      const org = new TestOrg();
      const [account] = org.insert('Account', { Name: 'A', MasterRecordId: '003000000000001AAA' });
      assert.equal(org.org.store.byId(String(account?.id))?.['MasterRecordId'], null);
    });

    it('shouldBeOwnersThatAreQueuesOfTheObject', () => {
      const org = new TestOrg({
        'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal'),
        'queues/Both.queue-meta.xml': xml(
          'Queue',
          '<name>Both</name><queueSobject><sobjectType>Lead</sobjectType></queueSobject><queueSobject><sobjectType>Deal__c</sobjectType></queueSobject>',
        ),
        'queues/Leads.queue-meta.xml': xml(
          'Queue',
          '<name>Leads</name><queueSobject><sobjectType>Lead</sobjectType></queueSobject>',
        ),
      });
      const id = (name: string) => org.org.store.tableOf('Group').find('DeveloperName', name)[0]?.['Id'];
      const status = (owner: unknown) =>
        org.dml('insert', [org.record('Deal__c', { OwnerId: owner })], { allOrNone: false })[0]?.errors[0]?.message ??
        'done';
      const refused = 'Queue not associated with this SObject type';
      const group = org.org.insertSystem('Group', { Name: 'G', DeveloperName: 'G', Type: 'Regular' });
      org.org.insertSystem('QueueSobject', { QueueId: group, SobjectType: 'Deal__c' });
      assert.deepEqual([id('Both'), id('Leads'), group].map(status), ['done', refused, refused]);
    });
  });
});
