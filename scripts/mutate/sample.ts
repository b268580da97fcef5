import type { Mutant } from './mutants.ts';

/**
 * Puts mutants into an order that a seed decides, in which every beginning is spread evenly: each kind in its turn while
 * it lasts, and within a kind the class of which there are fewest so far.
 */
export function evenly(mutants: readonly Mutant[], seed: number): Mutant[] {
  const random = randomOf(seed);
  const byKind = Map.groupBy(shuffled(mutants, random), ({ kind }) => kind);
  const drawnOf = new Map<string, number>();
  const drawn: Mutant[] = [];
  while (drawn.length < mutants.length) {
    for (const left of byKind.values()) {
      const next = leastDrawn(left, drawnOf);
      if (next === undefined) continue;
      left.splice(left.indexOf(next), 1);
      drawnOf.set(next.file, (drawnOf.get(next.file) ?? 0) + 1);
      drawn.push(next);
    }
  }
  return drawn;
}

function leastDrawn(mutants: readonly Mutant[], drawnOf: ReadonlyMap<string, number>): Mutant | undefined {
  const count = (mutant: Mutant): number => drawnOf.get(mutant.file) ?? 0;
  return mutants.reduce<Mutant | undefined>(
    (least, mutant) => (least === undefined || count(mutant) < count(least) ? mutant : least),
    undefined,
  );
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ value }) => value);
}

/** Numbers from 0 to 1, the linear congruential generator of Numerical Recipes (32 bits). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
