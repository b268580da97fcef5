import { raise } from '../../../values/exception.ts';

/** A place in the text of a pattern. */
export class Cursor {
  readonly pattern: string;
  at = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  get done(): boolean {
    return this.at >= this.pattern.length;
  }

  get rest(): string {
    return this.pattern.slice(this.at);
  }

  fail(problem: string): never {
    // unverified: the wording around Java's description.
    raise('System.StringException', `Invalid regex: ${problem} near index ${this.at} ${this.pattern}`);
  }

  peek(): string {
    return this.pattern[this.at] ?? '';
  }

  eat(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** One whole code point. */
  take(): string {
    const point = this.pattern.codePointAt(this.at);
    if (point === undefined) this.fail('Unexpected end');
    const char = String.fromCodePoint(point);
    this.at += char.length;
    return char;
  }

  /** The text up to `\\E`, which is passed over, or the end. */
  quoted(): string {
    const end = this.pattern.indexOf('\\E', this.at);
    const text = this.pattern.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.pattern.length : end + 2;
    return text;
  }
}

/** A character that stands for itself, inside classes and outside. */
export function literal(char: string): string {
  if (/^[A-Za-z0-9]$/.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  // A lone surrogate can't be written as itself.
  return code >= 0xd800 && code <= 0xdfff ? `\\u${code.toString(16)}` : char;
}
