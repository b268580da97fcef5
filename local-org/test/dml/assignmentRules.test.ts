import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DmlOptions } from '../../src/engine/data.ts';
import { decFromText } from '../../src/values/decimal.ts';
import { UnsupportedError } from '../../src/values/exception.ts';
import type { FieldValues } from '../../src/values/sobject.ts';
import { apexError, loadProject, TestOrg, xml } from '../store/testOrg.ts';

const QUEUES = Object.fromEntries(
  ['First', 'Second'].map((name) => [
    `queues/${name}.queue-meta.xml`,
    xml('Queue', `<name>${name}</name><queueSobject><sobjectType>Lead</sobjectType></queueSobject>`),
  ]),
);

const to = (name: string, type = 'Queue') => `<assignedTo>${name}</assignedTo><assignedToType>${type}</assignedToType>`;
const when = (field: string, operation: string, value: string) =>
  `<criteriaItems><field>${field}</field><operation>${operation}</operation><value>${value}</value></criteriaItems>`;

const rules = (entries: readonly string[], active = true) => ({
  ...QUEUES,
  'assignmentRules/Lead.assignmentRules-meta.xml': xml(
    'AssignmentRules',
    `<assignmentRule><fullName>Standard</fullName><active>${active}</active>` +
      `${entries.map((entry) => `<ruleEntry>${entry}</ruleEntry>`).join('')}</assignmentRule>`,
  ),
});

