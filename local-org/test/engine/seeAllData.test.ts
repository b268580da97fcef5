import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assembleEngine } from '../../src/assembleEngine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { runTests } from '../../src/engine/testRun.ts';
import type { TestResult } from '../../src/engine/testRun.ts';

const COUNT = 'Assert.areEqual(EXPECTED, [SELECT COUNT() FROM Account]);';

/** Each class with the number of accounts that its methods expect; the org has one, a set-up method writes another. */
const CLASSES: Readonly<Record<string, { readonly version: number; readonly text: string }>> = {
  SiloedTest: {
    version: 67,
    text: `@IsTest class SiloedTest {
      @TestSetup static void write() { ${COUNT.replace('EXPECTED', '0')} insert new Account(Name = 'Set up'); }
      @IsTest static void sees() {
        ${COUNT.replace('EXPECTED', '1')}
        Assert.isFalse([SELECT Id FROM User WHERE IsActive = TRUE].isEmpty());
        Assert.isNotNull(Test.getStandardPricebookId());
      }
      @IsTest static void seesAfterwards() { ${COUNT.replace('EXPECTED', '1')} }
    }`,
  },
  // A class with a set-up method may not ask.
  AskingTest: {
    version: 67,
    text: `@IsTest class AskingTest {
      @IsTest static void sees() { ${COUNT.replace('EXPECTED', '0')} }
      @IsTest(SeeAllData=true) static void asks() { ${COUNT.replace('EXPECTED', '1')} }
      @IsTest static void seesAfterwards() { ${COUNT.replace('EXPECTED', '0')} }
    }`,
  },
  OpenTest: {
    version: 67,
    text: `@IsTest(SeeAllData=true) class OpenTest {
      @IsTest static void sees() {
        ${COUNT.replace('EXPECTED', '1')}
        delete [SELECT Id FROM Account];
      }
      @IsTest static void seesWhatAnotherTestDeleted() { ${COUNT.replace('EXPECTED', '1')} }
      @IsTest(SeeAllData=false) static void declines() { ${COUNT.replace('EXPECTED', '0')} }
    }`,
  },
  OldTest: {
    version: 23,
    text: `@IsTest class OldTest {
      static testMethod void sees() { ${COUNT.replace('EXPECTED', '1')} }
      @IsTest(SeeAllData=false) static void declines() { ${COUNT.replace('EXPECTED', '0')} }
    }`,
  },
};

describe('which records a test sees', () => {
  const dir = mkdtempSync(join(tmpdir(), 'see-all-data-'));
  let engine: Engine;

  before(async () => {
    const classes = join(dir, 'force-app', 'classes');
    mkdirSync(classes, { recursive: true });
    writeFileSync(
      join(dir, 'sfdx-project.json'),
      '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}',
    );
    for (const [name, { version, text }] of Object.entries(CLASSES)) {
      writeFileSync(join(classes, `${name}.cls`), text);
      writeFileSync(
        join(classes, `${name}.cls-meta.xml`),
        `<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>${version}.0</apiVersion><status>Active</status></ApexClass>`,
      );
    }
    const settings = {
      projectDir: dir,
      cacheDir: null,
      credentials: { credentials: {}, endpoints: {} },
      subscriberUsers: {},
    };
    const assembled = await assembleEngine(settings, { callout: null, report: (line) => assert.fail(line) });
    assert.deepEqual(assembled.problems, []);
    engine = assembled.engine;
    execute("insert new Account(Name = 'Of the org');");
  });
  after(() => rmSync(dir, { recursive: true }));

  const execute = (source: string): void =>
    engine.run({ kind: 'anonymous', name: 'data', user: engine.records.administrator }, () => {
      const { problems, run } = engine.program.anonymous(source);
      assert.deepEqual(problems, []);
      run();
    });

  const outcomes = (name: string): [string, boolean, string | null][] => {
    const results: TestResult[] = [];
    runTests(engine, engine.records.administrator, { names: [name] }, (result) => results.push(result));
    return results.map(({ method, seeAllData, message }) => [method, seeAllData, message]);
  };

  it('shouldHideTheOrgsRecordsUnlessTheMethodAsksForThem', () => {
    assert.deepEqual(outcomes('SiloedTest'), [
      ['sees', false, null],
      ['seesAfterwards', false, null],
    ]);
    assert.deepEqual(outcomes('AskingTest'), [
      ['sees', false, null],
      ['asks', true, null],
      ['seesAfterwards', false, null],
    ]);
  });

  it('shouldShowThemToAClassThatAsksUnlessAMethodDeclines', () => {
    assert.deepEqual(outcomes('OpenTest'), [
      ['sees', true, null],
      ['seesWhatAnotherTestDeleted', true, null],
      ['declines', false, null],
    ]);
  });

  it('shouldShowThemToClassesUpToVersion23', () => {
    assert.deepEqual(outcomes('OldTest'), [
      ['sees', true, null],
      ['declines', false, null],
    ]);
  });

  it('shouldLeaveTheOrgAsItWas', () => {
    outcomes('OpenTest');
    execute(`Assert.areEqual('Of the org', [SELECT Name FROM Account].Name);
      Assert.areEqual(1, [SELECT COUNT() FROM Account]);`);
  });
});
