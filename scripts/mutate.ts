/**
 * Breaks the production Apex in small ways, one at a time, and says which changes the Apex tests notice.
 *
 * `npm run mutate -- [--count N] [--seed S] [--only ClassName] [--list]`
 *
 * A change that does not compile does not count. The tests that name the changed class run first; all others only where
 * these notice nothing. Exit code 1 below 85 %.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { mutantsOf, sample } from './mutate/mutants.ts';
import type { Mutant } from './mutate/mutants.ts';

const AIM = 0.85;
const TIMEOUT_MS = 120_000;
const ROOT = join(import.meta.dirname, '..');
const reportSchema = z.object({ compiled: z.boolean(), passed: z.number(), failed: z.number() });

type Verdict = 'caught' | 'survived' | 'does not compile';

const { values: args } = parseArgs({
  options: {
    count: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

const sources = globSync('force-app/main/**/*.cls', { cwd: ROOT }).filter((file) => !file.endsWith('Test.cls'));
const chosen = sources.filter((file) => args.only === undefined || basename(file, '.cls') === args.only);
const mutants = chosen.sort().flatMap((file) => mutantsOf(join(ROOT, file)));
if (args.list) {
  for (const mutant of mutants) console.log(describe(mutant));
  console.log(`${mutants.length} possible changes`);
} else {
  process.exitCode = measure(sample(mutants, mutants.length, Number(args.seed)), Number(args.count));
}

function describe({ file, line, kind }: Mutant): string {
  return `${file.slice(ROOT.length + 1)}:${line}  ${kind}`;
}

/** Goes through the changes until as many as wanted compiled. */
function measure(candidates: readonly Mutant[], count: number): number {
  const project = mkdtempSync(join(tmpdir(), 'apex-mutants-'));
  try {
    for (const name of ['force-app', 'config', 'sfdx-project.json']) {
      cpSync(join(ROOT, name), join(project, name), { recursive: true });
    }
    const survivors: Mutant[] = [];
    let caught = 0;
    for (const mutant of candidates) {
      if (caught + survivors.length >= count) break;
      const verdict = judge(mutant, project);
      if (verdict === 'does not compile') continue;
      if (verdict === 'caught') caught++;
      else survivors.push(mutant);
      console.log(`${verdict.padEnd(9)} ${describe(mutant)}`);
    }
    const total = caught + survivors.length;
    console.log(`\n${caught} of ${total} changes caught (${((100 * caught) / total).toFixed(1)} %)`);
    return caught >= AIM * total ? 0 : 1;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function judge(mutant: Mutant, project: string): Verdict {
  const target = join(project, mutant.file.slice(ROOT.length + 1));
  const original = readFileSync(mutant.file, 'utf8');
  writeFileSync(target, original.slice(0, mutant.start) + mutant.text + original.slice(mutant.end));
  try {
    const near = testsNaming(basename(mutant.file, '.cls'));
    const first = near.length > 0 ? run(project, near) : null;
    if (first !== null && first !== 'survived') return first;
    return run(project, null);
  } finally {
    writeFileSync(target, original);
  }
}

function testsNaming(name: string): string[] {
  const word = new RegExp(`\\b${name}\\b`);
  return globSync('force-app/main/**/*Test.cls', { cwd: ROOT })
    .filter((file) => word.test(readFileSync(join(ROOT, file), 'utf8')) || basename(file) === `${name}Test.cls`)
    .map((file) => basename(file, '.cls'));
}

function run(project: string, tests: readonly string[] | null): Verdict {
  const json = join(project, 'report.json');
  rmSync(json, { force: true });
  const command = [
    join(ROOT, 'local-org/src/cli/main.ts'),
    'test',
    project,
    '--quiet',
    '--workers',
    '1',
    '--json',
    json,
  ];
  const filter = tests === null ? [] : ['--tests', tests.join(',')];
  const { error } = spawnSync(process.execPath, [...command, ...filter], { timeout: TIMEOUT_MS, encoding: 'utf8' });
  if (error) return 'caught';
  const report = reportSchema.parse(JSON.parse(readFileSync(json, 'utf8')));
  if (!report.compiled) return 'does not compile';
  return report.failed > 0 ? 'caught' : 'survived';
}
