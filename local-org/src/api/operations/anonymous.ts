import { ApexException } from '../../values/exception.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineFault } from '../../engine/engine.ts';
import type { DebugLine } from '../../engine/engineTransaction.ts';
import type { RunningUser } from '../../engine/transaction.ts';

/** Source: Tooling API, executeAnonymous. */
export interface AnonymousResult {
  readonly line: number;
  readonly column: number;
  readonly compiled: boolean;
  readonly success: boolean;
  readonly compileProblem: string | null;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
}

/** Compiles and runs a block of Apex in a transaction of its own; `debug` gets its System.debug lines. */
export function executeAnonymous(
  engine: Engine,
  user: RunningUser,
  source: string,
  debug: (lines: readonly DebugLine[]) => void = () => {},
): AnonymousResult {
  const { problems, run } = engine.program.anonymous(source);
  const [problem] = problems;
  if (problem) {
    const { line, column = 1, message } = problem;
    return {
      line,
      column,
      compiled: false,
      success: false,
      compileProblem: message,
      exceptionMessage: null,
      exceptionStackTrace: null,
    };
  }
  const done = { line: -1, column: -1, compiled: true, compileProblem: null };
  let lines: readonly DebugLine[] = [];
  try {
    engine.run({ kind: 'anonymous', name: 'anonymous Apex', user }, (tx) => {
      lines = tx.debugLines;
      run();
    });
    return { ...done, success: true, exceptionMessage: null, exceptionStackTrace: null };
  } catch (error) {
    if (!(error instanceof Error) && !(error instanceof ApexException)) throw error;
    const apex = error instanceof ApexException;
    return {
      ...done,
      line: apex ? error.line : -1,
      success: false,
      exceptionMessage: apex ? error.toString() : error instanceof EngineFault ? error.message : String(error.message),
      exceptionStackTrace: apex ? error.stackText : null,
    };
  } finally {
    debug(lines);
  }
}
