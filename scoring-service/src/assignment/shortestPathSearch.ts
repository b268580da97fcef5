import type { AssignmentNetwork } from './assignmentNetwork.ts';
import { MinHeap } from './minHeap.ts';

export const UNASSIGNED = -1;

/**
 * The state of successive shortest paths: who has which leads by now, and potentials for which every residual arc has a
 * reduced cost of at least 0. The paths end at the sink, whose potential stays 0.
 */
export class ShortestPathSearch {
  /** For each lead its representative. */
  readonly chosen: Int32Array;
  readonly leadPotential: Float64Array;
  readonly repPotential: Float64Array;

  readonly #network: AssignmentNetwork;
  readonly #marginal: (rep: number, k: number) => number;
  readonly #members: number[][];
  /** Cost of each representative's next place; infinite where there is none. */
  readonly #nextPlace: Float64Array;

  // Of the search under way. What a search did not touch is known by the stamp of an earlier one.
  readonly #heap = new MinHeap();
  readonly #distance: Float64Array;
  readonly #reachedFrom: Int32Array;
  readonly #reachedIn: Int32Array;
  readonly #settledIn: Int32Array;
  #search = 0;
  #best = 0;
  /** Where the shortest path found ends: a representative, or (`#leftOut`) a lead that is left without one. */
  #end = UNASSIGNED;
  #leftOut = 0;

  /** `marginal` is what the k-th lead of a representative costs on top. */
  constructor(network: AssignmentNetwork, marginal: (rep: number, k: number) => number) {
    const leads = network.firstOption.length - 1;
    const reps = network.room.length;
    this.#network = network;
    this.#marginal = marginal;
    this.chosen = new Int32Array(leads).fill(UNASSIGNED);
    this.leadPotential = new Float64Array(leads);
    this.repPotential = network.firstPlace.map((cost) => -cost);
    this.#members = Array.from({ length: reps }, () => []);
    this.#nextPlace = network.firstPlace.map((cost, rep) => (network.room[rep] ? cost : Number.POSITIVE_INFINITY));
    this.#distance = new Float64Array(reps);
    this.#reachedFrom = new Int32Array(reps);
    this.#reachedIn = new Int32Array(reps);
    this.#settledIn = new Int32Array(reps);
  }

  /** Finds the cheapest way to give out one more lead, with all swaps that it takes, and carries it out. */
  augment(source: number): void {
    this.#search++;
    this.#best = Number.POSITIVE_INFINITY;
    this.#heap.clear();
    this.leadPotential[source] = this.#initialPotential(source);
    this.#relax(source, 0);
    const settled: number[] = [];
    for (let rep = this.#heap.pop(); rep !== undefined; rep = this.#heap.pop()) {
      if (this.#settledIn[rep] === this.#search) continue;
      const distance = this.#distance[rep] ?? 0;
      if (distance >= this.#best) break;
      this.#settledIn[rep] = this.#search;
      settled.push(rep);
      // The arc back to a lead that the representative has costs nothing, reduced.
      for (const lead of this.#members[rep] ?? []) this.#relax(lead, distance);
    }
    for (const rep of settled) {
      const change = (this.#distance[rep] ?? 0) - this.#best;
      this.repPotential[rep] = (this.repPotential[rep] ?? 0) + change;
      for (const lead of this.#members[rep] ?? []) this.leadPotential[lead] = (this.leadPotential[lead] ?? 0) + change;
    }
    this.leadPotential[source] = (this.leadPotential[source] ?? 0) - this.#best;
    this.#carryOut(source);
  }

  /** Nothing leads to a new lead yet: its potential may be as low as all its arcs' reduced costs allow. */
  #initialPotential(lead: number): number {
    const { firstOption, options, costs, unassignedCost } = this.#network;
    let potential = -unassignedCost;
    const end = firstOption[lead + 1] ?? 0;
    for (let option = firstOption[lead] ?? 0; option < end; option++) {
      potential = Math.max(potential, (this.repPotential[options[option] ?? 0] ?? 0) - (costs[option] ?? 0));
    }
    return potential;
  }

  /** Looks from a lead at the given distance to everyone who may take it. */
  #relax(lead: number, distance: number): void {
    const { firstOption, options, costs, unassignedCost } = this.#network;
    const potential = this.leadPotential[lead] ?? 0;
    const leaving = distance + Math.max(0, unassignedCost + potential);
    if (leaving < this.#best) {
      this.#best = leaving;
      this.#end = UNASSIGNED;
      this.#leftOut = lead;
    }
    const start = distance + potential;
    const end = firstOption[lead + 1] ?? 0;
    for (let option = firstOption[lead] ?? 0; option < end; option++) {
      const rep = options[option] ?? 0;
      const repPotential = this.repPotential[rep] ?? 0;
      // Rounding may bring a reduced cost just below 0.
      const next = Math.max(distance, start + (costs[option] ?? 0) - repPotential);
      if (next >= this.#best) continue;
      if (this.#reachedIn[rep] === this.#search && next >= (this.#distance[rep] ?? 0)) continue;
      this.#reachedIn[rep] = this.#search;
      this.#distance[rep] = next;
      this.#reachedFrom[rep] = lead;
      this.#heap.push(next, rep);
      const total = next + Math.max(0, (this.#nextPlace[rep] ?? 0) + repPotential);
      if (total < this.#best) {
        this.#best = total;
        this.#end = rep;
      }
    }
  }

  /** Walks the path back from its end to the new lead, moving each lead on it to the next representative. */
  #carryOut(source: number): void {
    let target = this.#end;
    let lead = target === UNASSIGNED ? this.#leftOut : (this.#reachedFrom[target] ?? 0);
    if (target !== UNASSIGNED) {
      const taken = (this.#members[target]?.length ?? 0) + 1;
      const isFull = taken >= (this.#network.room[target] ?? 0);
      this.#nextPlace[target] = isFull ? Number.POSITIVE_INFINITY : this.#marginal(target, taken + 1);
    }
    for (;;) {
      const previous = this.chosen[lead] ?? UNASSIGNED;
      this.chosen[lead] = target;
      if (target !== UNASSIGNED) this.#members[target]?.push(lead);
      if (previous !== UNASSIGNED) {
        const members = this.#members[previous] ?? [];
        members.splice(members.indexOf(lead), 1);
      }
      if (lead === source) return;
      target = previous;
      lead = this.#reachedFrom[previous] ?? 0;
    }
  }
}
