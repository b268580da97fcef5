import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { calibrated } from '../src/model/calibration.ts';
import { linearContributions } from '../src/model/linearContributions.ts';
import type { LinearExplanation, Manifest } from '../src/model/manifest.ts';
import { loadModel } from '../src/model/servedModel.ts';
import type { Tree, TreeEnsemble } from '../src/model/treeEnsemble.ts';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trees-'));
});
after(() => rm(folder, { recursive: true }));

const SMALL = { trees: 12, depth: 3, seed: 'small' };

test('shouldBeTheShapleyValuesOfTheirDefinitionForLinearFormulas', () => {
  const formula: LinearExplanation = {
    kind: 'linear',
    base: 0.5,
    terms: [0.7, -0.3, 1.1].map((weight, index) => ({
      feature: `f${index}`,
      weight,
      reference: 0.5,
      low: 0,
      high: 2,
      why: 'test',
    })),
  };
  const rawOf = (row: number[]): number => linearContributions(formula, row).reduce((sum, each) => sum + each, 0.5);
  const row = [3, 0.1, Number.NaN];
  // With a reference as what is known of a feature that is not: every order adds the same, so that one is enough.
  const reference = [0.5, 0.5, 0.5];
  const added = row.map((value, index) => rawOf(reference.with(index, value)) - rawOf(reference));

  assert.deepEqual(
    [...linearContributions(formula, row)].map((each) => each.toFixed(12)),
    added.map((each) => each.toFixed(12)),
  );
});

test('shouldLoadAndExplain200TreesOfDepthSix', async () => {
  const file = await writeSyntheticTrees(folder, { name: 'large', trees: 200, depth: 6, seed: 'large', draws: 60 });
  const model = await loadModel(file, KNOWN_FEATURES);
  assert.ok(model);
  const random = seededRandom('large rows');
  const width = KNOWN_FEATURES.win.length;
  const rows = Float32Array.from({ length: 50 * width }, () => (random() < 0.2 ? Number.NaN : random() * 5));

  const { raw, copyComponents } = await model.win.run(rows);

  raw.forEach((score, row) => {
    const [parts = new Float64Array()] = model.win.explanation.contributions([
      rows.subarray(row * width, (row + 1) * width),
    ]);
    const sum = parts.reduce((total, each) => total + each, model.win.explanation.base);
    // ONNX adds up in single precision.
    assert.ok(Math.abs(sum - score) < 1e-4, `${sum}, ${score}`);
    const groups = new Float64Array(20);
    copyComponents(row, groups, 0);
    assert.ok(Math.abs(groups.reduce((total, each) => total + each, -1.2) - score) < 1e-5);
  });
});

async function refusal(change: (manifest: Manifest, trees: TreeEnsemble) => void): Promise<string> {
  const file = await writeSyntheticTrees(folder, {
    ...SMALL,
    name: 'spoilt',
    draws: 60,
    calibration: { kind: 'platt', a: 1, b: 0 },
  });
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const treesFile = join(folder, 'spoilt.win.trees.json');
  const trees = JSON.parse(await readFile(treesFile, 'utf8')) as TreeEnsemble;
  change(manifest, trees);
  const text = JSON.stringify(trees);
  await writeFile(treesFile, text);
  const { explanation } = manifest.graphs.win;
  if (explanation.kind === 'trees' && explanation.sha256 !== 'f'.repeat(64)) explanation.sha256 = sha256(text);
  await writeFile(file, JSON.stringify(manifest));
  try {
    await loadModel(file, KNOWN_FEATURES);
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'ModelRefusedError', String(error));
    return error.message;
  }
  return 'not refused';
}

