import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assembleEngine } from '../../local-org/src/assembleEngine.ts';
import type { Engine } from '../../local-org/src/engine/engine.ts';
import { runTests } from '../../local-org/src/engine/testRun.ts';
import type { TestResult } from '../../local-org/src/engine/testRun.ts';
import { decFromDouble } from '../../local-org/src/values/decimal.ts';

const SETTINGS = `<?xml version="1.0" encoding="UTF-8"?>
<CurrencySettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <enableMultiCurrency>true</enableMultiCurrency>
</CurrencySettings>
`;

/** What of the package reads leads, decides, saves and reports; the whole suite would take a minute more. */
const TESTS = [
  ...['CorporateRevenueTest', 'PendingLeadsTest', 'RoutingJobTest', 'RoutingJobLimitsTest', 'RouterTest'],
  ...['ScoringRequestTest', 'RoutingRulesTest', 'LeadIntakeTest', 'LeadEnrichmentsTest', 'AssignmentTest'],
  ...['RoutingPreviewTest', 'OutcomeReconciliationTest', 'PerformanceRollupTest', 'RoutingRunsTest', 'FaultMatrixTest'],
];

/** The package in an org with several currencies: one dollar is 0.80 euros. */
describe('the package in an org with several currencies', () => {
  const projectDir = mkdtempSync(join(tmpdir(), 'several-currencies-'));
  let engine: Engine;

  before(async () => {
    const root = join(import.meta.dirname, '../..');
    for (const name of ['force-app', 'sfdx-project.json']) {
      cpSync(join(root, name), join(projectDir, name), { recursive: true });
    }
    mkdirSync(join(projectDir, 'force-app/main/settings'));
    writeFileSync(join(projectDir, 'force-app/main/settings/Currency.settings-meta.xml'), SETTINGS);
    const settings = {
      projectDir,
      cacheDir: null,
      credentials: { credentials: {}, endpoints: {} },
      subscriberUsers: {},
    };
    const assembled = await assembleEngine(settings, { callout: null, report: (line) => assert.fail(line) });
    assert.deepEqual(assembled.problems, []);
    engine = assembled.engine;
    const rate = { ConversionRate: decFromDouble(0.8), DecimalPlaces: 2, IsActive: true, IsCorporate: false };
    engine.records.insertSystem('CurrencyType', { IsoCode: 'EUR', ...rate });
    engine.records.commitSystem();
  });
  after(() => rmSync(projectDir, { recursive: true }));

  it('shouldPassTheTestsOfRouting', () => {
    const results: TestResult[] = [];
    runTests(engine, engine.records.administrator, { names: TESTS }, (result) => results.push(result));
    assert.ok(results.length > 100, `${results.length} tests ran`);
    const failed = results.filter(({ outcome }) => outcome !== 'pass');
    assert.deepEqual(
      failed.map((result) => `${result.class}.${result.method}: ${result.message}\n${result.stack}`),
      [],
    );
  });
});
