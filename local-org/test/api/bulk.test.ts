import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import jsforce from 'jsforce';
import { startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

const { Connection } = jsforce;
type Row = Record<string, string>;

let test: TestOrg;
let connection: InstanceType<typeof Connection>;

before(async () => {
  test = await startTestOrg();
  const { url, clientId, clientSecret } = test.org;
  const oauth2 = { loginUrl: url, clientId, clientSecret };
  connection = new Connection({ loginUrl: url, instanceUrl: url, version: '67.0', oauth2 });
  await connection.authorize({ grant_type: 'client_credentials' });
  connection.bulk2.pollInterval = 20;
});

after(() => test.close());

beforeEach(() => test.apex('delete [SELECT Id FROM Note__c];'));

type Operation = 'insert' | 'update' | 'upsert' | 'delete';

const load = async (operation: Operation, input: string | Row[], more: { externalIdFieldName?: string } = {}) => {
  const answer = await connection.bulk2.loadAndWaitForResults({ object: 'Note__c', operation, input, ...more });
  return {
    good: answer.successfulResults as unknown as Row[],
    bad: answer.failedResults as unknown as Row[],
    left: answer.unprocessedRecords as unknown as Row[],
  };
};

const errorOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    const { errorCode, message } = error as { errorCode?: string; message: string };
    return `${errorCode ?? ''} ${message}`.trim();
  }
  return 'no error';
};

describe('Bulk API 2.0 ingest', () => {
  it('shouldInsertRowsByChunksOf200ThroughTriggersAndTellEachResult', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => ({
      Text__c: n === 250 ? 'refuse' : `n${n}`,
      Amount__c: '1.5',
      Done__c: 'true',
      Due__c: '2026-12-24',
    }));
    const { good, bad, left } = await load('insert', rows);
    assert.deepEqual([good.length, bad.length, left.length], [449, 1, 0]);
    assert.equal(good[0]?.['sf__Created'], 'true');
    assert.match(good[0]['sf__Id'] ?? '', /^\w{18}$/);
    assert.equal(good[0]['Text__c'], 'n0');
    assert.equal(bad[0]?.['Text__c'], 'refuse');
    assert.equal(bad[0]['sf__Error'], 'FIELD_CUSTOM_VALIDATION_EXCEPTION:refused by trigger:--');
    const { transactions } = await test.jobs('?kind=bulk');
    assert.deepEqual(
      transactions.slice(-3).map(({ name }) => name),
      ['insert Note__c', 'insert Note__c', 'insert Note__c'],
    );
    const { records } = await connection.query("SELECT Amount__c, Done__c, Due__c FROM Note__c WHERE Text__c = 'n0'");
    const { Amount__c, Done__c, Due__c } = records[0] as Record<string, unknown>;
    assert.deepEqual([Amount__c, Done__c, Due__c], [1.5, true, '2026-12-24']);
  });

  it('shouldLeaveEmptyValuesAndClearThoseMarkedNotAvailableWhenUpdating', async () => {
    const { good } = await load('insert', [
      { Text__c: 'a', Amount__c: '1' },
      { Text__c: 'b', Amount__c: '2' },
    ]);
    const [a = '', b = ''] = good.map((row) => row['sf__Id'] ?? '');
    await load('update', `Id,Text__c,Amount__c\n${a},,#N/A\n${b},changed,\n`);
    const { records } = await connection.query('SELECT Text__c, Amount__c FROM Note__c ORDER BY Text__c');
    assert.deepEqual(
      records.map((row) => [
        (row as Record<string, unknown>)['Text__c'],
        (row as Record<string, unknown>)['Amount__c'],
      ]),
      [
        ['a', null],
        ['changed', 2],
      ],
    );
  });

  it('shouldCreateAndUpdateWhenUpsertingByExternalId', async () => {
    const byKey = { externalIdFieldName: 'Code__c' };
    const first = await load('upsert', 'Code__c,Text__c\nK1,one\n', byKey);
    const second = await load('upsert', 'Code__c,Text__c\nk1,two\nK2,three\n', byKey);
    assert.equal(first.good[0]?.['sf__Created'], 'true');
    assert.deepEqual(
      second.good.map((row) => row['sf__Created']),
      ['false', 'true'],
    );
    assert.equal(second.good[0]?.['sf__Id'], first.good[0]['sf__Id']);
  });

  it('shouldFindParentsByTheirExternalIds', async () => {
    const { adminUsername } = test.org;
    const { good, bad } = await load('insert', `Text__c,User:Owner.Username\nok,${adminUsername}\nbad,nobody@x.test\n`);
    assert.equal(good[0]?.['Text__c'], 'ok');
    assert.match(bad[0]?.['sf__Error'] ?? '', /INVALID_FIELD:Foreign key external ID: nobody@x.test not found/);
  });

  it('shouldDeleteByIdOnly', async () => {
    const { good } = await load('insert', [{ Text__c: 'gone' }]);
    const id = good[0]?.['sf__Id'] ?? '';
    const failure = await errorOf(() => load('delete', `Id,Text__c\n${id},x\n`));
    assert.match(failure, /InvalidBatch : The 'delete' batch must contain only ids/);
    const deleted = await load('delete', `Id\n${id}\n${id}\n`);
    assert.deepEqual([deleted.good.length, deleted.bad.length], [1, 1]);
    assert.equal((await connection.query('SELECT Id FROM Note__c')).totalSize, 0);
  });

  it('shouldFailTheJobWhenTheHeaderNamesNoField', async () => {
    assert.match(
      await errorOf(() => load('insert', 'Text__c,Nope__c\na,b\n')),
      /InvalidBatch : Field name not found : Nope__c/,
    );
    assert.equal((await connection.query('SELECT Id FROM Note__c')).totalSize, 0);
  });

  it('shouldFailTheJobWhenTheLineEndingIsNotTheOneItNames', async () => {
    assert.match(await errorOf(() => load('insert', 'Text__c\r\na\r\n')), /LineEnding is invalid on user data/);
  });

  it('shouldFailRowsThatCannotBeReadAndSaveTheOthers', async () => {
    const { good, bad } = await load('insert', 'Text__c,Amount__c\n"a, ""quoted""",1\nb,many\n');
    assert.equal(good[0]?.['Text__c'], 'a, "quoted"');
    assert.match(bad[0]?.['sf__Error'] ?? '', /^JSON_PARSER_ERROR:/);
  });

  it('shouldKeepRowsUnprocessedWhenAJobIsAbortedAndDropItWhenItIsDeleted', async () => {
    const job = connection.bulk2.createJob({ operation: 'insert', object: 'Note__c' });
    await job.open();
    assert.match(await errorOf(() => job.delete()), /INVALIDJOBSTATE/);
    await job.uploadData('Text__c\nnever\n');
    await job.abort();
    assert.equal((await job.check()).state, 'Aborted');
    assert.match(await errorOf(() => job.close()), /INVALIDJOBSTATE/);
    await job.delete();
    assert.match(await errorOf(() => job.check()), /NOT_FOUND/);
    assert.equal((await connection.query('SELECT Id FROM Note__c')).totalSize, 0);
  });

  it('shouldRefuseJobsThatCannotBe', async () => {
    const create = (operation: Operation | 'hardDelete', object: string) => () =>
      connection.bulk2.createJob({ operation, object }).open();
    assert.match(await errorOf(create('hardDelete', 'Note__c')), /FEATURENOTENABLED/);
    assert.match(await errorOf(create('upsert', 'Note__c')), /External ID was blank/);
    assert.match(await errorOf(create('insert', 'Nope__c')), /NOT_FOUND/);
  });
});

