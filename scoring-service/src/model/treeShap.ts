import { BlockTables, blocksOf } from './blockTables.ts';
import { LeafTables } from './leafTables.ts';
import type { TreeEnsemble } from './treeEnsemble.ts';
import { pathsOf } from './treePaths.ts';

/** 16 MB of tables of blocks; 200 trees of depth 6 take 13. Trees that are too deep for their part have tables by leaf. */
const MOST_BLOCK_NUMBERS = 4_000_000;

/**
 * Exact path-dependent TreeSHAP (Lundberg, Erion and Lee 2018) by tables that are made when the model is loaded (as Fast
 * TreeSHAP v2, Yang 2021).
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
  readonly #blocks: BlockTables;
  readonly #leaves: LeafTables;

  /** @throws ModelRefusedError for trees whose paths have too many different features. */
  constructor({ base, features, trees }: TreeEnsemble, mostBlockNumbers = MOST_BLOCK_NUMBERS) {
    this.#width = features.length;
    const cut = trees.map((tree) => {
      const paths = pathsOf(tree);
      return { tree, paths, blocked: blocksOf(tree, paths) };
    });
    const isSmall = ({ blocked }: (typeof cut)[number]): boolean => blocked.size <= mostBlockNumbers / trees.length;
    this.#blocks = new BlockTables(
      cut.filter(isSmall).map(({ blocked }) => blocked),
      features.length,
    );
    this.#leaves = new LeafTables(cut.filter((each) => !isSmall(each)));
    this.base = cut.reduce(
      (sum, { paths }) => paths.reduce((inner, { value, share }) => inner + value * share, sum),
      base,
    );
  }

  /** What each feature added to the raw score of each row, against `base`. Many rows at once cost less than one after the other. */
  contributions(rows: readonly ArrayLike<number>[]): Float64Array[] {
    const width = this.#width;
    const added = new Float64Array(rows.length * width);
    this.#blocks.addTo(added, rows);
    this.#leaves.addTo(added, rows, width);
    return rows.map((_row, index) => added.subarray(index * width, (index + 1) * width));
  }
}
