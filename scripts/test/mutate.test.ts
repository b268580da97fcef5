import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { mutantsOf, mutated } from '../mutate/mutants.ts';
import type { Mutant } from '../mutate/mutants.ts';
import { OPERATORS } from '../mutate/operators.ts';
import { evenly } from '../mutate/sample.ts';
import { PROJECT_ROOT } from '../org/projectRoot.ts';

/** The lines of a class that each kind of change makes of one line. */
function changesOf(line: string, kind: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  const file = join(folder, 'Planted.cls');
  const text = `class Planted {\n  ${line}\n}\n`;
  writeFileSync(file, text);
  try {
    return mutantsOf(file)
      .filter((mutant) => mutant.kind === kind)
      .map((mutant) => mutated(mutant, text).split('\n').slice(1, -2).join('\n').trim());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mutant(kind: string, file: string, start: number): Mutant {
  return { kind, file, start, end: start, line: 1, text: '' };
}

describe('mutantsOf', () => {
  const cases: readonly (readonly [kind: string, line: string, changed: readonly string[]])[] = [
    [
      'drop a WHERE',
      `[SELECT Id FROM Lead WHERE Id IN :ids WITH SYSTEM_MODE]`,
      ['[SELECT Id FROM Lead WITH SYSTEM_MODE]'],
    ],
    ['drop a WHERE', `[SELECT Id FROM Lead WHERE Id = :id]`, ['[SELECT Id FROM Lead]']],
    [
      'drop a condition of WHERE',
      `[SELECT Id FROM Lead WHERE Id IN :ids AND Name = 'a;b' LIMIT 1]`,
      [`[SELECT Id FROM Lead WHERE Id IN :ids LIMIT 1]`, `[SELECT Id FROM Lead WHERE Name = 'a;b' LIMIT 1]`],
    ],
    ['flip a condition', `x = a == b;`, ['x = a != b;']],
    ['flip a comparison', `x = a <= b;`, ['x = a < b;']],
    ['flip and/or', `x = a && b;`, ['x = a || b;']],
    ['negate', `if (a.isEmpty()) {}`, ['if (!(a.isEmpty())) {}']],
    ['remove an addError', `record.Name__c.addError('No; not so.');`, ['']],
    ['skip a permission check', `RoutingAccess.requireAny(new List<String>{ A, B });`, ['']],
    ['skip a permission check', `if (FeatureManagement.checkPermission(name)) {}`, ['if (true) {}']],
    ['skip a permission check', `[SELECT Id FROM Lead WITH USER_MODE]`, ['[SELECT Id FROM Lead WITH SYSTEM_MODE]']],
    ['skip a permission check', `if (leads[0].OwnerId != UserInfo.getUserId()) {}`, ['if (false) {}']],
    [
      'put a query in a loop',
      `for (Lead lead : leads) {}`,
      [`for (Lead lead : leads) { Database.countQuery('SELECT COUNT() FROM Organization');}`],
    ],
    ['swap owners', `change.newOwnerId = userId;`, ['change.previousOwnerId = userId;']],
    ['swap owners', `lead.OwnerId = owner.id;`, ['lead.OwnerId = UserInfo.getUserId();']],
    ['remove a statement', `ids.add(lead.Id);`, ['']],
    ['remove an assignment', `lead.Channel__c = 'Direct';`, ['']],
    ['true for false', `return true;`, ['return false;']],
    ['off by one', `x = n + 1;`, ['x = n - 1;']],
  ];

  it('shouldMakeTheChangeOfEachKind', () => {
    for (const [kind, line, changed] of cases) assert.deepEqual(changesOf(line, kind), changed, line);
    assert.deepEqual(new Set(cases.map(([kind]) => kind)), new Set(OPERATORS.map(({ kind }) => kind)));
  });

  it('shouldLeaveCommentsAndTextsAlone', () => {
    for (const { kind } of OPERATORS) {
      assert.deepEqual(changesOf(`// if (a == b) { ids.add(x); } return true; for (A b : c) {`, kind), [], kind);
      assert.deepEqual(changesOf(`String s = ' WHERE a == b && c return true; WITH USER_MODE';`, kind), [], kind);
    }
  });

  it('shouldNotPutAQueryIntoALoopOverAQueryAgain', () => {
    assert.deepEqual(changesOf(`for (Lead lead : [SELECT Id FROM Lead]) {}`, 'put a query in a loop'), []);
  });

  it('shouldFindAtLeastTenPlacesOfEachKindInThePackage', () => {
    const files = globSync('force-app/main/**/*.cls', { cwd: PROJECT_ROOT }).filter(
      (file) => !file.endsWith('Test.cls'),
    );
    const byKind = Map.groupBy(
      files.flatMap((file) => mutantsOf(join(PROJECT_ROOT, file))),
      ({ kind }) => kind,
    );
    for (const { kind } of OPERATORS) assert.ok((byKind.get(kind)?.length ?? 0) >= 10, kind);
  });
});

describe('evenly', () => {
  const all = [
    ...Array.from({ length: 40 }, (_, i) => mutant('common', `f${i % 4}`, i)),
    ...Array.from({ length: 3 }, (_, i) => mutant('rare', 'f0', 100 + i)),
    ...Array.from({ length: 20 }, (_, i) => mutant('other', `f${i % 10}`, 200 + i)),
  ];

  it('shouldGiveEachKindItsTurnAndUseAllOnce', () => {
    const drawn = evenly(all, 3);
    assert.equal(new Set(drawn).size, all.length);
    const kinds = Map.groupBy(drawn.slice(0, 9), ({ kind }) => kind);
    assert.deepEqual(
      [...kinds.values()].map((of) => of.length),
      [3, 3, 3],
    );
  });

  it('shouldSpreadOverClasses', () => {
    const drawn = evenly(
      all.filter(({ kind }) => kind === 'common'),
      5,
    ).slice(0, 8);
    const files = Map.groupBy(drawn, ({ file }) => file);
    assert.deepEqual(
      [...files.values()].map((of) => of.length),
      [2, 2, 2, 2],
    );
  });

  it('shouldComeAgainByItsSeed', () => {
    assert.deepEqual(evenly(all, 1), evenly(all, 1));
    assert.notDeepEqual(evenly(all, 1), evenly(all, 2));
  });
});
