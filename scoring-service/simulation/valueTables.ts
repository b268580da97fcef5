import { STAYS_OPEN } from './arrivalInstance.ts';
import type { ArrivalInstance } from './arrivalInstance.ts';
import type { Policy } from './arrivalPolicies.ts';

/** What a lead gives here beyond its next best choice, in bins of win probability. */
const LOWEST = -0.1;
const HIGHEST = 0.4;
const BINS = 40;
const FEWEST_SEEN = 30;
/** Days over which what was seen is forgotten, a usual day is averaged, and the worth of tomorrow's place is. */
const MEMORY = 14;
const USUAL = 7;
const TOMORROW = 5;

/** What is learnt of one representative. */
class Representative {
  usual = 0;
  seen = 0;
  /** What a place that is taken today and not free again tomorrow costs; 0 for whom only the daily cap limits. */
  tomorrow = 0;
  readonly #advantages = new Float64Array(BINS);
  #weight = 0;
  readonly #most: number;
  /** Worth of the k-th place while n more leads come: at n · (most + 1) + k. */
  #worth: Float64Array | null = null;

  constructor(dailyCap: number) {
    this.#most = dailyCap;
  }

  see(advantage: number): void {
    const bin = Math.floor(((advantage - LOWEST) / (HIGHEST - LOWEST)) * BINS);
    const at = Math.max(0, Math.min(BINS - 1, bin));
    this.#advantages[at] = (this.#advantages[at] ?? 0) + 1;
    this.#weight++;
    this.seen++;
  }

  beginDay(room: number): void {
    this.usual = this.usual === 0 ? this.seen : this.usual + (this.seen - this.usual) / USUAL;
    this.seen = 0;
    const kept = 1 - 1 / MEMORY;
    this.#weight *= kept;
    for (let bin = 0; bin < BINS; bin++) this.#advantages[bin] = (this.#advantages[bin] ?? 0) * kept;
    if (this.#weight < FEWEST_SEEN) return;
    this.#worth = this.#worths();
    const isFull = room < this.#most;
    const worth = isFull ? STAYS_OPEN * this.#worthOf(Math.round(this.usual), Math.max(1, room)) : 0;
    this.tomorrow += (worth - this.tomorrow) / TOMORROW;
  }

  price(room: number): number {
    return this.tomorrow + this.#worthOf(Math.max(0, Math.round(this.usual - this.seen - 1)), room);
  }

  #worthOf(left: number, room: number): number {
    const rows = this.#most + 1;
    const most = this.#worth === null ? 0 : this.#worth.length / rows - 1;
    return this.#worth?.[Math.min(left, most) * rows + room] ?? 0;
  }

  /** V(n, k) = V(n−1, k) + E[(advantage − tomorrow − (V(n−1, k) − V(n−1, k−1)))⁺]; its differences in k. */
  #worths(): Float64Array {
    const rows = this.#most + 1;
    const leads = Math.ceil(this.usual * 1.5);
    const worths = new Float64Array((leads + 1) * rows);
    let values = new Float64Array(rows);
    for (let left = 1; left <= leads; left++) {
      const next = new Float64Array(rows);
      for (let k = 1; k < rows; k++) {
        const worth = (values[k] ?? 0) - (values[k - 1] ?? 0);
        let gain = 0;
        for (let bin = BINS - 1; bin >= 0; bin--) {
          const advantage = LOWEST + ((bin + 0.5) * (HIGHEST - LOWEST)) / BINS - this.tomorrow - worth;
          if (advantage <= 0) break;
          gain += ((this.#advantages[bin] ?? 0) / this.#weight) * advantage;
        }
        next[k] = (values[k] ?? 0) + gain;
        worths[left * rows + k] = (next[k] ?? 0) - (next[k - 1] ?? 0);
      }
      values = next;
    }
    return worths;
  }
}

/**
 * A yardstick, not what the service does: each representative's places of the day are priced by dynamic programming on the
 * distribution of what leads give there beyond their next best choice, learnt over weeks – the decomposition by
 * resources of network revenue management (Talluri and van Ryzin, "The Theory and Practice of Revenue Management", 2004, 3.4).
 */
export function valueTables({ dailyCaps }: ArrivalInstance): Policy {
  const team = dailyCaps.map((cap) => new Representative(cap));
  let today = 0;
  return (lead, { day, room, roomOfDay }) => {
    if (day > today) team.forEach((each, rep) => each.beginDay(roomOfDay[rep] ?? 0));
    today = day;
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    let second = Number.NEGATIVE_INFINITY;
    lead.candidates.forEach((rep, option) => {
      if ((room[rep] ?? 0) <= 0) return;
      const value = (lead.winProbabilities[option] ?? 0) - (team[rep]?.price(room[rep] ?? 0) ?? 0);
      if (value > most) {
        second = most;
        most = value;
        best = rep;
      } else if (value > second) second = value;
    });
    lead.candidates.forEach((rep, option) => {
      const other = Math.max(0, rep === best ? second : most);
      team[rep]?.see((lead.winProbabilities[option] ?? 0) - other);
    });
    return best;
  };
}
