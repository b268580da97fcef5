/** A share with its 95 % interval; `count` is what it is taken of. Null values: nothing to take it of. */
export interface Estimate {
  readonly count: number;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const Z = 1.959964;
const NOTHING = { estimate: null, low: null, high: null } as const;

/** Share of wins with Wilson's score interval (Wilson 1927). */
export function shareOf(won: readonly boolean[]): Estimate {
  const count = won.length;
  if (count === 0) return { count, ...NOTHING };
  const share = won.filter(Boolean).length / count;
  const centre = (share + Z ** 2 / (2 * count)) / (1 + Z ** 2 / count);
  const half = (Z / (1 + Z ** 2 / count)) * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2));
  return { count, estimate: share, low: centre - half, high: centre + half };
}

/** Difference of two shares with Newcombe's interval (Newcombe 1998, method 10). `count` is the smaller sample. */
export function differenceOfShares(one: readonly boolean[], two: readonly boolean[]): Estimate {
  const [a, b] = [shareOf(one), shareOf(two)];
  const count = Math.min(a.count, b.count);
  if (a.estimate === null || b.estimate === null) return { count, ...NOTHING };
  const down = Math.hypot(a.estimate - (a.low ?? 0), (b.high ?? 0) - b.estimate);
  const up = Math.hypot((a.high ?? 0) - a.estimate, b.estimate - (b.low ?? 0));
  const estimate = a.estimate - b.estimate;
  return { count, estimate, low: estimate - down, high: estimate + up };
}

/** One closed decision, as a policy that was not followed sees it. */
export interface LoggedDecision {
  /** Whether the policy would have done what was done. */
  readonly agrees: boolean;
  /** Probability with which it was done. */
  readonly propensity: number;
  readonly won: boolean;
}

/**
 * Win rate of a policy from decisions of another one: self-normalised inverse propensity scoring (Swaminathan and
 * Joachims 2015), its interval by the delta method. `count` is the effective sample size (Kish).
 */
export function offPolicyValue(decisions: readonly LoggedDecision[]): Estimate {
  const weights = decisions.map(({ agrees, propensity }) => (agrees && propensity > 0 ? 1 / propensity : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  if (total === 0) return { count: 0, ...NOTHING };
  const estimate = decisions.reduce((sum, { won }, at) => sum + (weights[at] ?? 0) * Number(won), 0) / total;
  const variance =
    decisions.reduce((sum, { won }, at) => sum + ((weights[at] ?? 0) * (Number(won) - estimate)) ** 2, 0) / total ** 2;
  const half = Z * Math.sqrt(variance);
  return { count: total ** 2 / squares, estimate, low: estimate - half, high: estimate + half };
}
