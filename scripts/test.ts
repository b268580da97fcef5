import { readArguments } from './org/arguments.ts';
import { CommandError, messageOf, runCommand } from './org/commandError.ts';
import { apexTests } from './suite/apexTests.ts';
import { checks } from './suite/checks.ts';
import { endToEnd } from './suite/endToEnd.ts';
import { nodeTests } from './suite/nodeTests.ts';
import { startTest } from './suite/startTest.ts';
import type { Step, StepResult } from './suite/step.ts';

const STEPS: readonly Step[] = [
  checks,
  nodeTests('scoring-service'),
  nodeTests('local-org'),
  nodeTests('scripts'),
  apexTests,
  ...endToEnd(),
  startTest,
];

const USAGE = `npm test [-- --only NAME[,NAME]]

Runs everything and prints how many passed and failed in its last line; exit code 1 where anything failed.
${STEPS.map(({ name, what }) => `  ${name.padEnd(32)} ${what}`).join('\n')}`;

await runCommand(async () => {
  const values = readArguments(process.argv.slice(2), { only: { type: 'string' }, help: { type: 'boolean' } }, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const rows: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const step of selected(values.only)) {
    console.log(`\n=== ${step.name}: ${step.what}`);
    const started = performance.now();
    const result = await outcome(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`=== ${step.name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
    rows.push(`${step.name.padEnd(32)} ${tally(result)}   ${seconds.padStart(4)} s`);
    passed += result.passed;
    failed += result.failed;
  }
  console.log(`\n${rows.join('\n')}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
});

function tally({ passed, failed }: StepResult): string {
  return `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
}

/** A step that cannot run has tested nothing, which must not pass. */
async function outcome(step: Step): Promise<StepResult> {
  try {
    return await step.run();
  } catch (error) {
    console.log(`  could not run: ${messageOf(error)}`);
    return { passed: 0, failed: 1 };
  }
}

function selected(only: string | undefined): readonly Step[] {
  if (only === undefined) return STEPS;
  return only.split(',').map((name) => {
    const step = STEPS.find((each) => each.name === name.trim());
    if (step === undefined) throw new CommandError(`There is no step "${name}".\n\n${USAGE}`, 2);
    return step;
  });
}
