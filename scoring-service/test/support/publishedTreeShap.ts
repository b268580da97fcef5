import type { Tree, TreeEnsemble } from '../../src/model/treeEnsemble.ts';

/**
 * Path-dependent TreeSHAP step by step as it was published: Lundberg, Erion and Lee, "Consistent individualized feature
 * attribution for tree ensembles", 2018, Algorithm 2. To check the tables of `TreeShap` with.
 */
export function publishedTreeShap({ features, trees }: TreeEnsemble, row: ArrayLike<number>): Float64Array {
  const walk = new Walk(row, features.length);
  for (const tree of trees) walk.through(tree);
  return walk.contributions;
}

/** Unique features on a path at most, and so elements of a level of the path (with the empty one that it begins with). */
const LONGEST = 34;

/** A row's walk through trees. Each level has a copy of the path above it, level after level in the same arrays. */
class Walk {
  readonly contributions: Float64Array;
  readonly #row: ArrayLike<number>;
  // Of each element of a path: its feature, the share of paths where it is missing, that where it is known, and the weight.
  readonly #feature = new Int32Array(LONGEST * LONGEST);
  readonly #zero = new Float64Array(LONGEST * LONGEST);
  readonly #one = new Float64Array(LONGEST * LONGEST);
  readonly #weight = new Float64Array(LONGEST * LONGEST);

  constructor(row: ArrayLike<number>, features: number) {
    this.#row = row;
    this.contributions = new Float64Array(features);
  }

  through(tree: Tree): void {
    this.#visit(tree, 0, 0, 0, 1, 1, -1);
  }

  /** RECURSE of the paper; `length` elements of the path are above this level. */
  #visit(tree: Tree, node: number, level: number, length: number, zero: number, one: number, feature: number): void {
    const start = level * LONGEST;
    if (level > 0) this.#copy(start - LONGEST, start, length);
    this.#extend(start, length, zero, one, feature);
    const asked = tree.feature[node] ?? -1;
    if (asked === -1) {
      const value = tree.value[node] ?? 0;
      for (let index = 1; index <= length; index++) {
        const weight = this.#unwoundSum(start, length, index);
        const at = start + index;
        this.contributions[this.#feature[at]!]! += weight * (this.#one[at]! - this.#zero[at]!) * value;
      }
      return;
    }
    const value = this.#row[asked] ?? Number.NaN;
    const isYes = Number.isNaN(value) ? tree.missing_yes[node] === 1 : value <= (tree.threshold[node] ?? 0);
    const [hot = 0, cold = 0] = isYes ? [tree.yes[node], tree.no[node]] : [tree.no[node], tree.yes[node]];
    let [ownZero, ownOne, last] = [1, 1, length];
    const seen = this.#feature.subarray(start, start + length + 1).indexOf(asked);
    if (seen > 0) {
      [ownZero, ownOne] = [this.#zero[start + seen]!, this.#one[start + seen]!];
      this.#unwind(start, length, seen);
      last--;
    }
    const cover = tree.cover[node] ?? 1;
    this.#visit(tree, hot, level + 1, last + 1, (ownZero * (tree.cover[hot] ?? 0)) / cover, ownOne, asked);
    this.#visit(tree, cold, level + 1, last + 1, (ownZero * (tree.cover[cold] ?? 0)) / cover, 0, asked);
  }

  #copy(from: number, to: number, length: number): void {
    for (const each of [this.#feature, this.#zero, this.#one, this.#weight]) each.copyWithin(to, from, from + length);
  }

  #extend(start: number, length: number, zero: number, one: number, feature: number): void {
    const weight = this.#weight;
    this.#feature[start + length] = feature;
    this.#zero[start + length] = zero;
    this.#one[start + length] = one;
    weight[start + length] = length === 0 ? 1 : 0;
    for (let index = length - 1; index >= 0; index--) {
      const at = start + index;
      weight[at + 1]! += (one * weight[at]! * (index + 1)) / (length + 1);
      weight[at] = (zero * weight[at]! * (length - index)) / (length + 1);
    }
  }

  /** Takes an element out of a path whose last index is `length`. */
  #unwind(start: number, length: number, index: number): void {
    const weight = this.#weight;
    const one = this.#one[start + index]!;
    const zero = this.#zero[start + index]!;
    let next = weight[start + length]!;
    for (let each = length - 1; each >= 0; each--) {
      const at = start + each;
      if (one !== 0) {
        const old = weight[at]!;
        weight[at] = (next * (length + 1)) / ((each + 1) * one);
        next = old - (weight[at] * zero * (length - each)) / (length + 1);
      } else {
        weight[at] = (weight[at]! * (length + 1)) / (zero * (length - each));
      }
    }
    for (let at = start + index; at < start + length; at++) {
      this.#feature[at] = this.#feature[at + 1]!;
      this.#zero[at] = this.#zero[at + 1]!;
      this.#one[at] = this.#one[at + 1]!;
    }
  }

  /** The sum of the weights that `#unwind` would leave. */
  #unwoundSum(start: number, length: number, index: number): number {
    const weight = this.#weight;
    const one = this.#one[start + index]!;
    const zero = this.#zero[start + index]!;
    let next = weight[start + length]!;
    let total = 0;
    for (let each = length - 1; each >= 0; each--) {
      if (one !== 0) {
        const unwound = (next * (length + 1)) / ((each + 1) * one);
        total += unwound;
        next = weight[start + each]! - (unwound * zero * (length - each)) / (length + 1);
      } else {
        total += (weight[start + each]! * (length + 1)) / (zero * (length - each));
      }
    }
    return total;
  }
}
