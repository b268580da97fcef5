import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { assembleEngine } from '../../src/assembleEngine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { runTests, UnknownTest } from '../../src/engine/testRun.ts';
import type { TestResult } from '../../src/engine/testRun.ts';

describe('running Apex tests', () => {
  let engine: Engine;
  const run = (...names: string[]): TestResult[] => {
    const results: TestResult[] = [];
    runTests(engine, engine.records.administrator, names.length === 0 ? {} : { names }, (result) =>
      results.push(result),
    );
    return results;
  };

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

  for (const name of ['IsolationTest', 'AsyncWorkTest', 'RulesTest']) {
    it(`shouldPassEveryMethodOf ${name}`, () => {
      const results = run(name);
      assert.ok(results.length > 1);
      for (const { method, outcome, message } of results) assert.equal(outcome, 'pass', `${method}: ${message}`);
    });
  }

  it('shouldTellAssertionsFromErrorsAndRunNoCatchAfterAnAssertion', () => {
    const [assertion, error, limit] = run('BrokenOutcomesTest');
    assert.equal(assertion?.outcome, 'fail');
    assert.equal(assertion.message, 'System.AssertException: Assertion Failed: one is two: Expected: 1, Actual: 2');
    assert.equal(assertion.stack, 'Class.BrokenOutcomesTest.assertionThatDoesNotHold: line 6, column 1');
    assert.deepEqual(
      [error?.outcome, error?.message],
      ['error', 'System.NullPointerException: Attempt to de-reference a null object'],
    );
    assert.deepEqual([limit?.outcome, limit?.message], ['error', 'System.LimitException: Too many SOQL queries: 101']);
    assert.equal(limit?.limits.soql, 101);
  });

  for (const [method, message] of [
    ['startedTwice', 'Testing already started'],
    ['stoppedTwice', 'Testing has not started or is already stopped'],
    ['stoppedWithoutAStart', 'Testing has not started or is already stopped'],
  ] as const) {
    it(`shouldAllowOneStartAndOneStopAfterIt: ${method}`, () => {
      const results = run(`BrokenOutcomesTest.${method}`);
      assert.deepEqual(
        results.map((result) => [result.outcome, result.message]),
        [['error', `System.FinalException: ${message}`]],
      );
    });
  }

  const outcomes = (...names: string[]) =>
    run(...names).map(({ method, outcome, message }) => [method, outcome, message?.split('\n')[0] ?? null]);

  it('shouldRunTheMethodsOfAClassAfterItsSetup', () => {
    assert.deepEqual(outcomes('SetupOutcomesTest'), [
      ['thatHolds', 'pass', null],
      ['thatDoesNotHold', 'fail', 'System.AssertException: Assertion Failed: Expected: 2, Actual: 1'],
    ]);
  });

  it('shouldFailEveryMethodOfAClassWhoseSetupFails', () => {
    assert.deepEqual(outcomes('BrokenSetupTest'), [
      ['first', 'error', 'Boom.BoomException: no data'],
      ['second', 'error', 'Boom.BoomException: no data'],
    ]);
  });

  it('shouldRunTheJobsThatAMethodLeftAndFailWithThem', () => {
    assert.deepEqual(outcomes('BrokenOutcomesTest.jobThatFailsAfterTheMethod'), [
      ['jobThatFailsAfterTheMethod', 'error', 'Boom.BoomException: on purpose'],
    ]);
  });

  it('shouldRunEachTestOnceHoweverItIsNamed', () => {
    const names = run('RulesTest.shouldRefuseACalloutWithoutAMock', 'RulesTest').map(({ method }) => method);
    assert.equal(names.length, new Set(names).size);
    assert.ok(names.length > 1);
    assert.equal(names[0], 'shouldRefuseACalloutWithoutAMock');
  });

  it('shouldRunOneMethodWhenItIsNamedInAnyCase', () => {
    const results = run('rulestest.SHOULDREFUSEACALLOUTWITHOUTAMOCK');
    assert.deepEqual(
      results.map(({ class: name, method }) => `${name}.${method}`),
      ['RulesTest.shouldRefuseACalloutWithoutAMock'],
    );
  });

  it('shouldNameTheTestThatTheProjectDoesNotHave', () => {
    for (const name of ['NoSuchTest', 'RulesTest.noSuchMethod', 'NoSuchTest.method', 'Notes', 'RulesTest.', '']) {
      assert.throws(() => run(name), new UnknownTest(`the project has no test ${name}`));
    }
  });
});
