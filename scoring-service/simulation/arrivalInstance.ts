import { seededRandom } from '../src/assignment/seededRandom.ts';
import type { RandomSource } from '../src/assignment/seededRandom.ts';

/** A team, and how its leads come. Spreads are standard deviations in log-odds. */
export interface Market {
  readonly representatives: number;
  /** Leads a day on average (Poisson). */
  readonly volume: number;
  readonly leadSpread: number;
  /** How much representatives differ in all, and from segment to segment. */
  readonly representativeSpread: number;
  readonly segmentSpread: number;
  readonly pairSpread: number;
  /** Whether representatives take only so many leads a day; else only their open leads limit them. */
  readonly hasDailyCaps: boolean;
}

/** From `day` on, volume is multiplied, and the first half of the segments sends so much more, the other half less. */
export interface Change {
  readonly day: number;
  readonly volume: number;
  readonly mix: number;
}

export const NO_CHANGE: Change = { day: Number.POSITIVE_INFINITY, volume: 1, mix: 0 };

/**
 * 40 representatives of 3–8 leads a day and 10–30 open ones, each in two of four territories, and 120 leads a day, about
 * three quarters of what they can carry. Representatives differ as sales teams do: at 25 % for the median, one of six
 * wins more than 33 % (0.4); segments shift a pair by 0.3, what else the model sees of a pair by 0.2. A
 * segment record adds little to what a model knows, so that a larger spread would be optimistic.
 */
export const USUAL_MARKET: Market = {
  representatives: 40,
  volume: 120,
  leadSpread: 0.8,
  representativeSpread: 0.4,
  segmentSpread: 0.3,
  pairSpread: 0.2,
  hasDailyCaps: true,
};

/** The same team where only open leads are limited, which is what a policy without daily caps says. */
export const OPEN_LEADS_ONLY: Market = { ...USUAL_MARKET, hasDailyCaps: false };

/** A team of specialists: whom a lead goes to matters more. */
export const SPECIALISTS: Market = { ...USUAL_MARKET, representativeSpread: 0.5, segmentSpread: 0.6 };

/** A lead as the simulation knows it. */
export interface SimulatedLead {
  readonly day: number;
  /** It is open on its day and until the evening before this one. */
  readonly closes: number;
  readonly candidates: readonly number[];
  readonly winProbabilities: readonly number[];
}

/** Everything that happens, in the order of arrival. */
export interface ArrivalInstance {
  readonly days: number;
  readonly leads: readonly SimulatedLead[];
  readonly capacities: readonly number[];
  readonly dailyCaps: readonly number[];
}

const SEGMENTS = 8;
const TERRITORIES = 4;
/** A lead stays open for another day with this probability: four days on average. */
export const STAYS_OPEN = 0.75;

/** Draws an instance; the same seed gives the same one. */
export function arrivalInstance(
  seed: string,
  days: number,
  market = USUAL_MARKET,
  change = NO_CHANGE,
): ArrivalInstance {
  const random = seededRandom(`arrival:${seed}`);
  const team = Array.from({ length: market.representatives }, (_each, rep) => {
    const level = market.representativeSpread * normal(random);
    const segments = Array.from({ length: SEGMENTS }, () => market.segmentSpread * normal(random));
    const territories = [rep % TERRITORIES, (rep + 1 + Math.floor(random() * (TERRITORIES - 1))) % TERRITORIES];
    const capacity = 10 + Math.floor(random() * 21);
    const drawn = 3 + Math.floor(random() * 6);
    return { level, segments, territories, capacity, dailyCap: market.hasDailyCaps ? drawn : capacity };
  });
  const usualShares = Array.from({ length: SEGMENTS }, () => 0.5 + random());
  const changedShares = usualShares.map(
    (share, segment) => share * (segment < SEGMENTS / 2 ? 1 + change.mix : 1 - change.mix),
  );
  const leads: SimulatedLead[] = [];
  for (let day = 0; day < days; day++) {
    const isChanged = day >= change.day;
    const count = poisson(random, market.volume * (isChanged ? change.volume : 1));
    for (let lead = 0; lead < count; lead++) {
      const segment = oneOf(random, isChanged ? changedShares : usualShares);
      const territory = Math.floor(random() * TERRITORIES);
      const level = -1 + market.leadSpread * normal(random);
      let closes = day + 1;
      while (random() < STAYS_OPEN) closes++;
      const candidates = [...team.keys()].filter((rep) => team[rep]?.territories.includes(territory));
      const winProbabilities = candidates.map((rep) => {
        const member = team[rep];
        const fit = (member?.level ?? 0) + (member?.segments[segment] ?? 0);
        return 1 / (1 + Math.exp(-(level + fit + market.pairSpread * normal(random))));
      });
      leads.push({ day, closes, candidates, winProbabilities });
    }
  }
  return { days, leads, capacities: team.map((each) => each.capacity), dailyCaps: team.map((each) => each.dailyCap) };
}

/** Box and Muller 1958. */
function normal(random: RandomSource): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Arrivals of a unit time whose gaps are exponential. */
function poisson(random: RandomSource, mean: number): number {
  let count = 0;
  for (let time = -Math.log(1 - random()); time < mean; time -= Math.log(1 - random())) count++;
  return count;
}

function oneOf(random: RandomSource, shares: readonly number[]): number {
  let left = random() * shares.reduce((sum, share) => sum + share, 0);
  return Math.max(
    0,
    shares.findIndex((share) => (left -= share) < 0),
  );
}
