import { runDemo } from './demo/runDemo.ts';
import { demoTable } from './demo/table.ts';
import { FAULTS } from './faultyService.ts';
import type { Fault } from './faultyService.ts';
import { readArguments, wholeNumber, writeReport } from './org/arguments.ts';
import { CommandError, runCommand } from './org/commandError.ts';
import { progressLines } from './org/progress.ts';

const USAGE = `npm run demo -- [--json FILE] [--fault FAULT] [--leads N] [--seed N] [--deadline SECONDS]

Starts the scoring service and a local org with generated data, inserts leads (500), waits, and says what became of them.
  --fault     ${FAULTS.join(', ')}
  --deadline  seconds after the first insert until which all must be decided (240)
Exit code 1 where a lead was dropped, or where a fault was injected and a decision does not say the cause.`;

await runCommand(async () => {
  const values = readArguments(
    process.argv.slice(2),
    {
      json: { type: 'string' },
      fault: { type: 'string' },
      leads: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      deadline: { type: 'string', default: '240' },
      help: { type: 'boolean' },
    },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const report = await runDemo(
    {
      fault: faultOf(values.fault),
      leads: wholeNumber(values.leads, 'leads', 1, 10_000),
      seed: wholeNumber(values.seed, 'seed', 0, 2 ** 31),
      deadlineSeconds: wholeNumber(values.deadline, 'deadline', 1, 3600),
    },
    progressLines(),
  );
  console.log(`\n${demoTable(report)}`);
  if (values.json !== undefined) writeReport(values.json, report);
  for (const problem of report.problems) console.error(`  dropped ${problem}`);
  const silent = report.fault !== null && report.decisions_without_cause > 0;
  if (silent) console.error(`  ${report.decisions_without_cause} decisions do not say what the fault was.`);
  return report.dropped > 0 || silent ? 1 : 0;
});

function faultOf(text: string | undefined): Fault | undefined {
  const fault = FAULTS.find((each) => each === text);
  if (text !== undefined && fault === undefined) {
    throw new CommandError(`There is no fault "${text}". There are ${FAULTS.join(', ')}.`, 2);
  }
  return fault;
}
