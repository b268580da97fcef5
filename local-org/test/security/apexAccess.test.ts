import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { assembleEngine } from '../../src/assembleEngine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { runTests } from '../../src/engine/testRun.ts';
import type { TestResult } from '../../src/engine/testRun.ts';

/** Sharing keywords, modes and access levels as compiled classes have them: the tests are in `project`. */
describe('access of compiled Apex', () => {
  let engine: Engine;

  before(async () => {
    const settings = {
      projectDir: join(import.meta.dirname, 'project'),
      cacheDir: null,
      credentials: { credentials: {}, endpoints: {} },
      subscriberUsers: {},
      administratorHas: [],
    };
    const assembled = await assembleEngine(settings, { callout: null, report: (line) => assert.fail(line) });
    assert.deepEqual(assembled.problems, []);
    engine = assembled.engine;
  });

  it('shouldPassEveryApexTestOfTheProject', () => {
    const results: TestResult[] = [];
    runTests(engine, engine.records.administrator, {}, (result) => results.push(result));
    assert.ok(results.length >= 9, `${results.length} tests ran`);
    const failed = results.filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual(
      failed.map((result) => `${result.class}.${result.method}: ${result.message}\n${result.stack}`),
      [],
    );
  });
});
