import type { ModelDraws } from '../model/manifest.ts';

/** How sure a choice is, in the model's own posterior. */
export interface Confidence {
  /** Share of the draws in which the chosen one is within the indifference of the best. */
  readonly confidence: number;
  /** Win probability lost on average against the best of each draw. */
  readonly regret: number;
}

/**
 * Confidence in a choice by draws of the model: in each the candidates are scored anew. `components` are the rows of the
 * eligible candidates, `probability` turns a raw score into a win probability.
 */
export function confidenceIn(
  draws: ModelDraws,
  components: readonly ArrayLike<number>[],
  chosen: number,
  options: { indifference: number; probability(raw: number): number },
): Confidence {
  let near = 0;
  let lost = 0;
  draws.weights.forEach((weights, draw) => {
    let best = Number.NEGATIVE_INFINITY;
    let own = Number.NEGATIVE_INFINITY;
    components.forEach((row, candidate) => {
      let raw = draws.base[draw] ?? 0;
      for (let index = 0; index < weights.length; index++) raw += (weights[index] ?? 0) * (row[index] ?? 0);
      if (raw > best) best = raw;
      if (candidate === chosen) own = raw;
    });
    // The probability rises with the raw score: only two of them are needed.
    const regret = options.probability(best) - options.probability(own);
    lost += regret;
    if (regret <= options.indifference) near++;
  });
  const count = draws.weights.length;
  return { confidence: near / count, regret: lost / count };
}
