/** Something in the data that could not be taken as it stands. */
export interface DataProblem {
  readonly file: string;
  /** From 1, the header included. */
  readonly line: number;
  readonly field: string;
  readonly value: string;
  /** What was loaded instead, or `left out`. */
  readonly taken_as: string;
}

/** Where problems of one file are collected. */
export type Note = (line: number, field: string, value: string, takenAs: string) => void;

/** Problems of the same value in the same field, counted. */
export interface ProblemGroup {
  readonly problem: DataProblem;
  readonly count: number;
}

/** Groups by file, field, value and what it was taken as; the most frequent first. */
export function groupProblems(problems: readonly DataProblem[]): ProblemGroup[] {
  const groups = Map.groupBy(problems, ({ file, field, value, taken_as }) =>
    JSON.stringify([file, field, value, taken_as]),
  );
  return [...groups.values()]
    .flatMap(([problem, ...others]) => (problem === undefined ? [] : [{ problem, count: others.length + 1 }]))
    .sort((one, other) => other.count - one.count);
}
