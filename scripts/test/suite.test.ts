import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DemoReport } from '../demo/runDemo.ts';
import { countApex } from '../suite/apexTests.ts';
import { countChecks } from '../suite/checks.ts';
import { expectationsOfDemo, expectationsOfFault } from '../suite/expectations.ts';
import { countTap } from '../suite/nodeTests.ts';
import { judge } from '../suite/step.ts';

const GOOD: DemoReport = {
  seed: 1,
  fault: null,
  inserted: 500,
  routed: 460,
  in_review: 10,
  shadowed: 30,
  blocked: 0,
  fallback: 0,
  by_rule: 8,
  dropped: 0,
  decisions: 500,
  causes: {},
  latency_ms: { p50: 30, p95: 90 },
  limits: { single: { soql: 13, dml: 5, callouts: 1 }, batch: { soql: 13, dml: 5, callouts: 1 } },
  decisions_without_cause: 490,
  single_inserts: {
    count: 100,
    insert_seconds: 3,
    decided_seconds: 3,
    read_ms: { count: 50, p95: 10, max: 20 },
  },
  seconds: 10,
  problems: [],
};

const FALLEN_BACK: DemoReport = {
  ...GOOD,
  fault: 'service-slow',
  routed: 8,
  fallback: 462,
  in_review: 0,
  causes: { 'Service Timeout': 500 },
  decisions_without_cause: 0,
};

function failures(report: DemoReport): number {
  return judge(expectationsOfDemo(report, 0), () => {}).failed;
}

describe('expectationsOfDemo', () => {
  it('shouldHoldWhenAllLeadsAreRouted', () => {
    assert.equal(failures(GOOD), 0);
  });

  it('shouldBreakWhenAnythingThatWasPromisedIsNotSo', () => {
    const slow = { single: { soql: 13, dml: 5, callouts: 1 }, batch: { soql: 212, dml: 5, callouts: 1 } };
    assert.equal(failures({ ...GOOD, dropped: 1 }), 1);
    assert.equal(failures({ ...GOOD, decisions: 501 }), 1);
    assert.equal(failures({ ...GOOD, latency_ms: { p50: 30, p95: 2100 } }), 1);
    assert.equal(failures({ ...GOOD, latency_ms: { p50: null, p95: null } }), 1);
    assert.equal(failures({ ...GOOD, limits: slow }), 2, 'not the same, and too many');
    assert.equal(failures({ ...GOOD, limits: { single: null, batch: null } }), 2, 'no job is no proof');
    assert.equal(judge(expectationsOfDemo(GOOD, 1), () => {}).failed, 1, 'an exit code of 1');
  });
});

describe('expectationsOfFault', () => {
  const failed = (report: DemoReport): number => judge(expectationsOfFault(report, 'service-slow', 0), () => {}).failed;

  it('shouldHoldWhenEveryLeadFellBackWithItsCause', () => {
    assert.equal(failed(FALLEN_BACK), 0);
  });

  it('shouldBreakWhenTheCauseIsMissingWrongOrTheOrgStoodStill', () => {
    assert.equal(failed({ ...FALLEN_BACK, decisions_without_cause: 1 }), 1);
    assert.equal(failed({ ...FALLEN_BACK, causes: { 'Unexpected Error': 500 } }), 1);
    assert.equal(failed({ ...FALLEN_BACK, routed: 9 }), 1);
    const stuck = { ...FALLEN_BACK.single_inserts, decided_seconds: 61, read_ms: { count: 3, p95: 5000, max: 5000 } };
    assert.equal(failed({ ...FALLEN_BACK, single_inserts: stuck }), 2);
  });
});

describe('counting what others report', () => {
  it('shouldCountEachCheckerAsATest', () => {
    const output =
      'apex-types   ok (2.1 s)\npmd          2 found (3.0 s)\n  a.cls:1  [Rule] bad\nformat       ok (0.5 s)\n';
    assert.deepEqual(countChecks({ code: 1, output }), { passed: 2, failed: 1 });
  });

  it('shouldCountARunThatSaysNothingAsAFailure', () => {
    assert.deepEqual(countChecks({ code: 0, output: '' }), { passed: 0, failed: 1 });
    assert.equal(countTap('', 0).failed, 1);
    assert.equal(countTap('# pass 3\n# fail 0\n', 1).failed, 1, 'A run that broke off must not pass');
  });

  it('shouldReadTheCountsAndFailuresOfTap', () => {
    const tap = 'not ok 2 - shouldWork\n    not ok 1 - inner\n# pass 7\n# fail 2\n# cancelled 1\n';
    const { passed, failed, notes } = countTap(tap, 1);
    assert.deepEqual([passed, failed, notes], [7, 3, ['shouldWork', 'inner']]);
  });

  it('shouldCountUnsupportedApexTestsAsFailures', () => {
    const json = {
      compiled: true,
      passed: 4,
      failed: 1,
      unsupported: 1,
      tests: [{ class: 'A', method: 'm', outcome: 'fail', message: 'why' }],
    };
    const { passed, failed, notes } = countApex(json, 1);
    assert.deepEqual([passed, failed, notes], [4, 2, ['A.m: fail: why']]);
    assert.equal(countApex({ ...json, failed: 0, unsupported: 0, compiled: false }, 0).failed, 1);
  });

  it('shouldCountACoverageBelow95PercentAsAFailure', () => {
    const json = { compiled: true, passed: 4, failed: 0, unsupported: 0, tests: [] };
    const withCoverage = (covered: number): object => ({
      ...json,
      coverage: { A: { covered, lines: 100 }, B: { covered: 100, lines: 100 } },
    });
    assert.deepEqual(countApex(withCoverage(90), 0), { passed: 4, failed: 0, notes: [] });
    const below = countApex(withCoverage(89), 0);
    assert.deepEqual([below.failed, below.notes], [1, ['94.5 % of the lines are covered, not 95']]);
    assert.equal(countApex({ ...json, coverage: {} }, 0).failed, 1);
  });
});
