import { networkOf } from './assignmentNetwork.ts';
import { ShortestPathSearch, UNASSIGNED } from './shortestPathSearch.ts';

/** A batch of leads to be given out. All costs are finite. */
export interface AssignmentProblem {
  /** For each lead the representatives who may take it, by index, and what that costs (lower is better). */
  readonly leads: readonly { readonly options: readonly number[]; readonly costs: readonly number[] }[];
  /** For each representative how many more leads it may take, and what the k-th of them (from 1) costs on top. */
  readonly representatives: readonly { readonly room: number; marginal(k: number): number }[];
}

/** An assignment and the prices that prove it optimal. */
export interface Assignment {
  /** For each lead the index of its representative, -1 where there was no room for it. */
  readonly chosen: readonly number[];
  /** Node potentials (dual variables), with the sink's at 0. */
  readonly duals: { readonly leads: Float64Array; readonly representatives: Float64Array };
  /** What leaving a lead without anyone was taken to cost: more than any chain of swaps can save. */
  readonly unassignedCost: number;
}

/**
 * Gives out as many leads as there is room for, at the least total cost: the optimum of a transportation problem with
 * convex costs per representative. Successive shortest augmenting paths with potentials (Ahuja, Magnanti and Orlin,
 * "Network Flows", 1993, sections 9.7 and 14.5) on the pairs that an optimum can need; the duals prove it for all pairs.
 * Marginal costs must not fall with k.
 */
export function assignOptimally(problem: AssignmentProblem): Assignment {
  const network = networkOf(problem);
  const search = new ShortestPathSearch(network, (rep, k) => at(problem.representatives, rep).marginal(k));
  problem.leads.forEach((_lead, index) => search.augment(index));
  return {
    chosen: Array.from(search.chosen),
    duals: { leads: search.leadPotential, representatives: search.repPotential },
    unassignedCost: network.unassignedCost,
  };
}

/** The element at an index that is known to be there. */
function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`No element ${index} in a list of ${list.length}.`);
  return element;
}

/**
 * By how much the assignment's duals miss optimality: the largest violation of reduced-cost optimality over all
 * residual arcs. 0 (up to rounding) proves the assignment optimal, however it was found.
 */
export function optimalityGap(problem: AssignmentProblem, assignment: Assignment): number {
  const { chosen, duals, unassignedCost } = assignment;
  const taken = new Array<number>(problem.representatives.length).fill(0);
  let gap = 0;
  problem.leads.forEach(({ options, costs }, lead) => {
    const potential = duals.leads[lead] ?? 0;
    const rep = chosen[lead] ?? UNASSIGNED;
    if (rep !== UNASSIGNED) taken[rep] = (taken[rep] ?? 0) + 1;
    gap = Math.max(gap, -(unassignedCost + potential));
    if (rep === UNASSIGNED) gap = Math.max(gap, unassignedCost + potential);
    options.forEach((option, index) => {
      if (at(problem.representatives, option).room <= 0) return;
      const reduced = (costs[index] ?? 0) + potential - (duals.representatives[option] ?? 0);
      gap = Math.max(gap, -reduced, option === rep ? reduced : 0);
    });
  });
  problem.representatives.forEach(({ room, marginal }, rep) => {
    if (room <= 0) return;
    const count = taken[rep] ?? 0;
    const potential = duals.representatives[rep] ?? 0;
    if (count > room) gap = Number.POSITIVE_INFINITY;
    if (count < room) gap = Math.max(gap, -(marginal(count + 1) + potential));
    if (count > 0) gap = Math.max(gap, marginal(count) + potential);
  });
  return gap;
}
