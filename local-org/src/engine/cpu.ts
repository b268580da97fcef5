import { raise } from '../values/exception.ts';
import { current } from './current.ts';
import { cpuNow } from './cpuClock.ts';
import { FUEL } from './registers.ts';

/**
 * Called by generated code when `current.fuel` is used up. Milliseconds that the transaction waits for callouts do not
 * count. @throws System.LimitException: Apex CPU time limit exceeded
 */
export function refuel(): void {
  current.fuel = FUEL;
  const { tx } = current;
  if (cpuNow() - tx.cpuStart > tx.cpuCap) raise('System.LimitException', 'Apex CPU time limit exceeded');
}
