import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ProjectProblems, startOrg } from '../../src/index.ts';
import { startTestOrg, tokenOf } from './runningOrg.ts';

describe('starting an org', () => {
  const folders: string[] = [];
  after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  /** A copy of the project with one file changed. */
  function projectWith(file: string, text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
    folders.push(folder);
    cpSync(join(import.meta.dirname, 'project'), folder, { recursive: true });
    writeFileSync(join(folder, 'force-app/main', file), text);
    return folder;
  }

  async function problemsOf(projectDir: string): Promise<string[]> {
    try {
      const org = await startOrg({ projectDir });
      await org.close();
    } catch (error) {
      assert.ok(error instanceof ProjectProblems, String(error));
      return error.problems.map(({ file, line, message }) => `${file.replaceAll('\\', '/')}:${line} ${message}`);
    }
    return [];
  }

  it('shouldRefuseAProjectWhoseApexDoesNotCompileAndSayWhere', async () => {
    const source = 'public class Notes {\n  public static void add(String text) {\n    Integer n = text;\n  }\n}\n';
    const [problem = ''] = await problemsOf(projectWith('classes/Notes.cls', source));
    assert.match(problem, /classes\/Notes.cls:3 .*Integer/);
  });

  it('shouldRefuseACredentialThatItCanNotSimulate', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<ExternalCredential xmlns="http://soap.sforce.com/2006/04/metadata">
    <authenticationProtocol>AwsSv4</authenticationProtocol>
    <label>Guarded</label>
</ExternalCredential>`;
    const [problem = ''] = await problemsOf(
      projectWith('externalCredentials/Guarded.externalCredential-meta.xml', xml),
    );
    assert.match(problem, /Guarded.externalCredential-meta.xml:2 .*AwsSv4/);
  });

  it('shouldRefuseASubscriberConfigurationOfATriggerThatIsNotThere', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<PlatformEventSubscriberConfig xmlns="http://soap.sforce.com/2006/04/metadata">
    <masterLabel>Ping</masterLabel>
    <platformEventConsumer>PongTrigger</platformEventConsumer>
</PlatformEventSubscriberConfig>`;
    const file = 'platformEventSubscriberConfigs/PingConfig.platformEventSubscriberConfig-meta.xml';
    const [problem = ''] = await problemsOf(projectWith(file, xml));
    assert.match(problem, /platformEventConsumer PongTrigger: the project has no such trigger/);
  });

  it('shouldRefuseOptionsThatItDoesNotKnow', async () => {
    await assert.rejects(startOrg({ projectDir: '.', port: 70_000 }), /port/);
  });

  it('shouldActAsTheUserOfAConnectedAppWithThatUsersRights', async () => {
    const app = { clientId: 'rep', clientSecret: 'rep-secret', username: 'rep@example.com' };
    const test = await startTestOrg({ apps: [app] });
    try {
      const before = await fetch(`${test.org.url}/services/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'rep', client_secret: 'rep-secret' }),
      });
      assert.equal(before.status, 400, 'there is no such user yet');
      await test.apex(`insert new User(Username = 'rep@example.com', LastName = 'Rep', Alias = 'rep',
        Email = 'rep@example.com', ProfileId = [SELECT Id FROM Profile WHERE Name = 'Standard User'].Id,
        TimeZoneSidKey = 'UTC', LocaleSidKey = 'en_US', EmailEncodingKey = 'UTF-8', LanguageLocaleKey = 'en_US');`);
      const token = await tokenOf(test.org.url, 'rep', 'rep-secret');
      const answer = await fetch(`${test.org.url}/services/data/v67.0/sobjects/Note__c`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ Text__c: 'mine' }),
      });
      assert.ok(answer.status >= 400 && answer.status < 500, `a user without rights on notes: ${answer.status}`);
    } finally {
      await test.close();
    }
  });
});
