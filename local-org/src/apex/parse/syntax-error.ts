import type { Problem } from '../problem.ts';

/** The first fault found in a source text. Parsing stops there: what follows a fault is guesswork. */
export class ApexSyntaxError extends Error {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;

  /** Takes the column as the lexer counts it, from 0. */
  constructor(message: string, line: number, columnFromZero: number) {
    super(message);
    this.name = 'ApexSyntaxError';
    this.line = line;
    this.column = columnFromZero + 1;
  }

  /** The same fault as a problem of the file. */
  toProblem(file: string): Problem {
    return { file, line: this.line, column: this.column, message: this.message };
  }
}
