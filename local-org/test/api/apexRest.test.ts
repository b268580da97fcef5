import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import jsforce from 'jsforce';
import { startTestOrg, tokenOf } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

const { Connection } = jsforce;
const PLAIN = { clientId: 'plain', clientSecret: 'plain-secret', username: 'plain@local.test' };

describe('Apex REST', () => {
  let test: TestOrg;
  let connection: InstanceType<typeof Connection>;

  before(async () => {
    test = await startTestOrg({ apps: [PLAIN] });
    connection = new Connection({ instanceUrl: test.org.url, accessToken: test.token, version: '67.0' });
  });
  after(() => test.close());
  beforeEach(() => test.apex('delete [SELECT Id FROM Note__c];'));

  const call = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(`${test.org.url}/services/apexrest${path}`, {
      method,
      headers: { authorization: `Bearer ${test.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const fault = async (response: Response): Promise<string> => {
    const [first] = (await response.json()) as { errorCode: string; message: string }[];
    return `${response.status} ${first?.errorCode}: ${first?.message}`;
  };

  it('shouldReturnARecordAsJsonWhenTheUrlMatchesAWildcard', async () => {
    const note = await connection.sobject('Note__c').create({ Text__c: 'by rest' });
    const answer = await connection.apex.get<Record<string, unknown>>(`/Notes/${note.id}`);
    assert.equal(answer['Text__c'], 'by rest');
    assert.equal((answer['attributes'] as { type: string }).type, 'Note__c');
  });

  it('shouldPreferTheExactUrl', async () => {
    assert.deepEqual(await connection.apex.get('/Notes/all'), ['all']);
  });

  it('shouldBindJsonToParametersByName', async () => {
    const answer = await connection.apex.post('/Notes/', {
      text: 'made',
      more: { amount: 1.25, tags: ['x'] },
      numbers: [1, 2],
    });
    assert.deepEqual(answer, { text: 'made 2', tags: null, amount: 1.25 });
    assert.deepEqual(await test.notes(), ['made']);
    const bare = await connection.apex.post<{ text: string }>('/Notes/', { text: 'bare' });
    assert.equal(bare.text, 'bare 0');
  });

  it('shouldRefuseParametersAndBodiesThatDoNotFit', async () => {
    assert.equal(
      await fault(await call('POST', '/Notes/', '{"Text": "x"}')),
      '400 JSON_PARSER_ERROR: Unexpected parameter encountered during deserialization: Text at [line:1, column:2]',
    );
    assert.match(await fault(await call('POST', '/Notes/', '{"numbers": "x"}')), /^400 JSON_PARSER_ERROR/);
    assert.match(await fault(await call('POST', '/Notes/', '{"text"')), /^400 JSON_PARSER_ERROR/);
    const plain = { 'content-type': 'text/plain' };
    assert.match(await fault(await call('POST', '/Notes/', 'x', plain)), /^415 UNSUPPORTED_MEDIA_TYPE/);
    assert.match(
      await fault(await call('POST', '/Notes/', '<x/>', { 'content-type': 'application/xml' })),
      /^501 LOCAL_ORG_UNSUPPORTED/,
    );
    assert.deepEqual(await test.notes(), []);
  });

  it('shouldShowTheRequestAndSendTheResponseThatApexFills', async () => {
    const response = await call('PUT', '/Notes/x?q=a%20b', 'raw body', {
      'content-type': 'text/plain',
      'X-Asked': 'yes',
    });
    assert.equal(response.status, 202);
    assert.equal(response.headers.get('x-path'), '/services/apexrest/Notes/*');
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
    assert.equal(await response.text(), 'PUT raw body a b yes');
  });

  it('shouldKeepTheStatusThatApexSets', async () => {
    const response = await call('GET', '/Notes/a00000000000000AAA');
    assert.deepEqual([response.status, await response.text()], [404, 'null']);
  });

  it('shouldRollBackAndTellTheExceptionWithItsLine', async () => {
    const message = await fault(await call('PATCH', '/Notes/x', ''));
    assert.match(
      message,
      /^500 APEX_ERROR: Boom.BoomException: on purpose\n\nClass.NoteResource.fail: line 51, column 1/,
    );
    assert.deepEqual(await test.notes(), []);
  });

  it('shouldAnswerNothingWhenAMethodReturnsNothing', async () => {
    await connection.sobject('Note__c').create({ Text__c: 'old' });
    const response = await call('DELETE', '/Notes/all');
    assert.deepEqual([response.status, await response.text()], [200, '']);
    assert.deepEqual(await test.notes(), []);
  });

  it('shouldSayWhichUrlsAndMethodsThereAre', async () => {
    assert.equal(await fault(await call('GET', '/notes/1')), '404 NOT_FOUND: Could not find a match for URL');
    assert.equal(
      await fault(await call('POST', '/Notes/all', '{}')),
      "405 METHOD_NOT_ALLOWED: HTTP Method 'POST' not allowed. Allowed are GET,DELETE",
    );
    const stranger = await call('GET', '/Notes/all', undefined, { authorization: 'Bearer nobody' });
    assert.match(await fault(stranger), /^401 INVALID_SESSION_ID/);
  });

  it('shouldRefuseAUserWhoseProfileDoesNotEnableTheClass', async () => {
    await test.apex(`Profile p = [SELECT Id FROM Profile WHERE Name = 'Standard User'];
      insert new User(Username = '${PLAIN.username}', LastName = 'Plain', Email = 'plain@local.test', Alias = 'plain',
        ProfileId = p.Id, TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US',
        EmailEncodingKey = 'UTF-8');`);
    const token = await tokenOf(test.org.url, PLAIN.clientId, PLAIN.clientSecret);
    const response = await call('GET', '/Notes/all', undefined, { authorization: `Bearer ${token}` });
    assert.equal(
      await fault(response),
      '403 FORBIDDEN: You do not have access to the Apex class named: NoteListResource',
    );
  });
});
