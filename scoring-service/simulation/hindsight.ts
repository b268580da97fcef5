import { STAYS_OPEN } from './arrivalInstance.ts';
import type { ArrivalInstance } from './arrivalInstance.ts';

/**
 * What is known in hindsight. `arrivals`: every lead of all days, but how long one stays open only as a distribution, as
 * the clairvoyant of Goyal, Iyengar and Udwani. `all`: the days on which leads close as well, which nobody could
 * ever know: such an optimum gives the best representatives what will close soon.
 */
export type Hindsight = 'arrivals' | 'all';

/** An upper bound of the expected wins, and mean prices of a place over the middle half of the days. */
export interface HindsightOptimum {
  readonly wins: number;
  readonly prices: Float64Array;
}

const ROUNDS = 400;
const PATIENCE = 10;
/** Open leads of neighbouring days are the same ones: their prices move in step and so must move less. */
const CAPACITY_STEP = 0.06;

/**
 * Bounds what any policy with that knowledge can win, by Lagrangian duality: prices for each representative's daily cap
 * and open capacity on each day, by subgradient descent. Any prices give a valid bound; the optimum is at most this.
 */
export function hindsightOptimum(instance: ArrivalInstance, hindsight: Hindsight, rounds = ROUNDS): HindsightOptimum {
  const relaxation = new Relaxation(instance, hindsight);
  let wins = Number.POSITIVE_INFINITY;
  let step = 0.02;
  let waited = 0;
  for (let round = 0; round < rounds; round++) {
    const bound = relaxation.evaluate();
    if (bound < wins) {
      wins = bound;
      waited = 0;
    } else if (++waited > PATIENCE) {
      step *= 0.7;
      waited = 0;
    }
    relaxation.descend(step);
  }
  return { wins, prices: relaxation.meanPrices() };
}

class Relaxation {
  readonly #instance: ArrivalInstance;
  readonly #knowsAll: boolean;
  readonly #days: number;
  /** Prices and uses by representative and day. */
  readonly #capPrice: Float64Array;
  readonly #openPrice: Float64Array;
  readonly #given: Float64Array;
  readonly #open: Float64Array;
  /** Sum of the prices of open places before a day, or (of expected stays) from a day on. */
  readonly #sum: Float64Array;

  constructor(instance: ArrivalInstance, hindsight: Hindsight) {
    const last = instance.leads.reduce((most, lead) => Math.max(most, lead.closes), instance.days);
    this.#instance = instance;
    this.#knowsAll = hindsight === 'all';
    this.#days = last + 1;
    const size = instance.capacities.length * this.#days;
    this.#capPrice = new Float64Array(size);
    this.#openPrice = new Float64Array(size);
    this.#given = new Float64Array(size);
    this.#open = new Float64Array(size);
    this.#sum = new Float64Array(size);
  }

  /** Every lead takes what is best at the prices. Returns the bound. */
  evaluate(): number {
    const { leads, capacities, dailyCaps } = this.#instance;
    this.#sumPrices();
    this.#given.fill(0);
    this.#open.fill(0);
    let bound = 0;
    for (const { day, closes, candidates, winProbabilities } of leads) {
      let most = 0;
      let best = -1;
      for (let option = 0; option < candidates.length; option++) {
        const row = (candidates[option] ?? 0) * this.#days;
        const stay = this.#knowsAll
          ? (this.#sum[row + closes] ?? 0) - (this.#sum[row + day] ?? 0)
          : (this.#sum[row + day] ?? 0);
        const value = (winProbabilities[option] ?? 0) - (this.#capPrice[row + day] ?? 0) - stay;
        if (value > most) {
          most = value;
          best = row;
        }
      }
      bound += most;
      if (best < 0) continue;
      this.#given[best + day] = (this.#given[best + day] ?? 0) + 1;
      for (let open = day; this.#knowsAll && open < closes; open++) {
        this.#open[best + open] = (this.#open[best + open] ?? 0) + 1;
      }
    }
    capacities.forEach((capacity, rep) => {
      let stays = 0;
      for (let at = rep * this.#days; at < (rep + 1) * this.#days; at++) {
        stays = STAYS_OPEN * stays + (this.#given[at] ?? 0);
        if (!this.#knowsAll) this.#open[at] = stays;
        bound += (this.#openPrice[at] ?? 0) * capacity + (this.#capPrice[at] ?? 0) * (dailyCaps[rep] ?? 0);
      }
    });
    return bound;
  }

  descend(step: number): void {
    const { capacities, dailyCaps } = this.#instance;
    capacities.forEach((capacity, rep) => {
      for (let at = rep * this.#days; at < (rep + 1) * this.#days; at++) {
        const tooMany = (this.#given[at] ?? 0) - (dailyCaps[rep] ?? 0);
        const tooFull = (this.#open[at] ?? 0) - capacity;
        this.#capPrice[at] = Math.max(0, (this.#capPrice[at] ?? 0) + step * tooMany);
        this.#openPrice[at] = Math.max(0, (this.#openPrice[at] ?? 0) + step * CAPACITY_STEP * tooFull);
      }
    });
  }

  /** What a place costs with an expected stay; only where stays are not known. */
  meanPrices(): Float64Array {
    const { capacities, days } = this.#instance;
    this.#sumPrices();
    const from = Math.floor(days / 4);
    const to = Math.max(from + 1, Math.ceil((3 * days) / 4));
    return Float64Array.from(capacities, (_capacity, rep) => {
      let sum = 0;
      for (let day = from; day < to; day++) {
        const at = rep * this.#days + day;
        sum += (this.#capPrice[at] ?? 0) + (this.#knowsAll ? 0 : (this.#sum[at] ?? 0));
      }
      return sum / (to - from);
    });
  }

  #sumPrices(): void {
    for (let rep = 0; rep < this.#instance.capacities.length; rep++) {
      const start = rep * this.#days;
      const end = start + this.#days;
      let sum = 0;
      if (this.#knowsAll) {
        for (let at = start; at < end; at++) {
          this.#sum[at] = sum;
          sum += this.#openPrice[at] ?? 0;
        }
      } else {
        for (let at = end - 1; at >= start; at--) {
          sum = (this.#openPrice[at] ?? 0) + STAYS_OPEN * sum;
          this.#sum[at] = sum;
        }
      }
    }
  }
}
