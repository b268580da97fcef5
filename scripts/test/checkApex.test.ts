import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { assertions } from '../check/assertions.ts';
import type { Checker } from '../check/finding.ts';
import { queries } from '../check/queries.ts';
import { TOOLS_ROOT } from '../check/tool.ts';

const copies: string[] = [];
after(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

const META = `<?xml version="1.0" encoding="UTF-8"?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>
`;
const LOOKUP = `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Rep__c</fullName><type>Lookup</type></CustomField>
`;

/** A project with this one class. */
function projectWith(name: string, lines: readonly string[], known: object[] = []): string {
  const root = mkdtempSync(join(tmpdir(), 'check-apex-'));
  copies.push(root);
  const files = {
    'sfdx-project.json': JSON.stringify({ packageDirectories: [{ path: 'force-app' }], sourceApiVersion: '67.0' }),
    'config/queries.json': JSON.stringify(known),
    [`force-app/classes/${name}.cls`]: lines.join('\n'),
    [`force-app/classes/${name}.cls-meta.xml`]: META,
    'force-app/objects/Lead/fields/Rep__c.field-meta.xml': LOOKUP,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

async function found(checker: Checker, root: string): Promise<string[]> {
  return (await checker.check(root)).map(({ line, message }) => `${line} ${message.split(' ').slice(0, 4).join(' ')}`);
}

describe('assertions', () => {
  const findIn = (...body: string[]): Promise<string[]> =>
    found(assertions, projectWith('PlantedTest', ['@IsTest', 'private class PlantedTest {', ...body, '}']));

  it('shouldPassWhenPackageIsAsItIs', async () => {
    assert.deepEqual(await assertions.check(TOOLS_ROOT), []);
  });

  it('shouldNameTestWhenNothingIsAsserted', async () => {
    assert.deepEqual(await findIn('@IsTest static void runs() { Integer x = 1; }'), ['3 runs asserts nothing that']);
    assert.deepEqual(await findIn('static testMethod void runs() { new Lead(); }'), ['3 runs asserts nothing that']);
  });

  it('shouldNotCountAssertionsThatCanNotFailOrAreOnlyReachedByAnException', async () => {
    for (const body of [
      `Assert.isTrue(true, 'fine');`,
      `System.assertEquals(1, 1);`,
      `try { new Lead(); } catch (Exception e) { Assert.isNotNull(e.getMessage()); }`,
      `unrelated();`,
    ]) {
      const test = `@IsTest static void runs() { ${body} } static void unrelated() { new Lead(); }`;
      assert.deepEqual(await findIn(test), ['3 runs asserts nothing that'], body);
    }
  });

  it('shouldCountAssertionsOfTheTestAndOfMethodsOfItsClass', async () => {
    for (const body of [
      `Assert.areEqual(2, count);`,
      `System.Assert.isNull(count);`,
      `System.assert(count == 1);`,
      `try { new Lead(); Assert.fail('expected'); } catch (Exception e) { return; }`,
      `for (Lead lead : leads) { shared(lead); }`,
    ]) {
      const shared = 'static void shared(Lead l) { deeper(l); } static void deeper(Lead l) { Assert.isNull(l.Id); }';
      assert.deepEqual(await findIn(`@IsTest static void runs() { ${body} } ${shared}`), [], body);
    }
  });
});

describe('queries', () => {
  const classWith = (soql: string): string[] => [
    'public class Planted {',
    '  public Object read(Set<Id> ids, String text, Integer days) {',
    `    return ${soql};`,
    '  }',
    '}',
  ];
  const findIn = (soql: string): Promise<string[]> => found(queries, projectWith('Planted', classWith(soql)));

  it('shouldPassWhenPackageIsAsItIs', async () => {
    assert.deepEqual(await queries.check(TOOLS_ROOT), []);
  });

  it('shouldNameLineWhenQueryHasNeitherSelectiveFilterNorLimit', async () => {
    for (const soql of [
      '[SELECT Id FROM Lead]',
      '[SELECT Id FROM Lead WHERE Status = :text]',
      '[SELECT Id FROM Lead WHERE Id IN :ids OR Status = :text]',
      '[SELECT Id FROM Lead WHERE Id NOT IN :ids]',
      '[SELECT Id FROM Lead WHERE Id != NULL]',
      '[SELECT Id FROM Lead WHERE OwnerId = NULL]',
      "[SELECT Id FROM Lead WHERE Name LIKE '%x']",
      "[SELECT Id FROM Lead WHERE Owner.Name = 'x']",
      "Database.query('SELECT Id ' + 'FROM Lead')",
      "'There are ' + Database.query('SELECT Id FROM Lead').size()",
    ]) {
      assert.deepEqual(await findIn(soql), ['3 the query of Lead'], soql);
    }
  });

  it('shouldAcceptLimitsAndFiltersOfIndexedFields', async () => {
    for (const soql of [
      '[SELECT Id FROM Lead LIMIT 5]',
      '[SELECT Id FROM Lead WHERE Id IN :ids AND Status = :text]',
      '[SELECT Id FROM Lead WHERE (OwnerId IN :ids OR Rep__c IN :ids)]',
      "Database.query('SELECT Id FROM Lead WHERE CreatedDate < LAST_N_DAYS:' + days)",
      "Database.query('SELECT Id' + moreFields() + ' FROM Lead WHERE Id IN :ids')",
    ]) {
      assert.deepEqual(await findIn(soql), [], soql);
    }
  });

  it('shouldLeaveOutWhatIsKnownWithItsReasonAndNameReasonsThatNothingNeeds', async () => {
    const known = {
      file: 'force-app/classes/Planted.cls',
      message: 'the query of Lead has neither a selective filter nor a limit',
      reason: 'planted for the test of this checker',
    };
    assert.deepEqual(await found(queries, projectWith('Planted', classWith('[SELECT Id FROM Lead]'), [known])), []);
    const stale = await found(queries, projectWith('Planted', classWith('[SELECT Id FROM Lead LIMIT 1]'), [known]));
    assert.match(stale.join(), /^0 nothing fits/);
  });
});
