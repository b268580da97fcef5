import { raise } from './exception.ts';

/** Set in the `guard` of a collection that nobody may change, such as Trigger.new. */
export const READ_ONLY = 1;
/** Set in a list's `guard` for as long as a for-each loop walks over it. */
export const ITERATING = 2;
/** Set where a list was changed in length meanwhile: the loop's next step is refused. */
export const MODIFIED = 4;

/** The guard of a list after a change of its length. @throws System.FinalException where nobody may change it */
export function modified(guard: number): number {
  return guard & READ_ONLY ? refuse() : guard | MODIFIED;
}

/** What a collection does that nobody may change. @throws System.FinalException */
export function refuse(): never {
  raise('System.FinalException', 'Collection is read-only');
}

/**
 * The next step of a loop over a list, a set or the keys of a map that was changed.
 *
 * @throws System.FinalException
 */
export function refuseStep(): never {
  raise('System.FinalException', 'Cannot modify a collection while it is being iterated.');
}
