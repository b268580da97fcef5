import type { RandomSource } from './seededRandom.ts';

/** A pair with the probability that is wanted for it. */
export interface FractionalPair {
  readonly lead: number;
  readonly rep: number;
  readonly probability: number;
}

/** Rounding errors of sums stay far below it. */
const TOLERANCE = 1e-10;

/**
 * Draws which pairs are taken, so that each is taken with exactly its probability, every lead whose probabilities add
 * up to 1 gets exactly one, and every representative gets its expected number rounded up or down – so never more than
 * a whole-numbered room that the expectation keeps within. Gandhi, Khuller, Parthasarathy and Srinivasan, "Dependent
 * rounding and its applications to approximation algorithms", J. ACM 53(3), 2006.
 * @returns for each pair whether it is taken.
 */
export function roundDependently(pairs: readonly FractionalPair[], random: RandomSource): boolean[] {
  const graph = new FloatingGraph(pairs);
  for (let walk = graph.nextWalk(); walk !== null; walk = graph.nextWalk()) {
    // Alternate edges of a path or cycle go up and down together; whichever way, one of them becomes 0 or 1.
    let up = Number.POSITIVE_INFINITY;
    let down = Number.POSITIVE_INFINITY;
    for (let index = 0; index < walk.length; index++) {
      const value = graph.value(walk[index] ?? 0);
      up = Math.min(up, index % 2 === 0 ? 1 - value : value);
      down = Math.min(down, index % 2 === 0 ? value : 1 - value);
    }
    const change = random() * (up + down) < down ? up : -down;
    for (let index = 0; index < walk.length; index++) {
      graph.change(walk[index] ?? 0, index % 2 === 0 ? change : -change);
    }
  }
  return pairs.map((_pair, edge) => graph.value(edge) > 0.5);
}

const NONE = -1;

/** The bipartite graph of the pairs that are neither taken nor dropped yet, and the walk through it. */
class FloatingGraph {
  readonly #values: Float64Array;
  // The ends of each edge; representatives are numbered after the leads.
  readonly #lead: Int32Array;
  readonly #rep: Int32Array;
  /**
   * First floating edge of each node, and doubly linked lists of the others: those of a lead, then (from `#edges` on)
   * those of a representative. All lists keep the order of the leads, which makes for short cycles.
   */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #edges: number;
  #cursor = 0;
  // The walk: its nodes, one more than its edges, and the place of each node in it.
  readonly #nodes: Int32Array;
  readonly #path: Int32Array;
  readonly #placeOf: Int32Array;
  #length = NONE;

  constructor(pairs: readonly FractionalPair[]) {
    const leads = pairs.reduce((most, pair) => Math.max(most, pair.lead + 1), 0);
    const nodes = pairs.reduce((most, pair) => Math.max(most, leads + pair.rep + 1), leads);
    this.#values = Float64Array.from(pairs, (pair) => settled(pair.probability));
    this.#lead = Int32Array.from(pairs, (pair) => pair.lead);
    this.#rep = Int32Array.from(pairs, (pair) => leads + pair.rep);
    this.#first = new Int32Array(nodes).fill(NONE);
    this.#edges = pairs.length;
    this.#next = new Int32Array(2 * pairs.length).fill(NONE);
    this.#previous = new Int32Array(2 * pairs.length).fill(NONE);
    this.#nodes = new Int32Array(nodes + 1);
    this.#path = new Int32Array(nodes);
    this.#placeOf = new Int32Array(nodes).fill(NONE);
    for (let edge = pairs.length - 1; edge >= 0; edge--) {
      if (!this.#floats(edge)) continue;
      this.#link(this.#lead[edge] ?? 0, edge, 0);
      this.#link(this.#rep[edge] ?? 0, edge, this.#edges);
    }
  }

  #link(node: number, edge: number, list: number): void {
    const first = this.#first[node] ?? NONE;
    this.#next[list + edge] = first;
    if (first !== NONE) this.#previous[list + first] = edge;
    this.#first[node] = edge;
  }

  #unlink(node: number, edge: number, list: number): void {
    const next = this.#next[list + edge] ?? NONE;
    const previous = this.#previous[list + edge] ?? NONE;
    if (next !== NONE) this.#previous[list + next] = previous;
    if (previous === NONE) this.#first[node] = next;
    else this.#next[list + previous] = next;
  }

  value(edge: number): number {
    return this.#values[edge] ?? 0;
  }

  change(edge: number, by: number): void {
    this.#values[edge] = settled(this.value(edge) + by);
    if (this.#floats(edge)) return;
    this.#unlink(this.#lead[edge] ?? 0, edge, 0);
    this.#unlink(this.#rep[edge] ?? 0, edge, this.#edges);
  }

  /** The edges of a cycle, or of a path that can't be made longer, in their order; null when nothing floats. */
  nextWalk(): Int32Array | null {
    this.#keepWhatFloats();
    if (this.#length === NONE && !this.#begin()) return null;
    let ends = 0;
    while (ends < 2) {
      const node = this.#nodes[this.#length] ?? 0;
      const edge = this.#floatingEdge(node, this.#length === 0 ? NONE : (this.#path[this.#length - 1] ?? NONE));
      if (edge === NONE) {
        ends++;
        this.#reverse();
        continue;
      }
      const next = (this.#lead[edge] === node ? this.#rep[edge] : this.#lead[edge]) ?? 0;
      const seen = this.#placeOf[next] ?? NONE;
      this.#path[this.#length] = edge;
      if (seen !== NONE) return this.#path.subarray(seen, this.#length + 1);
      this.#length++;
      this.#nodes[this.#length] = next;
      this.#placeOf[next] = this.#length;
    }
    return this.#path.subarray(0, this.#length);
  }

  /** The part of the last walk before its first settled edge is where the next walk goes on. */
  #keepWhatFloats(): void {
    let kept = 0;
    while (kept < this.#length && this.#floats(this.#path[kept] ?? 0)) kept++;
    for (let place = kept + 1; place <= this.#length; place++) this.#placeOf[this.#nodes[place] ?? 0] = NONE;
    if (this.#length > kept) this.#length = kept;
    if (this.#length === 0) {
      this.#placeOf[this.#nodes[0] ?? 0] = NONE;
      this.#length = NONE;
    }
  }

  #begin(): boolean {
    while (this.#cursor < this.#values.length && !this.#floats(this.#cursor)) this.#cursor++;
    const node = this.#rep[this.#cursor];
    if (node === undefined) return false;
    this.#nodes[0] = node;
    this.#placeOf[node] = 0;
    this.#length = 0;
    return true;
  }

  /** Turns the walk round, so that it can be made longer at its other end. */
  #reverse(): void {
    this.#nodes.subarray(0, this.#length + 1).reverse();
    this.#path.subarray(0, this.#length).reverse();
    for (let place = 0; place <= this.#length; place++) this.#placeOf[this.#nodes[place] ?? 0] = place;
  }

  #floatingEdge(node: number, except: number): number {
    const first = this.#first[node] ?? NONE;
    if (first === NONE || first !== except) return first;
    return this.#next[(this.#lead[first] === node ? 0 : this.#edges) + first] ?? NONE;
  }

  #floats(edge: number): boolean {
    const value = this.#values[edge] ?? 0;
    return value > 0 && value < 1;
  }
}

function settled(value: number): number {
  return value < TOLERANCE ? 0 : value > 1 - TOLERANCE ? 1 : value;
}
