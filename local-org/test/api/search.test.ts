import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import jsforce from 'jsforce';
import { startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

let test: TestOrg;

before(async () => {
  test = await startTestOrg();
  for (const Name of ['Acme One', 'Acme Two', 'Other']) await test.call('POST', '/sobjects/Account', { Name });
  await test.call('POST', '/sobjects/Contact', { LastName: 'Acme' });
});
after(() => test.close());

/** What was found, by type and the given field. */
function found({ status, body }: { status: number; body: unknown }): string[] {
  assert.equal(status, 200, JSON.stringify(body));
  const { searchRecords } = body as { searchRecords: (Record<string, unknown> & { attributes: { type: string } })[] };
  return searchRecords.map(
    (row) => `${row.attributes.type} ${String(row['Name'] ?? row['LastName'] ?? typeof row['Id'])}`,
  );
}

// Source: REST API Developer Guide, Search for a String.
describe('search over REST', () => {
  it('shouldFindBySosl', async () => {
    const sosl = 'FIND {Acme} RETURNING Account(Id, Name ORDER BY Name), Contact(LastName)';
    const answer = await test.call('GET', `/search?q=${encodeURIComponent(sosl)}`);
    assert.deepEqual(found(answer), ['Account Acme One', 'Account Acme Two', 'Contact Acme']);
    const connection = new jsforce.Connection({ instanceUrl: test.org.url, accessToken: test.token, version: '67.0' });
    const { searchRecords } = await connection.search(sosl);
    assert.equal(searchRecords.length, 3);
    assert.deepEqual(Object.keys(searchRecords[2] ?? {}), ['attributes', 'LastName'], 'the id was not asked for');
    assert.match(String(searchRecords[0]?.attributes?.url), /^\/services\/data\/v67\.0\/sobjects\/Account\/001/);
  });

  it('shouldRefuseWhatIsNoSosl', async () => {
    for (const [q, message] of [
      ['FIND {Acme', "unexpected token: '{Acme'"],
      ['FIND :x RETURNING Account', 'Bind variables only allowed in Apex code'],
      ['', 'The q parameter is required'],
    ] as const) {
      const { status, body } = await test.call('GET', `/search?q=${encodeURIComponent(q)}`);
      assert.deepEqual([status, body], [400, [{ message, errorCode: 'MALFORMED_SEARCH' }]]);
    }
  });

  it('shouldFindByParametersOfTheAddress', async () => {
    const path =
      '/parameterizedSearch?q=Acme&sobject=Account&sobject=Contact&Account.fields=id,name&Account.limit=1&Contact.fields=LastName';
    assert.deepEqual(found(await test.call('GET', path)), ['Account Acme One', 'Contact Acme']);
    const byDefault = await test.call('GET', '/parameterizedSearch?q=Acme&sobject=Account&in=name&defaultLimit=1');
    assert.deepEqual(found(byDefault), ['Account string'], 'the id where no field is named');
  });

  it('shouldFindByParametersOfTheBody', async () => {
    const answer = await test.call('POST', '/parameterizedSearch', {
      q: 'Acme',
      fields: ['Name'],
      in: 'ALL',
      sobjects: [
        { name: 'Account', where: "Name != 'Acme One'" },
        { name: 'Contact', fields: ['LastName'] },
      ],
      overallLimit: 10,
    });
    assert.deepEqual(found(answer), ['Account Acme Two', 'Contact Acme']);
  });

  it('shouldRefuseParametersThatItDoesNotKnow', async () => {
    const { status } = await test.call('POST', '/parameterizedSearch', {
      q: 'Acme',
      sobjects: [{ name: 'Account' }],
      snippet: 5,
    });
    assert.equal(status, 400);
    const wide = await test.call('GET', '/parameterizedSearch?q=Acme');
    assert.equal(wide.status, 501);
  });
});
