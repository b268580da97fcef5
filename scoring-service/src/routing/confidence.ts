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
  const count = draws.base.length;
  const width = draws.weights[0]?.length ?? 0;
  const weights = byComponent(draws, width);
  const raw = new Float64Array(count);
  const best = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const own = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  components.forEach((row, candidate) => {
    raw.set(draws.base);
    // Neighbours do not wait for each other, unlike the terms of one sum.
    for (let index = 0; index < width; index++) {
      const value = row[index] ?? 0;
      const first = index * count;
      for (let draw = 0; draw < count; draw++) raw[draw]! += weights[first + draw]! * value;
    }
    for (let draw = 0; draw < count; draw++) if (raw[draw]! > best[draw]!) best[draw] = raw[draw]!;
    if (candidate === chosen) own.set(raw);
  });
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

const known = new WeakMap<ModelDraws, Float64Array>();

/** The weights of all draws, those of one component next to each other. */
function byComponent(draws: ModelDraws, width: number): Float64Array {
  let all = known.get(draws);
  if (all === undefined) {
    const count = draws.base.length;
    all = new Float64Array(count * width);
    for (let draw = 0; draw < count; draw++) {
      for (let index = 0; index < width; index++) all[index * count + draw] = draws.weights[draw]?.[index] ?? 0;
    }
    known.set(draws, all);
  }
  return all;
}
