import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assignOptimally, optimalityGap } from '../src/assignment/optimalAssignment.ts';
import type { Assignment, AssignmentProblem } from '../src/assignment/optimalAssignment.ts';
import { roundDependently } from '../src/assignment/dependentRounding.ts';
import { mixLotteries, propensitiesOf } from '../src/assignment/propensities.ts';
import { decideBatch } from '../src/routing/decideBatch.ts';
import { policySchema, representativeSchema } from '../src/routing/routeSchema.ts';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import type { RandomSource } from '../src/assignment/seededRandom.ts';

function randomProblem(random: RandomSource, leads: number, reps: number): AssignmentProblem {
  const penalties = Array.from({ length: reps }, () => random() * 0.4);
  return {
    leads: Array.from({ length: leads }, () => {
      const options = Array.from({ length: reps }, (_each, rep) => rep).filter(() => random() < 0.7);
      // Few different values, so that ties occur.
      return { options, costs: options.map(() => -Math.round(random() * 8) / 8) };
    }),
    representatives: penalties.map((penalty) => ({
      room: Math.floor(random() * 3),
      marginal: (k: number) => penalty * (k - 0.5),
    })),
  };
}

/** Total cost of an assignment and how many leads it gives out. */
function valueOf(problem: AssignmentProblem, chosen: readonly number[]): { given: number; cost: number } {
  const taken = new Map<number, number>();
  let cost = 0;
  let given = 0;
  chosen.forEach((rep, lead) => {
    if (rep < 0) return;
    const k = (taken.get(rep) ?? 0) + 1;
    taken.set(rep, k);
    const options = problem.leads[lead]?.options ?? [];
    assert.ok(options.includes(rep), 'only candidates are chosen');
    assert.ok(k <= (problem.representatives[rep]?.room ?? 0), 'nobody gets more than there is room for');
    cost += (problem.leads[lead]?.costs[options.indexOf(rep)] ?? 0) + (problem.representatives[rep]?.marginal(k) ?? 0);
    given++;
  });
  return { given, cost };
}

/** The best of all assignments: most leads given out, then least cost. */
function bruteForce(problem: AssignmentProblem): { given: number; cost: number } {
  let best = { given: 0, cost: 0 };
  const room = problem.representatives.map((rep) => rep.room);
  const visit = (lead: number, chosen: number[]): void => {
    if (lead === problem.leads.length) {
      const value = valueOf(problem, chosen);
      if (value.given > best.given || (value.given === best.given && value.cost < best.cost)) best = value;
      return;
    }
    visit(lead + 1, [...chosen, -1]);
    for (const rep of problem.leads[lead]?.options ?? []) {
      if ((room[rep] ?? 0) <= 0) continue;
      room[rep] = (room[rep] ?? 0) - 1;
      visit(lead + 1, [...chosen, rep]);
      room[rep] = (room[rep] ?? 0) + 1;
    }
  };
  visit(0, []);
  return best;
}

test('shouldFindTheOptimumOfBruteForceWhenInstancesAreSmall', () => {
  const random = seededRandom('brute force');
  for (let run = 0; run < 400; run++) {
    const problem = randomProblem(random, 1 + Math.floor(random() * 6), 1 + Math.floor(random() * 4));
    const assignment = assignOptimally(problem);
    const actual = valueOf(problem, assignment.chosen);
    const best = bruteForce(problem);
    assert.equal(actual.given, best.given, `run ${run}`);
    assert.ok(Math.abs(actual.cost - best.cost) < 1e-9, `run ${run}: ${actual.cost}, best ${best.cost}`);
    assert.ok(optimalityGap(problem, assignment) < 1e-9, `run ${run}: no certificate`);
  }
});

test('shouldProveTheOptimumByItsDualsOnAThousandInstances', () => {
  const random = seededRandom('certificate');
  let leftOut = 0;
  let swapped = 0;
  for (let run = 0; run < 1000; run++) {
    const leads = 1 + Math.floor(random() * (run % 10 === 0 ? 200 : 40));
    const reps = 1 + Math.floor(random() * (run % 10 === 0 ? 300 : 50));
    const problem = run % 2 === 0 ? randomProblem(random, leads, reps) : correlatedProblem(random, leads, reps);
    const assignment = assignOptimally(problem);
    const { given, cost } = valueOf(problem, assignment.chosen);
    const total = cost + (leads - given) * assignment.unassignedCost;
    const bound = lowerBound(problem, assignment);
    assert.ok(Math.abs(total - bound) < 1e-7, `run ${run}: costs ${total}, at least ${bound} by the prices`);
    assert.ok(optimalityGap(problem, assignment) < 1e-9, `run ${run}: no certificate`);
    if (given < leads) leftOut++;
    if (assignment.chosen.some((rep, lead) => rep >= 0 && rep !== bestAlone(problem, lead))) swapped++;
  }
  assert.ok(leftOut > 50 && swapped > 500, `${leftOut} instances were short of room, ${swapped} needed a swap`);
});

