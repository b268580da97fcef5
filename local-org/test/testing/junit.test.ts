import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { TestResult } from '../../src/engine/testRun.ts';
import { junitXml } from '../../src/testing/junit.ts';

const limits = { soql: 0, dml: 0, callouts: 0 };

describe('JUnit XML', () => {
  it('shouldHoldOnlyCharactersThatXmlHas', () => {
    const failed: TestResult = {
      class: 'ATest',
      method: 'fails',
      outcome: 'fail',
      message: 'a <b> & "c" \u0001\u{1F600}\uFFFF\tend',
      stack: 'Class.ATest.fails: line 1\u0000',
      ms: 1500,
      limits,
      seeAllData: false,
    };
    const text = junitXml([failed, { ...failed, method: 'passes', outcome: 'pass', message: null, stack: null }]);
    assert.equal(XMLValidator.validate(text), true);
    assert.doesNotMatch(text, /[\u0000-\u0008\uFFFF]/);
    const parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(text) as {
      testsuites: { testsuite: { tests: string; failures: string; testcase: { failure?: { message: string } }[] } };
    };
    const { tests, failures, testcase } = parsed.testsuites.testsuite;
    assert.deepEqual([tests, failures], ['2', '1']);
    assert.match(testcase[0]?.failure?.message ?? '', /^a <b> & "c" \uFFFD\u{1F600}\uFFFD\s?end$/u);
    assert.equal(testcase[1]?.failure, undefined);
  });
});
