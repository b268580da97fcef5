import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import type { RandomSource } from '../src/assignment/seededRandom.ts';
import { TreeShap } from '../src/model/treeShap.ts';
import { treeEnsembleSchema, treesRaw } from '../src/model/treeEnsemble.ts';
import type { Tree, TreeEnsemble } from '../src/model/treeEnsemble.ts';
import { publishedTreeShap } from './support/publishedTreeShap.ts';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shap-'));
});
after(() => rm(folder, { recursive: true }));

/**
 * What a tree gives a row of which only the features in `known` are known: at a node of another feature the mean of both
 * sides, weighted by cover. The game of which TreeSHAP computes the Shapley values.
 */
function expected(tree: Tree, row: ArrayLike<number>, known: ReadonlySet<number>, node = 0): number {
  const feature = tree.feature[node] ?? -1;
  if (feature === -1) return tree.value[node] ?? 0;
  const [yes, no] = [tree.yes[node] ?? 0, tree.no[node] ?? 0];
  if (known.has(feature)) {
    const value = row[feature] ?? Number.NaN;
    const isYes = Number.isNaN(value) ? tree.missing_yes[node] === 1 : value <= (tree.threshold[node] ?? 0);
    return expected(tree, row, known, isYes ? yes : no);
  }
  const total = (tree.cover[yes] ?? 0) + (tree.cover[no] ?? 0);
  return (
    ((tree.cover[yes] ?? 0) * expected(tree, row, known, yes) +
      (tree.cover[no] ?? 0) * expected(tree, row, known, no)) /
    total
  );
}

/** Shapley values by their definition (Shapley 1953): the mean over all orders of what a feature adds when it becomes known. */
function shapley(ensemble: TreeEnsemble, row: ArrayLike<number>): number[] {
  const count = ensemble.features.length;
  const value = (known: ReadonlySet<number>): number =>
    ensemble.trees.reduce((sum, tree) => sum + expected(tree, row, known), ensemble.base);
  const added = Array.from({ length: count }, () => 0);
  const orders = permutations(Array.from({ length: count }, (_each, index) => index));
  for (const order of orders) {
    const known = new Set<number>();
    let before = value(known);
    for (const feature of order) {
      known.add(feature);
      const now = value(new Set(known));
      added[feature] = (added[feature] ?? 0) + (now - before) / orders.length;
      before = now;
    }
  }
  return added;
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) => permutations(items.filter((each) => each !== first)).map((rest) => [first, ...rest]));
}

/** A tree that splits at random, often on the same feature again, of uneven depth and cover. */
function aTree(features: number, depth: number, random: RandomSource): Tree {
  const tree: Tree = { group: 0, feature: [], threshold: [], yes: [], no: [], missing_yes: [], value: [], cover: [] };
  const grow = (left: number): number => {
    const node = tree.feature.length;
    const isLeaf = left === 0 || (node > 0 && random() < 0.15);
    tree.feature.push(isLeaf ? -1 : Math.floor(random() * features));
    tree.threshold.push(Math.round(random() * 4) / 4);
    tree.missing_yes.push(Number(random() < 0.5));
    tree.value.push(random() * 4 - 2);
    tree.cover.push(0.5 + random() * 100);
    tree.yes.push(-1);
    tree.no.push(-1);
    if (isLeaf) return node;
    const [yes, no] = [grow(left - 1), grow(left - 1)];
    tree.yes[node] = yes;
    tree.no[node] = no;
    tree.cover[node] = (tree.cover[yes] ?? 0) + (tree.cover[no] ?? 0);
    return node;
  };
  grow(depth);
  return tree;
}

function anEnsemble(trees: number, features: number, depth: number, random: RandomSource): TreeEnsemble {
  return treeEnsembleSchema.parse({
    format: 1,
    base: random() - 0.5,
    groups: 1,
    features: Array.from({ length: features }, (_each, index) => `f${index}`),
    trees: Array.from({ length: trees }, () => aTree(features, depth, random)),
  });
}

/** Values on and off the thresholds, and missing ones. */
function aRow(features: number, random: RandomSource): number[] {
  return Array.from({ length: features }, () => {
    const drawn = random();
    if (drawn < 0.25) return Number.NaN;
    return drawn < 0.6 ? Math.round(random() * 4) / 4 : random() * 1.5 - 0.25;
  });
}

/** Entries of tables of blocks are rounded to single precision. */
const SINGLE = 2 ** -22;

function nearly(actual: number, wanted: number, what: string, tolerance = 1e-10): void {
  assert.ok(
    Math.abs(actual - wanted) <= tolerance * Math.max(1, Math.abs(wanted)),
    `${what}: ${actual}, not ${wanted}`,
  );
}

