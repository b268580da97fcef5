import { ModelRefusedError } from '../errors.ts';
import type { Tree } from './treeEnsemble.ts';

/** A leaf's table has 2^d entries for the d features on its path. */
const MOST_FEATURES_ON_A_PATH = 12;

/** All nodes of a path that ask for one feature. */
export interface Condition {
  readonly feature: number;
  /** The nodes, and which way the path leaves them. */
  readonly steps: readonly { readonly node: number; readonly isYes: boolean }[];
  /** Share of the training rows at these nodes that go the path's way at all of them. */
  readonly share: number;
}

/** The way from the root to a leaf. */
export interface LeafPath {
  readonly leaf: number;
  readonly value: number;
  /** Share of the training rows that end here. */
  readonly share: number;
  readonly conditions: readonly Condition[];
}

/** The paths of a tree, leaves from left to right. @throws ModelRefusedError where one has too many different features. */
export function pathsOf(tree: Tree): LeafPath[] {
  const paths: LeafPath[] = [];
  const walk = (node: number, conditions: ReadonlyMap<number, Condition>, share: number): void => {
    const feature = tree.feature[node] ?? -1;
    if (feature === -1) {
      if (conditions.size > MOST_FEATURES_ON_A_PATH) {
        throw new ModelRefusedError(
          `A tree has ${conditions.size} features on one path; at most ${MOST_FEATURES_ON_A_PATH} can be explained. Train shallower trees.`,
        );
      }
      paths.push({ leaf: node, value: tree.value[node] ?? 0, share, conditions: [...conditions.values()] });
      return;
    }
    const old = conditions.get(feature);
    for (const isYes of [true, false]) {
      const child = (isYes ? tree.yes[node] : tree.no[node]) ?? 0;
      const part = (tree.cover[child] ?? 0) / (tree.cover[node] ?? 1);
      const steps = [...(old?.steps ?? []), { node, isYes }];
      walk(
        child,
        new Map([...conditions, [feature, { feature, steps, share: (old?.share ?? 1) * part }]]),
        share * part,
      );
    }
  };
  walk(0, new Map(), 1);
  return paths;
}

/**
 * F(B) of `TreeShap` for every set B of a path's conditions; bit i of an index stands for condition i.
 * F of the full set is never asked for as A \ j, but is where the row passes all: there no feature failed.
 */
export function subsetSums({ value, conditions }: LeafPath): Float64Array {
  const depth = conditions.length;
  const size = 2 ** depth;
  const table = new Float64Array(size);
  const factorial = [1];
  for (let n = 1; n <= depth; n++) factorial[n] = (factorial[n - 1] ?? 1) * n;
  for (let set = 0; set < size; set++) {
    let members = 0;
    let product = value;
    for (let index = 0; index < depth; index++) {
      if ((set >> index) & 1) members++;
      else product *= conditions[index]?.share ?? 1;
    }
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

/** What condition `index` adds for a row that passes the conditions in `passed`. */
export function contributionOf(path: LeafPath, sums: Float64Array, passed: number, index: number): number {
  const bit = 1 << index;
  if ((passed & bit) === 0) return -(sums[passed] ?? 0);
  const share = path.conditions[index]?.share ?? 1;
  return ((1 - share) / share) * (sums[passed ^ bit] ?? 0);
}
