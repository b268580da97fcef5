import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';

/** A token of a source, as the grammar's parser reads it. */
export class SourceToken {
  tokenIndex = 0;
  /** How many pairs of brackets follow the one that this `[` opens before the braces of an array. */
  furtherBrackets = 0;
  readonly channel = 0;
  readonly type: number;
  readonly start: number;
  /** The offset of its last character. */
  readonly stop: number;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 0. */
  readonly column: number;
  readonly source: string;

  constructor(type: number, start: number, stop: number, line: number, column: number, source: string) {
    this.type = type;
    this.start = start;
    this.stop = stop;
    this.line = line;
    this.column = column;
    this.source = source;
  }

  get text(): string {
    return this.type === ApexParser.EOF ? '<EOF>' : this.source.slice(this.start, this.stop + 1);
  }
}
