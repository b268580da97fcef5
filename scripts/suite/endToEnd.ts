import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoReport } from '../demo/runDemo.ts';
import { FAULTS } from '../faultyService.ts';
import type { Fault } from '../faultyService.ts';
import type { ImportReport } from '../maven/runImport.ts';
import { PROJECT_ROOT } from '../org/projectRoot.ts';
import { expectationsOfDemo, expectationsOfFault, expectationsOfImport } from './expectations.ts';
import { runScript } from './process.ts';
import { judge } from './step.ts';
import type { Expectation, Step, StepResult } from './step.ts';

const LIMIT_SECONDS = 300;
/** Real data that is not part of the product: a folder beside the repository, where there is one. */
const MAVEN_DIR = join(PROJECT_ROOT, '..', 'shared', 'data', 'maven-crm');

/** Demo, every fault and the import, each as a person would run it. */
export function endToEnd(): Step[] {
  return [demo(undefined), ...FAULTS.map(demo), mavenImport()];
}

function demo(fault: Fault | undefined): Step {
  return {
    name: fault === undefined ? 'demo' : `demo --fault ${fault}`,
    what: fault === undefined ? '500 leads from insert to decision' : `the same with ${fault}`,
    run: () =>
      judgedReport<DemoReport>(
        ['scripts/demo.ts', ...(fault === undefined ? [] : ['--fault', fault])],
        (report, code) =>
          fault === undefined ? expectationsOfDemo(report, code) : expectationsOfFault(report, fault, code),
      ),
  };
}

function mavenImport(): Step {
  return {
    name: 'import',
    what: 'a CRM that nobody here made, its open deals routed',
    run: async () => {
      if (!existsSync(MAVEN_DIR)) {
        console.log(`  left out: there is no ${MAVEN_DIR} on this machine`);
        return { passed: 0, failed: 0 };
      }
      return judgedReport<ImportReport>(['scripts/import.ts', '--dir', MAVEN_DIR], expectationsOfImport);
    },
  };
}

/** The report is ours and typed; what it says is judged. */
async function judgedReport<Report>(
  args: readonly string[],
  expectations: (report: Report, exitCode: number) => Expectation[],
): Promise<StepResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'suite-'));
  const json = join(scratch, 'report.json');
  try {
    const { code } = await runScript([...args, '--json', json], LIMIT_SECONDS);
    if (!existsSync(json)) return judge([{ name: 'a report is written', holds: false, found: `exit code ${code}` }]);
    return judge(expectations(JSON.parse(readFileSync(json, 'utf8')) as Report, code));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