/** Everyone wants the same few, as with a model that knows good leads and good representatives. */
function correlatedProblem(random: RandomSource, leads: number, reps: number): AssignmentProblem {
  const quality = Array.from({ length: reps }, () => 2 * random() - 1);
  return {
    leads: Array.from({ length: leads }, () => {
      const worth = 2 * random() - 2;
      const options = quality.map((_each, rep) => rep);
      return { options, costs: quality.map((each) => -1 / (1 + Math.exp(-worth - each - 0.3 * random()))) };
    }),
    representatives: quality.map(() => {
      const room = 1 + Math.floor(random() * 30);
      return { room, marginal: (k: number) => (0.02 * (k - 0.5)) / room };
    }),
  };
}

function bestAlone({ leads, representatives }: AssignmentProblem, lead: number): number | undefined {
  const { options, costs } = leads[lead] ?? { options: [], costs: [] };
  const totals = options.map((rep, option) => (costs[option] ?? 0) + (representatives[rep]?.marginal(1) ?? 0));
  return options[totals.indexOf(Math.min(...totals))];
}

/**
 * What no assignment can cost less than, by the prices alone (weak Lagrangian duality): every lead pays its cheapest
 * option and price, every representative takes as many as its prices make worth while.
 */
function lowerBound(problem: AssignmentProblem, { duals, unassignedCost }: Assignment): number {
  let bound = 0;
  for (const { options, costs } of problem.leads) {
    let least = unassignedCost;
    options.forEach((rep, option) => {
      if ((problem.representatives[rep]?.room ?? 0) <= 0) return;
      least = Math.min(least, (costs[option] ?? 0) - (duals.representatives[rep] ?? 0));
    });
    bound += least;
  }
  problem.representatives.forEach(({ room, marginal }, rep) => {
    const price = -(duals.representatives[rep] ?? 0);
    for (let k = 1; k <= Math.min(room, problem.leads.length); k++) bound += Math.min(0, marginal(k) - price);
  });
  return bound;
}

test('shouldReportAGapWhenTheAssignmentIsNotOptimal', () => {
  const problem: AssignmentProblem = {
    leads: [
      { options: [0, 1], costs: [-0.9, -0.1] },
      { options: [0, 1], costs: [-0.5, -0.4] },
    ],
    representatives: [1, 1].map((room) => ({ room, marginal: () => 0 })),
  };
  const optimum = assignOptimally(problem);

  assert.deepEqual(optimum.chosen, [0, 1]);
  assert.ok(optimalityGap(problem, { ...optimum, chosen: [1, 0] }) > 0.1);
});

test('shouldKeepMarginalsAndRoomWhenLotteriesAreDrawn', () => {
  const random = seededRandom('lottery');
  const room = [2, 1, 3, 1];
  const options = [
    [0, 1, 2],
    [0, 1],
    [0, 2, 3],
    [1, 2, 3],
    [0, 1, 2, 3],
  ];
  const lotteries = mixLotteries({
    chosen: [0, 1, 0, 2, 2],
    options,
    incumbents: [1, 0, 3, null, 2],
    room,
    explorationShare: 0.3,
    holdbackShare: 0.2,
  });
  const rows = lotteries.map(propensitiesOf);
  for (const row of rows) assert.ok(Math.abs([...row.values()].reduce((sum, p) => sum + p, 0) - 1) < 1e-9);
  const pairs = rows.flatMap((row, lead) => [...row].map(([rep, probability]) => ({ lead, rep, probability })));
  assert.ok(pairs.length > 10, 'the lottery is a real one');

  const draws = 100_000;
  const counts = new Float64Array(pairs.length);
  for (let draw = 0; draw < draws; draw++) {
    const taken = roundDependently(pairs, random);
    const given = room.map(() => 0);
    const got = options.map(() => 0);
    pairs.forEach(({ lead, rep }, index) => {
      if (!taken[index]) return;
      counts[index] = (counts[index] ?? 0) + 1;
      given[rep] = (given[rep] ?? 0) + 1;
      got[lead] = (got[lead] ?? 0) + 1;
    });
    assert.deepEqual(got, [1, 1, 1, 1, 1], 'every lead gets exactly one');
    given.forEach((count, rep) => assert.ok(count <= (room[rep] ?? 0), `${rep} got ${count}`));
  }
  for (const lead of options.keys()) {
    const expected = pairs.flatMap((pair) => (pair.lead === lead ? [pair.probability * draws] : []));
    const seen = pairs.flatMap((pair, index) => (pair.lead === lead ? [counts[index] ?? 0] : []));
    assertFits(seen, expected, `lead ${lead}`);
  }
});

