/** Something in a source file that keeps it from being compiled. Line and column count from 1, as editors do. */
export interface Problem {
  /** Relative to the project folder. */
  file: string;
  line: number;
  column: number;
  message: string;
}
