/** Thrown through a transaction to roll it back on purpose; no fault, and passed on as it is. */
export class IntendedRollback extends Error {
  override readonly name: string = 'IntendedRollback';
}
