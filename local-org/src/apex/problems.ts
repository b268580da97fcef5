import type { Position } from './ast.ts';
import { columnOf, lineOf } from './ast.ts';
import type { Problem } from './problem.ts';

/** Collects what is wrong with a project; a problem said twice of one place is kept once. */
export class Problems {
  readonly list: Problem[] = [];
  readonly #seen = new Set<string>();

  add(file: string, at: Position, message: string): void {
    const key = `${file}:${at}:${message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.list.push({ file, line: lineOf(at), column: columnOf(at), message });
  }
}
