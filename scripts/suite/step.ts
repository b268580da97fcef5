/** What one part of the test suite came to. */
export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** Why something failed that its own output does not say. */
  readonly notes?: readonly string[];
}

/** One part of `npm test`. */
export interface Step {
  readonly name: string;
  readonly what: string;
  run(): Promise<StepResult>;
}

/** A statement about a report, and whether it holds. */
export interface Expectation {
  readonly name: string;
  readonly holds: boolean;
  /** What was found instead. */
  readonly found?: unknown;
}

/** Counts expectations and prints each. */
export function judge(expectations: readonly Expectation[], print: (line: string) => void = console.log): StepResult {
  const broken = expectations.filter(({ holds }) => !holds);
  for (const { name, holds, found } of expectations) {
    print(`  ${holds ? 'ok    ' : 'FAILED'} ${name}${holds ? '' : `, but found ${JSON.stringify(found)}`}`);
  }
  return { passed: expectations.length - broken.length, failed: broken.length };
}