test('shouldBeTheShapleyValuesByDefinitionWhenTreesAreSmallAndRandom', () => {
  const random = seededRandom('shapley');
  let compared = 0;
  for (let round = 0; round < 150; round++) {
    const features = 1 + Math.floor(random() * 5);
    const ensemble = anEnsemble(1 + Math.floor(random() * 3), features, 1 + Math.floor(random() * 4), random);
    // By blocks of leaves (in single precision), leaf by leaf, and some trees by the one and some by the other.
    const mostBlockNumbers = [undefined, 0, 100][round % 3];
    const shap = new TreeShap(ensemble, mostBlockNumbers);
    const rows = Array.from({ length: 3 }, () => aRow(features, random));
    const found = shap.contributions(rows);
    assert.equal(found.length, rows.length);
    rows.forEach((row, index) => {
      shapley(ensemble, row).forEach((wanted, feature) => {
        const what = `round ${round}, feature ${feature} of [${row.join()}]`;
        nearly(found[index]?.[feature] ?? Number.NaN, wanted, what, mostBlockNumbers === 0 ? 1e-10 : SINGLE);
        compared++;
      });
    });
  }
  assert.ok(compared > 1000);
});

test('shouldHaveTheMeanOverTheTrainingRowsAsItsBase', () => {
  const random = seededRandom('base');
  for (let round = 0; round < 50; round++) {
    const ensemble = anEnsemble(3, 4, 4, random);
    const mean = ensemble.trees.reduce((sum, tree) => sum + expected(tree, [], new Set()), ensemble.base);
    nearly(new TreeShap(ensemble).base, mean, `round ${round}`);
  }
});

test('shouldGiveNothingToAFeatureThatNoTreeAsksFor', () => {
  const random = seededRandom('unused');
  const ensemble = { ...anEnsemble(5, 3, 3, random), features: ['f0', 'f1', 'f2', 'unused'] };

  assert.equal(new TreeShap(ensemble).contributions([[0.1, Number.NaN, 0.9, 7]])[0]?.[3], 0);
});

test('shouldAddUpWithin1e8When200TreesOfDepth6AreExplained', async () => {
  await writeSyntheticTrees(folder, { name: 'large', trees: 200, depth: 6, seed: 'adds-up' });
  const ensemble = treeEnsembleSchema.parse(JSON.parse(await readFile(join(folder, 'large.win.trees.json'), 'utf8')));
  assert.equal(ensemble.trees.length, 200);
  const shap = new TreeShap(ensemble);
  const byLeaf = new TreeShap(ensemble, 0);
  const random = seededRandom('rows');
  const seen = new Set<number>();
  let largest = 0;
  for (let draw = 0; draw < 300; draw++) {
    const row = Float32Array.from(ensemble.features, () => (random() < 0.15 ? Number.NaN : random() * 6));
    const raw = treesRaw(ensemble, row);
    const [parts] = byLeaf.contributions([row]);
    assert.ok(parts);
    const sum = parts.reduce((total, each) => total + each, shap.base);
    largest = Math.max(largest, Math.abs(sum - raw));
    shap.contributions([row])[0]?.forEach((found, feature) => {
      nearly(found, parts[feature] ?? Number.NaN, `row ${draw}, feature ${feature}`, SINGLE);
    });
    if (draw % 10 === 0) {
      publishedTreeShap(ensemble, row).forEach((wanted, feature) => {
        nearly(parts[feature] ?? Number.NaN, wanted, `row ${draw}, feature ${feature} as published`);
      });
    }
    seen.add(raw);
  }
  assert.ok(seen.size > 250, 'the rows must differ');
  assert.ok(largest <= 1e-8, `off by ${largest}`);
});

test('shouldRefuseTreesWithTooManyFeaturesOnOnePath', () => {
  const depth = 13;
  const tree: Tree = { group: 0, feature: [], threshold: [], yes: [], no: [], missing_yes: [], value: [], cover: [] };
  for (let node = 0; node < 2 * depth + 1; node++) {
    const isSplit = node % 2 === 0 && node < 2 * depth;
    tree.feature.push(isSplit ? node / 2 : -1);
    tree.threshold.push(0.5);
    tree.yes.push(isSplit ? node + 1 : -1);
    tree.no.push(isSplit ? node + 2 : -1);
    tree.missing_yes.push(0);
    tree.value.push(1);
    tree.cover.push(depth + 1 - Math.floor(node / 2));
  }
  const features = Array.from({ length: depth }, (_each, index) => `f${index}`);

  assert.throws(() => new TreeShap({ format: 1, base: 0, groups: 1, features, trees: [tree] }), {
    name: 'ModelRefusedError',
    message: /has 13 features on one path; at most 12 can be explained/,
  });
});
