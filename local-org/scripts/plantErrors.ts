/**
 * Plants type errors in projects and says how many of those that apex-ls refuses `local-org check` refuses too.
 *
 * `npm run plant-errors -- DIR… [--count N] [--seed S]`
 *
 * An error in a body is seen in no other file, so that each run of both checkers judges one error in each file; an error in a
 * declaration is planted alone, one a round. Sources that one of the checkers refuses as they are get no errors. What `check`
 * reports on the untouched projects, apart from what it says it lacks, is printed as false. Exit code 1 below 99 %, and where
 * something false is reported.
 */
import { parseArgs } from 'node:util';
import type { Fault } from './plant/faults.ts';
import { Suite } from './plant/suite.ts';
import type { Plantable, Verdicts } from './plant/suite.ts';
import { mulberry, shuffled } from '../src/values/anyOrder.ts';

const AIM = 0.99;

const { values: args, positionals } = parseArgs({
  options: { count: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
if (positionals.length === 0) throw new Error('name the folders of projects in which errors are to be planted');
const count = numberOf('count', args.count);
const random = mulberry(numberOf('seed', args.seed));

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number, not ${text}`);
  return value;
}

/** An error that was tried: the message of each checker that refuses it. */
interface Result {
  readonly suite: string;
  readonly kind: string;
  readonly apexLs: string | null;
  readonly check: string | null;
}

interface Subject {
  readonly suite: Suite;
  readonly untouched: Verdicts;
  readonly files: readonly Plantable[];
  readonly falseProblems: readonly string[];
}

const results: Result[] = [];
const subjects: Subject[] = [];
try {
  for (const dir of positionals) {
    const suite = new Suite(dir);
    const untouched = await suite.verdicts();
    const files = suite.plantable(untouched);
    subjects.push({ suite, untouched, files, falseProblems: await suite.falseProblems() });
    console.log(
      `${suite.name}: ${files.length} sources; as they are, apex-ls refuses ${untouched.apexLs.size} more, check ${untouched.check.size}`,
    );
  }
  if (subjects.every(({ files }) => files.length === 0)) throw new Error('there is no source to plant errors in');
  for (let round = 1; results.length < count; round++) {
    for (const subject of subjects) await plantIn(subject);
    console.log(`round ${round}: ${results.length} planted, ${rate(results)}`);
  }
} finally {
  for (const { suite } of subjects) suite.remove();
}
process.exitCode = report();

async function plantIn(subject: Subject): Promise<void> {
  const inBodies = subject.files.flatMap((source) => {
    const fault = pick(source.faults.filter(({ declared }) => !declared));
    return fault === null ? [] : [{ source, fault }];
  });
  const bodies = await subject.suite.with(inBodies);
  for (const { source, fault } of inBodies) {
    note(subject, source, fault, bodies.apexLs.get(source.file) ?? null, bodies.check.get(source.file) ?? null);
  }
  const [source] = shuffled(subject.files, random);
  const fault = pick(source?.faults.filter(({ declared }) => declared) ?? []);
  if (source === undefined || fault === null) return;
  const alone = await subject.suite.with([{ source, fault }]);
  note(
    subject,
    source,
    fault,
    added(alone.apexLs, subject.untouched.apexLs),
    added(alone.check, subject.untouched.check),
  );
}

/** One of the kinds by chance, then one of its places. */
function pick(faults: readonly Fault[]): Fault | null {
  const [kind] = shuffled([...new Set(faults.map((fault) => fault.kind))], random);
  const [fault] = shuffled(
    faults.filter((each) => each.kind === kind),
    random,
  );
  return fault ?? null;
}

/** What is refused with the error only, wherever that is. */
function added(now: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): string | null {
  for (const [file, message] of now) if (!before.has(file)) return `${file}:${message}`;
  return null;
}

function note({ suite }: Subject, source: Plantable, fault: Fault, apexLs: string | null, check: string | null): void {
  results.push({ suite: suite.name, kind: fault.kind, apexLs, check });
  if ((apexLs === null) === (check === null)) return;
  const original = source.text.slice(fault.start, fault.end);
  const said = apexLs === null ? `only check: ${check ?? ''}` : `MISSED, apex-ls: ${apexLs}`;
  console.log(`  ${suite.name}/${source.file}:${fault.line} ${fault.kind}: ${original} → ${fault.text}\n    ${said}`);
}

function report(): number {
  const kinds = [...new Set(results.map(({ kind }) => kind))].sort();
  console.log('\nplanted  apex-ls  check too');
  for (const kind of kinds)
    row(
      kind,
      results.filter((result) => result.kind === kind),
    );
  console.log('');
  for (const { suite } of subjects)
    row(
      suite.name,
      results.filter((result) => result.suite === suite.name),
    );
  console.log('');
  row('all', results);
  const wrong = subjects.flatMap(({ falseProblems }) => falseProblems);
  for (const problem of wrong) console.log(`reported on the untouched project: ${problem}`);
  console.log(`\n${rate(results)}; ${wrong.length} reported on the untouched projects; seed ${args.seed}`);
  return share(results) >= AIM && wrong.length === 0 ? 0 : 1;
}

function row(name: string, of: readonly Result[]): void {
  const refused = of.filter(({ apexLs }) => apexLs !== null);
  const both = refused.filter(({ check }) => check !== null);
  const numbers = [of, refused, both].map(({ length }) => String(length).padStart(7)).join('  ');
  console.log(`${numbers}  ${(100 * share(of)).toFixed(2).padStart(6)} %  ${name}`);
}

/** The share of what apex-ls refuses that check refuses too; 1 where apex-ls refuses nothing. */
function share(of: readonly Result[]): number {
  const refused = of.filter(({ apexLs }) => apexLs !== null);
  return refused.length === 0 ? 1 : refused.filter(({ check }) => check !== null).length / refused.length;
}

function rate(of: readonly Result[]): string {
  const refused = of.filter(({ apexLs }) => apexLs !== null);
  const both = refused.filter(({ check }) => check !== null).length;
  return `check refuses ${both} of the ${refused.length} that apex-ls refuses (${(100 * share(of)).toFixed(2)} %)`;
}
