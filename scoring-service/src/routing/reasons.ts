import { percent } from '../features/feature.ts';
import type { Feature } from '../features/feature.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Factor } from './routeSchema.ts';

const SHOWN = 5;
const IN_REASON = 3;
const SMALLEST = 0.005;

/** What is explained of a graph, and how. */
export interface Explained<Subject> {
  readonly explanation: Explanation;
  readonly columns: readonly Feature<Subject>[];
  /** Which features may be named one by one; what is not named is in `other`. */
  isShown(feature: string): boolean;
  /** The probability that a raw score means. */
  probability(raw: number): number;
}

/** What each feature added for one row, strongest first, complete up to the raw score. */
export interface ExplainedRow {
  /** The strongest features, then `other` and `base`: their contributions add up to the raw score within 1e-8. */
  factors: Factor[];
  /** The contribution of every column, in their order. */
  contributions: Float64Array;
  /** The words of the strongest features that speak for the candidate, at most three. */
  inFavour: string[];
  /** Whether a column has a value. */
  isKnown(column: number): boolean;
  /** The words of a column. */
  words(column: number): string;
}

/**
 * Explains one row with what its features add, `contributions` of the explanation. `raw` is what the graph scored: for trees, which it adds up in single precision, a little beside the sum of
 * the contributions (at most 1e-4, or the model is refused at load); that rest is in `other`, so that the list adds up.
 */
export function explain<Subject>(
  { explanation, columns, isShown, probability }: Explained<Subject>,
  row: ArrayLike<number>,
  contributions: Float64Array,
  raw: number,
  subject: Subject,
): ExplainedRow {
  const isKnown = (index: number): boolean => !Number.isNaN(row[index] ?? Number.NaN);
  const words = (index: number): string => {
    const column = columns[index];
    if (column === undefined) throw new RangeError(`There is no column ${index}.`);
    return wordsOf(column, subject, isKnown(index), explanation.references[index] ?? null);
  };
  const strengthOf = (index: number): number => Math.abs(contributions[index] ?? 0);
  const strongest: number[] = [];
  columns.forEach(({ name }, index) => {
    if (strengthOf(index) >= SMALLEST && isShown(name)) strongest.push(index);
  });
  strongest.sort((one, two) => strengthOf(two) - strengthOf(one));
  const factors = strongest.slice(0, SHOWN).map((index) => ({
    feature: columns[index]?.name ?? '',
    contribution: rounded(contributions[index] ?? 0),
    text: words(index),
  }));
  const named = factors.reduce((sum, factor) => sum + factor.contribution, 0);
  const base = rounded(explanation.base);
  return {
    contributions,
    isKnown,
    words,
    factors: [
      ...factors,
      { feature: 'other', contribution: rounded(raw - named - base), text: 'All other features together' },
      { feature: 'base', contribution: base, text: `A typical case: ${percent(probability(explanation.base))}` },
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

/**
 * Where the runner-up, with this win probability, loses most against the chosen one, in the words of the runner-up's own
 * value; null where it is behind nowhere.
 */
export function whyRunnerUpLost(
  columns: readonly { readonly meaning: string }[],
  chosen: ExplainedRow,
  runnerUp: ExplainedRow,
  winProbability: number,
): string | null {
  const behind = columns.map(
    (_each, index) => (chosen.contributions[index] ?? 0) - (runnerUp.contributions[index] ?? 0),
  );
  const most = Math.max(...behind);
  const worst = behind.indexOf(most);
  const meaning = columns[worst]?.meaning;
  if (meaning === undefined || most < SMALLEST) return null;
  const behindIn = `The runner-up (${percent(winProbability)}) is behind most in "${meaning}"`;
  if (!runnerUp.isKnown(worst)) return `${behindIn}, of which nothing is known`;
  const words = runnerUp.words(worst);
  return `${behindIn}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** So near to 0 and to 1 twelve decimals are too few. */
const NEAR = 1e-5;

/** A probability as it leaves the service, in twelve decimals; the log-odds of one that is not calibrated equal the raw score to 1e-6. */
export function asSent(probability: number): number {
  if (probability > NEAR && probability < 1 - NEAR) return Math.round(probability * 1e12) / 1e12;
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
