import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import jsforce from 'jsforce';
import { startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';

const { Connection, OAuth2 } = jsforce;
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const SIGNER = { clientId: 'signer', clientSecret: 'signer-secret', username: 'nobody@local.test', certificate };

let test: TestOrg;
let connection: InstanceType<typeof Connection>;

before(async () => {
  test = await startTestOrg({ apps: [SIGNER] });
  connection = new Connection({ instanceUrl: test.org.url, accessToken: test.token, version: '67.0' });
});
after(() => test.close());

describe('sObject tree', () => {
  it('shouldCreateRecordsWithTheirChildren', async () => {
    const answer = await connection.requestPost<{ hasErrors: boolean; results: { referenceId: string; id: string }[] }>(
      '/composite/tree/Account',
      {
        records: [
          {
            attributes: { type: 'Account', referenceId: 'a' },
            Name: 'Tree',
            Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Leaf' }] },
          },
        ],
      },
    );
    assert.equal(answer.hasErrors, false);
    assert.deepEqual(
      answer.results.map(({ referenceId }) => referenceId),
      ['a', 'c'],
    );
    const { records } = await connection.query("SELECT LastName FROM Contact WHERE Account.Name = 'Tree'");
    assert.equal(records.length, 1);
  });

  it('shouldCreateNothingWhenOneRecordFails', async () => {
    const { status, body } = await test.call('POST', '/composite/tree/Account', {
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Name: 'Felled',
          Notes__r: { records: [{ attributes: { type: 'Note__c', referenceId: 'n' }, Text__c: 'refuse' }] },
        },
      ],
    });
    assert.equal(status, 400);
    const errors = [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'refused by trigger', fields: [] }];
    assert.deepEqual(body, { hasErrors: true, results: [{ referenceId: 'n', errors }] });
    assert.equal((await connection.query("SELECT Id FROM Account WHERE Name = 'Felled'")).totalSize, 0);
  });

  it('shouldRefuseTheSameReferenceTwice', async () => {
    const record = { attributes: { type: 'Account', referenceId: 'a' }, Name: 'Twin' };
    const { status } = await test.call('POST', '/composite/tree/Account', { records: [record, record] });
    assert.equal(status, 400);
  });
});

describe('related records by path', () => {
  it('shouldReadChildrenAndParents', async () => {
    const account = await connection.sobject('Account').create({ Name: 'Kin' });
    const contact = await connection.sobject('Contact').create({ LastName: 'Child', AccountId: account.id ?? '' });
    const children = await test.call('GET', `/sobjects/Account/${account.id}/Contacts?fields=LastName`);
    const { totalSize, records } = children.body as { totalSize: number; records: { LastName: string }[] };
    assert.deepEqual([children.status, totalSize, records[0]?.LastName], [200, 1, 'Child']);
    const parent = await test.call('GET', `/sobjects/Contact/${contact.id}/Account`);
    assert.equal((parent.body as { Name: string }).Name, 'Kin');
    await test.call('PATCH', `/sobjects/Contact/${contact.id}/Account`, { Name: 'Kith' });
    const renamed = await connection.sobject('Account').retrieve(account.id ?? '');
    assert.equal(renamed['Name'], 'Kith');
    assert.equal((await test.call('GET', `/sobjects/Account/${account.id}/Parent`)).status, 404);
    assert.equal((await test.call('GET', `/sobjects/Account/${account.id}/Nope`)).status, 404);
  });
});

describe('Tooling API', () => {
  it('shouldShowClassesAndRefuseWhatItHasNot', async () => {
    const { records } = await connection.tooling.query("SELECT Name FROM ApexClass WHERE Name = 'Chain'");
    assert.equal(records.length, 1);
    const q = encodeURIComponent('SELECT Id FROM Account');
    assert.equal((await test.call('GET', `/tooling/query?q=${q}`)).status, 501);
  });

  it('shouldRunTestsInAnOrgOfTheirOwn', async () => {
    const { body } = await test.call('POST', '/tooling/runTestsSynchronous', {
      tests: [{ className: 'BrokenOutcomesTest' }, { className: 'IsolationTest' }],
    });
    const { numTestsRun, numFailures, successes, failures } = body as {
      numTestsRun: number;
      numFailures: number;
      successes: { name: string }[];
      failures: { name: string; message: string }[];
    };
    assert.ok(numFailures > 0 && successes.length > 0);
    assert.equal(numTestsRun, numFailures + successes.length);
    assert.ok(failures.every(({ name, message }) => name === 'BrokenOutcomesTest' && message !== ''));
    const unknown = await test.call('GET', '/tooling/runTestsSynchronous?classnames=NopeTest');
    assert.equal(unknown.status, 400);
  });
});

describe('the JWT bearer flow', () => {
  const assertion = (claims: { sub?: string; aud?: string; exp?: number; iss?: string } = {}) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(claims.iss ?? SIGNER.clientId)
      .setSubject(claims.sub ?? test.org.adminUsername)
      .setAudience(claims.aud ?? 'https://login.salesforce.com')
      .setExpirationTime(claims.exp ?? Math.floor(Date.now() / 1000) + 120)
      .sign(privateKey);
  const oauth2 = () => new OAuth2({ loginUrl: test.org.url, clientId: SIGNER.clientId });
  const failure = async (text: string): Promise<string> => {
    try {
      await oauth2().requestToken({ grant_type: JWT_BEARER, assertion: text } as never);
    } catch (error) {
      return (error as Error).message;
    }
    return 'logged in';
  };

  it('shouldLogInTheUserThatTheAssertionNames', async () => {
    const signed = new Connection({ instanceUrl: test.org.url, oauth2: oauth2(), version: '67.0' });
    await signed.authorize({ grant_type: JWT_BEARER, assertion: await assertion() });
    assert.equal((await signed.identity()).username, test.org.adminUsername);
  });

  it('shouldRefuseWhatIsNotSignedForItOrTooOld', async () => {
    assert.match(await failure(await assertion({ aud: 'https://elsewhere.test' })), /audience is invalid/);
    assert.match(await failure(await assertion({ exp: 1 })), /expired authorization code/);
    assert.match(await failure(await assertion({ iss: 'other' })), /client identifier invalid/);
    assert.match(await failure(await assertion({ sub: 'who@local.test' })), /user hasn't approved this consumer/);
    assert.match(await failure(`${(await assertion()).slice(0, -20)}AAAAAAAAAAAAAAAAAAAA`), /invalid assertion/);
    assert.match(await failure('no token'), /invalid assertion/);
  });
});
