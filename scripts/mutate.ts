import { globSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { mutantsOf } from './mutate/mutants.ts';
import type { Mutant } from './mutate/mutants.ts';
import { evenly } from './mutate/sample.ts';
import { Trial } from './mutate/trial.ts';
import { readArguments, wholeNumber, writeReport } from './org/arguments.ts';
import { runCommand } from './org/commandError.ts';
import { PROJECT_ROOT } from './org/projectRoot.ts';

const USAGE = `npm run mutate -- [--count N] [--seed S] [--workers N] [--only CLASS[,CLASS]] [--kind KIND] [--json FILE] [--list]

Breaks the production Apex in small ways, one at a time, and says which changes the Apex tests notice. A change that does
not compile does not count. Changes are spread evenly over kinds and classes; the seed decides which.
Exit code 1 where fewer than 85 % are noticed.`;

const AIM = 0.85;

interface Judged {
  readonly mutant: Mutant;
  readonly verdict: string;
  /** The test that noticed; null where none did. */
  readonly by: string | null;
}

await runCommand(async () => {
  const values = readArguments(
    process.argv.slice(2),
    {
      count: { type: 'string', default: '150' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      only: { type: 'string' },
      kind: { type: 'string' },
      json: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const names = values.only?.split(',');
  const mutants = globSync('force-app/main/**/*.cls', { cwd: PROJECT_ROOT })
    .filter((file) => !file.endsWith('Test.cls') && (names === undefined || names.includes(basename(file, '.cls'))))
    .sort()
    .flatMap((file) => mutantsOf(join(PROJECT_ROOT, file)))
    .filter(({ kind }) => values.kind === undefined || kind === values.kind);
  if (values.list) {
    for (const mutant of mutants) console.log(describe(mutant));
    console.log(table(Map.groupBy(mutants, ({ kind }) => kind)));
    return 0;
  }
  const seed = wholeNumber(values.seed, 'seed', 0, 2 ** 31);
  const count = wholeNumber(values.count, 'count', 1, 10_000);
  const judged = await judgeAll(evenly(mutants, seed), count, wholeNumber(values.workers, 'workers', 1, 16));
  if (values.json !== undefined) writeReport(values.json, judged.map(reported));
  return summarise(judged, seed);
});

/** Goes through the changes in their order until as many as wanted compiled. */
async function judgeAll(candidates: readonly Mutant[], count: number, workers: number): Promise<Judged[]> {
  const judged: Judged[] = [];
  let next = 0;
  let underWay = 0;
  const work = async (): Promise<void> => {
    const trial = new Trial();
    try {
      await trial.requireGreen();
      while (judged.length + underWay < count) {
        const mutant = candidates[next++];
        if (mutant === undefined) return;
        underWay++;
        const verdict = await trial.judge(mutant).finally(() => underWay--);
        if (verdict.kind === 'does not compile') continue;
        const by = verdict.kind === 'caught' ? verdict.by : null;
        judged.push({ mutant, verdict: verdict.kind, by });
        console.log(`${verdict.kind.padEnd(9)} ${describe(mutant)}${by === null ? '' : `  (${by})`}`);
      }
    } finally {
      await trial.close();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return judged;
}

function summarise(judged: readonly Judged[], seed: number): number {
  const caught = judged.filter(({ verdict }) => verdict !== 'survived').length;
  console.log(`\n${table(Map.groupBy(judged, ({ mutant }) => mutant.kind))}\n`);
  const share = judged.length === 0 ? 0 : caught / judged.length;
  const classes = new Set(judged.map(({ mutant }) => mutant.file)).size;
  console.log(
    `seed ${seed}: ${caught} of ${judged.length} changes in ${classes} classes noticed (${(100 * share).toFixed(1)} %)`,
  );
  return share >= AIM ? 0 : 1;
}

function table(byKind: ReadonlyMap<string, readonly (Mutant | Judged)[]>): string {
  return [...byKind]
    .map(([kind, all]) => {
      const noticed = all.filter((each) => 'verdict' in each && each.verdict !== 'survived').length;
      const isJudged = all.some((each) => 'verdict' in each);
      return `${kind.padEnd(28)} ${isJudged ? `${noticed} of ` : ''}${all.length}`;
    })
    .join('\n');
}

function describe({ file, line, kind }: Mutant): string {
  return `${relative(PROJECT_ROOT, file)}:${line}  ${kind}`;
}

function reported({ mutant, verdict, by }: Judged): object {
  return { ...mutant, file: relative(PROJECT_ROOT, mutant.file), verdict, by };
}
