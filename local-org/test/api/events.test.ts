import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestOrg, tokenOf } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

const REP = { clientId: 'rep', clientSecret: 'the secret of a rep', username: 'rep@local.test' };

let test: TestOrg;

before(async () => {
  test = await startTestOrg({ apps: [REP] });
});
after(() => test.close());

const faultsOf = (body: unknown) =>
  (body as { errorCode: string; message: string }[]).map(({ errorCode, message }) => [errorCode, message]);

// Source: Platform Events Developer Guide, Publish Event Messages with Salesforce APIs.
describe('events over REST', () => {
  it('shouldPublishAnEvent', async () => {
    const { status, body } = await test.call('POST', '/sobjects/Ping__e', { Message__c: 'by REST' });
    const { errors, ...rest } = body as { errors: { statusCode: string; message: string }[] };
    assert.deepEqual([status, rest], [201, { id: 'e01000000000001AAA', success: true }]);
    assert.equal(errors[0]?.statusCode, 'OPERATION_ENQUEUED');
    assert.match(errors[0].message, /^[0-9a-f-]{36}$/);
    assert.ok((await test.notes()).some((note) => note.startsWith('events by REST retries 0')));
  });

  it('shouldRefuseFieldsThatTheEventDoesNotHave', async () => {
    const { status, body } = await test.call('POST', '/sobjects/Ping__e', { Zork__c: 'x' });
    assert.deepEqual(
      [status, faultsOf(body)],
      [400, [['INVALID_FIELD', "No such column 'Zork__c' on sobject of type Ping__e"]]],
    );
  });

  it('shouldRefuseWhoMayNotCreateTheEvent', async () => {
    await test.apex(`
      Profile standard = [SELECT Id FROM Profile WHERE Name = 'Standard User'];
      insert new User(Username = '${REP.username}', LastName = 'Rep', Alias = 'rep', Email = 'rep@local.test.invalid',
        ProfileId = standard.Id, TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US',
        EmailEncodingKey = 'UTF-8');`);
    const token = await tokenOf(test.org.url, REP.clientId, REP.clientSecret);
    const headers = { authorization: `Bearer ${token}` };
    const { status, body } = await test.call('POST', '/sobjects/Ping__e', { Message__c: 'not mine' }, headers);
    assert.deepEqual(
      [status, faultsOf(body)],
      [403, [['INSUFFICIENT_ACCESS_OR_READONLY', "Access to entity 'Ping__e' denied"]]],
    );
    assert.ok(!(await test.notes()).some((note) => note.includes('not mine')));
  });
});
