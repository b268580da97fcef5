import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startService, startTestOrg, tokenOf } from './engine/runningOrg.ts';
import type { TestOrg, TestService } from './engine/runningOrg.ts';

const REP = { clientId: 'rep', clientSecret: 'rep-secret', username: 'rep@local.test' };

/** What Salesforce stops, local-org stops with the same exception and message. All of it runs as compiled Apex. */
describe('strictness', () => {
  let org: TestOrg;
  let service: TestService;
  let repToken = '';

  before(async () => {
    service = await startService((request, response) => response.end(request.url));
    org = await startTestOrg({ endpoints: { Open: service.url }, apps: [REP] });
    await org.apex(`Profile p = [SELECT Id FROM Profile WHERE Name = 'Standard User'];
      User rep = new User(Username = '${REP.username}', LastName = 'Rep', Email = 'rep@local.test', Alias = 'rep',
        ProfileId = p.Id, TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US',
        EmailEncodingKey = 'UTF-8');
      insert rep;
      PermissionSet s = new PermissionSet(Name = 'Notes', Label = 'Notes');
      insert s;
      insert new ObjectPermissions(ParentId = s.Id, SobjectType = 'Secret__c', PermissionsRead = true,
        PermissionsEdit = true);
      insert new ObjectPermissions(ParentId = s.Id, SobjectType = 'Note__c', PermissionsRead = true,
        PermissionsCreate = true, PermissionsEdit = true);
      insert new FieldPermissions(ParentId = s.Id, SobjectType = 'Note__c', Field = 'Note__c.Text__c',
        PermissionsRead = true, PermissionsEdit = true);
      insert new PermissionSetAssignment(AssigneeId = rep.Id, PermissionSetId = s.Id);`);
    repToken = await tokenOf(org.org.url, REP.clientId, REP.clientSecret);
  });

  after(async () => {
    service.close();
    await org.close();
  });

  beforeEach(() => org.apex('delete [SELECT Id FROM Note__c];'));

  /** The exception that ends a block, or what is wrong with it. */
  async function ends(source: string, token = org.token): Promise<string> {
    const path = `/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(source)}`;
    const { body } = await org.call('GET', path, undefined, { authorization: `Bearer ${token}` });
    const { compileProblem, exceptionMessage } = body as { compileProblem: string; exceptionMessage: string };
    return compileProblem ?? exceptionMessage ?? 'nothing stopped it';
  }

  /** The same, from inside a try whose catch and finally must not run. */
  async function endsUncaught(statements: string): Promise<string> {
    const message = await ends(`try { ${statements} } catch (Exception e) { throw new Boom.BoomException('caught'); }
      finally { Notes.add('finally'); }`);
    assert.deepEqual(await org.notes(), []);
    return message;
  }

  it('shouldStopAtThe101stQuery', async () => {
    assert.equal(
      await endsUncaught('for (Integer i = 0; i < 101; i++) { List<Account> a = [SELECT Id FROM Account]; }'),
      'System.LimitException: Too many SOQL queries: 101',
    );
    assert.equal(
      await ends('for (Integer i = 0; i < 100; i++) { List<Account> a = [SELECT Id FROM Account]; }'),
      'nothing stopped it',
    );
  });

  it('shouldStopBeyond300ChildQueries', async () => {
    const children = ['Contacts', 'Opportunities', 'Cases', 'Tasks'].map((name) => `(SELECT Id FROM ${name})`);
    const query = (times: number) =>
      `for (Integer i = 0; i < ${times}; i++) { List<Account> a = [SELECT ${children.join(', ')} FROM Account]; }`;
    assert.match(await endsUncaught(query(76)), /^System\.LimitException: Too many Aggregate Queries: /);
    assert.equal(await ends(query(75)), 'nothing stopped it');
  });

  it('shouldStopAtThe151stDmlStatement', async () => {
    assert.equal(
      await endsUncaught(`for (Integer i = 0; i < 151; i++) { insert new Account(Name = 'a'); }`),
      'System.LimitException: Too many DML statements: 151',
    );
  });

  it('shouldStopAtThe10001stDmlRow', async () => {
    assert.equal(
      await endsUncaught(`List<Account> rows = new List<Account>();
        for (Integer i = 0; i < 10001; i++) { rows.add(new Account(Name = 'a')); } insert rows;`),
      'System.LimitException: Too many DML rows: 10001',
    );
  });

  it('shouldNameTheFirstRowTooManyHoweverManyMoreThereAre', async () => {
    const rows = (count: number) =>
      `List<Account> rows = new List<Account>(); for (Integer i = 0; i < ${count}; i++) { rows.add(new Account(Name = 'a')); }`;
    assert.equal(
      await ends(`${rows(6000)} insert rows; update rows;`),
      'System.LimitException: Too many DML rows: 10001',
    );
    assert.equal(
      await ends(`${rows(9000)} insert rows; for (Integer i = 0; i < 6; i++) { rows = [SELECT Id FROM Account]; }`),
      'System.LimitException: Too many query rows: 50001',
    );
    assert.equal(
      await ends(`${rows(9000)} insert rows;
        for (Integer i = 0; i < 2; i++) { Database.getQueryLocator('SELECT Id FROM Account'); }`),
      'System.LimitException: Too many query locator rows: 10001',
    );
  });

  it('shouldStopAtThe101stCallout', async () => {
    assert.equal(
      await endsUncaught(`for (Integer i = 0; i < 101; i++) { CalloutJob.fetch('callout:Open/', 1000); }`),
      'System.LimitException: Too many callouts: 101',
    );
  });

  it('shouldStopWhenMethodsCallEachOtherTooDeep', async () => {
    assert.equal(
      await ends(`public class Deep { public void go() { go(); } } new Deep().go();`),
      'System.LimitException: Maximum stack depth reached: 1001',
    );
  });

  it('shouldRefuseACalloutAfterDml', async () => {
    assert.equal(
      await ends(`insert new Account(Name = 'a'); CalloutJob.fetch('callout:Open/', 1000);`),
      'System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out',
    );
  });

  it('shouldAllowACalloutOnceWhatWasDoneIsTakenBackAndItsSavepointReleased', async () => {
    const open = `CalloutJob.fetch('callout:Open/', 1000);`;
    const active = 'System.CalloutException: All active Savepoints must be released before making callouts.';
    const work = `Savepoint s = Database.setSavepoint(); insert new Account(Name = 'a'); System.enqueueJob(new Chain(0));`;
    assert.equal(await ends(`Savepoint s = Database.setSavepoint(); ${open}`), active);
    assert.equal(await ends(`${work} Database.rollback(s); ${open}`), active);
    assert.match(await ends(`${work} Database.releaseSavepoint(s); ${open}`), /uncommitted work pending/);
    assert.equal(
      await ends(`${work} Database.rollback(s); Database.releaseSavepoint(s); ${open}`),
      'nothing stopped it',
    );
    assert.match(
      await ends(`insert new Account(Name = 'b'); ${work} Database.rollback(s); Database.releaseSavepoint(s); ${open}`),
      /uncommitted work pending/,
      'what was done before the savepoint stays',
    );
  });

  it('shouldRefuseACalloutAfterAJobWasEnqueued', async () => {
    assert.equal(
      await ends(`System.enqueueJob(new Chain(0)); CalloutJob.fetch('callout:Open/', 1000);`),
      'System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out',
    );
  });

  it('shouldRefuseACalloutFromATrigger', async () => {
    await org.apex(`insert new Note__c(Text__c = 'call out');`);
    assert.deepEqual(await org.notes(), ['Callout from triggers are currently not supported.']);
  });

  it('shouldEndTheStackOfAnExceptionAtTheTriggerThatItLeft', async () => {
    assert.equal(
      await ends(`insert new Note__c(Text__c = 'divide');`),
      'System.DmlException: Insert failed. First exception on row 0; first error: CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, ' +
        'NoteTrigger: execution of BeforeInsert\n\ncaused by: System.MathException: Divide by 0\n\n' +
        'Trigger.NoteTrigger: line 7, column 1: []',
    );
  });

  it('shouldRefuseANullAmongTheRecordsOfAStatement', async () => {
    assert.equal(
      await ends(`insert new List<Account>{ new Account(Name = 'a'), null };`),
      'System.ListException: DML statement found null SObject at position 1',
    );
  });

  it('shouldRefuseKeysOfBindsThatDifferInCaseOnly', async () => {
    assert.equal(
      await ends(`Database.queryWithBinds('SELECT Id FROM Account WHERE Name = :a',
        new Map<String, Object>{ 'a' => 'x', 'A' => 'y' }, AccessLevel.SYSTEM_MODE);`),
      'System.QueryException: The bindMap consists of duplicate case-insensitive keys: [a, A]',
    );
  });

  it('shouldRefuseSetupObjectsAndOthersInOneTransaction', async () => {
    assert.equal(
      await ends(`insert new Account(Name = 'a'); insert new UserRole(Name = 'r');`),
      'System.DmlException: Insert failed. First exception on row 0; first error: MIXED_DML_OPERATION, DML operation on ' +
        'setup object is not permitted after you have updated a non-setup object (or vice versa): UserRole, original ' +
        'object: Account: []',
    );
    assert.match(
      await ends(`insert new UserRole(Name = 'r'); insert new Account(Name = 'a');`),
      /^System.DmlException: .*MIXED_DML_OPERATION.*: Account, original object: UserRole: \[\]$/,
    );
  });

  it('shouldRefuseToReadAFieldThatWasNotQueried', async () => {
    await org.apex(`insert new Note__c(Text__c = 'x');`);
    assert.equal(
      await ends('Note__c n = [SELECT Id FROM Note__c LIMIT 1]; String s = n.Text__c;'),
      'System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: ' +
        'Note__c.Text__c',
    );
    assert.match(
      await ends('Note__c n = [SELECT Id FROM Note__c LIMIT 1]; String s = n.Owner.Name;'),
      /^System.SObjectException: SObject row was retrieved via SOQL without querying the requested field: Note__c.Owner$/,
    );
  });

  it('shouldHideARecordFromARepWithWhomItIsNotShared', async () => {
    await org.apex(`insert new Secret__c(Name = 'mine');`);
    const { body } = await org.call('GET', `/query?q=${encodeURIComponent('SELECT Id FROM Secret__c')}`);
    const id = (body as { records: { Id: string }[] }).records[0]?.Id ?? '';
    for (const mode of ['USER_MODE', 'SYSTEM_MODE']) {
      const read = `Secret__c n = [SELECT Name FROM Secret__c WHERE Id = '${id}' WITH ${mode}];`;
      const inClass = `public with sharing class Reader { public void read() { ${read} } } new Reader().read();`;
      assert.equal(
        await ends(inClass, repToken),
        'System.QueryException: List has no rows for assignment to SObject',
        mode,
      );
    }
    assert.equal(
      await ends(`update new Secret__c(Id = '${id}', Name = 'theirs');`, repToken),
      `System.DmlException: Update failed. First exception on row 0 with id ${id}; first error: ` +
        'INSUFFICIENT_ACCESS_OR_READONLY, insufficient access rights on object id: []',
    );
  });

  it('shouldHideAFieldThatARepMayNotRead', async () => {
    assert.equal(
      await ends('List<Note__c> n = [SELECT Amount__c FROM Note__c];', repToken),
      "System.QueryException: No such column 'Amount__c' on entity 'Note__c'. If you are attempting to use a custom " +
        "field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe " +
        'call for the appropriate names.',
    );
    assert.equal(
      await ends(`insert new Note__c(Text__c = 'x', Amount__c = 1);`, repToken),
      'System.DmlException: Operation failed due to fields being inaccessible on Sobject Note__c, check errors on ' +
        'Exception or Result!',
    );
    assert.match(
      await ends(`insert new Secret__c(Name = 'x');`, repToken),
      /^System.SecurityException: Access to entity 'Secret__c' denied$/,
    );
  });

  it('shouldStopASecondEnqueueFromAnAsynchronousJob', async () => {
    await org.apex('System.enqueueJob(new Twice());');
    assert.deepEqual(await org.notes(), []);
    const soql = `SELECT Status, ExtendedStatus FROM AsyncApexJob WHERE ApexClass.Name = 'Twice'`;
    const { body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    const [job] = (body as { records: { Status: string; ExtendedStatus: string }[] }).records;
    assert.deepEqual(
      [job?.Status, job?.ExtendedStatus],
      ['Failed', 'System.LimitException: Too many queueable jobs added to the queue: 2'],
    );
  });

  it('shouldStopAFutureMethodThatCallsAnother', async () => {
    await org.apex('Twice.later();');
    await org.idle();
    const soql = `SELECT Status, ExtendedStatus FROM AsyncApexJob WHERE MethodName = 'later'`;
    const { body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    const [job] = (body as { records: { Status: string; ExtendedStatus: string }[] }).records;
    assert.equal(job?.Status, 'Failed');
    assert.equal(
      job.ExtendedStatus,
      'System.AsyncException: Future method cannot be called from a future or batch method: Twice.later()',
    );
  });
});
