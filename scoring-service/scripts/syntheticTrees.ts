import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import type { RandomSource } from '../src/assignment/seededRandom.ts';
import { KNOWN_FEATURES } from '../src/features/featureVector.ts';
import { manifestSchema } from '../src/model/manifest.ts';
import type { Calibration, Manifest, ManifestGraph, ModelDraws } from '../src/model/manifest.ts';
import { treesRaw } from '../src/model/treeEnsemble.ts';
import type { Tree, TreeEnsemble } from '../src/model/treeEnsemble.ts';
import { treeModel } from '../src/onnx/treeGraph.ts';

/** What a synthetic model is to be like. Trees split at random: it is for tests and measurements and predicts nothing. */
export interface SyntheticTrees {
  readonly name: string;
  readonly trees: number;
  readonly depth: number;
  readonly seed: string;
  /** So many draws for confidence; 0 for none. */
  readonly draws?: number;
  readonly calibration?: Calibration;
  readonly metrics?: Manifest['metrics'];
  readonly baselines?: Manifest['baselines'];
}

const ROWS = 2000;
const GROUPS = 20;
const MISSING = 0.1;
const LARGEST_LEAF = 0.2;
/** Ranges of features that are not indicators; the rest lies within 0–1. */
const RANGES: readonly (readonly [RegExp, number])[] = [
  [/^intent_score$/, 100],
  [/_closed$|^days_to_close$|^days_since|^response_time$/, 6],
  [/^annual_revenue$|^time_zone_overlap$/, 9],
  [/^seniority$|^employees$|^hours_|^free_|^open_opp|^activities|^page_views|^email|^content/, 5],
];

/**
 * Writes a tree model as a trainer would: two graphs, their trees for explanation, the manifest. The same options give the
 * same bytes. Returns the manifest's file.
 */
export async function writeSyntheticTrees(folder: string, options: SyntheticTrees): Promise<string> {
  await mkdir(folder, { recursive: true });
  const random = seededRandom(options.seed);
  const win = ensembleOf(KNOWN_FEATURES.win, options, random);
  const lead = ensembleOf(KNOWN_FEATURES.lead, options, random);
  const scores = rowsOf(KNOWN_FEATURES.lead, random).map((row) => treesRaw(lead, row));
  const manifest: Manifest = manifestSchema.parse({
    format: 1,
    version: options.name,
    kind: 'trained',
    calibrated: options.calibration !== undefined,
    description: 'Synthetic: trees that split at random, for tests and measurements. Predicts nothing.',
    training: { data: `none: made from the seed "${options.seed}"`, rows: 0 },
    metrics: options.metrics ?? {},
    ...(options.calibration ? { calibration: options.calibration } : {}),
    ...(options.baselines ? { baselines: options.baselines } : {}),
    graphs: {
      win: await writeGraph(folder, `${options.name}.win`, win, drawsOf(options.draws ?? 0, win, random)),
      lead: await writeGraph(folder, `${options.name}.lead`, lead, undefined),
    },
    score_table: scoreTable(scores),
  } satisfies Manifest);
  const file = join(folder, `${options.name}.manifest.json`);
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  return file;
}

function rowsOf(features: readonly string[], random: RandomSource): Float32Array[] {
  const highest = features.map((name) => RANGES.find(([names]) => names.test(name))?.[1] ?? 1);
  return Array.from({ length: ROWS }, () =>
    Float32Array.from(highest, (high) => (random() < MISSING ? Number.NaN : random() * high)),
  );
}

function ensembleOf(features: readonly string[], options: SyntheticTrees, random: RandomSource): TreeEnsemble {
  const rows = rowsOf(features, random);
  const groups = options.draws ? GROUPS : 1;
  const trees = Array.from({ length: options.trees }, (_each, index) => treeOf(rows, index % groups, options, random));
  return { format: 1, base: -1.2, groups, features: [...features], trees };
}

function treeOf(rows: readonly Float32Array[], group: number, options: SyntheticTrees, random: RandomSource): Tree {
  const tree: Tree = { group, feature: [], threshold: [], yes: [], no: [], missing_yes: [], value: [], cover: [] };
  const width = rows[0]?.length ?? 0;
  const largest = LARGEST_LEAF / Math.sqrt(options.trees / 10);
  const grow = (members: readonly Float32Array[], depth: number): number => {
    const node = tree.feature.length;
    const feature = Math.floor(random() * width);
    const example = members[Math.floor(random() * members.length)]?.[feature] ?? Number.NaN;
    const isLeaf = depth === options.depth;
    tree.feature.push(isLeaf ? -1 : feature);
    tree.threshold.push(Number.isNaN(example) ? Math.fround(random()) : example);
    tree.missing_yes.push(Number(random() < 0.5));
    tree.value.push(Math.fround((random() * 2 - 1) * largest));
    // A branch that no row reached has a small cover instead of none, which could not be explained.
    tree.cover.push(members.length + 0.5);
    tree.yes.push(-1);
    tree.no.push(-1);
    if (isLeaf) return node;
    const goesYes = (row: Float32Array): boolean => {
      const value = row[feature] ?? Number.NaN;
      return Number.isNaN(value) ? tree.missing_yes[node] === 1 : value <= (tree.threshold[node] ?? 0);
    };
    tree.yes[node] = grow(members.filter(goesYes), depth + 1);
    tree.no[node] = grow(
      members.filter((row) => !goesYes(row)),
      depth + 1,
    );
    // Covers of children add up to the parent's, as in a trained tree.
    tree.cover[node] = (tree.cover[tree.yes[node] ?? 0] ?? 0) + (tree.cover[tree.no[node] ?? 0] ?? 0);
    return node;
  };
  grow(rows, 0);
  return tree;
}

async function writeGraph(
  folder: string,
  name: string,
  ensemble: TreeEnsemble,
  draws: ModelDraws | undefined,
): Promise<ManifestGraph> {
  const onnx = treeModel(name.replaceAll(/\W/g, '_'), 'Synthetic trees.', ensemble);
  const trees = Buffer.from(JSON.stringify(ensemble));
  await writeFile(join(folder, `${name}.onnx`), onnx);
  await writeFile(join(folder, `${name}.trees.json`), trees);
  return {
    file: `${name}.onnx`,
    sha256: sha256(onnx),
    input: 'features',
    output: 'groups',
    features: ensemble.features,
    explanation: {
      kind: 'trees',
      file: `${name}.trees.json`,
      sha256: sha256(trees),
      references: ensemble.features.map(() => null),
    },
    ...(draws ? { draws } : {}),
  };
}

/** Weights of a Bayesian bootstrap over the groups of trees: exponential, of mean 1. */
function drawsOf(count: number, { groups, base }: TreeEnsemble, random: RandomSource): ModelDraws | undefined {
  if (count === 0) return undefined;
  return {
    base: Array.from({ length: count }, () => base),
    weights: Array.from({ length: count }, () => {
      const drawn = Array.from({ length: groups }, () => -Math.log(1 - random()));
      const mean = drawn.reduce((sum, each) => sum + each, 0) / groups;
      return drawn.map((each) => each / mean);
    }),
  };
}

function scoreTable(raw: readonly number[]): Manifest['score_table'] {
  const sorted = [...new Set(raw)].sort((one, two) => one - two);
  return Array.from({ length: 11 }, (_each, tenth) => ({
    raw: sorted[Math.round((tenth / 10) * (sorted.length - 1))] ?? tenth,
    score: tenth * 10,
  }));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
