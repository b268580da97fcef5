import { runScript } from './process.ts';
import type { Step, StepResult } from './step.ts';

const LIMIT_SECONDS = 300;

/** `npm run check`, each checker a test. */
export const checks: Step = {
  name: 'check',
  what: 'types, rules, formatting and metadata (npm run check)',
  run: async () => countChecks(await runScript(['scripts/check.ts'], LIMIT_SECONDS)),
};

/** Counts the lines `name  ok (1.0 s)` and `name  3 found (1.0 s)`. A run that failed has at least one failure. */
export function countChecks({ code, output }: { code: number; output: string }): StepResult {
  const passed = output.match(/^\S+ +ok \(/gm)?.length ?? 0;
  const failed = output.match(/^\S+ +\d+ found \(/gm)?.length ?? 0;
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}
