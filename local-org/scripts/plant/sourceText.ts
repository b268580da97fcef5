import { columnOf, lineOf } from '../../src/apex/ast.ts';
import type { Expr, Position } from '../../src/apex/ast.ts';

/** The text of a source, with offsets for the positions of its tree. */
export class SourceText {
  readonly text: string;
  readonly #lines: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#lines = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
  }

  offset(at: Position): number {
    return (this.#lines[lineOf(at) - 1] ?? 0) + columnOf(at) - 1;
  }

  /** Where a name or a literal starts and ends; null for other expressions. */
  extent(value: Expr): readonly [start: number, end: number] | null {
    if (value.kind !== 'name' && value.kind !== 'literal') return null;
    const start = this.offset(value.at);
    const token = /^(?:'(?:\\.|[^'\\\n])*'|\w+(?:\.\d+\w?)?)/.exec(this.text.slice(start))?.[0];
    return token === undefined ? null : [start, start + token.length];
  }
}
