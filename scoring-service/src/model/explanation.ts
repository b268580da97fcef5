import { linearContributions } from './linearContributions.ts';
import type { LinearExplanation } from './manifest.ts';
import type { TreeEnsemble } from './treeEnsemble.ts';
import { TreeShap } from './treeShap.ts';

/** How a graph's raw scores come about, exactly: `base` and the contributions of all features add up to the score. */
export interface Explanation {
  readonly base: number;
  /** The typical value of each feature that it is compared with; null where there is none. */
  readonly references: readonly (number | null)[];
  /** For each row what each feature adds. */
  contributions(rows: readonly ArrayLike<number>[]): Float64Array[];
  /** Values of a feature at and around which the score changes, to try the graph with. */
  probes(column: number): readonly number[];
}

export function linearExplanationOf(formula: LinearExplanation): Explanation {
  return {
    base: formula.base,
    references: formula.terms.map((term) => term.reference),
    contributions: (rows) => rows.map((row) => linearContributions(formula, row)),
    probes: (column) => {
      const { low, high } = formula.terms[column] ?? { low: 0, high: 1 };
      return [-2, 0, 1, 3, 5, 7, 8].map((step) => low + ((high - low) * step) / 7);
    },
  };
}

export function treesExplanationOf(ensemble: TreeEnsemble, references: readonly (number | null)[]): Explanation {
  const shap = new TreeShap(ensemble);
  const thresholds = ensemble.features.map((_name, column) => {
    const found = new Set<number>();
    for (const tree of ensemble.trees) {
      tree.feature.forEach((feature, node) => {
        if (feature === column && found.size < 10) found.add(tree.threshold[node] ?? 0);
      });
    }
    return [...found].flatMap((value) => [value, value + Math.abs(value) * 1e-3 + 1e-3]);
  });
  return {
    base: shap.base,
    references,
    contributions: (rows) => shap.contributions(rows),
    probes: (column) => (thresholds[column]?.length ? (thresholds[column] ?? []) : [0]),
  };
}
