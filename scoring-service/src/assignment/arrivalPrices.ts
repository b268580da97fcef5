/** What is known when a lead arrives alone: what a place is worth to those still to come, and how many those are. */
export interface ArrivalState {
  /** Price of the next place of each representative, in win probability. */
  readonly prices: ArrayLike<number>;
  /** Leads that each may still be given today. */
  readonly room: ArrayLike<number>;
  /** Leads that are still expected today, this one among them. */
  readonly expected: number;
}

/** How far one decision moves a price. Found by `npm run -w scoring-service simulate`. */
export const STEP = 0.004;

/**
 * The prices after a lead went to `chosen` (-1: to nobody): dual mirror descent with the Euclidean mirror map, whose
 * subgradient for a representative is the room per lead still expected minus what was just used of it. Where there is more
 * room than leads, prices fall to 0 and the best representative is simply taken.
 * Source: Balseiro, Lu and Mirrokni, "The best of many worlds: dual mirror descent for online allocation problems",
 * Operations Research 71(1), 2023. Places come free again, so that the room is that of the moment instead of a budget
 * fixed at the start (Goyal, Iyengar and Udwani, "Asymptotically optimal competitive ratio for online allocation of
 * reusable resources", Operations Research 2025).
 */
export function pricesAfter({ prices, room, expected }: ArrivalState, chosen: number, step = STEP): Float64Array {
  return Float64Array.from(prices, (price, rep) => {
    const target = Math.min(1, Math.max(0, room[rep] ?? 0) / Math.max(1, expected));
    return Math.max(0, price + step * ((rep === chosen ? 1 : 0) - target));
  });
}
