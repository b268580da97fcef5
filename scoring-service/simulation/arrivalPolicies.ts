import { NEW_PRICE, afterLead, onDay, pacedPrice } from '../src/assignment/arrivalPrices.ts';
import type { ArrivalPrice } from '../src/assignment/arrivalPrices.ts';
import { assignOptimally } from '../src/assignment/optimalAssignment.ts';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import type { ArrivalInstance, SimulatedLead } from './arrivalInstance.ts';

/** What a policy sees when a lead arrives: room of each representative now and at the start of the day. */
export interface Situation {
  readonly day: number;
  readonly room: Int32Array;
  readonly roomOfDay: Int32Array;
}

/** Chooses a candidate with room, or -1 where there is none. A policy may remember what it has seen. */
export type Policy = (lead: SimulatedLead, situation: Situation) => number;

/** Lets a policy decide all leads as they arrive. Returns the expected wins of those from day `from` on. */
export function simulate(instance: ArrivalInstance, policy: Policy, from = 0): number {
  const { leads, capacities, dailyCaps } = instance;
  const open = new Int32Array(capacities.length);
  const room = new Int32Array(capacities.length);
  const closing = new Map<number, number[]>();
  let roomOfDay = new Int32Array(capacities.length);
  let today = -1;
  let wins = 0;
  for (const lead of leads) {
    while (today < lead.day) {
      today++;
      for (const rep of closing.get(today) ?? []) open[rep] = (open[rep] ?? 0) - 1;
      closing.delete(today);
      capacities.forEach((capacity, rep) => {
        room[rep] = Math.min(capacity - (open[rep] ?? 0), dailyCaps[rep] ?? 0);
      });
      roomOfDay = Int32Array.from(room);
    }
    const rep = policy(lead, { day: today, room, roomOfDay });
    if (rep < 0) continue;
    const option = lead.candidates.indexOf(rep);
    if (option < 0 || (room[rep] ?? 0) <= 0) throw new Error(`Representative ${rep} can't take this lead.`);
    room[rep] = (room[rep] ?? 0) - 1;
    open[rep] = (open[rep] ?? 0) + 1;
    closing.set(lead.closes, [...(closing.get(lead.closes) ?? []), rep]);
    if (lead.day >= from) wins += lead.winProbabilities[option] ?? 0;
  }
  return wins;
}

/** The candidate with the most wins expected above its price; among all, or among those with room. */
export function bestAt(
  lead: SimulatedLead,
  prices: ReadonlyMap<number, number> | null,
  room: Int32Array | null,
): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  lead.candidates.forEach((rep, option) => {
    if (room !== null && (room[rep] ?? 0) <= 0) return;
    const value = (lead.winProbabilities[option] ?? 0) - (prices?.get(rep) ?? 0);
    if (value > most) {
      most = value;
      best = rep;
    }
  });
  return best;
}

export const greedy =
  (): Policy =>
  (lead, { room }) =>
    bestAt(lead, null, room);

export function atRandom(seed: string): Policy {
  const random = seededRandom(`policy:${seed}`);
  return (lead, { room }) => {
    const free = lead.candidates.filter((rep) => (room[rep] ?? 0) > 0);
    return free[Math.floor(random() * free.length)] ?? -1;
  };
}

/** Whoever got a lead the longest time ago. */
export function roundRobin(): Policy {
  const lastTurn = new Map<number, number>();
  let turn = 0;
  return (lead, { room }) => {
    let next = -1;
    for (const rep of lead.candidates) {
      if ((room[rep] ?? 0) <= 0) continue;
      if (next < 0 || (lastTurn.get(rep) ?? -1) < (lastTurn.get(next) ?? -1)) next = rep;
    }
    if (next >= 0) lastTurn.set(next, turn++);
    return next;
  };
}

/** What the service does: prices learnt by dual mirror descent, paced over the day. */
export const learntPrices = (): Policy => pricedPolicy(new Float64Array(), true);

/** Prices that only hindsight knows, paced as ours: about what any fixed price of each representative could reach. */
export const hindsightPrices = (prices: Float64Array): Policy => pricedPolicy(prices, false);

function pricedPolicy(fixed: Float64Array, learns: boolean): Policy {
  const book = new Map<number, ArrivalPrice>();
  return (lead, { day, room, roomOfDay }) => {
    const prices = new Map<number, number>();
    const rooms = lead.candidates.map((rep) => ({ now: room[rep] ?? 0, ofDay: roomOfDay[rep] ?? 0 }));
    lead.candidates.forEach((rep, option) => {
      const known = onDay(book.get(rep) ?? { ...NEW_PRICE, price: fixed[rep] ?? 0 }, day);
      book.set(rep, known);
      prices.set(rep, pacedPrice(known, rooms[option] ?? { now: 0, ofDay: 0 }));
    });
    const wanted = bestAt(lead, prices, null);
    lead.candidates.forEach((rep, option) => {
      const after = afterLead(book.get(rep) ?? NEW_PRICE, rooms[option] ?? { now: 0, ofDay: 0 }, rep === wanted);
      book.set(rep, learns ? after : { ...after, price: fixed[rep] ?? 0 });
    });
    return bestAt(lead, prices, room);
  };
}

/**
 * A yardstick that no one who decides lead by lead can be: it sees all leads of a day in the morning and gives them out optimally,
 * as a nightly batch would. What it is ahead of prices is what the leads still to come today are worth knowing.
 */
export function seesTheDay({ leads, capacities }: ArrivalInstance): Policy {
  const ofDay = Map.groupBy(leads, ({ day }) => day);
  let today = -1;
  let plan = new Map<SimulatedLead, number>();
  return (lead, { day, room }) => {
    if (day !== today) {
      today = day;
      const all = ofDay.get(day) ?? [];
      const { chosen } = assignOptimally({
        leads: all.map(({ candidates, winProbabilities }) => ({
          options: candidates,
          costs: winProbabilities.map((win) => -win),
        })),
        representatives: capacities.map((_capacity, rep) => ({ room: room[rep] ?? 0, marginal: () => 0 })),
      });
      plan = new Map(all.map((each, index) => [each, chosen[index] ?? -1]));
    }
    return plan.get(lead) ?? -1;
  };
}
