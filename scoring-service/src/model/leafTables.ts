import type { Tree } from './treeEnsemble.ts';
import { subsetSums } from './treePaths.ts';
import type { Condition, LeafPath } from './treePaths.ts';

/** Contributions by a table for each leaf (as Fast TreeSHAP v2, Yang 2021): 2^d numbers for d features on its path. */
export class LeafTables {
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

  constructor(trees: readonly { readonly tree: Tree; readonly paths: readonly LeafPath[] }[]) {
    const leaves = trees.flatMap(({ tree, paths }) => paths.map((path) => ({ path, tree })));
    const conditions = leaves.flatMap(({ path, tree }) => path.conditions.map((each) => intervalOf(each, tree)));
    this.#firstFeature = new Int32Array(leaves.length);
    this.#firstEntry = new Int32Array(leaves.length);
    this.#depth = Uint8Array.from(leaves, ({ path }) => path.conditions.length);
    this.#feature = Int32Array.from(conditions, (each) => each.feature);
    this.#above = Float64Array.from(conditions, (each) => each.above);
    this.#upTo = Float64Array.from(conditions, (each) => each.upTo);
    this.#passesMissing = Uint8Array.from(conditions, (each) => Number(each.passesMissing));
    this.#gain = Float64Array.from(conditions, (each) => (1 - each.share) / each.share);
    this.#table = new Float64Array(leaves.reduce((sum, { path }) => sum + 2 ** path.conditions.length, 0));
    let entry = 0;
    let feature = 0;
    leaves.forEach(({ path }, index) => {
      this.#firstFeature[index] = feature;
      this.#firstEntry[index] = entry;
      this.#table.set(subsetSums(path), entry);
      entry += 2 ** path.conditions.length;
      feature += path.conditions.length;
    });
  }

  /** Adds to `added`, row by row of all `width` features, what each feature of each row contributes. */
  addTo(added: Float64Array, rows: readonly ArrayLike<number>[], width: number): void {
    for (let leaf = 0; leaf < this.#depth.length; leaf++) {
      rows.forEach((row, index) => this.#addLeaf(leaf, row, added, index * width));
    }
  }

  #addLeaf(leaf: number, row: ArrayLike<number>, added: Float64Array, own: number): void {
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
      added[own + (this.#feature[at] ?? 0)]! += part;
    }
  }
}

/** All conditions of a path on one feature as above < value ≤ upTo. */
function intervalOf({ feature, steps, share }: Condition, tree: Tree): Interval {
  const interval = {
    feature,
    share,
    above: Number.NEGATIVE_INFINITY,
    upTo: Number.POSITIVE_INFINITY,
    passesMissing: true,
  };
  for (const { node, isYes } of steps) {
    const threshold = tree.threshold[node] ?? 0;
    if (isYes) interval.upTo = Math.min(interval.upTo, threshold);
    else interval.above = Math.max(interval.above, threshold);
    if ((tree.missing_yes[node] === 1) !== isYes) interval.passesMissing = false;
  }
  return interval;
}

interface Interval {
  readonly feature: number;
  readonly share: number;
  readonly above: number;
  readonly upTo: number;
  readonly passesMissing: boolean;
}
