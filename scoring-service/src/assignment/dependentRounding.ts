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
    walk.forEach((edge, index) => {
      const value = graph.value(edge);
      up = Math.min(up, index % 2 === 0 ? 1 - value : value);
      down = Math.min(down, index % 2 === 0 ? value : 1 - value);
    });
    const change = random() * (up + down) < down ? up : -down;
    walk.forEach((edge, index) => graph.change(edge, index % 2 === 0 ? change : -change));
  }
  return pairs.map((_pair, edge) => graph.value(edge) > 0.5);
}

/** The bipartite graph of the pairs that are neither taken nor dropped yet. */
class FloatingGraph {
  readonly #values: Float64Array;
  readonly #ends: readonly (readonly [number, number])[];
  /** Edges at each node; settled ones are dropped when they are met. */
  readonly #edges: number[][] = [];
  #cursor = 0;

  constructor(pairs: readonly FractionalPair[]) {
    this.#values = Float64Array.from(pairs, (pair) => pair.probability);
    const leads = pairs.reduce((most, pair) => Math.max(most, pair.lead + 1), 0);
    this.#ends = pairs.map((pair) => [pair.lead, leads + pair.rep] as const);
    this.#ends.forEach((ends, edge) => {
      for (const node of ends) (this.#edges[node] ??= []).push(edge);
    });
    pairs.forEach((_pair, edge) => this.change(edge, 0));
  }

  value(edge: number): number {
    return this.#values[edge] ?? 0;
  }

  change(edge: number, by: number): void {
    const value = this.value(edge) + by;
    this.#values[edge] = value < TOLERANCE ? 0 : value > 1 - TOLERANCE ? 1 : value;
  }

  /** The edges of a cycle, or of a path that can't be made longer, in their order; null when nothing floats. */
  nextWalk(): number[] | null {
    for (; this.#cursor < this.#ends.length; this.#cursor++) {
      if (!this.#floats(this.#cursor)) continue;
      const start = this.#ends[this.#cursor]?.[1] ?? 0;
      const first = this.#walkFrom(start);
      if (first.cycle !== null) return first.cycle;
      // From a dead end the walk ends in a cycle or in another dead end: then the path is as long as can be.
      const second = this.#walkFrom(first.end);
      return second.cycle ?? second.path;
    }
    return null;
  }

  #walkFrom(start: number): { cycle: number[] | null; path: number[]; end: number } {
    const path: number[] = [];
    const seenAt = new Map<number, number>([[start, 0]]);
    let node = start;
    for (;;) {
      const edge = this.#floatingEdge(node, path.at(-1));
      if (edge === undefined) return { cycle: null, path, end: node };
      const [lead, rep] = this.#ends[edge] ?? [0, 0];
      node = node === lead ? rep : lead;
      path.push(edge);
      const seen = seenAt.get(node);
      if (seen !== undefined) return { cycle: path.slice(seen), path, end: node };
      seenAt.set(node, path.length);
    }
  }

  #floatingEdge(node: number, except: number | undefined): number | undefined {
    const edges = this.#edges[node] ?? [];
    for (let index = edges.length - 1; index >= 0; index--) {
      const edge = edges[index] ?? 0;
      if (!this.#floats(edge)) edges.splice(index, 1);
      else if (edge !== except) return edge;
    }
    return undefined;
  }

  #floats(edge: number): boolean {
    const value = this.value(edge);
    return value > 0 && value < 1;
  }
}
