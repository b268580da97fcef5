import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ClassCoverage } from '../../testing/coverage.ts';
import { junitXml } from '../../testing/junit.ts';
import type { TestResult } from '../../engine/testRun.ts';
import { runSharded } from '../../testing/runSharded.ts';
import type { TestReport } from '../../testing/runSharded.ts';
import type { TestSettings } from '../../testing/worker.ts';
import { checkTarget, wholeNumber } from '../optionValues.ts';
import { shortStack } from '../shortStack.ts';
import { projectFolder } from '../projectFolder.ts';
import { cacheDirOf, problemText } from './check.ts';

const MOST_WORKERS = 64;

export const usage =
  'local-org test <project> [--tests A,B.method] [--json FILE] [--junit FILE] [--coverage] [--workers N] [--shuffle SEED] [--quiet]';

/** `local-org test`: runs a project's Apex tests. Returns 0 where all pass, 1 where not, 2 for bad arguments. */
export async function test(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      tests: { type: 'string' },
      json: { type: 'string' },
      junit: { type: 'string' },
      coverage: { type: 'boolean', default: false },
      workers: { type: 'string' },
      shuffle: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  const dir = projectFolder(positionals, usage);
  if (dir === null) return 2;
  const shuffle = wholeNumber('shuffle', values.shuffle, 0, Number.MAX_SAFE_INTEGER);
  const workers = wholeNumber('workers', values.workers, 1, MOST_WORKERS) ?? Math.min(2, availableParallelism());
  checkTarget('json', values.json);
  checkTarget('junit', values.junit);
  const started = performance.now();
  const settings: Omit<TestSettings, 'shard'> = {
    projectDir: resolve(dir),
    cacheDir: cacheDirOf(dir),
    names: values.tests?.split(',').map((name) => name.trim()) ?? null,
    coverage: values.coverage,
    shuffle,
    shards: workers,
  };
  let report: TestReport;
  try {
    report = await runSharded(settings, (result) => {
      if (!values.quiet) printResult(result);
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
  for (const problem of report.problems) console.error(problemText(problem));
  if (report.coverage) printCoverage(report.coverage);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${report.passed} passed, ${report.failed} failed` +
      `${report.unsupported > 0 ? `, ${report.unsupported} unsupported` : ''} (${report.tests.length} tests, ${seconds} s)`,
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (values.junit !== undefined) writeFileSync(values.junit, junitXml(report.tests));
  return report.passed === report.tests.length && report.compiled ? 0 : 1;
}

function printResult({ class: name, method, outcome, message, stack, ms }: TestResult): void {
  const sign = outcome === 'pass' ? '✔' : outcome === 'unsupported' ? '?' : '✖';
  console.log(`${sign} ${name}.${method} (${ms} ms)`);
  if (message !== null)
    console.log(`    ${message}${stack ? `\n    ${shortStack(stack).replaceAll('\n', '\n    ')}` : ''}`);
}

function printCoverage(coverage: Readonly<Record<string, ClassCoverage>>): void {
  let lines = 0;
  let covered = 0;
  for (const [name, of] of Object.entries(coverage)) {
    lines += of.lines;
    covered += of.covered;
    console.log(`${percent(of.covered, of.lines)}  ${name} (${of.covered} of ${of.lines} lines)`);
  }
  console.log(`${percent(covered, lines)}  in all`);
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : (100 * part) / whole).toFixed(1).padStart(5)} %`;
}
