/**
 * The lottery over representatives that a lead takes part in: for each arm how much probability goes to whom. All
 * shares add up to 1, or to 0 for a lead that nobody has room for.
 */
export interface Lottery {
  model: { rep: number; share: number } | null;
  holdback: { rep: number; share: number } | null;
  explore: Map<number, number>;
}

/** What is to be mixed: the optimum, the old rule's choice, and how much of each. */
export interface MixtureRequest {
  /** Representative of the optimum for each lead, -1 for none. */
  readonly chosen: readonly number[];
  /** Eligible representatives for each lead. */
  readonly options: readonly (readonly number[])[];
  /** Whom the old rule takes, where that is an eligible representative; else null. */
  readonly incumbents: readonly (number | null)[];
  /** How many leads each representative has room for. */
  readonly room: readonly number[];
  readonly explorationShare: number;
  readonly holdbackShare: number;
}

/** Moving mass frees room for other mass; after so many rounds hardly any is left to move. */
const ROUNDS = 20;
const NEGLIGIBLE = 1e-9;

/**
 * Mixes the optimum with the old rule and with exploration (uniform over a lead's eligible representatives) so that the
 * expected number of leads of every representative stays within its room. Probability moves away from the optimum only
 * into free room; where a representative is full, less than the asked share moves there, and the lottery says how much.
 */
export function mixLotteries(request: MixtureRequest): Lottery[] {
  const lotteries = request.chosen.map((rep): Lottery => ({
    model: rep < 0 ? null : { rep, share: 1 },
    holdback: null,
    explore: new Map(),
  }));
  const free = Float64Array.from(request.room);
  for (const rep of request.chosen) if (rep >= 0) free[rep] = (free[rep] ?? 0) - 1;

  const wishes = wishesOf(request);
  for (let round = 0; round < ROUNDS; round++) {
    if (!moveIntoFreeRoom(lotteries, wishes, free)) break;
  }
  return lotteries;
}

/** Probability that is still to be moved from a lead's optimal representative to another one. */
interface Wish {
  lead: number;
  to: number;
  share: number;
  arm: 'holdback' | 'explore';
}

function wishesOf(request: MixtureRequest): Wish[] {
  const wishes: Wish[] = [];
  request.chosen.forEach((chosen, lead) => {
    if (chosen < 0) return;
    const incumbent = request.incumbents[lead] ?? null;
    if (incumbent !== null && request.holdbackShare > 0) {
      wishes.push({ lead, to: incumbent, share: request.holdbackShare, arm: 'holdback' });
    }
    const options = request.options[lead] ?? [];
    if (request.explorationShare > 0) {
      const share = request.explorationShare / options.length;
      for (const to of options) wishes.push({ lead, to, share, arm: 'explore' });
    }
  });
  return wishes;
}

function moveIntoFreeRoom(lotteries: Lottery[], wishes: Wish[], free: Float64Array): boolean {
  const asked = new Float64Array(free.length);
  for (const { lead, to, share } of wishes) {
    if (lotteries[lead]?.model?.rep !== to) asked[to] = (asked[to] ?? 0) + share;
  }
  // All who want the same free room get the same part of what they want.
  const part = asked.map((sum, rep) => (sum > 0 ? Math.min(1, Math.max(0, free[rep] ?? 0) / sum) : 0));
  let moved = false;
  for (const wish of wishes) {
    const lottery = lotteries[wish.lead];
    const model = lottery?.model;
    if (!lottery || !model || wish.share <= NEGLIGIBLE) continue;
    const stays = model.rep === wish.to;
    const share = Math.min(model.share, stays ? wish.share : wish.share * (part[wish.to] ?? 0));
    if (share <= NEGLIGIBLE) continue;
    moved = true;
    wish.share -= share;
    model.share -= share;
    if (!stays) {
      free[model.rep] = (free[model.rep] ?? 0) + share;
      free[wish.to] = (free[wish.to] ?? 0) - share;
    }
    if (wish.arm === 'holdback') lottery.holdback = { rep: wish.to, share: (lottery.holdback?.share ?? 0) + share };
    else lottery.explore.set(wish.to, (lottery.explore.get(wish.to) ?? 0) + share);
  }
  return moved;
}

/** The probability of each representative in a lottery, over all arms. */
export function propensitiesOf(lottery: Lottery): Map<number, number> {
  const total = new Map(lottery.explore);
  for (const arm of [lottery.model, lottery.holdback]) {
    if (arm !== null && arm.share > 0) total.set(arm.rep, (total.get(arm.rep) ?? 0) + arm.share);
  }
  return total;
}
