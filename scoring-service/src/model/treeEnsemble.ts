import { z } from 'zod';

const finite = z.number();

/**
 * One tree in arrays, node 0 the root. A row goes to `yes` where feature ≤ threshold, to `no` where it is above, and
 * where it is missing to `yes` if `missing_yes`. Leaves have feature -1. `cover` is the training weight that reached it.
 */
const treeSchema = z
  .strictObject({
    /** Which of the graph's outputs the tree adds to. */
    group: z.int().min(0),
    feature: z.array(z.int().min(-1)).min(1),
    threshold: z.array(finite),
    yes: z.array(z.int().min(-1)),
    no: z.array(z.int().min(-1)),
    missing_yes: z.array(z.int().min(0).max(1)),
    value: z.array(finite),
    cover: z.array(finite.positive()),
  })
  .refine((tree) => {
    const size = tree.feature.length;
    const sizes = [tree.threshold, tree.yes, tree.no, tree.missing_yes, tree.value, tree.cover].map(
      (each) => each.length,
    );
    if (sizes.some((each) => each !== size)) return false;
    return tree.feature.every((feature, node) => {
      const yes = tree.yes[node] ?? -1;
      const no = tree.no[node] ?? -1;
      // Children stand behind their parents, so that no path has a loop.
      return feature === -1 || (yes > node && no > node && yes < size && no < size && yes !== no);
    });
  }, 'arrays of one length; children behind their parents');

/** The content of a `.trees.json` file: raw = base + Σ leaf values, in log-odds; thresholds are float32 values. */
export const treeEnsembleSchema = z.strictObject({
  format: z.literal(1),
  base: finite,
  /** Number of groups of trees; the graph gives each group's sum. */
  groups: z.int().min(1).max(100),
  features: z.array(z.string()).min(1),
  trees: z.array(treeSchema).min(1).max(5000),
});

export type Tree = z.infer<typeof treeSchema>;
export type TreeEnsemble = z.infer<typeof treeEnsembleSchema>;

/** The leaf that a row falls into. */
export function leafOf(tree: Tree, row: ArrayLike<number>): number {
  let node = 0;
  for (;;) {
    const feature = tree.feature[node] ?? -1;
    if (feature === -1) return node;
    const value = row[feature] ?? Number.NaN;
    const isYes = Number.isNaN(value) ? tree.missing_yes[node] === 1 : value <= (tree.threshold[node] ?? 0);
    node = (isYes ? tree.yes[node] : tree.no[node]) ?? 0;
  }
}

/** The raw score of a row, walked tree by tree. */
export function treesRaw(ensemble: TreeEnsemble, row: ArrayLike<number>): number {
  return ensemble.trees.reduce((sum, tree) => sum + (tree.value[leafOf(tree, row)] ?? 0), ensemble.base);
}