const REFUSED: [string, RegExp, (manifest: Manifest, trees: TreeEnsemble) => void][] = [
  ['nothing is wrong', /^not refused$/, () => {}],
  ['a feature is unknown', /does not compute: shoe_size/, ({ graphs }) => (graphs.win.features[0] = 'shoe_size')],
  [
    'features are in another order',
    /its features are not those of/,
    ({ graphs }) => void graphs.win.features.reverse(),
  ],
  ['the graph has another hash', /has SHA-256/, ({ graphs }) => (graphs.win.sha256 = '0'.repeat(64))],
  ['a file is missing', /can't be read/, ({ graphs }) => (graphs.win.file = 'absent.onnx')],
  ['a file is in another folder', /without a folder/, ({ graphs }) => (graphs.win.file = '../a.onnx')],
  ['the input is called otherwise', /input rows must be float/, ({ graphs }) => (graphs.win.input = 'rows')],
  ['the output is called otherwise', /output raw must be/, ({ graphs }) => (graphs.win.output = 'raw')],
  ['the kind is unknown', /kind/, (manifest) => (manifest.kind = 'magic' as never)],
  ['the format is another one', /format/, (manifest) => (manifest.format = 2 as never)],
  ['there is a field too many', /extra/, (manifest) => Object.assign(manifest, { extra: 1 })],
  ['it is calibrated without a calibration', /calibration is missing/, (manifest) => void delete manifest.calibration],
  [
    'a calibration falls',
    /must not fall/,
    (manifest) =>
      (manifest.calibration = {
        kind: 'isotonic',
        points: [
          { raw: 0, probability: 0.5 },
          { raw: 1, probability: 0.4 },
        ],
      }),
  ],
  ['a slope of calibration is negative', /calibration/, (m) => (m.calibration = { kind: 'platt', a: -1, b: 0 })],
  ['the score table falls', /score_table/, (manifest) => void manifest.score_table.reverse()],
  ['a score is above 100', /score_table/, ({ score_table: [first] }) => first && (first.score = 101)],
  ['draws are few', /draws/, ({ graphs }) => graphs.win.draws && (graphs.win.draws.base.length = 10)],
  ['a draw has another width', /must have 20 weights/, ({ graphs }) => void graphs.win.draws?.weights[3]?.pop()],
  [
    'the trees have another hash',
    /spoilt\.win\.trees\.json has SHA-256/,
    ({ graphs }) => graphs.win.explanation.kind === 'trees' && (graphs.win.explanation.sha256 = 'f'.repeat(64)),
  ],
  ['a leaf differs from the graph', /adds up to/, (_m, { trees }) => (trees[0] as Tree).value.fill(3)],
  ['a tree has a loop', /children behind their parents/, (_m, { trees }) => ((trees[0] as Tree).yes[0] = 0)],
  [
    'a tree names a feature too many',
    /feature or a group that is not there/,
    (_m, { trees }) => ((trees[0] as Tree).feature[0] = 999),
  ],
  ['a cover is nothing', /cover/, (_m, { trees }) => ((trees[0] as Tree).cover[0] = 0)],
];

for (const [what, message, change] of REFUSED) {
  test(`shouldRefuseATreeModelWhen: ${what}`, async () => {
    assert.match(await refusal(change), message);
  });
}

test('shouldRefuseAPriorThatClaimsToBeCalibrated', async () => {
  assert.match(await refusal((manifest) => (manifest.kind = 'prior')), /can't be calibrated/);
});

test('shouldRefuseBytesThatAreNoGraphAndAManifestThatIsNoJson', async () => {
  const file = await writeSyntheticTrees(folder, { ...SMALL, name: 'bytes' });
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  await writeFile(join(folder, 'bytes.win.onnx'), 'no graph');
  manifest.graphs.win.sha256 = sha256('no graph');
  await writeFile(file, JSON.stringify(manifest));
  await assert.rejects(loadModel(file, KNOWN_FEATURES), {
    name: 'ModelRefusedError',
    message: /bytes\.win\.onnx can't be loaded/,
  });
  await writeFile(file, '{');
  await assert.rejects(loadModel(file, KNOWN_FEATURES), { name: 'ModelRefusedError', message: /is not JSON/ });
});

test('shouldCalibrateByTheManifest', () => {
  const platt = { kind: 'platt', a: 2, b: -1 } as const;
  assert.ok(Math.abs(calibrated(platt, 0.5) - 0.5) < 1e-12);
  assert.ok(Math.abs(calibrated(platt, 1) - 1 / (1 + Math.exp(-1))) < 1e-12);
  const isotonic = {
    kind: 'isotonic' as const,
    points: [
      { raw: -1, probability: 0.1 },
      { raw: 1, probability: 0.3 },
      { raw: 2, probability: 0.3 },
    ],
  };
  assert.deepEqual(
    [-9, -1, 0, 1, 1.5, 9].map((raw) => Number(calibrated(isotonic, raw).toFixed(12))),
    [0.1, 0.1, 0.2, 0.3, 0.3, 0.3],
  );
  assert.equal(calibrated(undefined, 0), 0.5);
});

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
