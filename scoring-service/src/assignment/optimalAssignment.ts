import { MinHeap } from './minHeap.ts';

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

const UNASSIGNED = -1;

/**
 * Gives out as many leads as there is room for, at the least total cost: the optimum of a transportation problem with
 * convex costs per representative. Successive shortest augmenting paths with potentials (Ahuja, Magnanti and Orlin,
 * "Network Flows", 1993, sections 9.7 and 14.5). Marginal costs must not fall with k.
 */
export function assignOptimally(problem: AssignmentProblem): Assignment {
  const state = new SearchState(problem);
  problem.leads.forEach((_lead, index) => augment(problem, state, index));
  return {
    chosen: state.chosen,
    duals: { leads: state.leadPotential, representatives: state.repPotential },
    unassignedCost: state.unassignedCost,
  };
}

class SearchState {
  readonly chosen: number[];
  readonly members: number[][];
  readonly leadPotential: Float64Array;
  readonly repPotential: Float64Array;
  readonly unassignedCost: number;

  constructor(problem: AssignmentProblem) {
    this.chosen = problem.leads.map(() => UNASSIGNED);
    this.members = problem.representatives.map(() => []);
    this.leadPotential = new Float64Array(problem.leads.length);
    this.repPotential = Float64Array.from(problem.representatives, (rep) => (rep.room > 0 ? -rep.marginal(1) : 0));
    this.unassignedCost = costOfLeavingOut(problem);
  }
}

/** Above what any alternating path through all leads can save, so that leaving a lead out never pays. */
function costOfLeavingOut(problem: AssignmentProblem): number {
  let low = 0;
  let high = 0;
  for (const lead of problem.leads) {
    for (const cost of lead.costs) {
      low = Math.min(low, cost);
      high = Math.max(high, cost);
    }
  }
  let marginal = 0;
  for (const rep of problem.representatives) {
    if (rep.room > 0) {
      const last = Math.min(rep.room, problem.leads.length);
      marginal = Math.max(marginal, Math.abs(rep.marginal(1)), Math.abs(rep.marginal(Math.max(1, last))));
    }
  }
  return 1 + (problem.leads.length + 2) * (high - low) + 2 * marginal;
}

/** Finds the cheapest way to give out one more lead, with all swaps that it takes, and carries it out. */
function augment(problem: AssignmentProblem, state: SearchState, source: number): void {
  const { leadPotential, repPotential, unassignedCost } = state;
  // Nothing leads to a new lead yet: its potential may be set so that all its arcs have a reduced cost of at least 0.
  leadPotential[source] = initialPotential(problem, state, source);
  const leadDistance = new Map<number, number>([[source, 0]]);
  const repDistance = new Map<number, number>();
  const reachedFrom = new Map<number, number>();
  const settled = new Set<number>();
  const heap = new MinHeap();
  let best = Number.POSITIVE_INFINITY;
  let end: { rep: number } | { leftOut: number } = { leftOut: source };

  const open = (lead: number, distance: number): void => {
    const potential = leadPotential[lead] ?? 0;
    const leaving = distance + Math.max(0, unassignedCost + potential);
    if (leaving < best) {
      best = leaving;
      end = { leftOut: lead };
    }
    const { options, costs } = at(problem.leads, lead);
    options.forEach((rep, index) => {
      if (at(problem.representatives, rep).room <= 0 || settled.has(rep) || state.chosen[lead] === rep) return;
      const reduced = Math.max(0, (costs[index] ?? 0) + potential - (repPotential[rep] ?? 0));
      const next = distance + reduced;
      if (next < (repDistance.get(rep) ?? Number.POSITIVE_INFINITY) && next < best) {
        repDistance.set(rep, next);
        reachedFrom.set(rep, lead);
        heap.push(next, rep);
      }
    });
  };

  open(source, 0);
  for (let top = heap.pop(); top !== undefined && top.key < best; top = heap.pop()) {
    const rep = top.value;
    if (settled.has(rep)) continue;
    settled.add(rep);
    const taken = at(state.members, rep);
    const { room, marginal } = at(problem.representatives, rep);
    if (taken.length < room) {
      const total = top.key + Math.max(0, marginal(taken.length + 1) + (repPotential[rep] ?? 0));
      if (total < best) {
        best = total;
        end = { rep };
      }
    }
    for (const lead of taken) {
      // The arc of a matched pair has a reduced cost of 0.
      leadDistance.set(lead, top.key);
      open(lead, top.key);
    }
  }

  for (const rep of settled) shift(repPotential, rep, Math.min(repDistance.get(rep) ?? best, best) - best);
  for (const [lead, distance] of leadDistance) shift(leadPotential, lead, Math.min(distance, best) - best);
  carryOut(state, source, end, reachedFrom);
}

function initialPotential(problem: AssignmentProblem, state: SearchState, lead: number): number {
  const { options, costs } = at(problem.leads, lead);
  let potential = -state.unassignedCost;
  options.forEach((rep, index) => {
    if (at(problem.representatives, rep).room <= 0) return;
    potential = Math.max(potential, (state.repPotential[rep] ?? 0) - (costs[index] ?? 0));
  });
  return potential;
}

/** Walks the path back from its end to the new lead, moving each lead on it to the next representative. */
function carryOut(
  state: SearchState,
  source: number,
  end: { rep: number } | { leftOut: number },
  reachedFrom: ReadonlyMap<number, number>,
): void {
  let target = 'rep' in end ? end.rep : UNASSIGNED;
  let lead = 'rep' in end ? (reachedFrom.get(end.rep) ?? source) : end.leftOut;
  for (;;) {
    const previous = state.chosen[lead] ?? UNASSIGNED;
    state.chosen[lead] = target;
    if (target !== UNASSIGNED) at(state.members, target).push(lead);
    if (previous !== UNASSIGNED) {
      const members = at(state.members, previous);
      members.splice(members.indexOf(lead), 1);
    }
    if (lead === source) return;
    target = previous;
    lead = reachedFrom.get(previous) ?? source;
  }
}

function shift(potentials: Float64Array, index: number, by: number): void {
  potentials[index] = (potentials[index] ?? 0) + by;
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
