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
  const { width, weights } = byComponent(draws);
  const raw = new Float64Array(count);
  const best = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const own = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  components.forEach((row, candidate) => {
    raw.set(draws.base);
    // Neighbours do not wait for each other, unlike the terms of one sum; four terms at once read and write it a quarter as often.
    for (let index = 0; index < width; index += TERMS) {
      const [one = 0, two = 0, three = 0, four = 0] = [row[index], row[index + 1], row[index + 2], row[index + 3]];
      const first = index * count;
      const second = first + count;
      const third = second + count;
      const fourth = third + count;
      for (let draw = 0; draw < count; draw++) {
        raw[draw]! +=
          weights[first + draw]! * one +
          weights[second + draw]! * two +
          weights[third + draw]! * three +
          weights[fourth + draw]! * four;
      }
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

const TERMS = 4;

const known = new WeakMap<ModelDraws, { width: number; weights: Float64Array }>();

/** The weights of all draws, those of one component next to each other; components of weight 0 make a whole number of terms. */
function byComponent(draws: ModelDraws): { width: number; weights: Float64Array } {
  let all = known.get(draws);
  if (all === undefined) {
    const count = draws.base.length;
    const width = Math.ceil((draws.weights[0]?.length ?? 0) / TERMS) * TERMS;
    const weights = new Float64Array(count * width);
    draws.weights.forEach((own, draw) => {
      own.forEach((weight, index) => (weights[index * count + draw] = weight));
    });
    all = { width, weights };
    known.set(draws, all);
  }
  return all;
}
