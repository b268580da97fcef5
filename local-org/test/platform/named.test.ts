import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import '../../src/platform/index.ts';
import { platformClasses } from '../../src/platform/define.ts';

const ROOT = join(import.meta.dirname, '..');

/** All text of the tests but this file's, in lower case. */
function textOfTests(): string {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' });
  const texts = files.filter((file) => /\.(ts|cls|trigger)$/.test(file) && join(ROOT, file) !== import.meta.filename);
  return texts.map((file) => readFileSync(join(ROOT, file), 'utf8').toLowerCase()).join('\n');
}

/** The name as Apex has to say it: classes of System and Schema need no namespace. */
function spoken(name: string): string {
  return name.toLowerCase().replace(/^(system|schema)\./, '');
}

test('shouldNameEveryClassOfThePlatformInATest', () => {
  const words = new Set(textOfTests().match(/[a-z_]\w*(?:\.[a-z_]\w*)*/g));
  const said = new Set([...words].flatMap((word) => parts(word)));
  const silent = [...platformClasses()].map(({ name }) => name).filter((name) => !said.has(spoken(name)));
  assert.deepEqual(silent, [], 'each class that is built is used by a test');
});

/** `a.b.c` says `a`, `a.b`, `a.b.c`, `b`, `b.c` and `c`. */
function parts(word: string): string[] {
  const names = word.split('.');
  return names.flatMap((_, from) =>
    names.slice(from).map((__, count) => names.slice(from, from + count + 1).join('.')),
  );
}
