/**
 * Changes local-org's own checks one at a time and says which changes its tests notice.
 *
 * `npm run mutate:local-org -- [--count N] [--seed S] [--area soql,dml] [--list]`
 *
 * Changes that the type checker refuses do not count. A mutant is caught where a test of its area fails or does not end in time. Exit code 1 below 90 %.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AREAS } from './mutate/areas.ts';
import { CompilerCheck } from './mutate/compiles.ts';
import { allMutants, sample } from './mutate/sample.ts';
import type { Mutant } from './mutate/sample.ts';
import { Workspace } from './mutate/workspace.ts';
import type { Verdict } from './mutate/workspace.ts';

const PROCESSES = 2;
const AIM = 0.9;
const TIMEOUT_MS = 90_000;

const { values: args } = parseArgs({
  options: {
    count: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    area: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

const root = join(import.meta.dirname, '..');
const wanted = args.area?.split(',') ?? AREAS.map(({ name }) => name);
const areas = AREAS.filter(({ name }) => wanted.includes(name));
const unknown = wanted.filter((name) => !AREAS.some((area) => area.name === name));
if (unknown.length > 0) {
  throw new Error(`there is no area ${unknown.join(', ')}: use ${AREAS.map(({ name }) => name).join(', ')}`);
}

const byArea = allMutants(root, areas);
if (args.list) {
  for (const mutant of [...byArea.values()].flat()) console.log(describe(mutant));
  for (const [area, mutants] of byArea) console.log(`${area}: ${mutants.length} possible changes`);
} else {
  const compiler = new CompilerCheck(root);
  const accepts = (mutant: Mutant): boolean => compiler.accepts(mutant);
  process.exitCode = await measure(sample(byArea, numberOf('count', args.count), numberOf('seed', args.seed), accepts));
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

async function measure(mutants: readonly Mutant[]): Promise<number> {
  const results: { mutant: Mutant; verdict: Verdict }[] = [];
  const waiting = [...mutants];
  const run = async (): Promise<void> => {
    const workspace = new Workspace(root);
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const verdict = await workspace.try(mutant, TIMEOUT_MS);
        results.push({ mutant, verdict });
        console.log(`${String(results.length).padStart(3)}/${mutants.length} ${verdict.padEnd(8)} ${describe(mutant)}`);
      }
    } finally {
      workspace.remove();
    }
  };
  await checkUnchanged();
  await Promise.all(Array.from({ length: PROCESSES }, run));
  return report(results);
}

/** A test that fails anyway would catch everything. */
async function checkUnchanged(): Promise<void> {
  const workspace = new Workspace(root);
  try {
    for (const area of areas) {
      if (!(await workspace.passes(area, TIMEOUT_MS)))
        throw new Error(`the tests of ${area.name} fail without any change`);
    }
  } finally {
    workspace.remove();
  }
}

function report(results: readonly { mutant: Mutant; verdict: Verdict }[]): number {
  console.log('');
  for (const { name } of areas) {
    const of = results.filter(({ mutant }) => mutant.area.name === name);
    if (of.length > 0) console.log(`${name}: ${rateText(of)} of ${byArea.get(name)?.length ?? 0} possible changes`);
  }
  const survivors = results.filter(({ verdict }) => verdict === 'survived');
  if (survivors.length > 0) console.log(`\nsurvived:\n${survivors.map(({ mutant }) => describe(mutant)).join('\n')}`);
  console.log(`\nall: ${rateText(results)}, seed ${args.seed}`);
  return results.length - survivors.length >= AIM * results.length ? 0 : 1;
}

function rateText(of: readonly { verdict: Verdict }[]): string {
  const caught = of.filter(({ verdict }) => verdict !== 'survived').length;
  return `${caught} of ${of.length} caught (${((100 * caught) / Math.max(1, of.length)).toFixed(1)} %)`;
}
