import { current } from './current.ts';
import type { Registers } from './current.ts';

/** Calls and back-edges between two looks at the CPU time. */
export const FUEL = 20_000;

/** The registers as they are, to be put back by {@link restoreRegisters}. */
export function saveRegisters(): Registers {
  return { ...current };
}

export function restoreRegisters(saved: Registers): void {
  Object.assign(current, saved);
}
