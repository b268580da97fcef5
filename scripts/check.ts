import { parseArgs } from 'node:util';
import { apexTypes } from './check/apexTypes.ts';
import { assertions } from './check/assertions.ts';
import { eslint } from './check/eslint.ts';
import { describeFinding } from './check/finding.ts';
import type { Checker, Finding } from './check/finding.ts';
import { format } from './check/format.ts';
import { localOrg } from './check/localOrg.ts';
import { metadata } from './check/metadata.ts';
import { pmd } from './check/pmd.ts';
import { queries } from './check/queries.ts';
import { TOOLS_ROOT } from './check/tool.ts';
import { typescript } from './check/typescript.ts';

const CHECKERS: readonly Checker[] = [
  metadata,
  apexTypes,
  localOrg,
  assertions,
  queries,
  pmd,
  typescript,
  eslint,
  format,
];

const USAGE = `npm run check -- [--only NAME[,NAME]]

Runs all checkers and exits with 1 if any objects to anything:
${CHECKERS.map(({ name, what }) => `  ${name.padEnd(12)} ${what}`).join('\n')}`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const checkers = selected(values.only);
  let total = 0;
  for (const checker of checkers) {
    process.stdout.write(`${checker.name.padEnd(12)} `);
    const started = performance.now();
    const findings = await run(checker);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${findings.length === 0 ? 'ok' : `${findings.length} found`} (${seconds} s)`);
    for (const finding of findings) console.log(`  ${describeFinding(finding)}`);
    total += findings.length;
  }
  console.log(total === 0 ? `\nAll ${checkers.length} checks pass.` : `\n${total} found. Nothing may be left.`);
  return total === 0 ? 0 : 1;
}

function selected(only: string | undefined): readonly Checker[] {
  if (only === undefined) return CHECKERS;
  return only.split(',').map((name) => {
    const checker = CHECKERS.find((each) => each.name === name.trim());
    if (checker === undefined) throw new Error(`There is no checker "${name}".\n\n${USAGE}`);
    return checker;
  });
}

/** A checker that cannot run has checked nothing, which must not pass. */
async function run(checker: Checker): Promise<Finding[]> {
  try {
    return await checker.check(TOOLS_ROOT);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ file: '', line: 0, rule: checker.name, message: `could not run: ${message}` }];
  }
}

process.exitCode = await main();
