import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Org } from '../../src/org/org.ts';
import { decFromInt } from '../../src/values/decimal.ts';
import { fieldXml, loadProject, objectXml, TestOrg, USER, xml } from '../store/testOrg.ts';
import type { ProjectFiles } from '../store/testOrg.ts';

/** Metadata API, ListView; Salesforce Help, Filter Operators Reference. */

const filter = (field: string, operation: string, value: string) =>
  `<filters><field>${field}</field><operation>${operation}</operation><value>${value}</value></filters>`;

const view = (filters: string, rest = '', scope = 'Everything') =>
  xml(
    'ListView',
    `<fullName>Chosen</fullName><label>Chosen</label><filterScope>${scope}</filterScope>${filters}${rest}`,
  );

const FIELDS: ProjectFiles = {
  'objects/Lead/fields/Tags__c.field-meta.xml': fieldXml(
    'Tags__c',
    'MultiselectPicklist',
    '<visibleLines>3</visibleLines><valueSet><valueSetDefinition><sorted>false</sorted>' +
      ['a', 'b', 'c'].map((value) => `<value><fullName>${value}</fullName><label>${value}</label></value>`).join('') +
      '</valueSetDefinition></valueSet>',
  ),
  'objects/Lead/fields/Score__c.field-meta.xml': fieldXml(
    'Score__c',
    'Number',
    '<precision>5</precision><scale>1</scale>',
  ),
  'objects/Lead/fields/Seen__c.field-meta.xml': fieldXml('Seen__c', 'Checkbox', '<defaultValue>false</defaultValue>'),
  'objects/Lead/fields/Due__c.field-meta.xml': fieldXml('Due__c', 'Date'),
  'objects/Lead/fields/Story__c.field-meta.xml': fieldXml(
    'Story__c',
    'LongTextArea',
    '<length>1000</length><visibleLines>3</visibleLines>',
  ),
};

const GRANTS: ProjectFiles = {
  'permissionsets/All.permissionset-meta.xml': xml(
    'PermissionSet',
    '<label>All</label>' +
      ['Tags__c', 'Score__c', 'Seen__c', 'Due__c', 'Story__c']
        .map((name) => `<field>Lead.${name}</field><editable>true</editable><readable>true</readable>`)
        .map((grant) => `<fieldPermissions>${grant}</fieldPermissions>`)
        .join(''),
  ),
};

const withView = (text: string): ProjectFiles => ({
  ...FIELDS,
  ...GRANTS,
  'objects/Lead/listViews/Chosen.listView-meta.xml': text,
});

/** Last names of the leads that a list view shows to the administrator. */
function shown(text: string, leads: readonly Record<string, unknown>[]): string {
  const org = new TestOrg(withView(text));
  for (const fields of leads) org.dml('insert', [org.record('Lead', { Company: 'C', ...fields })]);
  return namesIn(org, org.org);
}

function namesIn(test: TestOrg, org: Org): string {
  const [option] = org.listViewsOf('Lead');
  const chosen = org.listView(option?.id ?? '', org.administrator.id);
  assert.ok(chosen?.condition !== null && chosen?.condition !== undefined);
  const where = chosen.condition === '' ? '' : `WHERE ${chosen.condition}`;
  const rows = test.query(`SELECT LastName FROM Lead ${where} ORDER BY LastName`, [], USER);
  return rows.map((row) => String(row.get('LastName'))).join(' ');
}

/** What is said of a list view when the project is loaded. */
function problemOf(text: string): string {
  const { problems, metadata } = loadProject(withView(text));
  const gaps = metadata.listViews.flatMap((one) => one.gaps).map((gap) => `notBuilt: ${gap}`);
  return [...problems.map(({ kind, message }) => `${kind}: ${message}`), ...gaps].join('\n');
}