describe('assignment rules', () => {
  const BY_RULE = { assignmentRule: 'default' } as const;

  function save(org: TestOrg, fields: FieldValues, options: Partial<DmlOptions> = BY_RULE): string {
    const record = org.record('Lead', { LastName: 'L', Company: 'C', ...fields });
    org.dml('insert', [record], options);
    return ownerOf(org, String(record.id));
  }

  /** Developer name of the queue that owns a lead, or `me`. */
  function ownerOf(org: TestOrg, id: string): string {
    const owner = String(org.org.store.byId(id)?.['OwnerId']);
    return owner.startsWith('005') ? 'me' : String(org.org.store.byId(owner)?.['DeveloperName']);
  }

  it('shouldRunOnlyWhereTheSaveAsks', () => {
    const org = new TestOrg(rules([to('First')]));
    assert.equal(save(org, {}, {}), 'me');
    assert.equal(save(org, {}, { assignmentRule: null }), 'me');
    assert.equal(save(org, {}), 'First');
  });

  it('shouldHeedTheOptionsOfEachRecord', () => {
    const org = new TestOrg(rules([to('First')]));
    const leads = ['ruled', 'plain', 'unruled'].map((name) => org.record('Lead', { LastName: name, Company: 'C' }));
    const [ruled, , unruled] = leads;
    assert.ok(ruled && unruled);
    ruled.options = { asked: { assignmentRule: 'default' } };
    unruled.options = { asked: { assignmentRule: null } };
    org.dml('insert', leads);
    assert.deepEqual(
      leads.map(({ id }) => ownerOf(org, String(id))),
      ['First', 'me', 'me'],
    );
  });

  it('shouldHeedTheOptionsOfTheCallBeforeThoseOfTheRecord', () => {
    const org = new TestOrg(rules([to('First')]));
    const lead = org.record('Lead', { LastName: 'L', Company: 'C' });
    lead.options = { asked: { assignmentRule: 'default' } };
    org.dml('insert', [lead], { assignmentRule: null });
    assert.equal(ownerOf(org, String(lead.id)), 'me');
  });

  it('shouldDoNothingWithoutAnActiveRule', () => {
    assert.equal(save(new TestOrg(QUEUES), {}), 'me');
    assert.equal(save(new TestOrg(rules([to('First')], false)), {}), 'me');
  });

  it('shouldTakeTheFirstEntryThatMatches', () => {
    const org = new TestOrg(rules([to('First') + when('Lead.Country', 'equals', 'US, DE'), to('Second')]));
    assert.equal(save(org, { Country: 'de' }), 'First');
    assert.equal(save(org, { Country: 'FR' }), 'Second');
  });

  const CRITERIA: readonly (readonly [
    field: string,
    operation: string,
    value: string,
    hits: unknown[],
    misses: unknown[],
  ])[] = [
    ['Country', 'equals', 'US, DE', ['US', 'de'], ['U', 'USA', null]],
    ['Country', 'equals', '', [null], ['US']],
    ['Country', 'notEqual', 'US, DE', ['FR', null], ['us', 'DE']],
    ['Country', 'contains', 'an, rm', ['France', 'GERMANY', 'Burma'], ['US', null]],
    ['Country', 'notContain', 'an, rm', ['US', null], ['France', 'Germany', 'Burma']],
    ['Country', 'startsWith', 'G, F', ['ghana', 'France'], ['Angola', null]],
    ['Country', 'includes', 'a, b', ['a;c', 'B', 'c;b'], ['ab', 'c', null]],
    ['Country', 'excludes', 'a, b', ['ab', 'c', null], ['a;c', 'c;B']],
    ['Country', 'lessThan', 'M', ['l'], ['m', 'N', null]],
    ['Country', 'lessOrEqual', 'M', ['l', 'm'], ['N', null]],
    ['Country', 'greaterThan', 'M', ['n'], ['m', 'L', null]],
    ['Country', 'greaterOrEqual', 'M', ['n', 'm'], ['L', null]],
    ['NumberOfEmployees', 'equals', '7, 05', [7, 5], [6, null]],
    ['NumberOfEmployees', 'equals', '', [null], [0, 7]],
    ['NumberOfEmployees', 'equals', '0', [0], [null, 7]],
    ['NumberOfEmployees', 'notEqual', '7', [6, null], [7]],
    ['NumberOfEmployees', 'lessThan', '10', [9], [10, 11, null]],
    ['NumberOfEmployees', 'lessOrEqual', '10', [9, 10], [11, null]],
    ['NumberOfEmployees', 'greaterThan', '10', [11], [10, 9, null]],
    ['NumberOfEmployees', 'greaterOrEqual', '10', [11, 10], [9, null]],
    ['AnnualRevenue', 'equals', '5.00', [decFromText('5')], [decFromText('5.01')]],
  ];
  for (const [field, operation, value, hits, misses] of CRITERIA) {
    it(`shouldJudge ${field} ${operation} "${value}"`, () => {
      const org = new TestOrg(rules([to('First') + when(`Lead.${field}`, operation, value)]));
      for (const hit of hits) assert.equal(save(org, { [field]: hit }), 'First', `${String(hit)} fits`);
      for (const miss of misses) assert.equal(save(org, { [field]: miss }), 'me', `${String(miss)} does not`);
    });
  }

  describe('of two objects', () => {
    const cases = {
      'assignmentRules/Case.assignmentRules-meta.xml': xml(
        'AssignmentRules',
        `<assignmentRule><fullName>Cases</fullName><active>true</active><ruleEntry>${to('Third')}</ruleEntry></assignmentRule>`,
      ),
      'queues/Third.queue-meta.xml': xml(
        'Queue',
        '<name>Third</name><queueSobject><sobjectType>Case</sobjectType></queueSobject>',
      ),
    };

    it('shouldEachHaveTheirOwnRuleAndOthersNone', () => {
      const org = new TestOrg({ ...rules([to('First')]), ...cases });
      const inserted = (object: string, fields: FieldValues, assignmentRule = 'default') => {
        const record = org.record(object, fields);
        org.dml('insert', [record], { assignmentRule });
        return ownerOf(org, String(record.id));
      };
      assert.equal(inserted('Case', { Subject: 'S' }), 'Third');
      assert.equal(save(org, {}), 'First');
      assert.equal(inserted('Account', { Name: 'A' }), 'me');
      assert.equal(inserted('Account', { Name: 'A' }, '01Q000000000009'), 'me', 'other objects have no rules');
      for (const object of ['Case', 'Lead']) {
        const fields = object === 'Case' ? { Subject: 'S' } : { LastName: 'L', Company: 'C' };
        assert.throws(() => inserted(object, fields, '01Q000000000009'), UnsupportedError, object);
      }
    });
  });

  it('shouldAssignToQueuesOnlyNotToOtherGroupsOfTheName', () => {
    const org = new TestOrg(rules([to('Team')]));
    org.org.insertSystem('Group', { Name: 'Team', DeveloperName: 'Team', Type: 'Regular' });
    assert.match(apexError(() => save(org, {})).text, /assigns to the queue Team, which does not exist/);
  });

  it('shouldLeaveTheOwnerWhereNothingMatches', () => {
    const org = new TestOrg(rules([to('First') + when('Lead.Country', 'equals', 'US')]));
    assert.equal(save(org, { Country: 'FR' }), 'me');
  });

  it('shouldOverwriteTheOwnerThatATriggerSetWithoutFiringTriggersAgain', () => {
    const org = new TestOrg(rules([to('First')]));
    const [second] = org.org.store.tableOf('Group').find('DeveloperName', 'Second');
    let updates = 0;
    org.trigger('Lead', 'before insert', (rows) => rows?.[0]?.put('OwnerId', second?.['Id']));
    org.trigger('Lead', 'after update', () => updates++);
    assert.equal(save(org, {}), 'First');
    assert.equal(updates, 0);
    assert.equal(save(org, {}, {}), 'Second', 'what the trigger set stays without the rule');
  });

  it('shouldSeeWhatAfterTriggersWrote', () => {
    const org = new TestOrg(rules([to('First') + when('Lead.Rating', 'equals', 'Hot')]));
    org.trigger('Lead', 'after insert', (rows) => {
      org.dml('update', [org.record('Lead', { Id: rows?.[0]?.id, Rating: 'Hot' })]);
    });
    assert.equal(save(org, {}), 'First');
  });

  it('shouldRunForUpdatesToo', () => {
    const org = new TestOrg(rules([to('First') + when('Lead.Rating', 'equals', 'Hot')]));
    const [record] = org.insert('Lead', { LastName: 'L', Company: 'C' });
    org.dml('update', [org.record('Lead', { Id: record?.id, Rating: 'Hot' })], BY_RULE);
    assert.equal(ownerOf(org, String(record?.id)), 'First');
  });

  it('shouldAssignToUsersByName', () => {
    const org = new TestOrg(rules([to('rep@test.example', 'User')]));
    const rep = org.user('Rep');
    org.begin();
    const record = org.record('Lead', { LastName: 'L', Company: 'C' });
    org.dml('insert', [record], BY_RULE);
    assert.equal(org.org.store.byId(String(record.id))?.['OwnerId'], rep.id);
  });

  it('shouldFailTheSaveWhereTheOwnerDoesNotExist', () => {
    const org = new TestOrg(rules([to('Nobody')]));
    const error = apexError(() => save(org, {}));
    assert.match(error.text, /the assignment rule Standard assigns to the queue Nobody, which does not exist/);
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 0);
  });

  it('shouldEndManualSharesWithTheOwner', () => {
    const org = new TestOrg({
      ...rules([to('First')]),
      'objects/Lead/Lead.object-meta.xml': xml('CustomObject', '<sharingModel>Private</sharingModel>'),
    });
    const rep = org.user('Rep');
    org.begin();
    const [record] = org.insert('Lead', { LastName: 'L', Company: 'C' });
    org.insert('LeadShare', { LeadId: record?.id, UserOrGroupId: rep.id, LeadAccessLevel: 'Read', RowCause: 'Manual' });
    org.dml('update', [org.record('Lead', { Id: record?.id })], BY_RULE);
    assert.equal(org.count("SELECT COUNT() FROM LeadShare WHERE RowCause = 'Manual'"), 0);
  });

  it('shouldRunARuleThatIsNamedByItsIdThoughItIsInactive', () => {
    const org = new TestOrg(rules([to('First')], false));
    const [rule] = org.query("SELECT Id, Name, Active FROM AssignmentRule WHERE SobjectType = 'Lead'");
    assert.deepEqual([rule?.get('Name'), rule?.get('Active')], ['Standard', false]);
    assert.equal(save(org, {}, { assignmentRule: String(rule?.id) }), 'First');
  });

  it('shouldStopAtARuleThatTheProjectDoesNotHave', () => {
    const org = new TestOrg(rules([to('First')]));
    assert.throws(() => save(org, {}, { assignmentRule: '01Q000000000009AAA' }), UnsupportedError);
  });

  const CASES: readonly (readonly [
    field: string,
    operation: string,
    value: string,
    given: FieldValues,
    holds: boolean,
  ])[] = [
    ['Company', 'equals', 'acme', { Company: 'Acme' }, true],
    ['Company', 'equals', 'acme', { Company: 'Acme Inc' }, false],
    ['Company', 'notEqual', 'acme', { Company: 'Other' }, true],
    ['Company', 'notEqual', 'acme', { Company: 'Acme' }, false],
    ['Company', 'contains', 'inc', { Company: 'Acme Inc' }, true],
    ['Company', 'contains', 'inc', { Company: 'Acme' }, false],
    ['Company', 'notContain', 'inc', { Company: 'Acme' }, true],
    ['Company', 'notContain', 'inc', { Company: 'Acme Inc' }, false],
    ['Company', 'startsWith', 'ac', { Company: 'Acme' }, true],
    ['Company', 'startsWith', 'me', { Company: 'Acme' }, false],
    ['Country', 'equals', '', {}, true],
    ['NumberOfEmployees', 'greaterThan', '9', { NumberOfEmployees: 10 }, true],
    ['NumberOfEmployees', 'greaterThan', '10', { NumberOfEmployees: 10 }, false],
    ['NumberOfEmployees', 'greaterOrEqual', '10', { NumberOfEmployees: 10 }, true],
    ['NumberOfEmployees', 'lessThan', '10', { NumberOfEmployees: 9 }, true],
    ['NumberOfEmployees', 'lessThan', '10', { NumberOfEmployees: 10 }, false],
    ['NumberOfEmployees', 'lessOrEqual', '10', { NumberOfEmployees: 10 }, true],
    ['NumberOfEmployees', 'lessOrEqual', '10', {}, false],
    ['NumberOfEmployees', 'equals', '10.0', { NumberOfEmployees: 10 }, true],
    ['IsUnreadByOwner', 'equals', 'True', { IsUnreadByOwner: true }, true],
    ['IsUnreadByOwner', 'equals', 'True', { IsUnreadByOwner: false }, false],
  ];

  for (const [field, operation, value, given, holds] of CASES) {
    it(`should${holds ? '' : 'Not'}Match: ${field} ${operation} ${value} for ${JSON.stringify(given)}`, () => {
      const org = new TestOrg(rules([to('First') + when(`Lead.${field}`, operation, value)]));
      assert.equal(save(org, given), holds ? 'First' : 'me');
    });
  }

  it('shouldCombineCriteriaAsTheFilterLogicSays', () => {
    const criteria =
      when('Lead.Country', 'equals', 'US') + when('Lead.City', 'equals', 'Bonn') + when('Lead.Rating', 'equals', 'Hot');
    const org = new TestOrg(rules([`${to('First')}<booleanFilter>3 AND (1 OR NOT 2)</booleanFilter>${criteria}`]));
    assert.equal(save(org, { Rating: 'Hot', Country: 'US', City: 'Bonn' }), 'First');
    assert.equal(save(org, { Rating: 'Hot', City: 'Köln' }), 'First');
    assert.equal(save(org, { Rating: 'Hot', City: 'Bonn' }), 'me');
    assert.equal(save(org, { Country: 'US' }), 'me');
    const all = new TestOrg(rules([to('First') + criteria]));
    assert.equal(save(all, { Rating: 'Hot', Country: 'US', City: 'Bonn' }), 'First');
    assert.equal(save(all, { Rating: 'Hot', Country: 'US' }), 'me');
  });

  it('shouldEvaluateFormulas', () => {
    const org = new TestOrg(rules([`${to('First')}<formula>ISPICKVAL(Rating, "Hot") &amp;&amp; ISNEW()</formula>`]));
    assert.equal(save(org, { Rating: 'Hot' }), 'First');
    assert.equal(save(org, { Rating: 'Cold' }), 'me');
  });

  const problemsOf = (entry: string, file = 'Lead') => {
    const [path, text] = ['assignmentRules/Lead.assignmentRules-meta.xml', rules([entry])] as const;
    const content = text[path as keyof typeof text] as string;
    return loadProject({ [path.replace('Lead', file)]: content }).problems.map(
      ({ kind, message }) => `${kind}: ${message}`,
    );
  };

  it('shouldReportWhatIsWrongOrNotBuilt', () => {
    assert.match(problemsOf(to('Q') + when('Lead.Nope__c', 'equals', 'x')).join(), /invalid: .*Lead.Nope__c/);
    assert.match(
      problemsOf(to('Q') + when('Lead.City', 'resembles', 'x')).join(),
      /invalid: 'resembles' is not a valid value/,
    );
    assert.match(problemsOf(to('Q') + when('Lead.CreatedDate', 'lessThan', 'TODAY')).join(), /notBuilt: .*datetime/);
    assert.match(
      problemsOf(`${to('Q')}<booleanFilter>1 AND 2</booleanFilter>${when('Lead.City', 'equals', 'x')}`).join(),
      /names a criterion/,
    );
    assert.match(
      problemsOf(`${to('Q')}<booleanFilter>1 AND</booleanFilter>${when('Lead.City', 'equals', 'x')}`).join(),
      /not valid/,
    );
    assert.match(problemsOf(`${to('Q')}<formula>NOSUCH(1)</formula>`).join(), /notBuilt: .*NOSUCH/);
    assert.match(problemsOf(`${to('Q')}<team>Sales</team>`).join(), /notBuilt: team/);
    assert.match(problemsOf(to('Q'), 'Account').join(), /only leads and cases have them/);
    assert.deepEqual(problemsOf(to('Q')), []);
  });
});
