import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { mulberry, shuffled } from '../../src/values/anyOrder.ts';
import { AREAS } from './areas.ts';
import type { Area } from './areas.ts';
import { changesOf } from './changes.ts';
import type { Change } from './changes.ts';

/** A change in its place. */
export interface Mutant extends Change {
  readonly area: Area;
  /** Relative to local-org. */
  readonly path: string;
  readonly original: string;
  /** Its number among all mutants of these sources. */
  readonly id: number;
}

/** Every mutant, in an order that depends on nothing but the sources. */
export function allMutants(root: string): Mutant[] {
  const found = AREAS.flatMap((area) => area.sources.flatMap((folder) => mutantsIn(root, folder, area)));
  return found.map((mutant, id) => ({ ...mutant, id }));
}

function mutantsIn(root: string, folder: string, area: Area): Omit<Mutant, 'id'>[] {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const path = relative(root, file);
    return changesOf(path, text).map((change) => ({
      ...change,
      area,
      path,
      original: text.slice(change.start, change.end),
    }));
  });
}

/**
 * A sample that depends on nothing but the seed and the sources: each area in turn gives one at random, and of each area each
 * kind of change in turn. Dropped operands are half of all possible changes: they would hide what the other kinds show.
 *
 * @param accepts says which mutants count; asked only for those that are drawn.
 */
export function sample(
  byArea: ReadonlyMap<string, readonly Mutant[]>,
  count: number,
  seed: number,
  accepts: (mutant: Mutant) => boolean,
): Mutant[] {
  const random = mulberry(seed);
  const waiting = [...byArea.values()].map((mutants) => inTurn(shuffled(mutants, random)));
  const taken: Mutant[] = [];
  while (taken.length < count && waiting.some((mutants) => mutants.length > 0)) {
    for (const mutants of waiting) {
      let next = mutants.pop();
      while (next && !accepts(next)) next = mutants.pop();
      if (next && taken.length < count) taken.push(next);
    }
  }
  return taken;
}

/** The same mutants in an order whose end takes one of each kind in turn. */
function inTurn(mutants: readonly Mutant[]): Mutant[] {
  const kinds = [...Map.groupBy(mutants, ({ kind }) => kind).values()];
  const most = Math.max(0, ...kinds.map(({ length }) => length));
  const rounds = Array.from({ length: most }, (_, round) => kinds.flatMap((of) => of.slice(round, round + 1)));
  return rounds.flat().reverse();
}
