/** How sure a choice is, in the model's own posterior. */
export interface Confidence {
  /** Share of the draws in which the chosen one is within the indifference of the best. */
  readonly confidence: number;
  /** Win probability lost on average against the best of each draw. */
  readonly regret: number;
}

/**
 * Confidence in a choice by draws of the model. `scores` are the raw scores of the eligible candidates, one after the other, each in
 * all `count` draws; `probability` turns one into a win probability.
 */
export function confidenceIn(
  scores: Float64Array,
  count: number,
  chosen: number,
  options: { indifference: number; probability(raw: number): number },
): Confidence {
  const own = scores.subarray(chosen * count, (chosen + 1) * count);
  const best = own.slice();
  for (let start = 0; start < scores.length; start += count) {
    for (let draw = 0; draw < count; draw++) {
      if (scores[start + draw]! > best[draw]!) best[draw] = scores[start + draw]!;
    }
  }
  let near = 0;
  let lost = 0;
  for (let draw = 0; draw < count; draw++) {
    // The probability rises with the raw score: only two of them are needed.
    const regret = options.probability(best[draw]!) - options.probability(own[draw]!);
    lost += regret;
    if (regret <= options.indifference) near++;
  }
  return { confidence: near / count, regret: lost / count };
}
