import type { RouteRepresentative } from '../routing/routeSchema.ts';

/** Load penalties need a full load; this one stands in where a representative has no limit of open leads. */
export const USUAL_CAPACITY = 30;

/**
 * How many more leads a representative may be given now: what both the limit of open leads and today's cap leave, each
 * lowered by the ramp share (but to 1 at least). No limit where neither is given; none at weight 0.
 */
export function roomOf(representative: RouteRepresentative): number {
  if (representative.weight === 0 || representative.ramp_share === 0) return 0;
  return Math.min(
    left(representative.capacity, representative.open_leads, representative.ramp_share),
    left(representative.daily_cap, representative.assigned_today, representative.ramp_share),
  );
}

/** How many leads a representative could be given when the day began, as far as today's leads are all still open. */
export function roomOfDay(representative: RouteRepresentative): number {
  const { weight, capacity, open_leads, daily_cap, assigned_today, ramp_share } = representative;
  if (weight === 0 || ramp_share === 0) return 0;
  return Math.min(
    left(capacity, Math.max(0, (open_leads ?? 0) - (assigned_today ?? 0)), ramp_share),
    left(daily_cap, 0, ramp_share),
  );
}

function left(
  limit: number | null | undefined,
  used: number | null | undefined,
  ramp: number | null | undefined,
): number {
  if (limit === null || limit === undefined) return Number.POSITIVE_INFINITY;
  const ramped = limit >= 1 ? Math.max(1, Math.floor(limit * (ramp ?? 1))) : 0;
  return Math.max(0, Math.floor(ramped - (used ?? 0)));
}

/**
 * What the k-th further lead (from 1) costs, in win probability: the increase of the convex penalty
 * load_penalty · capacity / 2 · (load / capacity)² / weight. At a full load one more lead costs about the load penalty.
 */
export function loadCost(representative: RouteRepresentative, loadPenalty: number, k: number): number {
  const capacity = Math.max(1, representative.capacity ?? USUAL_CAPACITY);
  const weight = Math.max(0.01, representative.weight ?? 1);
  return (loadPenalty * ((representative.open_leads ?? 0) + k - 0.5)) / (capacity * weight);
}
