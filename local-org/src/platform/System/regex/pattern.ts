import type { Regex } from './regex.ts';

/** A System.Pattern. */
export class ApexPattern {
  static readonly apexName = 'System.Pattern';
  readonly regex: Regex;

  constructor(regex: Regex) {
    this.regex = regex;
  }

  toString(): string {
    return this.regex.pattern;
  }
}
