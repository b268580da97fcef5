import type { LinearExplanation } from './manifest.ts';

/**
 * Log-odds that each feature adds, in the order of the terms; with `base` they add up to the raw score. A missing
 * feature (NaN) adds 0. Exact for a linear model: the contribution of a feature does not depend on the others.
 */
export function linearContributions(formula: LinearExplanation, features: ArrayLike<number>): Float64Array {
  if (features.length !== formula.terms.length) {
    throw new RangeError(`${features.length} features for a formula of ${formula.terms.length} terms.`);
  }
  return Float64Array.from(formula.terms, (term, index) => {
    const value = features[index] ?? Number.NaN;
    if (Number.isNaN(value)) return 0;
    return term.weight * (Math.min(Math.max(value, term.low), term.high) - term.reference);
  });
}

/** The raw score that the contributions add up to. */
export function linearRaw(formula: LinearExplanation, features: ArrayLike<number>): number {
  return linearContributions(formula, features).reduce((sum, contribution) => sum + contribution, formula.base);
}
