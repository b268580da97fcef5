import type { RecordEntry } from '../routing/routeSchema.ts';

/** So many closed leads of a record weigh as much as the expectation alone. */
export const PRIOR_LEADS = 20;
const LOWEST_RATE = 0.01;

/** A record held against what was to be expected of the leads that were in it. Rates are shares of closed leads. */
export interface ShrunkenRecord {
  closed: number;
  /** ln(1 + closed). */
  logClosed: number;
  won: number;
  rate: number;
  expectedRate: number;
  /** Log-odds by which the shrunken rate is above (or below) the expected one. */
  lift: number;
}

/**
 * Empirical-Bayes estimate of a win rate: a beta prior centred at the expected rate e with the weight of
 * `PRIOR_LEADS` leads, so rate = (won + k·e) / (closed + k); few leads stay near the expectation, many speak for
 * themselves. Null where nothing was closed or nothing is known of what was to be expected.
 * Source: Casella, "An Introduction to Empirical Bayes Data Analysis", The American Statistician 39(2), 1985.
 */
export function shrinkRecord(entry: RecordEntry): ShrunkenRecord | null {
  const closed = entry.won + entry.lost;
  if (closed <= 0 || entry.expected_won === null || entry.expected_won === undefined) return null;
  const expectedRate = bounded(entry.expected_won / closed);
  const shrunken = bounded((entry.won + PRIOR_LEADS * expectedRate) / (closed + PRIOR_LEADS));
  return {
    closed,
    logClosed: Math.log1p(closed),
    won: entry.won,
    rate: entry.won / closed,
    expectedRate,
    lift: logOdds(shrunken) - logOdds(expectedRate),
  };
}

function bounded(rate: number): number {
  return Math.min(Math.max(rate, LOWEST_RATE), 1 - LOWEST_RATE);
}

/** ln(p / (1 − p)). */
export function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** 1 / (1 + e^−x): the probability for a raw score in log-odds. */
export function probabilityOf(raw: number): number {
  return 1 / (1 + Math.exp(-raw));
}
