import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { scoreOf } from '../src/model/manifest.ts';
import type { LinearExplanation, Manifest } from '../src/model/manifest.ts';
import { linearContributions } from '../src/model/linearContributions.ts';
import { buildPrior, priorWeightsSchema } from '../src/model/priorModel.ts';
import { loadModel } from '../src/model/servedModel.ts';
import { loadPrior, PRIOR_MANIFEST } from './support/service.ts';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const COMMITTED = dirname(PRIOR_MANIFEST);

/** A copy of the committed model that a test may spoil. */
async function aCopy(): Promise<{ folder: string; manifestFile: string; manifest: Manifest }> {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  folders.push(folder);
  await cp(COMMITTED, folder, { recursive: true });
  const manifestFile = join(folder, 'prior.manifest.json');
  return { folder, manifestFile, manifest: JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest };
}

/** The prior's formulas are linear. */
function linear({ explanation }: Manifest['graphs']['win']): LinearExplanation {
  assert.ok(explanation.kind === 'linear');
  return explanation;
}

async function loadChanged(change: (manifest: Manifest) => void): Promise<unknown> {
  const { manifestFile, manifest } = await aCopy();
  change(manifest);
  await writeFile(manifestFile, JSON.stringify(manifest));
  return loadModel(manifestFile, KNOWN_FEATURES);
}

test('shouldRefuseTheModelWhenTheFileWasTamperedWith', async () => {
  const { folder, manifestFile } = await aCopy();
  const file = join(folder, 'prior.onnx');
  const bytes = await readFile(file);
  bytes[bytes.length - 200] = (bytes.at(-200) ?? 0) ^ 1;
  await writeFile(file, bytes);

  await assert.rejects(loadModel(manifestFile, KNOWN_FEATURES), {
    name: 'ModelRefusedError',
    message: /^prior\.onnx has SHA-256 [0-9a-f]{64}, its manifest says [0-9a-f]{64}: the file is not the one described/,
  });
});

test('shouldRefuseTheModelWhenTheManifestDoesNotDescribeIt', async () => {
  await assert.rejects(
    loadChanged(({ graphs }) => {
      graphs.win.features[3] = 'shoe_size';
      const term = linear(graphs.win).terms[3];
      if (term) term.feature = 'shoe_size';
    }),
    /wants features that the service does not compute: shoe_size/,
  );
  await assert.rejects(
    loadChanged(({ graphs }) => graphs.lead.features.reverse()),
    /terms of its explanation are not its features/,
  );
  await assert.rejects(
    loadChanged(({ graphs }) => {
      graphs.lead.features.pop();
      linear(graphs.lead).terms.pop();
    }),
    /input features must be float \[rows, 11\]/,
  );
  await assert.rejects(
    loadChanged(({ graphs }) => {
      linear(graphs.win).base += 0.001;
    }),
    /where the explanation in its manifest adds up to/,
  );
  await assert.rejects(
    loadChanged((manifest) => {
      manifest.calibrated = true;
    }),
    /can't be calibrated/,
  );
  await assert.rejects(
    loadChanged((manifest) => manifest.score_table.reverse()),
    /score_table/,
  );
});

test('shouldLoadNothingWhenThereIsNoManifest', async () => {
  assert.equal(await loadModel(join(COMMITTED, 'absent.manifest.json'), KNOWN_FEATURES), null);
});

test('shouldBeTheCommittedFilesWhenThePriorIsBuiltFromItsWeights', async () => {
  const weights = priorWeightsSchema.parse(JSON.parse(await readFile(join(COMMITTED, 'prior.weights.json'), 'utf8')));
  const { win, lead, manifest } = buildPrior(weights);

  for (const { name, bytes } of [win, lead]) {
    assert.ok(Buffer.from(bytes).equals(await readFile(join(COMMITTED, name))), `${name}: run make-prior`);
  }
  assert.equal(manifest.text, await readFile(PRIOR_MANIFEST, 'utf8'));
  const docs = await readFile(new URL('../../docs/scoring-service.md', import.meta.url), 'utf8');
  for (const term of [...weights.lead, ...weights.pair]) {
    assert.ok(docs.includes(`| ${term.weight} | ${term.why} |`), `${term.feature} is not in the docs: run make-prior`);
  }
});

test('shouldAddNothingToTheScoreWhenFeaturesAreMissing', async () => {
  const { win } = await loadPrior();
  const width = win.manifest.features.length;

  const { raw } = await win.run(new Float32Array(width).fill(Number.NaN));

  assert.deepEqual([...raw], [win.explanation.base]);
});

test('shouldAddUpToTheGraphsRawScoreWhenFeaturesAreExtreme', async () => {
  const { win } = await loadPrior();
  const width = win.manifest.features.length;
  const extremes = [0, 1, -1, 1e30, -1e30, Infinity, -Infinity, Number.NaN];
  const rows = Float32Array.from(
    { length: width * 64 },
    (_each, index) => extremes[(index * 7 + (index >> 3)) % 8] ?? 0,
  );

  const { raw } = await win.run(rows);

  raw.forEach((score, row) => {
    const contributions = linearContributions(linear(win.manifest), rows.subarray(row * width, (row + 1) * width));
    const sum = contributions.reduce((total, each) => total + each, win.explanation.base);
    assert.ok(Math.abs(sum - score) < 1e-9, `row ${row}: ${sum}, ${score}`);
  });
});

test('shouldInterpolateTheScoreBetweenThePointsOfItsTable', () => {
  const table: Manifest['score_table'] = [
    { raw: -2, score: 10 },
    { raw: 0, score: 50 },
    { raw: 1, score: 90 },
  ];
  assert.deepEqual(
    [-5, -2, -1, 0, 0.5, 1, 9].map((raw) => scoreOf(table, raw)),
    [10, 10, 30, 50, 70, 90, 90],
  );
});
