import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { calibrated } from '../src/model/calibration.ts';
import type { Manifest, ModelDraws } from '../src/model/manifest.ts';
import { loadModel } from '../src/model/servedModel.ts';
import type { TreeEnsemble } from '../src/model/treeEnsemble.ts';
import { treeModel } from '../src/onnx/treeGraph.ts';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';
import { PRIOR_MANIFEST } from './support/service.ts';

let original: string;
const folders: string[] = [];
before(async () => {
  original = await mkdtemp(join(tmpdir(), 'sound-'));
  folders.push(original);
  const calibration = { kind: 'platt', a: 1, b: 0 } as const;
  await writeSyntheticTrees(original, { name: 'm', trees: 40, depth: 3, seed: 'refusals', draws: 50, calibration });
});
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

interface Model {
  manifest: Manifest;
  trees: TreeEnsemble;
  onnx: Uint8Array;
}

function hash(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Loads a copy that a change has spoilt; the hashes fit what is written, unless the change has set them. */
async function loadSpoilt(change: (model: Model) => void, raw: Record<string, string> = {}): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'spoilt-'));
  folders.push(folder);
  await cp(original, folder, { recursive: true });
  const file = join(folder, 'm.manifest.json');
  const model: Model = {
    manifest: JSON.parse(await readFile(file, 'utf8')) as Manifest,
    trees: JSON.parse(await readFile(join(folder, 'm.win.trees.json'), 'utf8')) as TreeEnsemble,
    onnx: await readFile(join(folder, 'm.win.onnx')),
  };
  const { win } = model.manifest.graphs;
  change(model);
  const trees = raw['trees'] ?? JSON.stringify(model.trees);
  if (win.explanation.kind === 'trees') win.explanation.sha256 = hash(trees);
  win.sha256 = hash(model.onnx);
  await writeFile(join(folder, 'm.win.trees.json'), trees);
  await writeFile(join(folder, 'm.win.onnx'), model.onnx);
  await writeFile(file, raw['manifest'] ?? JSON.stringify(model.manifest));
  return loadModel(file, KNOWN_FEATURES);
}

test('shouldLoadTheModelWhenNothingIsSpoilt', async () => {
  const model = await loadSpoilt(() => {});
  assert.ok(model);
});

type Spoil = (model: Model) => void;

function drawsOf({ manifest }: Model): ModelDraws {
  const { draws } = manifest.graphs.win;
  assert.ok(draws);
  return draws;
}

