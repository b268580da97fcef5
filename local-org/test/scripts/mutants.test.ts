import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { changesOf } from '../../scripts/mutate/changes.ts';
import { reaches, readReach } from '../../scripts/mutate/reach.ts';

const changes = (text: string): string[] =>
  changesOf('x.ts', text).map(({ kind, start, end, text: by }) => `${kind}: ${text.slice(start, end)} → ${by}`);

describe('mutants', () => {
  it('shouldSkipChecksAndWeakenThem', () => {
    assert.deepEqual(changes(`if (a.used > LIMIT && !b) raise('System.LimitException', 'x');`), [
      `skip a check: a.used > LIMIT && !b → false`,
      `drop a clause: a.used > LIMIT && !b → a.used > LIMIT`,
      `drop a clause: a.used > LIMIT && !b → !b`,
      `move a boundary: > → >=`,
    ]);
  });

  it('shouldSwapModesMoveLimitsAndForgetFiltersAndCalls', () => {
    assert.deepEqual(changes(`const MOST = 100;`), ['off by one: 100 → 101']);
    assert.deepEqual(changes(`run({ mode: 'user' });`), [
      `leave out a call: run({ mode: 'user' }); → ;`,
      `swap user and system mode: 'user' → 'system'`,
    ]);
    assert.deepEqual(changes(`const open = rows.filter((row) => row.open);`), [
      'remove a filter: rows.filter((row) => row.open) → rows',
    ]);
  });

  it('shouldTellWhatARunExecuted', () => {
    const folder = mkdtempSync(join(tmpdir(), 'reach-'));
    try {
      mkdirSync(join(folder, 'src'));
      const text = `const of = (n: number): string => (n > 1 ? 'many' : 'one');\nfunction never(): void {}\nof(2);\n`;
      const script = join(folder, 'src', 'script.ts');
      writeFileSync(script, text);
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      const coverage = join(folder, 'coverage');
      execFileSync(process.execPath, [script], { env: { ...process.env, NODE_V8_COVERAGE: coverage } });
      const reach = readReach(coverage, folder, (path) => path.startsWith('src/'));
      const reached = (part: string): boolean => reaches(reach, 'src/script.ts', text.indexOf(part));
      assert.deepEqual([`n > 1`, `'many'`, `'one'`, 'void {}', 'of(2)'].map(reached), [true, true, false, false, true]);
      assert.equal(reaches(reach, 'src/other.ts', 0), false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
