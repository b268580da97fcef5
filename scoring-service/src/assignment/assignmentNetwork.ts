import type { AssignmentProblem } from './optimalAssignment.ts';

/**
 * The pairs that an optimum can need, row by row in flat arrays. Left out are representatives without room and, exactly,
 * all but a lead's n best at their first place, n being the number of leads: the others occupy at most n − 1
 * representatives, so that one of the n best is free, and going there from a worse one never costs more.
 */
export interface AssignmentNetwork {
  /** The options of lead i are at firstOption[i] … firstOption[i + 1]. */
  readonly firstOption: Int32Array;
  readonly options: Int32Array;
  readonly costs: Float64Array;
  /** How many leads each representative can be given: its room, but no more than there are leads. */
  readonly room: Int32Array;
  /** Cost of each representative's first place. */
  readonly firstPlace: Float64Array;
  /** What leaving a lead without anyone is taken to cost: more than any chain of swaps can save. */
  readonly unassignedCost: number;
}

/** Builds the network of a problem. */
export function networkOf(problem: AssignmentProblem): AssignmentNetwork {
  const leads = problem.leads.length;
  const room = Int32Array.from(problem.representatives, (rep) => Math.max(0, Math.floor(Math.min(rep.room, leads))));
  const firstPlace = Float64Array.from(problem.representatives, (rep, index) => (room[index] ? rep.marginal(1) : 0));
  const firstOption = new Int32Array(leads + 1);
  const mostOptions = problem.leads.reduce((sum, lead) => sum + Math.min(leads, lead.options.length), 0);
  const options = new Int32Array(mostOptions);
  const costs = new Float64Array(mostOptions);
  let low = 0;
  let high = 0;
  let next = 0;
  problem.leads.forEach((lead, index) => {
    const limit = costOfNthBest(lead, leads, { room, firstPlace });
    let ties = limit.ties;
    lead.options.forEach((rep, option) => {
      if (!room[rep]) return;
      const cost = lead.costs[option] ?? Number.NaN;
      const total = cost + (firstPlace[rep] ?? 0);
      if (total > limit.cost || (total === limit.cost && ties-- <= 0)) return;
      options[next] = rep;
      costs[next] = cost;
      low = Math.min(low, cost);
      high = Math.max(high, cost);
      next++;
    });
    firstOption[index + 1] = next;
  });
  const marginal = dearestPlace(problem, room);
  return {
    firstOption,
    options: options.subarray(0, next),
    costs: costs.subarray(0, next),
    room,
    firstPlace,
    // Above what any alternating path through all leads can save, so that leaving a lead out never pays.
    unassignedCost: 1 + (leads + 2) * (high - low) + 2 * marginal,
  };
}

function dearestPlace(problem: AssignmentProblem, room: Int32Array): number {
  return problem.representatives.reduce((most, rep, index) => {
    const last = room[index] ?? 0;
    return last === 0 ? most : Math.max(most, Math.abs(rep.marginal(1)), Math.abs(rep.marginal(last)));
  }, 0);
}

/** The n-th least cost of a lead's options with room at their first place, and how many that cost just so much are among the n. */
function costOfNthBest(
  { options, costs }: AssignmentProblem['leads'][number],
  n: number,
  { room, firstPlace }: { room: Int32Array; firstPlace: Float64Array },
): { cost: number; ties: number } {
  if (options.length <= n) return { cost: Number.POSITIVE_INFINITY, ties: 0 };
  const totals = new Float64Array(options.length);
  let count = 0;
  options.forEach((rep, option) => {
    if (room[rep]) totals[count++] = (costs[option] ?? Number.NaN) + (firstPlace[rep] ?? 0);
  });
  if (count <= n) return { cost: Number.POSITIVE_INFINITY, ties: 0 };
  const cost = nthLeast(totals.subarray(0, count), n - 1);
  let below = 0;
  for (let index = 0; index < count; index++) if ((totals[index] ?? 0) < cost) below++;
  return { cost, ties: n - below };
}

/** The value at place n (from 0) of the sorted values, which are reordered: quickselect (Hoare, "Algorithm 65: find", 1961). */
function nthLeast(values: Float64Array, n: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left++;
      while ((values[right] ?? 0) > pivot) right--;
      if (left > right) break;
      const value = values[left] ?? 0;
      values[left++] = values[right] ?? 0;
      values[right--] = value;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else break;
  }
  return values[n] ?? 0;
}
