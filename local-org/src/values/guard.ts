import { raise } from './exception.ts';

/** Added to a collection's `guard` for as long as a for-each loop walks over it. */
export const ITERATING = 2;

/** Set in the `guard` of a collection that nobody may change, such as Trigger.new. */
export const READ_ONLY = 1;

/** What a collection does when it is changed while its guard is up. @throws System.FinalException */
export function refuse(guard: number): never {
  raise(
    'System.FinalException',
    guard & READ_ONLY ? 'Collection is read-only' : 'Cannot modify a collection while it is being iterated.',
  );
}
