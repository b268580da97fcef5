import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { changesOf } from '../../scripts/mutate/changes.ts';
import { probed } from '../../scripts/mutate/probes.ts';

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

  /** Runs a script with probes and returns the changes that would have made a difference. */
  function differences(text: string): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'probes-'));
    try {
      const numbered = changesOf('script.ts', text).map((change, id) => ({ ...change, id }));
      const script = join(folder, 'script.ts');
      writeFileSync(script, probed('script.ts', text, numbered));
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      const report = join(folder, 'report');
      writeFileSync(report, '');
      const output = execFileSync(process.execPath, [script], { env: { ...process.env, LOCAL_ORG_PROBES: report } });
      assert.equal(output.toString(), 'as before\n');
      const ids = new Set(readFileSync(report, 'utf8').split('\n').filter(Boolean).map(Number));
      return numbered.filter(({ id }) => ids.has(id)).map(({ kind, text: by }) => `${kind}: ${by}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const CASES: readonly (readonly [what: string, script: string, expected: readonly string[]])[] = [
    [
      'a check that holds',
      `const f = (n: number): string => { if (n > 0) return 'as before'; return ''; };\nconsole.log(f(1));`,
      ['skip a check: false'],
    ],
    ['a check that does not hold', `if (+'0' > 1) throw new TypeError(); console.log('as before');`, []],
    [
      'a clause whose loss alters the outcome',
      `const f = (a: number, b: number): boolean => a === 1 && b === 1;\nif (f(1, 2) === false) console.log('as before');`,
      ['drop a clause: a === 1', 'negate a condition: !(f(1, 2) === false)'],
    ],
    [
      'the other clause, which is not evaluated otherwise',
      `const f = (a: number, b: number): boolean => a === 1 || b === 1;\nf(1, 2); console.log('as before');`,
      ['drop a clause: b === 1'],
    ],
    [
      'a boundary that is met and one that is not',
      `console.log(+'2' < 2 || +'1' > 2 ? '' : 'as before');`,
      ['move a boundary: <='],
    ],
    [
      'filters that remove something and that do not',
      `[1, 2].filter((n) => n > 1.5);\n[1].filter((n) => n < 5);\nconsole.log('as before');`,
      ['remove a filter: [1, 2]'],
    ],
    [
      'some and every where they disagree and where not',
      `[1, 2].some((n) => n === 1);\n[1].every((n) => n === 1);\nconsole.log('as before');`,
      ['some becomes every: every'],
    ],
    [
      'calls that are made and that are not',
      `const check = (text: string): void => console.log(text);\nconst run = (): void => check('never');\ncheck('as before');`,
      ['leave out a call: ;'],
    ],
  ];
  for (const [what, script, expected] of CASES) {
    it(`shouldTellWhatMakesADifference: ${what}`, () => {
      const found = differences(script);
      assert.deepEqual(found.toSorted(), [...expected].toSorted());
    });
  }
});
