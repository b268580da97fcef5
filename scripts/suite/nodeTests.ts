import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './process.ts';
import type { Step, StepResult } from './step.ts';

/** Ends a run that hangs. On two idle cores the longest takes a few minutes; on a busy machine several times that. */
const LIMIT_SECONDS = 1500;

/** The node:test suite of a folder. */
export function nodeTests(folder: string): Step {
  return {
    name: folder,
    what: `tests of ${folder}`,
    run: async () => {
      const scratch = mkdtempSync(join(tmpdir(), 'suite-'));
      const tap = join(scratch, 'tests.tap');
      try {
        const { code } = await runScript(
          [
            '--test',
            '--test-reporter=dot',
            '--test-reporter-destination=stdout',
            '--test-reporter=tap',
            `--test-reporter-destination=${tap}`,
            `${folder}/test/**/*.test.ts`,
          ],
          LIMIT_SECONDS,
        );
        const result = countTap(readFileSync(tap, 'utf8'), code);
        for (const note of result.notes ?? []) console.log(`  FAILED ${note}`);
        return result;
      } finally {
        rmSync(scratch, { recursive: true });
      }
    },
  };
}

/** Reads the counts at the end of a TAP report. No test at all, or a run that broke off, is a failure. */
export function countTap(tap: string, code: number): StepResult {
  const count = (name: string): number => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const passed = count('pass');
  const failed = count('fail') + count('cancelled');
  const notes = [...tap.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map(([, name]) => name ?? '');
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed, notes };
}