describe('filters of list views', () => {
  const LEADS = [
    { LastName: 'A', LeadSource: 'Web', City: 'Berlin' },
    { LastName: 'B', LeadSource: 'Partner', City: 'Bern' },
    { LastName: 'C', City: null },
  ];

  it('shouldTakeValuesAsAlternatives', () => {
    assert.equal(shown(view(filter('LEAD.LEAD_SOURCE', 'equals', 'Web')), LEADS), 'A');
    assert.equal(shown(view(filter('LEAD.LEAD_SOURCE', 'equals', 'Web, Partner')), LEADS), 'A B');
    assert.equal(shown(view(filter('LEAD.LEAD_SOURCE', 'notEqual', 'Web,Partner')), LEADS), 'C');
    assert.equal(shown(view(filter('LEAD.LEAD_SOURCE', 'equals', '')), LEADS), 'C');
    assert.equal(shown(view(filter('LEAD.LEAD_SOURCE', 'notEqual', '')), LEADS), 'A B');
    assert.equal(shown(view(''), LEADS), 'A B C');
  });

  it('shouldLookIntoTexts', () => {
    assert.equal(shown(view(filter('LEAD.CITY', 'contains', 'erl')), LEADS), 'A');
    assert.equal(shown(view(filter('LEAD.CITY', 'startsWith', 'ber')), LEADS), 'A B');
    assert.equal(shown(view(filter('LEAD.CITY', 'startsWith', 'erl')), LEADS), '');
    assert.equal(shown(view(filter('LEAD.CITY', 'notContain', 'erl')), LEADS), 'B C');
    assert.equal(shown(view(filter('LEAD.CITY', 'contains', 'lin,rn')), LEADS), 'A B');
  });

  it('shouldTakeSpecialCharactersAsTheyAre', () => {
    const leads = [
      { LastName: 'A', City: "O'Fallon, MO" },
      { LastName: 'B', City: '100%' },
      { LastName: 'C', City: '1000' },
    ];
    assert.equal(shown(view(filter('LEAD.CITY', 'equals', '"O\'Fallon, MO"')), leads), 'A');
    assert.equal(shown(view(filter('LEAD.CITY', 'contains', "o'f")), leads), 'A');
    assert.equal(shown(view(filter('LEAD.CITY', 'startsWith', '100%')), leads), 'B');
  });

  it('shouldCompareNumbersCheckboxesDatesAndSelections', () => {
    const leads = [
      { LastName: 'A', Score__c: decFromInt(5), Seen__c: true, Tags__c: 'a;b' },
      { LastName: 'B', Score__c: decFromInt(7), Seen__c: false, Tags__c: 'c' },
      { LastName: 'C', Score__c: null },
    ];
    for (const [operation, names] of [
      ['lessThan', 'A'],
      ['lessOrEqual', 'A B'],
      ['greaterThan', ''],
      ['greaterOrEqual', 'B'],
      ['equals', 'B'],
    ] as const) {
      assert.equal(shown(view(filter('Score__c', operation, '7')), leads), names, operation);
    }
    assert.equal(shown(view(filter('Seen__c', 'equals', '1')), leads), 'A');
    assert.equal(shown(view(filter('Seen__c', 'equals', '0')), leads), 'B C');
    assert.equal(shown(view(filter('Tags__c', 'includes', 'a,c')), leads), 'A B');
    assert.equal(shown(view(filter('Tags__c', 'excludes', 'a')), leads), 'B C');
    assert.equal(shown(view(filter('LEAD.CREATED_DATE', 'equals', 'TODAY')), leads), 'A B C');
    assert.equal(shown(view(filter('LEAD.CREATED_DATE', 'lessThan', 'LAST 3 DAYS')), leads), '');
    assert.equal(shown(view(filter('Due__c', 'lessThan', '1/31/2026')), leads), '');
  });

  it('shouldFollowTheLogic', () => {
    const filters =
      filter('LEAD.LEAD_SOURCE', 'equals', 'Web') +
      filter('LEAD.CITY', 'equals', 'Bern') +
      filter('LEAD.CITY', 'equals', 'Berlin');
    assert.equal(shown(view(filters), LEADS), '', 'all of them where there is no logic');
    assert.equal(shown(view(filters, '<booleanFilter>(1 AND 3) OR 2</booleanFilter>'), LEADS), 'A B');
    assert.equal(shown(view(filters, '<booleanFilter>not (1 or 2)</booleanFilter>'), LEADS), 'C');
    assert.match(problemOf(view(filters, '<booleanFilter>1 AND 4</booleanFilter>')), /names a criterion that does not/);
    assert.match(problemOf(view(filters, '<booleanFilter>1 AND (2</booleanFilter>')), /is not valid/);
  });

  it('shouldFilterByPeople', () => {
    assert.equal(shown(view(filter('CORE.USERS.ALIAS', 'equals', 'admin')), LEADS), 'A B C');
    assert.equal(shown(view(filter('CREATEDBY_USER', 'contains', 'nobody')), LEADS), '');
  });

  it('shouldShowTheRecordsOfAQueue', () => {
    const queue = (name: string) =>
      xml('Queue', `<name>${name}</name><queueSobject><sobjectType>Lead</sobjectType></queueSobject>`);
    const files = { 'queues/First.queue-meta.xml': queue('First'), 'queues/Second.queue-meta.xml': queue('Second') };
    const org = new TestOrg({ ...files, ...withView(view('', '<queue>Second</queue>', 'Queue')) });
    const group = (name: string) => org.org.store.tableOf('Group').find('DeveloperName', name)[0]?.['Id'];
    for (const [LastName, OwnerId] of [
      ['A', group('First')],
      ['B', group('Second')],
      ['C', org.org.administrator.id],
    ]) {
      org.dml('insert', [org.record('Lead', { Company: 'C', LastName, OwnerId })]);
    }
    assert.equal(namesIn(org, org.org), 'B');
  });
});

