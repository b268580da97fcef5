import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { NeedDictionary, loadNeedDictionary } from '../src/text/needDictionary.ts';
import { phrasesOf } from '../src/text/phrases.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dictionary-'));
});
after(() => rm(folder, { recursive: true }));

const CONTENT = {
  product_lines: { Hub: ['API', 'data sync'], Analytics: ['dashboard'] },
  complexity: ['sap', 'single sign on'],
};

async function load(content: unknown): Promise<NeedDictionary> {
  const file = join(folder, 'dictionary.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadNeedDictionary(file);
}

test('shouldFindWholeWordsOfAnyCaseAndPhrases', async () => {
  const dictionary = await load(CONTENT);
  const need = (text: string): unknown => dictionary.need(phrasesOf(text))?.product_line ?? null;

  assert.equal(need('We need an API and data-sync, then a dashboard'), 'Hub');
  assert.equal(need('the Dashboard'), 'Analytics');
  assert.equal(need('an API with a dashboard'), null, 'as much for one as for the other');
  assert.equal(need('apiary'), null, 'a part of a word is no word');
  assert.equal(dictionary.complexity(phrasesOf('SAP with single sign on')), 0.4);
  assert.equal(dictionary.complexity(phrasesOf('will disappear')), 0);
  assert.equal(dictionary.complexity(phrasesOf('')), null, 'nothing said is not simple');
});

test('shouldSayWhatIsWrongWithADictionary', async () => {
  const cases: [unknown, RegExp][] = [
    ['{', /can't be used\. SyntaxError/],
    [{ ...CONTENT, product_lines: {} }, /there must be at least one/],
    [{ ...CONTENT, product_lines: { Hub: [] } }, /product_lines\.Hub/],
    [{ ...CONTENT, product_lines: { Hub: ['api'], HUB: ['sync'] } }, /differ in their case only/],
    [{ ...CONTENT, product_lines: { Hub: ['api', 'API'] } }, /"api" is there twice[\s\S]*product_lines\.Hub\[1\]/],
    [{ ...CONTENT, complexity: ['one two three four'] }, /has more than 3 words[\s\S]*complexity\[0\]/],
    [{ ...CONTENT, complexity: ['+++'] }, /has no letter or digit/],
    [{ ...CONTENT, complexity: ['x'.repeat(81)] }, /complexity\[0\]/],
    [{ ...CONTENT, complexity: 'sap' }, /complexity/],
    [{ ...CONTENT, keywords: [] }, /keywords/],
  ];
  for (const [content, message] of cases) {
    await assert.rejects(load(content), (error: Error) => {
      assert.equal(error.name, 'ConfigurationError');
      assert.match(error.message, /^NEED_DICTIONARY: .*dictionary\.json/);
      assert.match(error.message, message);
      return true;
    });
  }
  await assert.rejects(loadNeedDictionary(join(folder, 'absent.json')), { name: 'ConfigurationError' });
});