/** Pearson's chi-square test at 1 in 10,000, its critical value by Wilson and Hilferty's cube (PNAS 17, 1931). */
function assertFits(seen: readonly number[], expected: readonly number[], what: string): void {
  const statistic = seen.reduce((sum, count, index) => {
    const mean = expected[index] ?? 0;
    return sum + (count - mean) ** 2 / mean;
  }, 0);
  const freedom = seen.length - 1;
  assert.ok(freedom > 0, `${what} has no choice`);
  const spread = 2 / (9 * freedom);
  const critical = freedom * (1 - spread + 3.719 * Math.sqrt(spread)) ** 3;
  assert.ok(
    statistic < critical,
    `${what}: chi-square ${statistic.toFixed(1)}, at most ${critical.toFixed(1)} by chance`,
  );
}

test('shouldDrawAsLoggedWhenABatchIsDecidedAHundredThousandTimes', () => {
  const representatives = [1, 2, 1, 3].map((capacity, rep) =>
    representativeSchema.parse({ rep_ref: `r${rep}`, capacity }),
  );
  const policy = policySchema.parse({
    version: '1',
    exploration_share: 0.2,
    holdback_share: 0.15,
    tiers: { hot: 80, warm: 50 },
  });
  const leads = [0.9, 0.5, 0.4, 0.2, 0.1].map((win, lead) => ({
    candidates: [0, 1, 2, 3],
    winProbabilities: [win, win * 0.9, win * 0.7, win * 0.4],
    incumbent: lead % 4,
  }));
  const counts = leads.map(() => new Map<number, number>());
  const draws = 100_000;
  let logged: ReadonlyMap<number, number>[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const batch = decideBatch(leads, representatives, policy, { requestId: `draw ${draw}`, prices: [0, 0, 0.05, 0] });
    const given = [0, 0, 0, 0];
    logged = batch.draws.map(({ propensities }) => propensities);
    batch.draws.forEach(({ rep }, lead) => {
      assert.ok(rep !== null, 'there is room for everyone');
      given[rep] = (given[rep] ?? 0) + 1;
      const seen = counts[lead];
      seen?.set(rep, (seen.get(rep) ?? 0) + 1);
    });
    given.forEach((count, rep) => assert.ok(count <= (representatives[rep]?.capacity ?? 0), `${rep} got ${count}`));
  }
  logged.forEach((row, lead) => {
    const reps = [...row.keys()];
    const seen = reps.map((rep) => counts[lead]?.get(rep) ?? 0);
    assertFits(
      seen,
      reps.map((rep) => (row.get(rep) ?? 0) * draws),
      `lead ${lead}`,
    );
  });
});

test('shouldNeverExceedRoomInExpectationWhenRoomIsShort', () => {
  const random = seededRandom('short room');
  for (let run = 0; run < 200; run++) {
    const problem = randomProblem(random, 8, 5);
    const room = problem.representatives.map((rep) => rep.room);
    const options = problem.leads.map((lead) => lead.options.filter((rep) => (room[rep] ?? 0) > 0));
    const lotteries = mixLotteries({
      chosen: assignOptimally(problem).chosen,
      options,
      incumbents: options.map((each) => each[0] ?? null),
      room,
      explorationShare: 0.4,
      holdbackShare: 0.6,
    });
    const expected = room.map(() => 0);
    for (const lottery of lotteries) {
      for (const [rep, p] of propensitiesOf(lottery)) expected[rep] = (expected[rep] ?? 0) + p;
    }
    expected.forEach((sum, rep) => assert.ok(sum <= (room[rep] ?? 0) + 1e-9, `run ${run}: ${sum} for ${room[rep]}`));
  }
});

test('shouldGiveTheSameNumbersWhenTheSeedIsTheSame', () => {
  const [one, two, other] = ['a', 'a', 'b'].map((seed) => {
    const random = seededRandom(seed);
    return Array.from({ length: 1000 }, () => random());
  });
  assert.deepEqual(one, two);
  assert.notDeepEqual(one, other);
  const mean = (one ?? []).reduce((sum, value) => sum + value, 0) / 1000;
  assert.ok(Math.abs(mean - 0.5) < 0.05);
  assert.ok((one ?? []).every((value) => value >= 0 && value < 1));
});
