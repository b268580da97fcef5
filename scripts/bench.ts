/**
 * Measures local-org, then the scoring service, and prints each figure beside its goal.
 *
 * `npm run bench -- [--json FILE]`
 *
 * The file holds a row a figure: name, value, goal, whether it holds, and what it was set beside. One of the two alone:
 * `npm run bench -w scoring-service -- --only handler`, `node local-org/bench/bench.ts`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const rowsSchema = z.array(
  z.looseObject({ name: z.string(), value: z.number(), goal: z.string(), holds: z.boolean(), against: z.string() }),
);

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const rows = ['local-org', 'scoring-service'].flatMap((part) => {
    const file = join(folder, `${part}.json`);
    const { status, error } = spawnSync(process.execPath, [join(ROOT, part, 'bench/bench.ts'), '--json', file], {
      stdio: 'inherit',
    });
    if (error) throw error;
    if (status !== 0) throw new Error(`the measurements of ${part} ended with ${status ?? 'a signal'}`);
    return rowsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  });
  const missed = rows.filter(({ holds }) => !holds);
  console.log(`${rows.length - missed.length} of ${rows.length} goals hold`);
  for (const { name, value, goal } of missed) console.log(`missed: ${name}: ${value}, goal ${goal}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