const spoilt: [string, Spoil, RegExp][] = [
  ['of another format', ({ manifest }) => Object.assign(manifest, { format: 2 }), /format/],
  ['without a version', ({ manifest }) => Object.assign(manifest, { version: '' }), /version/],
  ['of an unknown kind', ({ manifest }) => Object.assign(manifest, { kind: 'guess' }), /kind/],
  ['with a field that nobody knows', ({ manifest }) => Object.assign(manifest, { surprise: 1 }), /surprise/],
  ['with a path for a file', ({ manifest }) => (manifest.graphs.win.file = '../m.win.onnx'), /without a folder/],
  [
    'with a file that is not there',
    ({ manifest }) => (manifest.graphs.lead.file = 'x.onnx'),
    /x\.onnx, which the manifest names, can't be read/,
  ],
  [
    'with the hash of another file',
    ({ manifest }) => (manifest.graphs.lead.sha256 = '0'.repeat(64)),
    /m\.lead\.onnx has SHA-256/,
  ],
  [
    'whose lead model asks for a feature of a representative',
    ({ manifest }) => (manifest.graphs.lead.features[0] = 'tenure'),
    /does not compute: tenure/,
  ],
  [
    'that wants a feature twice',
    ({ manifest }) => (manifest.graphs.win.features[1] = manifest.graphs.win.features[0] ?? ''),
    /wants a feature twice/,
  ],
  [
    'whose input has another name',
    ({ manifest }) => (manifest.graphs.win.input = 'x'),
    /input x must be float \[rows, \d+\]/,
  ],
  [
    'whose output has another name',
    ({ manifest }) => (manifest.graphs.win.output = 'x'),
    /output x must be float or double \[rows, 20\]/,
  ],
  [
    'that calls itself calibrated without a calibration',
    ({ manifest }) => delete manifest.calibration,
    /calibrated must be true if there is a calibration/,
  ],
  [
    'that has a calibration and does not say so',
    ({ manifest }) => (manifest.calibrated = false),
    /calibrated must be true if there is a calibration/,
  ],
  [
    'with a calibration that turns the order round',
    ({ manifest }) => Object.assign(manifest.calibration ?? {}, { a: -1 }),
    /calibration/,
  ],
  [
    'with an isotonic calibration that falls',
    ({ manifest }) =>
      (manifest.calibration = {
        kind: 'isotonic',
        points: [
          { raw: 0, probability: 0.5 },
          { raw: 1, probability: 0.4 },
        ],
      }),
    /probabilities must not fall/,
  ],
  [
    'with an isotonic calibration that stands still',
    ({ manifest }) =>
      (manifest.calibration = {
        kind: 'isotonic',
        points: [
          { raw: 0, probability: 0.5 },
          { raw: 0, probability: 0.6 },
        ],
      }),
    /raw values must rise/,
  ],
  [
    'with an isotonic calibration that is sure',
    ({ manifest }) =>
      (manifest.calibration = {
        kind: 'isotonic',
        points: [
          { raw: 0, probability: 0 },
          { raw: 1, probability: 1 },
        ],
      }),
    /calibration/,
  ],
  ['with too few draws', (model) => (drawsOf(model).base.length = drawsOf(model).weights.length = 49), /draws/],
  ['with weights for fewer draws', (model) => drawsOf(model).weights.pop(), /as many rows of weights as bases/],
  ['with draws of another width', (model) => drawsOf(model).weights[7]?.pop(), /each draw must have 20 weights/],
  ['whose score table falls', ({ manifest }) => manifest.score_table.reverse(), /raw values must rise/],
  [
    'whose score table leaves 0–100',
    ({ manifest }) => Object.assign(manifest.score_table.at(-1) ?? {}, { score: 101 }),
    /score_table/,
  ],
  [
    'whose trees are for other features',
    ({ trees }) => trees.features.reverse(),
    /features are not those of m\.win\.onnx in their order/,
  ],
  [
    'whose trees name a feature that is not there',
    ({ trees }) => trees.trees[3] && (trees.trees[3].feature[0] = 999),
    /names a feature or a group that is not there/,
  ],
  [
    'whose trees name a group that is not there',
    ({ trees }) => Object.assign(trees.trees[3] ?? {}, { group: 20 }),
    /names a feature or a group that is not there/,
  ],
  [
    'whose tree has a loop',
    ({ trees }) => trees.trees[0] && (trees.trees[0].yes[0] = 0),
    /children behind their parents/,
  ],
  [
    'of which one leaf differs',
    ({ trees }) => trees.trees.forEach((tree) => (tree.value = tree.value.map((value) => value * 1.01))),
    /where the explanation in its manifest adds up to/,
  ],
  [
    'of which one threshold differs',
    ({ trees }) => trees.trees.forEach((tree) => (tree.threshold = tree.threshold.map((value) => value * 0.5))),
    /where the explanation/,
  ],
  [
    'that sends missing values elsewhere',
    ({ trees }) => trees.trees.forEach((tree) => (tree.missing_yes = tree.missing_yes.map((value) => 1 - value))),
    /where the explanation/,
  ],
  ['that is no ONNX file', (model) => (model.onnx = Buffer.from('not a model at all')), /m\.win\.onnx can't be loaded/],
  [
    'that was cut off',
    (model) => (model.onnx = model.onnx.subarray(0, model.onnx.length / 2)),
    /m\.win\.onnx can't be loaded/,
  ],
  [
    'whose graph has a column less',
    (model) => {
      const narrow = {
        ...model.trees,
        features: model.trees.features.slice(1),
        trees: model.trees.trees.map((tree) => ({
          ...tree,
          feature: tree.feature.map((each) => Math.max(each - 1, -1)),
        })),
      };
      model.onnx = treeModel('m', 'narrow', narrow);
    },
    /input features must be float \[rows, \d+\]/,
  ],
  [
    'whose graph has fewer groups',
    (model) =>
      (model.onnx = treeModel('m', 'merged', {
        ...model.trees,
        groups: 1,
        trees: model.trees.trees.map((tree) => ({ ...tree, group: 0 })),
      })),
    /output groups must be float or double \[rows, 20\]/,
  ],
];

for (const [what, change, message] of spoilt) {
  test(`shouldRefuse a model ${what}`, async () => {
    await assert.rejects(loadSpoilt(change), (error: Error) => {
      assert.equal(error.name, 'ModelRefusedError', error.stack);
      assert.match(error.message, message);
      return true;
    });
  });
}

test('shouldRefuse files that are no JSON', async () => {
  await assert.rejects(
    loadSpoilt(() => {}, { trees: '{"format": 1,' }),
    /^ModelRefusedError: m\.win\.trees\.json is not JSON/,
  );
  await assert.rejects(
    loadSpoilt(() => {}, { manifest: '<html>' }),
    /^ModelRefusedError: m\.manifest\.json is not JSON/,
  );
  await assert.rejects(
    loadSpoilt(() => {}, { manifest: '[]' }),
    /^ModelRefusedError: m\.manifest\.json: /,
  );
});

test('shouldRefuse a prior that claims to have learnt', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prior-'));
  folders.push(folder);
  await cp(join(PRIOR_MANIFEST, '..'), folder, { recursive: true });
  const text = await readFile(PRIOR_MANIFEST, 'utf8');
  const claims: [(manifest: Manifest) => void, RegExp][] = [
    [
      (manifest) => Object.assign(manifest, { calibrated: true, calibration: { kind: 'platt', a: 1, b: 0 } }),
      /can't be calibrated/,
    ],
    [(manifest) => (manifest.metrics = { holdout_auc: 0.9 }), /has no metrics/],
    [(manifest) => (manifest.training.rows = 1000), /was trained on nothing/],
    [
      ({ graphs: { win } }) =>
        (win.draws = {
          base: Array.from({ length: 50 }, () => 0),
          weights: Array.from({ length: 50 }, () => win.features.map(() => 1)),
        }),
      /a prior has no draws/,
    ],
  ];
  for (const [claim, message] of claims) {
    const manifest = JSON.parse(text) as Manifest;
    claim(manifest);
    await writeFile(join(folder, 'prior.manifest.json'), JSON.stringify(manifest));
    await assert.rejects(loadModel(join(folder, 'prior.manifest.json'), KNOWN_FEATURES), message);
  }
});

test('shouldCalibrateByPlattAndIsotonic', () => {
  const platt = { kind: 'platt', a: 2, b: -1 } as const;
  assert.equal(calibrated(platt, 0.5), 0.5);
  assert.ok(Math.abs(calibrated(platt, 1) - 1 / (1 + Math.exp(-1))) < 1e-15);
  const isotonic = {
    kind: 'isotonic',
    points: [
      { raw: -1, probability: 0.1 },
      { raw: 0, probability: 0.3 },
      { raw: 2, probability: 0.3 },
      { raw: 3, probability: 0.8 },
    ],
  } as const;
  const cases = [
    [-9, 0.1],
    [-1, 0.1],
    [-0.5, 0.2],
    [0, 0.3],
    [1, 0.3],
    [2.5, 0.55],
    [3, 0.8],
    [9, 0.8],
  ] as const;
  for (const [raw, wanted] of cases) {
    const found = calibrated({ ...isotonic, points: [...isotonic.points] }, raw);
    assert.ok(Math.abs(found - wanted) < 1e-12, `${raw}: ${found}`);
  }
  assert.equal(calibrated(undefined, 0), 0.5);
});
