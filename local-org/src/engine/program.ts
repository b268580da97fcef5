import type { Universe } from '../types/universe.ts';
import type { TriggerInvoker } from './data.ts';

/** What the engine needs of the compiled project; `apex/program.ts` implements it. */
export interface Program {
  readonly universe: Universe;
  readonly triggers: TriggerInvoker;
  /** By public constructor with this many arguments. */
  newInstance(typeName: string, args?: unknown[]): object;
  /** Instance method by name and number of arguments, in boxed form. */
  call(target: object, method: string, args: unknown[]): unknown;
  callStatic(typeName: string, method: string, args: unknown[]): unknown;
  /** Compiles a block of anonymous Apex. */
  anonymous(source: string): { problems: readonly SourceProblem[]; run: () => void };
  readonly classes: readonly ProgramClass[];
}

export interface SourceProblem {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly message: string;
}

export interface ProgramClass {
  readonly name: string;
  readonly isTest: boolean;
  readonly testMethods: readonly string[];
  readonly setupMethods: readonly string[];
  /** Test methods that see the records that are in the org before the test. */
  readonly seeAllData: ReadonlySet<string>;
  /** Why the class could not be compiled; null where it was. */
  readonly broken: string | null;
}
