/** What is remembered of a representative for leads that arrive one by one. */
export interface ArrivalPrice {
  /** What a place was worth so far, in win probability. */
  readonly price: number;
  /** Leads that came on `day` for which this one was a candidate, and how many come on a usual day (0: not known yet). */
  readonly day: number;
  readonly seen: number;
  readonly usual: number;
}

/** Leads that a representative may still be given today, and could be given when the day began; infinite without limit. */
export interface DaysRoom {
  readonly now: number;
  readonly ofDay: number;
}

/** How far one lead moves a price. The constants were chosen on seeds other than those that are reported. */
export const STEP = 0.005;
/** What each place used ahead of the day's pace adds to the price, and each left behind it takes off. */
export const PACE = 0.01;
/** Part of the day's room that leads are to want: a good lead for whom no place is left costs more than a place left over. */
export const FILL = 0.9;
/** A usual day is the mean over about so many days on which any lead came. */
const DAYS = 7;

/** Of someone who was never seen. */
export const NEW_PRICE: ArrivalPrice = { price: 0, day: 0, seen: 0, usual: 0 };

/** The same on another day: yesterday's count has become part of what is usual. Earlier days change nothing. */
export function onDay(known: ArrivalPrice, day: number): ArrivalPrice {
  if (day <= known.day) return known;
  const usual = known.usual === 0 ? known.seen : known.usual + (known.seen - known.usual) / DAYS;
  return { price: known.price, day, seen: 0, usual };
}

/**
 * The price that the next lead is decided with: the learnt one, corrected by how far the representative is ahead of or
 * behind the pace at which the day's room lasts until the day's last lead.
 */
export function pacedPrice({ price, seen, usual }: ArrivalPrice, room: DaysRoom): number {
  if (!Number.isFinite(room.now)) return 0;
  const part = usual === 0 ? 1 : Math.min(1, Math.max(1, usual - seen) / usual);
  return Math.max(0, price + PACE * (room.ofDay * part - room.now));
}

/**
 * What is known after a lead for which this one was a candidate; `isWanted`: the lead would best have gone here at the
 * paced prices, had everyone had room. Dual mirror descent with the Euclidean mirror map: the subgradient is the day's room (`FILL`
 * of it) for each lead expected, minus what the lead wants of it – wants, not gets: whoever is full has no use, but is too cheap all
 * the same. While no usual day is known, prices stay as they are.
 * Source: Balseiro, Lu and Mirrokni, "The best of many worlds: dual mirror descent for online allocation problems",
 * Operations Research 71(1), 2023, algorithm 1. Places come free again, so that the budget is not one of a horizon but
 * the room of the day: what the daily cap allows and what closed leads left free (reusable resources: Goyal, Iyengar and
 * Udwani, "Asymptotically optimal competitive ratio for online allocation of reusable resources", Operations Research
 * 73(4), 2025).
 */
export function afterLead(known: ArrivalPrice, { ofDay }: DaysRoom, isWanted: boolean): ArrivalPrice {
  const seen = known.seen + 1;
  if (known.usual === 0) return { ...known, seen };
  const target = Math.min(1, (FILL * ofDay) / Math.max(1, known.usual));
  return { ...known, seen, price: Math.max(0, known.price + STEP * ((isWanted ? 1 : 0) - target)) };
}
