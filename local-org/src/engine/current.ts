import type { Universe } from '../types/universe.ts';
import type { Transaction } from './transaction.ts';

/**
 * The registers of the running thread. Apex is synchronous and one transaction runs at a time, so what a generated
 * program touches on every call is kept in one object of fixed shape; the engine saves and restores it whole when it
 * serves a nested request.
 */
export interface Registers {
  /** The running transaction. */
  tx: Transaction;
  universe: Universe;
  /** Back-edges and calls until limits are next looked at (CPU time, cancellation). */
  fuel: number;
  /** Depth of Apex calls; more than 1,000 is a LimitException. */
  depth: number;
  /** Whether record sharing is enforced at this point: set by methods of classes that declare it, else inherited. */
  sharing: boolean;
  /** Access mode of a `Database` method that is given none: by the API version of the class that calls it. */
  mode: 'user' | 'system';
  /** Of the class that calls a `Database` method: what dynamic queries may say depends on it. */
  apiVersion: number;
  /** Variables that a dynamic query may bind, by lower-case name; undefined where there is none of that name. */
  variables: ((name: string) => unknown) | null;
  /** Set when a LimitException or AssertException was thrown: from then on neither catch nor finally runs. */
  dead: boolean;
}

/** Filled by the engine before any Apex runs; what concerns `Database` methods by each call of one. */
export const current: Registers = {
  tx: null as unknown as Transaction,
  universe: null as unknown as Universe,
  fuel: 0,
  depth: 0,
  sharing: false,
  mode: null as unknown as Registers['mode'],
  apiVersion: 67,
  variables: null,
  dead: false,
};
