import type { CompiledUnit } from '../apex/compile.ts';

/** Lines of one class that ran, of those that could. */
export interface ClassCoverage {
  readonly covered: number;
  readonly lines: number;
}

/** Line numbers of one file: those with a statement, and those that ran. */
export interface CoveredLines {
  readonly lines: readonly number[];
  readonly hit: readonly number[];
}

const NOTE = /\$c\[(\d+)\]=1/g;

/** What ran of each class and trigger that is no test. `ran` gives the notes of a file: 1 at each line that ran. */
export function coverageOf(
  units: readonly CompiledUnit[],
  ran: (file: string) => Uint8Array,
): Record<string, CoveredLines> {
  const covered: Record<string, CoveredLines> = {};
  for (const unit of units) {
    const { declared, file } = unit;
    if (declared.kind === 'class' && declared.def.isTest) continue;
    const notes = ran(file);
    const lines = new Set<number>();
    for (const { js } of unit.scripts) for (const [, line] of js.matchAll(NOTE)) lines.add(Number(line));
    const name = declared.kind === 'class' ? declared.def.name : declared.decl.name.name;
    covered[name] = { lines: [...lines], hit: [...lines].filter((line) => notes[line] === 1) };
  }
  return covered;
}
