import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runScript } from './process.ts';
import type { Step, StepResult } from './step.ts';

const LIMIT_SECONDS = 420;
/** Of the lines of all production classes together. */
const LEAST_COVERAGE = 0.95;

const report = z.object({
  compiled: z.boolean(),
  passed: z.number(),
  failed: z.number(),
  unsupported: z.number(),
  tests: z.array(
    z.object({ class: z.string(), method: z.string(), outcome: z.string(), message: z.string().nullish() }),
  ),
  coverage: z.record(z.string(), z.object({ covered: z.number(), lines: z.number() })).optional(),
});

/** The Apex tests of the package, on the local org. */
export const apexTests: Step = {
  name: 'apex',
  what: 'Apex tests of the package, run by local-org',
  run: async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'suite-'));
    const json = join(scratch, 'apex.json');
    try {
      const { code } = await runScript(
        ['local-org/src/cli/main.ts', 'test', '.', '--json', json, '--quiet', '--coverage'],
        LIMIT_SECONDS,
      );
      if (!existsSync(json)) return { passed: 0, failed: 1, notes: [`no report was written, exit code ${code}`] };
      const result = countApex(JSON.parse(readFileSync(json, 'utf8')), code);
      for (const note of result.notes ?? []) console.log(`  FAILED ${note}`);
      return result;
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
};

/**
 * Counts an `--json` report of `local-org test`. Unsupported tests, and classes that do not compile, are failures; so is a
 * coverage below 95 %, where the report has one.
 */
export function countApex(json: unknown, code: number): StepResult {
  const { compiled, passed, failed, unsupported, tests, coverage } = report.parse(json);
  const notes = tests
    .filter(({ outcome }) => outcome !== 'pass')
    .map((test) => `${test.class}.${test.method}: ${test.outcome}: ${test.message ?? ''}`);
  const share = coverage === undefined ? 1 : shareOf(Object.values(coverage));
  if (share < LEAST_COVERAGE) notes.push(`${(100 * share).toFixed(1)} % of the lines are covered, not 95`);
  const missed = failed + unsupported + (share < LEAST_COVERAGE ? 1 : 0);
  const broken = !compiled || passed === 0 || code !== 0;
  return { passed, failed: missed === 0 && broken ? 1 : missed, notes };
}

function shareOf(classes: readonly { covered: number; lines: number }[]): number {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const lines = sum(classes.map((one) => one.lines));
  return lines === 0 ? 0 : sum(classes.map((one) => one.covered)) / lines;
}
