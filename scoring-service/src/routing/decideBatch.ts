import { assignOptimally, optimalityGap } from '../assignment/optimalAssignment.ts';
import type { AssignmentProblem } from '../assignment/optimalAssignment.ts';
import { loadCost, roomOf } from '../assignment/capacity.ts';
import { roundDependently } from '../assignment/dependentRounding.ts';
import { mixLotteries, propensitiesOf } from '../assignment/propensities.ts';
import type { Lottery } from '../assignment/propensities.ts';
import { seededRandom } from '../assignment/seededRandom.ts';
import type { RandomSource } from '../assignment/seededRandom.ts';
import type { Arm, RoutePolicy, RouteRepresentative } from './routeSchema.ts';

/** One lead with its eligible candidates, as indexes of representatives, and their win probabilities. */
export interface ScoredLead {
  readonly candidates: readonly number[];
  readonly winProbabilities: readonly number[];
  /** Index of the representative whom the old rule takes; null where unknown or not eligible. */
  readonly incumbent: number | null;
}

/** What was drawn for one lead. */
export interface Draw {
  /** Index of the representative; null where no candidate has room. */
  readonly rep: number | null;
  readonly arm: Arm;
  /** Exact probability of each representative that had one, over all arms. */
  readonly propensities: ReadonlyMap<number, number>;
}

/** A batch as it was decided. */
export interface DecidedBatch {
  readonly draws: readonly Draw[];
  readonly seed: string;
  /** How many leads each representative had room for. */
  readonly room: readonly number[];
  /** The optimum's dual price of each representative: what one more place would be worth. */
  readonly duals: readonly number[];
}

const LARGEST_GAP = 1e-6;

/**
 * Decides the batch: the assignment with the most wins expected minus load penalties, within everyone's room, mixed
 * with exploration and holdback as the policy asks, and drawn with a seed that follows from the request's id. `prices`
 * are what a place of each representative is worth to leads still to come.
 * @throws Error if the optimum could not be proved by its dual prices.
 */
export function decideBatch(
  leads: readonly ScoredLead[],
  representatives: readonly RouteRepresentative[],
  policy: RoutePolicy,
  { requestId, prices }: { requestId: string; prices: ArrayLike<number> },
): DecidedBatch {
  const room = representatives.map((representative) => Math.min(roomOf(representative), leads.length));
  const problem: AssignmentProblem = {
    leads: leads.map((lead) => ({
      options: lead.candidates,
      costs: lead.winProbabilities.map((win, option) => (prices[lead.candidates[option] ?? -1] ?? 0) - win),
    })),
    representatives: representatives.map((representative, index) => ({
      room: room[index] ?? 0,
      marginal: (k) => loadCost(representative, policy.load_penalty, k),
    })),
  };
  const optimum = assignOptimally(problem);
  const gap = optimalityGap(problem, optimum);
  if (!(gap <= LARGEST_GAP))
    throw new Error(`The assignment of ${leads.length} leads is ${gap} away from its optimum.`);

  const seed = `route:${requestId}`;
  const random = seededRandom(seed);
  const lotteries = mixLotteries({
    chosen: optimum.chosen,
    options: leads.map((lead) => lead.candidates.filter((rep) => (room[rep] ?? 0) > 0)),
    incumbents: leads.map((lead) => lead.incumbent),
    room,
    explorationShare: policy.exploration_share,
    holdbackShare: policy.holdback_share,
  });
  const duals = [...optimum.duals.representatives];
  return { draws: drawAll(lotteries, random), seed, room, duals };
}

function drawAll(lotteries: readonly Lottery[], random: RandomSource): Draw[] {
  const propensities = lotteries.map(propensitiesOf);
  const pairs = propensities.flatMap((row, lead) => [...row].map(([rep, probability]) => ({ lead, rep, probability })));
  const taken = roundDependently(pairs, random);
  const reps = new Map<number, number>();
  pairs.forEach((pair, index) => {
    if (taken[index]) reps.set(pair.lead, pair.rep);
  });
  return lotteries.map((lottery, lead) => {
    const rep = reps.get(lead) ?? null;
    return {
      rep,
      arm: rep === null ? 'model' : drawArm(lottery, rep, random),
      propensities: propensities[lead] ?? new Map(),
    };
  });
}

/** Which arm brought this representative: drawn by each arm's part in the representative's probability. */
function drawArm(lottery: Lottery, rep: number, random: RandomSource): Arm {
  const holdback = lottery.holdback?.rep === rep ? lottery.holdback.share : 0;
  const explore = lottery.explore.get(rep) ?? 0;
  const model = lottery.model?.rep === rep ? lottery.model.share : 0;
  const at = random() * (holdback + explore + model);
  if (at < holdback) return 'holdback';
  return at < holdback + explore ? 'explore' : 'model';
}
