import type { Baseline } from '../model/manifest.ts';

/** An empty bucket would make the index infinite. */
const SMALLEST_SHARE = 1e-4;

/** The bucket of a value: as many as bounds, then one for what is above all, then one for missing. */
export function bucketOf({ bounds }: Baseline, value: number): number {
  if (Number.isNaN(value)) return bounds.length + 1;
  const index = bounds.findIndex((bound) => value <= bound);
  return index === -1 ? bounds.length : index;
}

/**
 * Population stability index of counts against a baseline: Σ (actual − expected) · ln(actual / expected). Above 0.2 is
 * usually taken for a drift. NaN while nothing was counted.
 */
export function stabilityIndex({ shares }: Baseline, counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return Number.NaN;
  return shares.reduce((sum, share, bucket) => {
    const expected = Math.max(SMALLEST_SHARE, share);
    const actual = Math.max(SMALLEST_SHARE, (counts[bucket] ?? 0) / total);
    return sum + (actual - expected) * Math.log(actual / expected);
  }, 0);
}