describe('list views that are not understood', () => {
  it('shouldBeRefusedByName', () => {
    for (const [text, message] of [
      [view(filter('No_Such__c', 'equals', '1')), /^invalid: .*Lead\.No_Such__c/],
      [view(filter('LEAD.NO_SUCH', 'equals', '1')), /^notBuilt: the column LEAD\.NO_SUCH of list views of Lead/],
      [view(filter('CONTACT.PHONE1', 'equals', '1')), /^notBuilt: the column CONTACT\.PHONE1/],
      [view(filter('LEAD.CITY', 'within', 'a')), /^invalid: 'within' is not a valid value for operation/],
      [view(filter('Score__c', 'greaterThan', '1 000')), /^notBuilt: the filter Score__c .* digits and a point/],
      [view(filter('Score__c', 'greaterThan', '')), /^notBuilt: the filter Score__c .* a blank/],
      [view(filter('Score__c', 'contains', '1')), /^notBuilt: the filter Score__c .* is not text/],
      [view(filter('Seen__c', 'equals', 'yes')), /^notBuilt: the filter Seen__c .* 1 or 0/],
      [view(filter('LEAD.CREATED_DATE', 'equals', '1/31/2026')), /^notBuilt: .* write a relative date/],
      [view(filter('LEAD.CITY', 'includes', 'a')), /^notBuilt: .* only multi-select picklists/],
      [view(filter('Story__c', 'contains', 'a')), /^notBuilt: .* cannot be filtered on/],
      [view('', '', 'MyTeam'), /^notBuilt: filterScope MyTeam/],
      [view('', '', 'Queue'), /^invalid: Required field is missing: queue/],
      [view('', '<columns>No_Such__c</columns>'), /^invalid: .*columns.*Lead\.No_Such__c/],
      [view('', '<sharedTo><role>CEO</role></sharedTo>'), /^notBuilt: sharedTo/],
      [view('', '<color>red</color>'), /^invalid: Element color/],
    ] as const) {
      assert.match(problemOf(text), message);
    }
    assert.equal(problemOf(view('', '<sharedTo><allInternalUsers/></sharedTo><columns>FULL_NAME</columns>')), '');
  });

  it('shouldBeListedAndShowNothing', () => {
    const org = Org.create(loadProject(withView(view(filter('LEAD.NO_SUCH', 'equals', '1')))));
    const [option] = org.listViewsOf('Lead');
    assert.equal(option?.name, 'Chosen');
    assert.equal(org.listView(option.id, org.administrator.id)?.condition, null);
    assert.equal(org.store.byId(option.id)?.['IsSoqlCompatible'], false);
    assert.equal(org.listView(org.administrator.id, org.administrator.id), null, 'no list view');
  });
});

describe('list views inside the file of an object', () => {
  it('shouldBeReadToo', () => {
    const rest =
      '<listViews><fullName>Own</fullName><filterScope>Mine</filterScope><label>Own</label></listViews>' +
      `<listViews><fullName>Named</fullName><filterScope>Everything</filterScope>${filter('NAME', 'equals', 'x')}` +
      '<label>Named</label></listViews>';
    const { metadata, problems } = loadProject({ 'objects/Shop__c/Shop__c.object-meta.xml': objectXml('Shop', rest) });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      metadata.listViews.map(({ object, developerName, condition }) => `${object} ${developerName} ${condition}`),
      ['Shop__c Own ', "Shop__c Named Name = 'x'"],
    );
  });
});
