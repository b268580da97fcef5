import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

let test: TestOrg;
before(async () => {
  test = await startTestOrg();
});
after(() => test.close());

async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${test.org.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const codes = ({ body }: { body: unknown }) => (body as { errorCode: string }[]).map(({ errorCode }) => errorCode);

describe('the token endpoint', () => {
  it('shouldGiveATokenToAClientThatIdentifiesItselfByHeader', async () => {
    const { clientId, clientSecret, url } = test.org;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const { status, body } = await token({ grant_type: 'client_credentials' }, { authorization: basic });
    assert.equal(status, 200);
    assert.equal(body['instance_url'], url);
    assert.equal(body['token_type'], 'Bearer');
  });

  it('shouldRefuseAWrongSecret', async () => {
    const { status, body } = await token({
      grant_type: 'client_credentials',
      client_id: test.org.clientId,
      client_secret: 'guess',
    });
    assert.deepEqual([status, body['error']], [400, 'invalid_client']);
  });

  it('shouldRefuseTheUsernamePasswordFlow', async () => {
    const { status, body } = await token({ grant_type: 'password', username: 'a', password: 'b' });
    assert.deepEqual([status, body['error']], [400, 'unsupported_grant_type']);
  });
});

describe('the REST surface', () => {
  it('shouldListVersionsWithoutASession', async () => {
    const response = await fetch(`${test.org.url}/services/data`);
    const versions = (await response.json()) as { version: string; label: string; url: string }[];
    assert.deepEqual(versions.at(-1), { label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
  });

  it('shouldAnswer401WithoutAValidToken', async () => {
    const response = await fetch(`${test.org.url}/services/data/v67.0/limits`, {
      headers: { authorization: 'Bearer x' },
    });
    assert.equal(response.status, 401);
    assert.deepEqual(await response.json(), [
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
  });

  for (const [method, path, status, code] of [
    ['GET', '/nothing/here', 404, 'NOT_FOUND'],
    ['PUT', '/sobjects/Note__c', 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', '/query', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/sobjects/Nope__c', 404, 'NOT_FOUND'],
    ['GET', '/sobjects/Note__c/a00000000000000AAA', 404, 'NOT_FOUND'],
    ['GET', '/query/01gxxx-2000', 400, 'INVALID_QUERY_LOCATOR'],
    ['GET', '/sobjects/%E0%A4%A', 404, 'NOT_FOUND'],
  ] as const) {
    it(`shouldAnswer${status}When ${method} ${path}`, async () => {
      const answer = await test.call(method, path);
      assert.equal(answer.status, status);
      assert.deepEqual(codes(answer), [code]);
    });
  }

  it('shouldAnswer404WhenTheVersionIsUnknown', async () => {
    const response = await fetch(`${test.org.url}/services/data/v99.0/limits`);
    assert.equal(response.status, 404);
  });

  it('shouldRefuseABodyThatIsNeitherJsonNorCsv', async () => {
    const { body } = await token({
      grant_type: 'client_credentials',
      client_id: test.org.clientId,
      client_secret: test.org.clientSecret,
    });
    const send = async (contentType: string): Promise<number> => {
      const headers = { authorization: `Bearer ${String(body['access_token'])}`, 'content-type': contentType };
      const url = `${test.org.url}/services/data/v67.0/sobjects/Note__c`;
      return (await fetch(url, { method: 'POST', headers, body: '{"Text__c":"typed"}' })).status;
    };
    assert.equal(await send('text/plain'), 415);
    assert.equal(await send('application/x-www-form-urlencoded'), 415);
    assert.equal(await send('application/json; charset=UTF-8'), 201);
  });

  it('shouldSayWhereTheJsonIsMalformed', async () => {
    const answer = await test.call('POST', '/sobjects/Note__c', '{"Text__c": ');
    assert.equal(answer.status, 400);
    assert.deepEqual(codes(answer), ['JSON_PARSER_ERROR']);
  });

  it('shouldRefuseADayThatTheCalendarDoesNotHave', async () => {
    for (const day of ['2026-13-01', '2026-02-29', '2026-1-5']) {
      const answer = await test.call('POST', '/sobjects/Note__c', { Due__c: day });
      assert.deepEqual(codes(answer), ['JSON_PARSER_ERROR'], day);
    }
  });

  it('shouldSayWhatKindOfRecordCanNotBeMade', async () => {
    const answer = await test.call('POST', '/sobjects/Organization', { Name: 'Mine' });
    assert.equal(answer.status, 400);
    const [fault] = answer.body as { errorCode: string; message: string }[];
    assert.deepEqual(
      [fault?.errorCode, fault?.message],
      ['INVALID_TYPE_FOR_OPERATION', 'entity type cannot be inserted: Organization'],
    );
  });

  it('shouldUpdateARecordOnceThatACollectionNamesTwice', async () => {
    const { body } = await test.call('POST', '/sobjects/Note__c', { Text__c: 'a' });
    const { id } = body as { id: string };
    const record = { attributes: { type: 'Note__c' }, id };
    const records = [
      { ...record, Text__c: 'b' },
      { ...record, Text__c: 'c' },
    ];
    const answer = await test.call('PATCH', '/composite/sobjects', { records });
    assert.equal(answer.status, 200);
    const [first, second] = answer.body as { success: boolean; errors: { statusCode: string }[] }[];
    assert.deepEqual(
      [first?.success, second?.success, second?.errors[0]?.statusCode],
      [true, false, 'DUPLICATE_VALUE'],
    );
  });

  it('shouldPointAtTheFieldThatAQueryNamesWrongly', async () => {
    const { body } = await test.call('GET', `/query?q=${encodeURIComponent('SELECT Nope__c FROM Note__c')}`);
    const [{ message = '' } = {}] = body as { message: string }[];
    assert.match(message, /SELECT Nope__c FROM Note__c\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Nope__c'/);
  });

  it('shouldPointAtABind', async () => {
    const { status, body } = await test.call(
      'GET',
      `/query?q=${encodeURIComponent('SELECT Id FROM Lead WHERE Id = :x')}`,
    );
    assert.equal(status, 400);
    const [fault] = body as { message: string }[];
    assert.equal(
      fault?.message,
      `\nSELECT Id FROM Lead WHERE Id = :x\n${' '.repeat(31)}^\nERROR at Row:1:Column:32\n` +
        'Bind variables only allowed in Apex code',
    );
  });

  it('shouldLetLaterRequestsOfACompositeReferToEarlierOnes', async () => {
    const { status, body } = await test.call('POST', '/composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: '/services/data/v67.0/sobjects/Account', referenceId: 'acct', body: { Name: 'Ref' } },
        {
          method: 'POST',
          url: '/services/data/v67.0/sobjects/Note__c',
          referenceId: 'note',
          body: { Text__c: 'ref', Account__c: '@{acct.id}' },
        },
        {
          method: 'GET',
          url: '/services/data/v67.0/sobjects/Note__c/@{note.id}?fields=Account__c',
          referenceId: 'read',
        },
      ],
    });
    assert.equal(status, 200);
    const answers = (body as { compositeResponse: { httpStatusCode: number; body: Record<string, unknown> }[] })
      .compositeResponse;
    assert.deepEqual(
      answers.map(({ httpStatusCode }) => httpStatusCode),
      [201, 201, 200],
    );
    assert.equal(answers[2]?.body['Account__c'], answers[0]?.body['id']);
  });

  it('shouldRefuseACompositeWhoseReferencesAreNotUnique', async () => {
    const one = { method: 'GET', url: '/services/data/v67.0/limits', referenceId: 'same' };
    const { status, body } = await test.call('POST', '/composite', { compositeRequest: [one, one] });
    assert.equal(status, 400);
    assert.deepEqual(body, [
      { message: 'Duplicate ReferenceId provided in the request: same', errorCode: 'INVALID_INPUT' },
    ]);
  });

  it('shouldUndoAllOfACompositeWhenOneFailsAndAllOrNoneIsAsked', async () => {
    const { body } = await test.call('POST', '/composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: '/services/data/v67.0/sobjects/Account', referenceId: 'a', body: { Name: 'Undone' } },
        { method: 'POST', url: '/services/data/v67.0/sobjects/Account', referenceId: 'b', body: {} },
      ],
    });
    const answers = (body as { compositeResponse: { httpStatusCode: number; body: { errorCode: string }[] }[] })
      .compositeResponse;
    assert.deepEqual(
      answers.map(({ body: [fault] }) => fault?.errorCode),
      ['PROCESSING_HALTED', 'REQUIRED_FIELD_MISSING'],
    );
    const found = await test.call(
      'GET',
      `/query?q=${encodeURIComponent("SELECT Id FROM Account WHERE Name = 'Undone'")}`,
    );
    assert.equal((found.body as { totalSize: number }).totalSize, 0);
  });

  it('shouldShowDeletedRecordsToQueryAllOnly', async () => {
    const { body } = await test.call('POST', '/sobjects/Note__c', { Text__c: 'deleted' });
    await test.call('DELETE', `/sobjects/Note__c/${(body as { id: string }).id}`);
    const soql = `?q=${encodeURIComponent("SELECT Id FROM Note__c WHERE Text__c = 'deleted'")}`;
    const [live, all] = [await test.call('GET', `/query${soql}`), await test.call('GET', `/queryAll${soql}`)];
    assert.deepEqual(
      [live, all].map((answer) => (answer.body as { totalSize: number }).totalSize),
      [0, 1],
    );
  });

  it('shouldRunEachRequestOfABatchOnItsOwn', async () => {
    const url = 'v67.0/sobjects/Note__c';
    const { body } = await test.call('POST', '/composite/batch', {
      batchRequests: [
        { method: 'POST', url, richInput: { Text__c: 'batched' } },
        { method: 'POST', url, richInput: { Text__c: 'refuse' } },
        {
          method: 'GET',
          url: `v67.0/query?q=${encodeURIComponent("SELECT COUNT() FROM Note__c WHERE Text__c = 'batched'")}`,
        },
      ],
    });
    const { hasErrors, results } = body as { hasErrors: boolean; results: { statusCode: number; result: unknown }[] };
    assert.equal(hasErrors, true);
    assert.deepEqual(
      results.map(({ statusCode }) => statusCode),
      [201, 400, 200],
    );
    assert.equal((results[2]?.result as { totalSize: number }).totalSize, 1);
  });

  it('shouldFindTheParentByItsExternalIdWhenARecordNamesItSo', async () => {
    await test.call('POST', '/sobjects/Note__c', { Text__c: 'x', Code__c: 'FK' });
    const answer = await test.call('POST', '/sobjects/Note__c', {
      Text__c: 'y',
      Owner: { Username: test.org.adminUsername },
    });
    assert.equal(answer.status, 400, 'Owner may be a user or a queue: the body has to say which');
    const typed = await test.call('POST', '/sobjects/Note__c', {
      Text__c: 'y',
      Owner: { attributes: { type: 'User' }, Username: test.org.adminUsername },
    });
    assert.equal(typed.status, 201);
  });
});

describe('faults on demand', () => {
  it('shouldLockRowsUntilTheClockHasPassed', async () => {
    const { body } = await test.call('POST', '/sobjects/Note__c', { Text__c: 'l' });
    const path = `/sobjects/Note__c/${(body as { id: string }).id}`;
    await test.faults({ rowLocks: [{ object: 'Note__c', ms: 10_000 }] });
    const locked = await test.call('PATCH', path, { Text__c: 'm' });
    assert.deepEqual([locked.status, codes(locked)], [400, ['UNABLE_TO_LOCK_ROW']]);
    await test.faults({ advanceClockMs: 10_001 });
    assert.equal((await test.call('PATCH', path, { Text__c: 'm' })).status, 204);
  });

  it('shouldFailAsManyRecordsAsAskedAndThenNoMore', async () => {
    await test.faults({ dml: [{ object: 'Note__c', operation: 'insert', status: 'CUSTOM', message: 'no', times: 1 }] });
    const first = await test.call('POST', '/sobjects/Note__c', { Text__c: 'a' });
    const second = await test.call('POST', '/sobjects/Note__c', { Text__c: 'a' });
    assert.deepEqual([first.status, second.status], [400, 201]);
  });

  it('shouldRefuseABodyThatItDoesNotKnow', async () => {
    await assert.rejects(test.faults({ rowlocks: [] }), /"message":"Unrecognized key: /);
  });
});
