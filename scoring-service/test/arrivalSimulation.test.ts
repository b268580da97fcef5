import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideBatch } from '../src/routing/decideBatch.ts';
import { policySchema, representativeSchema } from '../src/routing/routeSchema.ts';
import { NO_CHANGE, USUAL_MARKET, arrivalInstance } from '../simulation/arrivalInstance.ts';
import type { ArrivalInstance } from '../simulation/arrivalInstance.ts';
import {
  atRandom,
  bestAt,
  greedy,
  learntPrices,
  roundRobin,
  seesTheDay,
  simulate,
} from '../simulation/arrivalPolicies.ts';
import { hindsightOptimum } from '../simulation/hindsight.ts';
import { valueTables } from '../simulation/valueTables.ts';
import { playArrival } from '../simulation/simulateArrival.ts';

const DAYS = 40;

test('shouldBeatGreedyClearlyAndComeNearTheHindsightOptimumWhenLeadsComeOneByOne', () => {
  const {
    random,
    roundRobin: turns,
    greedy: best,
    ours,
    gapClosed,
    dayKnown,
  } = playArrival('test', DAYS, USUAL_MARKET, NO_CHANGE);
  // Over 200 days it is 97 % and 60 % (docs/benchmarks.md); here the prices are still being learnt for much of the time.
  assert.ok(ours > 0.95 && ours < 1, `${ours} of the optimum`);
  assert.ok(gapClosed > 0.45, `${gapClosed} of greedy's gap`);
  assert.ok(dayKnown > ours && dayKnown < 1, `${dayKnown} with the day known`);
  assert.ok(random < best && turns < best, 'greedy is better than who does not look');
});

for (const [name, change] of Object.entries({
  volumeUp: { day: DAYS / 2, volume: 1.3, mix: 0 },
  volumeDown: { day: DAYS / 2, volume: 0.7, mix: 0 },
  mixOneWay: { day: DAYS / 2, volume: 1, mix: 0.3 },
  mixOtherWay: { day: DAYS / 2, volume: 1, mix: -0.3 },
})) {
  test(`shouldNotFallBelowGreedyWhenTheMarketChanges: ${name}`, () => {
    for (const seed of ['one', 'two']) {
      const instance = arrivalInstance(seed, DAYS, USUAL_MARKET, change);
      const [priced, plain] = [learntPrices(), greedy()].map((policy) => simulate(instance, policy, change.day));
      assert.ok((priced ?? 0) >= (plain ?? 0), `${seed}: ${priced} wins after the change, greedy ${plain}`);
    }
  });
}

test('shouldBoundTheBestOfAllAssignmentsWhenDaysAreFew', () => {
  for (let seed = 0; seed < 20; seed++) {
    const instance = tiny(`tiny ${seed}`);
    const best = bruteForce(instance);
    const bound = hindsightOptimum(instance, 'all', 1500).wins;
    assert.ok(bound >= best - 1e-9, `seed ${seed}: the bound ${bound} is below ${best}`);
    // A linear relaxation may have a gap, but is worth nothing if it is large.
    assert.ok(bound <= best * 1.06, `seed ${seed}: the bound ${bound} is far above ${best}`);
    for (const policy of [
      greedy(),
      roundRobin(),
      atRandom('tiny'),
      learntPrices(),
      valueTables(instance),
      seesTheDay(instance),
    ]) {
      assert.ok(simulate(instance, policy) <= best + 1e-9, 'no policy is better than the best');
    }
  }
});

test('shouldChooseAsTheServiceDoesWhenPricesAreTheSame', () => {
  const { leads, capacities } = arrivalInstance('service', 1);
  const policy = policySchema.parse({
    version: '1',
    exploration_share: 0,
    holdback_share: 0,
    load_penalty: 0,
    tiers: { hot: 80, warm: 50 },
  });
  const prices = capacities.map((_each, rep) => (rep % 5) / 20);
  const representatives = capacities.map((capacity, rep) =>
    representativeSchema.parse({ rep_ref: `r${rep}`, capacity, open_leads: rep % 3 === 0 ? capacity : 0 }),
  );
  const room = Int32Array.from(capacities, (capacity, rep) => (rep % 3 === 0 ? 0 : capacity));
  for (const lead of leads) {
    const { draws } = decideBatch([{ ...lead, incumbent: null }], representatives, policy, {
      requestId: 'one',
      prices,
    });
    assert.equal(draws[0]?.rep, bestAt(lead, new Map(prices.entries()), room));
  }
});

/** Two representatives, three days, some leads. */
function tiny(seed: string): ArrivalInstance {
  const market = { ...USUAL_MARKET, representatives: 2, volume: 3 };
  const { leads } = arrivalInstance(seed, 3, market);
  const all = leads
    .slice(0, 9)
    .map((lead) => ({ ...lead, candidates: [0, 1], winProbabilities: both(lead.winProbabilities) }));
  return { days: 3, leads: all, capacities: [2, 1], dailyCaps: [2, 2] };
}

function both([one = 0.3, two = 1 - one]: readonly number[]): number[] {
  return [one, two];
}

function bruteForce({ leads, capacities, dailyCaps }: ArrivalInstance): number {
  const given: { rep: number; day: number; closes: number }[] = [];
  const visit = (index: number): number => {
    const lead = leads[index];
    if (lead === undefined) return 0;
    let best = visit(index + 1);
    for (const [option, rep] of lead.candidates.entries()) {
      const open = given.filter((each) => each.rep === rep && each.closes > lead.day).length;
      const today = given.filter((each) => each.rep === rep && each.day === lead.day).length;
      if (open >= (capacities[rep] ?? 0) || today >= (dailyCaps[rep] ?? 0)) continue;
      given.push({ rep, day: lead.day, closes: lead.closes });
      best = Math.max(best, (lead.winProbabilities[option] ?? 0) + visit(index + 1));
      given.pop();
    }
    return best;
  };
  return visit(0);
}
