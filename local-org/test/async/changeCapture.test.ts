import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { readSelectedEntities } from '../../src/async/selectedEntities.ts';
import { metadataFiles } from '../../src/schema/projectFiles.ts';
import type { Problem } from '../../src/schema/xml.ts';
import { startTestOrg } from '../engine/runningOrg.ts';
import type { TestOrg } from '../engine/runningOrg.ts';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xml } from '../store/testOrg.ts';

/** Source: Change Data Capture Developer Guide, Select Objects for Change Notifications; Metadata API, PlatformEventChannelMember. */
describe('change events of a running org', () => {
  let org: TestOrg;
  before(async () => {
    org = await startTestOrg();
  });
  after(() => org.close());
  beforeEach(() => org.apex('delete [SELECT Id FROM Note__c];'));

  it('shouldComeAfterTheCommitOfWhatIsSelected', async () => {
    await org.apex(`insert new Case(Subject = 'broken');`);
    assert.deepEqual(await org.notes(), ['CREATE Case broken by Automated Process']);
  });

  it('shouldNotComeOfWhatIsNotSelected', async () => {
    await org.apex(`insert new Lead(LastName = 'L', Company = 'C');`);
    assert.deepEqual(await org.notes(), []);
  });

  it('shouldNotComeWhereTheTransactionRollsBack', async () => {
    const source = encodeURIComponent(`insert new Case(Subject = 'lost'); throw new Boom.BoomException('no');`);
    await org.call('GET', `/tooling/executeAnonymous?anonymousBody=${source}`);
    assert.deepEqual(await org.notes(), []);
  });

  it('shouldComeOfWhatTheApiWrites', async () => {
    await org.call('POST', '/sobjects/Case', { Subject: 'from outside' });
    assert.deepEqual(await org.notes(), ['CREATE Case from outside by Automated Process']);
  });
});

describe('the selection of objects for change events', () => {
  function selected(...members: string[]): { entities: string[]; problems: string[] } {
    const dir = mkdtempSync(join(tmpdir(), 'local-org-'));
    try {
      const folder = join(dir, 'platformEventChannelMembers');
      mkdirSync(folder);
      writeFileSync(join(dir, 'sfdx-project.json'), '{"packageDirectories":[{"path":"."}]}');
      for (const [index, content] of members.entries()) {
        const file = join(folder, `M${index}.platformEventChannelMember-meta.xml`);
        writeFileSync(file, xml('PlatformEventChannelMember', content));
      }
      const problems: Problem[] = [];
      const entities = [...readSelectedEntities(metadataFiles(dir, []), problems)];
      return { entities, problems: problems.map(({ message }) => message) };
    } finally {
      rmSync(dir, { recursive: true });
    }
  }

  const member = (channel: string, entity: string, more = '') =>
    `<eventChannel>${channel}</eventChannel>${more}<selectedEntity>${entity}</selectedEntity>`;

  it('shouldTakeWhatIsOnTheStandardChannel', () => {
    const found = selected(member('ChangeEvents', 'AccountChangeEvent'), member('Sales__chn', 'LeadChangeEvent'));
    assert.deepEqual(found, { entities: ['accountchangeevent'], problems: [] });
  });

  it('shouldRefuseWhatItDoesNotHeed', () => {
    const filtered = member('ChangeEvents', 'AccountChangeEvent', '<filterExpression>Name != null</filterExpression>');
    const enriched = member('ChangeEvents', 'A', '<enrichedFields><name>Site</name></enrichedFields>');
    const { problems } = selected(filtered, enriched, '<eventChannel>ChangeEvents</eventChannel>');
    assert.equal(problems.length, 3);
    assert.match(problems[0] ?? '', /filterExpression/);
    assert.match(problems[1] ?? '', /enrichedFields/);
    assert.match(problems[2] ?? '', /selectedEntity/);
  });
});
