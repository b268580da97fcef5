import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PriorWeights } from '../src/model/priorModel.ts';
import { PRIOR_MANIFEST, startService } from './support/service.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/make-prior.ts', import.meta.url));

let folder: string;
let weights: PriorWeights;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prior-'));
  weights = JSON.parse(await readFile(join(dirname(PRIOR_MANIFEST), 'prior.weights.json'), 'utf8')) as PriorWeights;
});
after(() => rm(folder, { recursive: true }));

async function make(content: unknown): Promise<{ status: number | null; stderr: string }> {
  await writeFile(join(folder, 'prior.weights.json'), typeof content === 'string' ? content : JSON.stringify(content));
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, '--folder', folder], { encoding: 'utf8' });
  return { status, stderr };
}

/** The weights with one term changed. */
function changed(part: 'lead' | 'pair', feature: string, change: object): PriorWeights {
  const terms = weights[part].map((term) => (term.feature === feature ? { ...term, ...change } : term));
  return { ...weights, version: 'ours-1', [part]: terms };
}

test('shouldServeTheWeightsThatOperationsSet', async () => {
  const docs = new URL('../../docs/scoring-service.md', import.meta.url);
  const before = await readFile(docs, 'utf8');
  const made = await make(changed('lead', 'intent_score', { weight: -0.03 }));
  assert.equal(made.status, 0, made.stderr);
  assert.equal(await readFile(docs, 'utf8'), before, 'the documentation is of the committed prior');

  await using ours = await startService({ MODEL_DIR: folder });
  await using theirs = await startService();
  const lead = { lead_id: 'x', activity: { intent_score: 90 } };
  const [mine, committed] = [await ours.ask('/v1/score', lead), await theirs.ask('/v1/score', lead)];
  const model = mine.body['model'] as { version: string; kind: string; calibrated: boolean };
  assert.deepEqual([model.version, model.kind, model.calibrated], ['ours-1', 'prior', false]);
  const of = ({ body }: typeof mine): number | undefined =>
    (body['factors'] as { feature: string; contribution: number }[]).find((each) => each.feature === 'intent_score')
      ?.contribution;
  assert.equal(of(mine), -1.2);
  assert.equal(of(committed), 1.2);
});

test('shouldWriteNothingAndSayWhatIsWrongWhenAWeightCanNotBeUsed', async () => {
  await rm(folder, { recursive: true });
  await cp(dirname(PRIOR_MANIFEST), folder, { recursive: true });
  const files = async (): Promise<string[]> => {
    const names = (await readdir(folder)).filter((name) => name !== 'prior.weights.json').sort();
    return Promise.all(names.map((name) => readFile(join(folder, name), 'base64')));
  };
  const before = await files();
  const [first] = weights.lead;
  const cases: [unknown, RegExp][] = [
    ['{"version": ', /prior\.weights\.json is not JSON/],
    [{ ...weights, version: '' }, /version/],
    [{ ...weights, extra: 1 }, /extra/],
    [changed('lead', 'intent_score', { feature: 'shoe_size' }), /no feature there: shoe_size \(in lead\)/],
    [changed('lead', 'intent_score', { feature: 'tenure' }), /tenure \(in lead\)/],
    [{ ...weights, lead: [...weights.lead, first] }, /intent_score \(twice\)/],
    [changed('pair', 'tenure', { weight: 'high' }), /weight/],
    [changed('pair', 'tenure', { weight: 1e9 }), /weight/],
    [changed('pair', 'tenure', { low: 5, high: 1 }), /low must be below high/],
    [changed('pair', 'tenure', { reference: 99 }), /the reference between them/],
    [changed('pair', 'tenure', { why: '' }), /why/],
    [{ ...weights, score_table: [...weights.score_table].reverse() }, /raw values must rise/],
  ];
  for (const [content, message] of cases) {
    const { status, stderr } = await make(content);
    assert.equal(status, 1, stderr);
    assert.match(stderr, message);
    assert.ok(!stderr.includes('    at '), 'a message, not a stack');
  }
  assert.deepEqual(await files(), before);
});
