import { probabilityOf } from '../features/shrunkenRecord.ts';
import { percent } from '../features/feature.ts';
import type { Feature } from '../features/feature.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Factor } from './routeSchema.ts';

const SHOWN = 5;
const IN_REASON = 3;
const SMALLEST = 0.005;

/** What each feature added for one row, strongest first, complete up to the raw score. */
export interface ExplainedRow {
  /** The strongest features, then `other` and `base`: their contributions add up to the raw score. */
  factors: Factor[];
  /** The contribution of every column, in their order. */
  contributions: Float64Array;
  /** The words of the strongest features that speak for the candidate, at most three. */
  inFavour: string[];
}

/**
 * Explains one row. `isShown` chooses which features may be named one by one; what is not named is in `other`.
 */
export function explain<Subject>(
  explanation: Explanation,
  columns: readonly Feature<Subject>[],
  row: ArrayLike<number>,
  subject: Subject,
  isShown: (feature: string) => boolean,
): ExplainedRow {
  const contributions = explanation.contributions(row);
  const raw = contributions.reduce((sum, each) => sum + each, explanation.base);
  const strongest = columns
    .map((column, index) => ({
      column,
      contribution: contributions[index] ?? 0,
      reference: explanation.references[index] ?? null,
      isKnown: !Number.isNaN(row[index] ?? Number.NaN),
    }))
    .filter(({ column, contribution }) => Math.abs(contribution) >= SMALLEST && isShown(column.name))
    .sort((one, two) => Math.abs(two.contribution) - Math.abs(one.contribution))
    .slice(0, SHOWN);
  const factors = strongest.map(({ column, contribution, reference, isKnown }) => ({
    feature: column.name,
    contribution: rounded(contribution),
    text: wordsOf(column, subject, isKnown, reference),
  }));
  const named = factors.reduce((sum, factor) => sum + factor.contribution, 0);
  const base = rounded(explanation.base);
  return {
    contributions,
    factors: [
      ...factors,
      { feature: 'other', contribution: rounded(raw - named - base), text: 'All other features together' },
      { feature: 'base', contribution: base, text: `A typical case: ${percent(probabilityOf(explanation.base))}` },
    ],
    inFavour: factors
      .filter(({ contribution }) => contribution > 0)
      .slice(0, IN_REASON)
      .map(({ text }) => text),
  };
}

function wordsOf<Subject>(
  column: Feature<Subject>,
  subject: Subject,
  isKnown: boolean,
  reference: number | null,
): string {
  // A tree may have learnt from the absence of a value.
  if (!isKnown) return `Nothing is known of: ${column.meaning}`;
  const words = column.words(subject);
  return column.typical && reference !== null ? `${words}, ${column.typical(reference)} typical` : words;
}

/** Where the runner-up loses most against the chosen one, in words; null where the runner-up is not behind anywhere. */
export function whyRunnerUpLost<Subject>(
  columns: readonly Feature<Subject>[],
  chosen: Float64Array,
  runnerUp: Float64Array,
): string | null {
  let worst: { meaning: string; behind: number } | null = null;
  columns.forEach((column, index) => {
    const behind = (chosen[index] ?? 0) - (runnerUp[index] ?? 0);
    if (behind >= SMALLEST && behind > (worst?.behind ?? 0)) worst = { meaning: column.meaning, behind };
  });
  const found = worst as { meaning: string } | null;
  return found === null ? null : `The runner-up is behind in: ${found.meaning}`;
}

/** A probability as it leaves the service; the log-odds of one that is not calibrated equal the raw score to 1e-6. */
export function asSent(probability: number): number {
  return Number(probability.toPrecision(12));
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
  runnerUp: string | null = null,
): string {
  if (arm === 'holdback') return 'Left to the previous assignment rule at random, so that both can be compared';
  if (arm === 'explore') return 'Chosen at random among the eligible representatives, so that the model can learn';
  const place =
    rank === 1
      ? `Best of ${of} eligible`
      : `Number ${rank} of ${of} eligible; those ahead are needed more for other leads or are full`;
  return [inFavour.join('; '), place, runnerUp].filter((part) => part).join('. ');
}
