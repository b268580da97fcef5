import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { UnitCache } from '../../../src/apex/parse/cache.ts';
import { parseAll } from '../../../src/apex/parse/parse-all.ts';
import type { ApexSource } from '../../../src/apex/source/project.ts';
import { unitOf } from './parsed.ts';

const FILE = 'apex-units.txt';
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'apex-cache-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function source(name: string, text: string, hash = `hash of ${text}`.replaceAll(' ', '_')): ApexSource {
  return { file: `classes/${name}.cls`, name, kind: 'class-file', text, hash, apiVersion: 67 };
}

test('shouldGiveTheSameUnitWhenItWasStored', () => {
  const unit = unitOf("class A { String s = 'a\\nb \u2028'; }");
  const cache = new UnitCache(directory);
  cache.put('h1', unit);
  cache.save();
  assert.deepEqual(new UnitCache(directory).get('h1'), unit);
  assert.equal(new UnitCache(directory).get('h2'), null);
  assert.deepEqual(readdirSync(directory), [FILE], 'no temporary file is left');
});

test('shouldGiveTheSameBodiesWhenTheyAreAskedForLater', () => {
  const unit = unitOf(
    `class A { A(Integer i) { this.i = i; } Integer i { get { return 1; } set; } static { a(); }
       abstract void none(); void a() { if (true) { b('\t'); } }
       class Inner { void c() { for (Integer x : xs) { d(x); } } } interface I { void e(); } }`,
  );
  const cache = new UnitCache(directory);
  cache.put('h1', unit);
  cache.save();
  const stored = new UnitCache(directory).get('h1');
  assert.deepEqual(stored, unit);
  assert.deepEqual(JSON.parse(JSON.stringify(stored)), unit, 'bodies belong to what is enumerated');
});

test('shouldTakeStoredUnitWhenTheHashIsTheSame', async () => {
  await parseAll([source('A', 'class A {}', 'same')], { cacheDir: directory });
  const [parsed] = await parseAll([source('A', 'class B {}', 'same')], { cacheDir: directory });
  assert.equal(parsed?.unit?.type?.name.name, 'A', 'the text was not parsed again');
});

test('shouldParseAnewWhenTheHashDiffers', async () => {
  await parseAll([source('A', 'class A {}')], { cacheDir: directory });
  const [parsed] = await parseAll([source('A', 'class B {}')], { cacheDir: directory });
  assert.equal(parsed?.unit?.type?.name.name, 'B');
});

test('shouldParseAnewWhenTheCacheIsOfAnotherVersion', async () => {
  await parseAll([source('A', 'class A {}', 'same')], { cacheDir: directory });
  const path = join(directory, FILE);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^./, 'x'));
  const [parsed] = await parseAll([source('A', 'class B {}', 'same')], { cacheDir: directory });
  assert.equal(parsed?.unit?.type?.name.name, 'B');
});

test('shouldParseAnewAndRewriteWhenTheCacheIsCutOff', async () => {
  const sources = [source('A', 'class A {}'), source('B', 'class B {}')];
  await parseAll(sources, { cacheDir: directory });
  const path = join(directory, FILE);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, whole.slice(0, -20));
  const parsed = await parseAll(sources, { cacheDir: directory });
  assert.deepEqual(
    parsed.map(({ unit }) => unit?.type?.name.name),
    ['A', 'B'],
  );
  assert.equal(readFileSync(path, 'utf8'), whole);
});

test('shouldIgnoreCacheWhenItIsNotText', async () => {
  writeFileSync(join(directory, FILE), Buffer.from([0, 255, 254, 10, 10, 32]));
  const [parsed] = await parseAll([source('A', 'class A {}')], { cacheDir: directory });
  assert.equal(parsed?.unit?.type?.name.name, 'A');
});

test('shouldDropUnitWhenItsSourceIsGone', async () => {
  await parseAll([source('A', 'class A {}', 'a'), source('B', 'class B {}', 'b')], { cacheDir: directory });
  await parseAll([source('B', 'class B {}', 'b')], { cacheDir: directory });
  assert.equal(new UnitCache(directory).get('a'), null);
  assert.notEqual(new UnitCache(directory).get('b'), null);
});

test('shouldNotWriteWhenNothingHasChanged', async () => {
  const sources = [source('A', 'class A {}')];
  await parseAll(sources, { cacheDir: directory });
  const before = statSync(join(directory, FILE)).ino;
  await parseAll(sources, { cacheDir: directory });
  assert.equal(statSync(join(directory, FILE)).ino, before);
});

test('shouldReportFaultEachTimeWhenASourceIsFaulty', async () => {
  for (let run = 0; run < 2; run++) {
    const [faulty, good] = await parseAll([source('A', 'class A {'), source('B', 'class B {}')], {
      cacheDir: directory,
    });
    assert.equal(faulty?.unit, null);
    assert.deepEqual(faulty?.problems, [
      { file: 'classes/A.cls', line: 1, column: 9, message: "Missing '}': this '{' is never closed. Add the '}'" },
    ]);
    assert.equal(good?.unit?.type?.name.name, 'B', 'one faulty source stops no other');
  }
});

test('shouldWriteNothingWhenThereIsNoCacheDirectory', async () => {
  const [parsed] = await parseAll([source('A', 'class A {}')], { cacheDir: null });
  assert.equal(parsed?.unit?.type?.name.name, 'A');
  assert.deepEqual(readdirSync(directory), []);
});

test('shouldAppendWhenOneOfManySourcesChanges', async () => {
  const sources = ['A', 'B', 'C'].map((name) => source(name, `class ${name} {}`));
  await parseAll(sources, { cacheDir: directory });
  const path = join(directory, FILE);
  const before = readFileSync(path, 'utf8');
  const changed = source('A', 'class A { void a() {} }');
  await parseAll([changed, ...sources.slice(1)], { cacheDir: directory });
  const after = readFileSync(path, 'utf8');
  assert.ok(after.startsWith(before) && after.length > before.length, 'the others are not written again');
  const cache = new UnitCache(directory);
  assert.deepEqual(cache.get(changed.hash), unitOf(changed.text));
  assert.deepEqual(cache.get(sources[2]?.hash ?? ''), unitOf('class C {}'));
});

test('shouldNotGrowForEverWhenASourceKeepsChanging', async () => {
  const steady = source('B', 'class B {}');
  for (let i = 0; i < 30; i++) {
    await parseAll([steady, source('A', `class A { Integer i = ${i}; }`)], { cacheDir: directory });
  }
  const lines = readFileSync(join(directory, FILE), 'utf8').split('\n').slice(1);
  assert.ok(lines.length <= 6, `${lines.length} lines for two sources`);
});
