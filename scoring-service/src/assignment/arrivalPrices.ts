/** What is known when a lead arrives alone. All lists are by representative. */
export interface ArrivalState {
  /** What a place of each representative was worth so far, in win probability. */
  readonly prices: ArrayLike<number>;
  /** Leads that each may still be given today, and could be given when the day began; infinite where there is no limit. */
  readonly room: ArrayLike<number>;
  readonly roomOfDay: ArrayLike<number>;
  readonly forecast: ArrivalForecast;
}

/** Leads expected on the whole day, and those of them still to come, the one just being decided among them. */
export interface ArrivalForecast {
  readonly day: number;
  readonly left: number;
}

/** How far one lead moves a price. Both constants were chosen on seeds and volumes other than those that are reported. */
export const STEP = 0.005;
/** What each place used ahead of the day's pace, or left behind it, adds to the price, or takes off. */
export const PACE = 0.01;
/** The forecast is the mean of so many past days on which any lead came. */
const DAYS = 7;

/** The forecast after so many leads of today, by the counts of the past days, newest first. */
export function forecastFrom(past: readonly number[], seen: number): ArrivalForecast {
  const days = past.slice(0, DAYS);
  const day = days.length === 0 ? 1 : Math.max(1, days.reduce((sum, leads) => sum + leads, 0) / days.length);
  return { day, left: Math.max(1, day - seen) };
}

/**
 * The prices that the next lead is decided with: the learnt ones, corrected by how far each representative is ahead of
 * or behind its pace, at which the day's room lasts until the day's last lead.
 */
export function pacedPrices({ prices, room, roomOfDay, forecast }: ArrivalState, pace = PACE): Float64Array {
  const part = Math.min(1, forecast.left / forecast.day);
  return Float64Array.from(prices, (price, rep) => {
    const left = room[rep] ?? 0;
    if (!Number.isFinite(left)) return 0;
    return Math.max(0, price + pace * ((roomOfDay[rep] ?? 0) * part - left));
  });
}

/**
 * The learnt prices after a lead that would best have gone to `wanted` (-1: nobody), had everyone had room: dual mirror
 * descent with the Euclidean mirror map. The subgradient for a representative is its day's room for each lead expected, minus
 * what the lead wants of it – wants, not gets: whoever is full has no use, but is too cheap all the same.
 * Source: Balseiro, Lu and Mirrokni, "The best of many worlds: dual mirror descent for online allocation problems",
 * Operations Research 71(1), 2023, algorithm 1. Places come free again, so that the budget is not one of a horizon but
 * the room of the day: what the daily cap allows and what closed leads left free (reusable resources: Goyal, Iyengar and Udwani,
 * "Asymptotically optimal competitive ratio for online allocation of reusable resources", Operations Research 73(4), 2025).
 */
export function pricesAfter({ prices, roomOfDay, forecast }: ArrivalState, wanted: number, step = STEP): Float64Array {
  return Float64Array.from(prices, (price, rep) => {
    const target = Math.min(1, (roomOfDay[rep] ?? 0) / forecast.day);
    return Math.max(0, price + step * ((rep === wanted ? 1 : 0) - target));
  });
}
