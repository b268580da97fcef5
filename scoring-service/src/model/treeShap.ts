import { ModelRefusedError } from '../errors.ts';
import type { Tree, TreeEnsemble } from './treeEnsemble.ts';

/** A leaf's table has 2^d entries for the d features on its path. */
const MOST_FEATURES_ON_A_PATH = 12;

/**
 * Exact path-dependent TreeSHAP (Lundberg, Erion and Lee 2018) by a table for each leaf (as Fast TreeSHAP v2, Yang 2021).
 *
 * With d features on the path to a leaf of value v, z_i the share of training rows that pass the conditions on feature
 * i, and A the features whose conditions the row passes, let
 * F(B) = v · Σ_{S ⊆ B} |S|! (d − |S| − 1)! / d! · Π_{i ∉ S} z_i.
 * Then the leaf contributes (1 − z_j) / z_j · F(A \ j) to a feature j in A, and −F(A) to one that is not.
 */
export class TreeShap {
  /** The mean of the ensemble over the training rows. Contributions and it add up to the raw score. */
  readonly base: number;
  readonly #width: number;
  // For each leaf: where its features and its table begin, and how many features it has.
  readonly #firstFeature: Int32Array;
  readonly #firstEntry: Int32Array;
  readonly #depth: Uint8Array;
  // For each feature of each leaf.
  readonly #feature: Int32Array;
  readonly #above: Float64Array;
  readonly #upTo: Float64Array;
  readonly #passesMissing: Uint8Array;
  readonly #gain: Float64Array;
  readonly #table: Float64Array;

  /** @throws ModelRefusedError for trees whose paths have too many different features. */
  constructor(ensemble: TreeEnsemble) {
    this.#width = ensemble.features.length;
    const leaves = ensemble.trees.flatMap(leavesOf);
    const conditions = leaves.flatMap((leaf) => leaf.conditions);
    this.#firstFeature = new Int32Array(leaves.length);
    this.#firstEntry = new Int32Array(leaves.length);
    this.#depth = Uint8Array.from(leaves, (leaf) => leaf.conditions.length);
    this.#feature = Int32Array.from(conditions, (each) => each.feature);
    this.#above = Float64Array.from(conditions, (each) => each.above);
    this.#upTo = Float64Array.from(conditions, (each) => each.upTo);
    this.#passesMissing = Uint8Array.from(conditions, (each) => Number(each.passesMissing));
    this.#gain = Float64Array.from(conditions, (each) => (1 - each.share) / each.share);
    this.#table = new Float64Array(leaves.reduce((sum, leaf) => sum + 2 ** leaf.conditions.length, 0));
    let entry = 0;
    let feature = 0;
    let base = ensemble.base;
    leaves.forEach((leaf, index) => {
      this.#firstFeature[index] = feature;
      this.#firstEntry[index] = entry;
      const table = tableOf(leaf);
      this.#table.set(table, entry);
      base += leaf.value * leaf.share;
      entry += table.length;
      feature += leaf.conditions.length;
    });
    this.base = base;
  }

  /** What each feature added to a row's raw score, against `base`. */
  contributions(row: ArrayLike<number>): Float64Array {
    const added = new Float64Array(this.#width);
    for (let leaf = 0; leaf < this.#depth.length; leaf++) {
      const depth = this.#depth[leaf] ?? 0;
      const first = this.#firstFeature[leaf] ?? 0;
      const entry = this.#firstEntry[leaf] ?? 0;
      let passed = 0;
      for (let index = 0; index < depth; index++) {
        const at = first + index;
        const value = row[this.#feature[at] ?? 0] ?? Number.NaN;
        const passes =
          value !== value
            ? this.#passesMissing[at] === 1
            : value > (this.#above[at] ?? 0) && value <= (this.#upTo[at] ?? 0);
        if (passes) passed |= 1 << index;
      }
      const failed = -(this.#table[entry + passed] ?? 0);
      for (let index = 0; index < depth; index++) {
        const at = first + index;
        const bit = 1 << index;
        const part = (passed & bit) === 0 ? failed : (this.#gain[at] ?? 0) * (this.#table[entry + (passed ^ bit)] ?? 0);
        const feature = this.#feature[at] ?? 0;
        added[feature] = (added[feature] ?? 0) + part;
      }
    }
    return added;
  }
}

/** All conditions of a path on one feature: above < value ≤ upTo. */
interface Condition {
  feature: number;
  above: number;
  upTo: number;
  passesMissing: boolean;
  /** Share of the training rows at the conditions' nodes that pass them. */
  share: number;
}

interface Leaf {
  value: number;
  /** Share of the training rows that end here. */
  share: number;
  conditions: Condition[];
}

function leavesOf(tree: Tree): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (node: number, conditions: ReadonlyMap<number, Condition>, share: number): void => {
    const feature = tree.feature[node] ?? -1;
    if (feature === -1) {
      if (conditions.size > MOST_FEATURES_ON_A_PATH) {
        throw new ModelRefusedError(
          `A tree has ${conditions.size} features on one path; at most ${MOST_FEATURES_ON_A_PATH} can be explained. Train shallower trees.`,
        );
      }
      leaves.push({ value: tree.value[node] ?? 0, share, conditions: [...conditions.values()] });
      return;
    }
    const threshold = tree.threshold[node] ?? 0;
    const missingYes = tree.missing_yes[node] === 1;
    for (const isYes of [true, false]) {
      const child = (isYes ? tree.yes[node] : tree.no[node]) ?? 0;
      const part = (tree.cover[child] ?? 0) / (tree.cover[node] ?? 1);
      const old = conditions.get(feature) ?? {
        feature,
        above: Number.NEGATIVE_INFINITY,
        upTo: Number.POSITIVE_INFINITY,
        passesMissing: true,
        share: 1,
      };
      const merged: Condition = {
        feature,
        above: isYes ? old.above : Math.max(old.above, threshold),
        upTo: isYes ? Math.min(old.upTo, threshold) : old.upTo,
        passesMissing: old.passesMissing && missingYes === isYes,
        share: old.share * part,
      };
      walk(child, new Map([...conditions, [feature, merged]]), share * part);
    }
  };
  walk(0, new Map(), 1);
  return leaves;
}

function tableOf(leaf: Leaf): Float64Array {
  const depth = leaf.conditions.length;
  const size = 2 ** depth;
  const table = new Float64Array(size);
  const factorial = [1];
  for (let n = 1; n <= depth; n++) factorial[n] = (factorial[n - 1] ?? 1) * n;
  for (let set = 0; set < size; set++) {
    let members = 0;
    let product = leaf.value;
    leaf.conditions.forEach((condition, index) => {
      if ((set >> index) & 1) members++;
      else product *= condition.share;
    });
    // The full set is no subset of any B that leaves a feature out.
    const weight =
      members === depth
        ? 0
        : ((factorial[members] ?? 1) * (factorial[depth - members - 1] ?? 1)) / (factorial[depth] ?? 1);
    table[set] = weight * product;
  }
  // Sums over all subsets, one feature at a time.
  for (let bit = 1; bit < size; bit <<= 1) {
    for (let set = 0; set < size; set++) {
      if (set & bit) table[set] = (table[set] ?? 0) + (table[set ^ bit] ?? 0);
    }
  }
  return table;
}