describe('Bulk API 2.0 query', () => {
  it('shouldStreamTheRowsOfAQuery', async () => {
    const account = await connection.sobject('Account').create({ Name: 'Bulk' });
    await connection.sobject('Note__c').create({ Text__c: 'with, comma', Account__c: account.id ?? '', Done__c: true });
    const stream = await connection.bulk2.query(
      'select Text__c, account__r.name, Done__c, Amount__c, CreatedDate FROM Note__c',
    );
    const rows = (await stream.toArray()) as unknown as Row[];
    assert.equal(rows.length, 1);
    const { CreatedDate, ...rest } = rows[0] ?? {};
    assert.deepEqual(rest, { Text__c: 'with, comma', 'Account__r.Name': 'Bulk', Done__c: 'true', Amount__c: '' });
    assert.match(CreatedDate ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('shouldPageByLocatorUntilItIsNull', async () => {
    await load(
      'insert',
      Array.from({ length: 5 }, (_, n) => ({ Text__c: `p${n}` })),
    );
    const job = await test.call('POST', '/jobs/query', {
      operation: 'query',
      query: 'SELECT Text__c FROM Note__c ORDER BY Text__c',
    });
    const { id } = job.body as { id: string };
    await test.idle();
    const base = `${test.org.url}/services/data/v67.0/jobs/query/${id}/results?maxRecords=2`;
    const seen: string[] = [];
    let locator: string | null = '';
    while (locator !== 'null') {
      const response: Response = await fetch(locator === '' ? base : `${base}&locator=${String(locator)}`, {
        headers: { authorization: `Bearer ${test.token}` },
      });
      assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8');
      const [header, ...lines] = (await response.text()).trim().split('\n');
      assert.equal(header, '"Text__c"');
      assert.equal(response.headers.get('sforce-numberofrecords'), String(lines.length));
      seen.push(...lines);
      locator = response.headers.get('sforce-locator');
    }
    assert.deepEqual(seen, ['"p0"', '"p1"', '"p2"', '"p3"', '"p4"']);
  });

  it('shouldRefuseWhatCsvCannotShow', async () => {
    const query = (text: string) => () => connection.bulk2.query(text);
    assert.match(await errorOf(query('SELECT COUNT(Id) FROM Note__c')), /API_ERROR/);
    assert.match(await errorOf(query('SELECT Id, (SELECT Id FROM Notes__r) FROM Account')), /API_ERROR/);
    assert.match(await errorOf(query('SELECT Nope__c FROM Note__c')), /INVALID_FIELD/);
  });
});
