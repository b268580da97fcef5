import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import jsforce from 'jsforce';
import { startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

const { Connection } = jsforce;

describe('jsforce against the REST API', () => {
  let test: TestOrg;
  let connection: InstanceType<typeof Connection>;

  before(async () => {
    test = await startTestOrg();
    const { url, clientId, clientSecret } = test.org;
    connection = new Connection({
      loginUrl: url,
      instanceUrl: url,
      version: '67.0',
      oauth2: { loginUrl: url, clientId, clientSecret },
    });
    await connection.authorize({ grant_type: 'client_credentials' });
  });

  after(() => test.close());

  const codeOf = async (work: () => Promise<unknown>): Promise<string> => {
    try {
      await work();
    } catch (error) {
      return (error as { errorCode?: string }).errorCode ?? String(error);
    }
    return 'no error';
  };

  it('shouldKnowWhoItIsWhenItHasAuthorized', async () => {
    const identity = await connection.identity();
    assert.equal(identity.username, test.org.adminUsername);
    assert.equal(identity.organization_id, test.org.organizationId);
    const { instanceUrl, accessToken } = connection;
    const reopened = new Connection({ instanceUrl, accessToken: accessToken ?? '', version: '67.0' });
    assert.equal((await reopened.identity()).username, test.org.adminUsername, 'a client that has nothing but a token');
  });

  it('shouldTellWhatWasUpdatedAndDeletedInASpan', async () => {
    const notes = connection.sobject('Note__c');
    const [kept, gone] = [await notes.create({ Text__c: 'kept' }), await notes.create({ Text__c: 'gone' })];
    await notes.destroy(gone.id ?? '');
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    const updated = await notes.updated(from, to);
    assert.ok(updated.ids.includes(kept.id ?? ''));
    assert.ok(!updated.ids.includes(gone.id ?? ''));
    assert.equal(updated.latestDateCovered, `${to.toISOString().slice(0, 16)}:00.000+0000`);
    const deleted = await notes.deleted(from, to);
    assert.deepEqual(
      deleted.deletedRecords.map(({ id }) => id),
      [gone.id],
    );
    assert.match(deleted.deletedRecords[0]?.deletedDate ?? '', /^\d{4}-\d\d-\d\dT.*\+0000$/);
    assert.equal(await codeOf(() => notes.updated(from, from)), 'INVALID_REPLICATION_DATE');
    assert.equal(await codeOf(() => notes.deleted('2001-01-01T00:00:00Z', to)), 'INVALID_REPLICATION_DATE');
    assert.equal(await codeOf(() => connection.request('/sobjects/Note__c/updated?start=x&end=y')), 'INVALID_FIELD');
    assert.equal(await codeOf(() => connection.request('/sobjects/Note__c/updated')), 'MISSING_ARGUMENT');
    assert.equal(await codeOf(() => connection.request('/sobjects/Zork/updated')), 'NOT_FOUND');
    await notes.destroy(kept.id ?? '');
  });

  it('shouldCreateReadUpdateAndDeleteARecord', async () => {
    const notes = connection.sobject('Note__c');
    const created = await notes.create({ Text__c: 'one', Amount__c: 12.5, Done__c: true, Due__c: '2026-12-24' });
    assert.ok(created.success);
    const read = await notes.retrieve(created.id);
    assert.equal(read['Text__c'], 'one');
    assert.equal(read['Amount__c'], 12.5);
    assert.equal(read['Done__c'], true);
    assert.equal(read['Due__c'], '2026-12-24');
    assert.match(String(read['CreatedDate']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);

    await notes.update({ Id: created.id, Text__c: null, Amount__c: 0 });
    const changed = await notes.retrieve(created.id);
    assert.deepEqual([changed['Text__c'], changed['Amount__c'], changed['Done__c']], [null, 0, true]);

    await notes.destroy(created.id);
    assert.equal(await codeOf(() => notes.retrieve(created.id)), 'NOT_FOUND');
  });

  it('shouldSave200RecordsInOneCallAndTellEachResult', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => ({ Text__c: n === 7 ? 'refuse' : `bulk ${n}` }));
    const results = await connection.sobject('Note__c').create(rows);
    assert.equal(results.length, 200);
    assert.equal(results.filter(({ success }) => success).length, 199);
    const refused = results[7];
    assert.ok(refused && !refused.success);
    assert.deepEqual(refused.errors, [
      { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'refused by trigger', fields: [] },
    ]);
  });

  it('shouldSaveNothingWhenOneFailsAndAllOrNoneIsAsked', async () => {
    const results = await connection
      .sobject('Note__c')
      .create([{ Text__c: 'all or none' }, { Text__c: 'refuse' }], { allOrNone: true });
    assert.deepEqual(
      results.map((result) =>
        result.success
          ? 'saved'
          : (result.errors[0]?.errorCode ?? (result.errors[0] as { statusCode?: string }).statusCode),
      ),
      ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    );
    const { totalSize } = await connection.query("SELECT Id FROM Note__c WHERE Text__c = 'all or none'");
    assert.equal(totalSize, 0);
  });

  it('shouldFetchAllPagesWhenTheResultIsLarge', async () => {
    for (let call = 0; call < 11; call++) {
      await connection.sobject('Note__c').create(Array.from({ length: 200 }, () => ({ Text__c: 'paged' })));
    }
    const first = await connection.query("SELECT Id FROM Note__c WHERE Text__c = 'paged'");
    assert.deepEqual([first.totalSize, first.done, first.records.length], [2200, false, 2000]);
    const all = await connection
      .query("SELECT Id FROM Note__c WHERE Text__c = 'paged'")
      .run({ autoFetch: true, maxFetch: 5000 });
    assert.equal(new Set(all.records.map(({ Id }) => Id)).size, 2200);
  });

  it('shouldCreateThenUpdateWhenUpsertingByExternalId', async () => {
    const notes = connection.sobject('Note__c');
    const first = await notes.upsert({ Code__c: 'K1', Text__c: 'v1' }, 'Code__c');
    const second = await notes.upsert({ Code__c: 'k1', Text__c: 'v2' }, 'Code__c');
    assert.equal((first as { created?: boolean }).created, true);
    assert.equal((second as { created?: boolean }).created, false);
    assert.equal((first as { id?: string }).id, (second as { id?: string }).id);
    const many = await notes.upsert(
      [
        { Code__c: 'K1', Text__c: 'v3' },
        { Code__c: 'K2', Text__c: 'v1' },
      ],
      'Code__c',
    );
    assert.deepEqual(
      many.map((result) => (result as { created?: boolean }).created),
      [false, true],
    );
  });

  it('shouldUpdateReadAndDeleteManyRecordsInOneCall', async () => {
    const notes = connection.sobject('Note__c');
    const created = await notes.create([{ Text__c: 'm1' }, { Text__c: 'm2' }]);
    const ids = created.map(({ id }) => String(id));
    await notes.update(ids.map((Id, n) => ({ Id, Text__c: `changed ${n}` })));
    const read = await notes.retrieve(ids);
    assert.deepEqual(
      read.map((row) => row['Text__c']),
      ['changed 0', 'changed 1'],
    );
    const gone = await notes.destroy(ids);
    assert.deepEqual(
      gone.map(({ success }) => success),
      [true, true],
    );
  });

  it('shouldShowParentsChildrenAndAggregatesOfQueries', async () => {
    const account = await connection.sobject('Account').create({ Name: 'Acme' });
    await connection.sobject('Note__c').create({ Text__c: 'child', Account__c: account.id });
    const { records } = await connection.query(
      "SELECT Name, (SELECT Text__c FROM Notes__r), Owner.Name FROM Account WHERE Name = 'Acme'",
    );
    const attributes = (type: string, id: unknown): object => ({
      type,
      url: `/services/data/v67.0/sobjects/${type}/${String(id)}`,
    });
    const [acme] = records as { Notes__r: { records: { attributes: { url: string } }[] }; Owner: object }[];
    const noteId = acme?.Notes__r.records[0]?.attributes.url.split('/').at(-1);
    const [owner] = (await connection.query(`SELECT OwnerId FROM Account WHERE Id = '${account.id ?? ''}'`)).records;
    assert.deepEqual(
      acme,
      {
        attributes: attributes('Account', account.id),
        Name: 'Acme',
        Owner: { attributes: attributes('User', owner?.['OwnerId']), Name: 'Admin User' },
        Notes__r: {
          totalSize: 1,
          done: true,
          records: [{ attributes: attributes('Note__c', noteId), Text__c: 'child' }],
        },
      },
      'neither ids nor lookups that were not selected are shown',
    );
    const [typed] = (
      await connection.query(
        `SELECT TYPEOF Owner WHEN User THEN Alias ELSE Name END FROM Account WHERE Id = '${account.id ?? ''}'`,
      )
    ).records;
    assert.deepEqual(typed?.['Owner'], { attributes: attributes('User', owner?.['OwnerId']), Alias: 'admin' });
    const counted = await connection.query(
      "SELECT Text__c t, COUNT(Id) n FROM Note__c WHERE Text__c = 'child' GROUP BY Text__c",
    );
    assert.deepEqual(counted.records, [{ attributes: { type: 'AggregateResult' }, t: 'child', n: 1 }]);
    const count = await connection.query("SELECT COUNT() FROM Note__c WHERE Text__c = 'child'");
    assert.deepEqual([count.totalSize, count.records], [1, []]);
  });

  it('shouldDescribeTheOrgAndAnObject', async () => {
    const global = await connection.describeGlobal();
    assert.ok(global.sobjects.some(({ name }) => name === 'Note__c'));
    const note = await connection.sobject('Note__c').describe();
    const code = note.fields.find(({ name }) => name === 'Code__c');
    assert.ok(code);
    assert.deepEqual(
      [code.type, code.length, code.externalId, code.unique, code.createable],
      ['string', 40, true, true, true],
    );
    const account = note.fields.find(({ name }) => name === 'Account__c');
    assert.deepEqual([account?.type, account?.referenceTo], ['reference', ['Account']]);
  });

  it('shouldRunAnonymousApexAndTellItsProblems', async () => {
    const fine = await connection.tooling.executeAnonymous(`Notes.add('anonymous');`);
    assert.deepEqual([fine.compiled, fine.success], [true, true]);
    const broken = await connection.tooling.executeAnonymous('Integer i = 1;\nNotes.add(i);');
    assert.deepEqual([broken.compiled, broken.success, broken.line], [false, false, 2]);
    const thrown = await connection.tooling.executeAnonymous(`throw new Boom.BoomException('oh');`);
    assert.deepEqual(
      [thrown.compiled, thrown.success, thrown.exceptionMessage],
      [true, false, 'Boom.BoomException: oh'],
    );
  });

  it('shouldTellSalesforcesErrorCodes', async () => {
    const notes = connection.sobject('Note__c');
    assert.equal(await codeOf(() => notes.create({ Nope__c: 1 })), 'INVALID_FIELD');
    assert.equal(await codeOf(() => notes.create({ Text__c: 'x'.repeat(300) })), 'STRING_TOO_LONG');
    assert.equal(await codeOf(() => notes.create({ Amount__c: 'many' })), 'JSON_PARSER_ERROR');
    assert.equal(await codeOf(() => connection.sobject('Account').create({})), 'REQUIRED_FIELD_MISSING');
    for (const denied of [{ CreatedDate: '2020-01-01T00:00:00Z' }, { IsDeleted: true }]) {
      assert.equal(await codeOf(() => notes.create({ ...denied })), 'INVALID_FIELD_FOR_INSERT_UPDATE');
    }
    assert.equal(
      await codeOf(async () => connection.query('SELECT Id FROM Note__c WHERE Text__c = :x')),
      'MALFORMED_QUERY',
    );
    assert.equal(
      await codeOf(async () => connection.query('SELECT Id FROM Note__c WHERE Amount__c LIKE 5')),
      'INVALID_QUERY_FILTER_OPERATOR',
    );
    assert.equal(await codeOf(async () => connection.query('SELECT Nope__c FROM Note__c')), 'INVALID_FIELD');
    assert.equal(await codeOf(async () => connection.query('SELECT Id FROM Nope__c')), 'INVALID_TYPE');
    assert.equal(await codeOf(async () => connection.query('SELECT FROM')), 'MALFORMED_QUERY');
    assert.equal(await codeOf(() => connection.sobject('Nope__c').describe()), 'NOT_FOUND');
    assert.equal(
      await codeOf(() =>
        notes.create([{ Code__c: 'U' }, { Code__c: 'U' }]).then(([, second]) => {
          throw Object.assign(new Error(), {
            errorCode: (second?.errors[0] as { statusCode?: string } | undefined)?.statusCode,
          });
        }),
      ),
      'DUPLICATE_VALUE',
    );
    const stranger = new Connection({ instanceUrl: test.org.url, accessToken: 'made up', version: '67.0' });
    assert.equal(await codeOf(async () => stranger.query('SELECT Id FROM User')), 'INVALID_SESSION_ID');
  });
});
