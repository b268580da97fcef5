import { countRows, table } from './demo/table.ts';
import { clean } from './maven/clean.ts';
import { groupProblems } from './maven/dataProblem.ts';
import { readTables } from './maven/readTables.ts';
import { runImport } from './maven/runImport.ts';
import { readArguments, wholeNumber, writeReport } from './org/arguments.ts';
import { CommandError, runCommand } from './org/commandError.ts';
import { progressLines } from './org/progress.ts';

const USAGE = `npm run import -- --dir DIR [--json FILE] [--deadline SECONDS]

Starts the scoring service and a local org, loads Maven Analytics' CRM data (accounts.csv, products.csv, sales_teams.csv,
sales_pipeline.csv) from DIR over the REST API, inserts its open deals as leads, and says what became of them.
  --deadline  seconds after the last insert until which all must be decided (300)
Exit code 1 where a lead was dropped, 2 where a file or column is missing. Typing errors in the data are reported only.`;

await runCommand(async () => {
  const values = readArguments(
    process.argv.slice(2),
    {
      dir: { type: 'string' },
      json: { type: 'string' },
      deadline: { type: 'string', default: '300' },
      help: { type: 'boolean' },
    },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  if (values.dir === undefined) throw new CommandError(`Name the folder of the data with --dir.\n\n${USAGE}`, 2);
  const deadline = wholeNumber(values.deadline, 'deadline', 1, 3600);
  const progress = progressLines();
  const data = clean(readTables(values.dir));
  progress(`${data.deals.length} deals read, ${data.problems.length} values not as they should be`);
  const report = await runImport(data, deadline, progress);
  console.log(
    `\n${table([
      ['accounts', report.accounts],
      ['products', report.products],
      ['representatives', report.representatives],
      ['  without deals', report.representatives_without_deals.join(', ')],
      ['opportunities', report.opportunities],
      ...countRows({ ...report, inserted: report.leads }),
      ['seconds', report.seconds],
    ])}`,
  );
  console.log('\nValues that were not taken as they stand:');
  for (const { problem, count } of groupProblems(report.data_problems)) {
    const { file, field, value, taken_as: takenAs } = problem;
    console.log(`  ${String(count).padStart(5)} × ${file} ${field} "${value}" taken as ${takenAs}`);
  }
  if (values.json !== undefined) writeReport(values.json, report);
  for (const problem of report.problems) console.error(`  dropped ${problem}`);
  return report.dropped > 0 ? 1 : 0;
});
