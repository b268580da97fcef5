import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { CodeCache } from '../../src/apex/codeCache.ts';
import type { Script } from '../../src/apex/emit/classes.ts';

const FILE = 'apex-code.txt';
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'code-cache-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const SCRIPTS: readonly Script[] = [
  { name: 'A', kind: 'class', firstLine: 1, js: "(a) => {\n\t'ä\u2028🙂'\n}" },
  { name: 'A.B', kind: 'class', firstLine: 7, js: '() => null' },
];

function store(): void {
  const cache = new CodeCache(directory);
  cache.setCode('one', SCRIPTS);
  cache.setCode('none', []);
  cache.setDeclarations('source', 'hash');
  cache.save();
}

test('shouldGiveTheSameScriptsWhenTheyWereStored', () => {
  store();
  const cache = new CodeCache(directory);
  assert.deepEqual(
    cache.code('one')?.map(({ name, kind, firstLine, js }) => ({ name, kind, firstLine, js })),
    SCRIPTS,
  );
  assert.deepEqual(cache.code('none'), []);
  assert.equal(cache.code('two'), null);
  assert.equal(cache.declarationsOf('source'), 'hash');
});

test('shouldCompileAnewWhenTheCacheIsCutOff', () => {
  store();
  const path = join(directory, FILE);
  const whole = readFileSync(path, 'utf8');
  const end = whole.indexOf('() => null') + 4;
  const inHeads = whole.indexOf('firstLine');
  for (const cut of [whole.slice(0, end), whole.slice(0, inHeads), whole.slice(0, inHeads) + whole.slice(end)]) {
    writeFileSync(path, cut);
    assert.equal(new CodeCache(directory).code('one'), null);
  }
});

test('shouldBeEmptyWhenTheCompilerIsAnother', () => {
  store();
  const path = join(directory, FILE);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^./, 'x'));
  assert.equal(new CodeCache(directory).code('one'), null);
});
