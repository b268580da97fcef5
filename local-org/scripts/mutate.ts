/**
 * Changes local-org's own checks one at a time and says which changes its tests notice.
 *
 * `npm run mutate:local-org -- [--count N] [--seed S] [--area soql,dml] [--list] [--gaps]`
 *
 * Changes that the type checker refuses do not count, and neither do those that alter no behaviour by their kind
 * (`mutate/changes.ts`). First every test file runs once with probes, which tell where a change would make a difference; a
 * mutant is then tried with those files alone, close ones first, until one fails or does not end. Exit code 1 below 90 %.
 * `--list` prints all possible changes, `--gaps` those that make no difference in any test: nothing needs to be tried to know
 * that nobody notices them.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AREAS } from './mutate/areas.ts';
import { CompilerCheck } from './mutate/compiles.ts';
import { allMutants, sample } from './mutate/sample.ts';
import type { Mutant } from './mutate/sample.ts';
import { PROCESSES, TestFiles } from './mutate/testFiles.ts';
import { Workspace } from './mutate/workspace.ts';

const AIM = 0.9;
/** No test file takes this long unchanged. */
const SLOWEST_MS = 180_000;

type Verdict = 'caught' | 'timeout' | 'survived' | 'no effect';

const { values: args } = parseArgs({
  options: {
    count: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    area: { type: 'string' },
    list: { type: 'boolean', default: false },
    gaps: { type: 'boolean', default: false },
  },
});

const root = join(import.meta.dirname, '..');
const wanted = args.area?.split(',') ?? AREAS.map(({ name }) => name);
const areas = AREAS.filter(({ name }) => wanted.includes(name));
const unknown = wanted.filter((name) => !AREAS.some((area) => area.name === name));
if (unknown.length > 0) {
  throw new Error(`there is no area ${unknown.join(', ')}: use ${AREAS.map(({ name }) => name).join(', ')}`);
}

const everyMutant = allMutants(root);
const byArea = new Map(areas.map(({ name }) => [name, everyMutant.filter(({ area }) => area.name === name)]));
if (args.list) {
  for (const mutant of [...byArea.values()].flat()) console.log(describe(mutant));
  for (const [area, mutants] of byArea) console.log(`${area}: ${mutants.length} possible changes`);
} else {
  const compiler = new CompilerCheck(root);
  const accepts = (mutant: Mutant): boolean => compiler.accepts(mutant);
  if (args.gaps) await listGaps(accepts);
  else
    process.exitCode = await measure(
      sample(byArea, numberOf('count', args.count), numberOf('seed', args.seed), accepts),
    );
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number, not ${text}`);
  return value;
}

function describe({ path, line, kind, original, text }: Mutant): string {
  const short = (part: string) => part.replace(/\s+/g, ' ').slice(0, 90);
  return `local-org/${path}:${line}  ${kind}: ${short(original)} → ${short(text) || '(nothing)'}`;
}

async function listGaps(accepts: (mutant: Mutant) => boolean): Promise<void> {
  const tests = new TestFiles(areas);
  await tests.measure(root, everyMutant, SLOWEST_MS);
  for (const [area, mutants] of byArea) {
    const gaps = mutants.filter((mutant) => tests.of(mutant, root).length === 0 && accepts(mutant));
    for (const mutant of gaps) console.log(describe(mutant));
    console.log(`${area}: ${gaps.length} of ${mutants.length} possible changes make no difference in any test`);
  }
}

async function measure(mutants: readonly Mutant[]): Promise<number> {
  const results: { mutant: Mutant; verdict: Verdict }[] = [];
  const waiting = [...mutants];
  const tests = new TestFiles(areas);
  const run = async (workspace: Workspace): Promise<void> => {
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const { verdict, by } = await judge(mutant, workspace, tests);
        results.push({ mutant, verdict });
        const place = `${String(results.length).padStart(3)}/${mutants.length}`;
        console.log(`${place} ${verdict.padEnd(9)} ${describe(mutant)}${by === null ? '' : `  [${by}]`}`);
      }
    } finally {
      workspace.remove();
    }
  };
  // All copies are made before anything runs: what is edited meanwhile does not matter.
  const copies = Array.from({ length: PROCESSES }, () => new Workspace(root));
  await tests.measure(root, everyMutant, SLOWEST_MS);
  await Promise.all(copies.map(run));
  return report(results);
}

/** Runs the tests during which the change makes a difference. A change that alters nothing while they run needs no run. */
async function judge(
  mutant: Mutant,
  workspace: Workspace,
  tests: TestFiles,
): Promise<{ verdict: Verdict; by: string | null }> {
  const files = tests.of(mutant, workspace.root);
  if (files.length === 0) return { verdict: 'no effect', by: null };
  const { outcome, file } = await workspace.test(files, mutant);
  return { verdict: outcome === 'passed' ? 'survived' : outcome === 'failed' ? 'caught' : 'timeout', by: file };
}

function lives({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === 'survived' || verdict === 'no effect';
}

function report(results: readonly { mutant: Mutant; verdict: Verdict }[]): number {
  console.log('');
  for (const { name } of areas) {
    const of = results.filter(({ mutant }) => mutant.area.name === name);
    if (of.length > 0) console.log(`${name}: ${rateText(of)} of ${byArea.get(name)?.length ?? 0} possible changes`);
  }
  const kinds = [...new Set(results.map(({ mutant }) => mutant.kind))].sort();
  for (const kind of kinds) console.log(`${kind}: ${rateText(results.filter(({ mutant }) => mutant.kind === kind))}`);
  const survivors = results.filter(lives);
  if (survivors.length > 0) {
    const lines = survivors.map(({ mutant, verdict }) => `${verdict.padEnd(9)} ${describe(mutant)}`);
    console.log(`\nnot caught:\n${lines.join('\n')}`);
  }
  console.log(`\nall: ${rateText(results)}, seed ${args.seed}`);
  return results.length - survivors.length >= AIM * results.length ? 0 : 1;
}

function rateText(of: readonly { verdict: Verdict }[]): string {
  const caught = of.filter((each) => !lives(each)).length;
  return `${caught} of ${of.length} caught (${((100 * caught) / Math.max(1, of.length)).toFixed(1)} %)`;
}
