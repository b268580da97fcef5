import { IntendedRollback } from '../../engine/intendedRollback.ts';
import type { RestResult } from './context.ts';

/** Thrown through a transaction to roll it back; carries what the client is answered all the same. */
export class RollBack extends IntendedRollback {
  override readonly name = 'RollBack';
  readonly result: RestResult;

  constructor(result: RestResult) {
    super('rolled back');
    this.result = result;
  }
}
