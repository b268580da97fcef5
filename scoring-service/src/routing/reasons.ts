import { probabilityOf } from '../features/shrunkenRecord.ts';
import { linearContributions } from '../model/linearContributions.ts';
import { percent } from '../features/feature.ts';
import type { Feature } from '../features/feature.ts';
import type { LinearExplanation } from '../model/manifest.ts';
import type { Factor } from './routeSchema.ts';

const SHOWN = 5;
const IN_REASON = 3;
const SMALLEST = 0.005;

/** What each feature added for one row, strongest first, complete up to the raw score. */
export interface Explanation {
  /** The strongest features, then `other` and `base`: their contributions add up to the raw score. */
  factors: Factor[];
  /** The words of the strongest features that speak for the candidate, at most three. */
  inFavour: string[];
}

/**
 * Explains one row. `isShown` chooses which features may be named one by one; what is not named is in `other`.
 */
export function explain<Subject>(
  formula: LinearExplanation,
  columns: readonly Feature<Subject>[],
  row: ArrayLike<number>,
  subject: Subject,
  isShown: (feature: string) => boolean,
): Explanation {
  const contributions = linearContributions(formula, row);
  const raw = contributions.reduce((sum, each) => sum + each, formula.base);
  const strongest = columns
    .map((column, index) => ({
      column,
      contribution: contributions[index] ?? 0,
      reference: formula.terms[index]?.reference ?? 0,
    }))
    .filter(({ column, contribution }) => Math.abs(contribution) >= SMALLEST && isShown(column.name))
    .sort((one, two) => Math.abs(two.contribution) - Math.abs(one.contribution))
    .slice(0, SHOWN);
  const factors = strongest.map(({ column, contribution, reference }) => ({
    feature: column.name,
    contribution: rounded(contribution),
    text: column.typical ? `${column.words(subject)}, ${column.typical(reference)} typical` : column.words(subject),
  }));
  const named = factors.reduce((sum, factor) => sum + factor.contribution, 0);
  const base = rounded(formula.base);
  return {
    factors: [
      ...factors,
      { feature: 'other', contribution: rounded(raw - named - base), text: 'All other features together' },
      { feature: 'base', contribution: base, text: `A typical case: ${percent(probabilityOf(formula.base))}` },
    ],
    inFavour: factors
      .filter(({ contribution }) => contribution > 0)
      .slice(0, IN_REASON)
      .map(({ text }) => text),
  };
}

/** Win probability as it leaves the service; its log-odds still equal the raw score to 1e-6. */
export function winProbability(raw: number): number {
  return Number(probabilityOf(raw).toPrecision(12));
}

function rounded(contribution: number): number {
  return Math.round(contribution * 1e8) / 1e8;
}

/** Why a lead goes to whom it goes to, in a sentence that a representative reads. */
export function reasonText(
  arm: 'model' | 'explore' | 'holdback',
  inFavour: readonly string[],
  rank: number,
  of: number,
): string {
  if (arm === 'holdback') return 'Left to the previous assignment rule at random, so that both can be compared';
  if (arm === 'explore') return 'Chosen at random among the eligible representatives, so that the model can learn';
  const place =
    rank === 1
      ? `Best of ${of} eligible`
      : `Number ${rank} of ${of} eligible; those ahead are needed more for other leads or are full`;
  return inFavour.length === 0 ? place : `${inFavour.join('; ')}. ${place}`;
}
