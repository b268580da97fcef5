import { ApexException } from '../../values/exception.ts';
import type { Engine } from '../../engine/engine.ts';
import type { DebugLine } from '../../engine/engineTransaction.ts';
import type { SourceProblem } from '../../engine/program.ts';
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
  const done = { line: -1, column: -1, compiled: true, compileProblem: null };
  let lines: readonly DebugLine[] = [];
  try {
    return engine.run({ kind: 'anonymous', name: 'anonymous Apex', user }, (tx) => {
      lines = tx.debugLines;
      const { problems, run } = engine.program.anonymous(source);
      const [problem] = problems;
      if (problem) return notCompiled(problem);
      run();
      return { ...done, success: true, exceptionMessage: null, exceptionStackTrace: null };
    });
  } catch (error) {
    if (error instanceof ApexException) {
      const { line, stackText: exceptionStackTrace } = error;
      return { ...done, line, success: false, exceptionMessage: error.toString(), exceptionStackTrace };
    }
    if (!(error instanceof Error)) throw error;
    return { ...done, success: false, exceptionMessage: error.message, exceptionStackTrace: null };
  } finally {
    debug(lines);
  }
}

function notCompiled({ line, column = 1, message }: SourceProblem): AnonymousResult {
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
