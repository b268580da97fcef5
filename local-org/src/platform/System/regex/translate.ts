import { raise, unsupported } from '../../../values/exception.ts';
import { propertyClass } from './properties.ts';

/** A pattern of java.util.regex in JavaScript's syntax, for the flag `v`. */
export interface Translation {
  readonly source: string;
  readonly ignoreCase: boolean;
  /** How many capturing groups the Java pattern has; the n-th is named `g<n>` here. */
  readonly groups: number;
  /** Numbers of the groups that Java names. */
  readonly names: ReadonlyMap<string, number>;
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
}

const NEWLINES = '\\n\\r\\x85\\u2028\\u2029';
const END = '(?![\\s\\S])';
const CLASS_ESCAPES: Readonly<Record<string, string>> = {
  d: '0-9',
  w: '0-9A-Za-z_',
  s: '\\t-\\r\\x20',
  h: '\\x20\\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000',
  v: '\\n\\x0b\\f\\r\\x85\\u2028\\u2029',
};
const CHAR_ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', a: '\x07', e: '\x1b' };

/**
 * Translates a Java pattern. Differences that remain: a reference back to a group that took no part matches the empty text
 * here, nothing there; without the flag `u`, Java folds the case of ASCII letters only.
 *
 * @throws System.StringException where the pattern is none
 * @throws UnsupportedError for what JavaScript has no counterpart of
 */
export function translate(pattern: string): Translation {
  return new Translator(pattern).run();
}

class Translator {
  readonly #pattern: string;
  #at = 0;
  #groups = 0;
  #atomic = 0;
  readonly #names = new Map<string, number>();
  readonly #groupCount: number;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#groupCount = countGroups(pattern);
  }

  run(): Translation {
    // Flags at the very start apply to the whole, so that JavaScript's own flag can be used.
    const leading = /^\(\?([imsxu]+)\)/.exec(this.#pattern)?.[1] ?? '';
    if (leading) this.#at = leading.length + 3;
    const flags = {
      i: leading.includes('i'),
      m: leading.includes('m'),
      s: leading.includes('s'),
      x: leading.includes('x'),
    };
    const source = this.#alternatives(flags);
    if (this.#at < this.#pattern.length) this.#fail("Unmatched closing ')'");
    return { source, ignoreCase: flags.i, groups: this.#groups, names: this.#names };
  }

  #fail(problem: string): never {
    // unverified: the wording around Java's description.
    raise('System.StringException', `Invalid regex: ${problem} near index ${this.#at} ${this.#pattern}`);
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? '';
  }

  #eat(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** One whole code point. */
  #take(): string {
    const point = this.#pattern.codePointAt(this.#at);
    if (point === undefined) this.#fail('Unexpected end');
    const char = String.fromCodePoint(point);
    this.#at += char.length;
    return char;
  }

  /** Up to `)` or the end. Flags set within hold to the end of the group, across `|`. */
  #alternatives(start: Flags): string {
    let flags = start;
    let out = '';
    let wrapped = '';
    while (this.#at < this.#pattern.length && this.#peek() !== ')') {
      if (this.#eat('|')) {
        out += wrapped ? `)|${wrapped}` : '|';
        continue;
      }
      const change = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/.exec(this.#pattern.slice(this.#at));
      if (change) {
        this.#at += change[0].length;
        const next = this.#changed(flags, change[1] ?? '', change[2] ?? '');
        if (next.i !== flags.i) {
          out += wrapped ? ')' : '';
          wrapped = next.i === start.i ? '' : next.i ? '(?i:' : '(?-i:';
          out += wrapped;
        }
        flags = next;
        continue;
      }
      out += this.#quantified(flags);
    }
    return wrapped ? `${out})` : out;
  }

  #changed(flags: Flags, on: string, off: string): Flags {
    for (const flag of on + off) {
      if (!'imsxuU'.includes(flag)) {
        if (flag === 'd') unsupported('the regular expression flag (?d)', 'write \\n where you mean it');
        this.#fail('Unknown inline modifier');
      }
    }
    if (on.includes('U')) unsupported('the regular expression flag (?U)', 'use \\p{…} classes instead');
    const value = (name: 'i' | 'm' | 's' | 'x'): boolean => (on.includes(name) || flags[name]) && !off.includes(name);
    return { i: value('i'), m: value('m'), s: value('s'), x: value('x') };
  }

  #quantified(flags: Flags): string {
    const atom = this.#atom(flags);
    const match = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.#pattern.slice(this.#at));
    if (!match) return atom;
    if (atom === '') this.#fail(`Dangling meta character '${match[0][0]}'`);
    this.#at += match[0].length;
    const whole = this.#repeated(atom, match[0]);
    if (this.#eat('+')) return this.#atomicGroup(whole);
    return this.#eat('?') ? `${whole}?` : whole;
  }

  /** A quantifier upon an assertion needs a group in JavaScript. */
  #repeated(atom: string, quantifier: string): string {
    return /^(\(\?<?[=!]|\^|\\[bB])/.test(atom) ? `(?:${atom})${quantifier}` : `${atom}${quantifier}`;
  }

  /** Matches once and never gives back: a lookahead is not backtracked into. */
  #atomicGroup(inner: string): string {
    const name = `a${++this.#atomic}`;
    return `(?:(?=(?<${name}>${inner}))\\k<${name}>)`;
  }

  #atom(flags: Flags): string {
    const char = this.#take();
    switch (char) {
      case '(':
        return this.#group(flags);
      case '[':
        return this.#classAfterBracket();
      case '.':
        return flags.s ? '[\\s\\S]' : `[^${NEWLINES}]`;
      case '^':
        return flags.m ? '(?:^|(?:(?<=[\\n\\x85\\u2028\\u2029])|(?<=\\r)(?!\\n))(?=[\\s\\S]))' : '^';
      case '$':
        return flags.m
          ? `(?:${END}|(?<!\\r)(?=\\n)|(?=[\\r\\x85\\u2028\\u2029]))`
          : `(?:(?=(?:\\r\\n|[${NEWLINES}])?${END})(?!(?<=\\r)\\n))`;
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        this.#at--;
        return this.#fail(`Dangling meta character '${char}'`);
      case '{':
        return this.#fail('Illegal repetition');
      default:
        if (flags.x && /[\t-\r\x20]/.test(char)) return '';
        if (flags.x && char === '#') {
          while (this.#at < this.#pattern.length && !/[\n\r]/.test(this.#peek())) this.#at++;
          return '';
        }
        return literal(char);
    }
  }

  #group(flags: Flags): string {
    let open: string;
    let inner = flags;
    let atomic = false;
    let wrap = '';
    const special = /^\?(?:([=!>:]|<[=!])|<([a-zA-Z][a-zA-Z0-9]*)>|([a-zA-Z]*)(?:-([a-zA-Z]*))?:)/.exec(
      this.#pattern.slice(this.#at),
    );
    if (!special) {
      if (this.#peek() === '?') this.#fail('Unknown inline modifier');
      open = `(?<g${++this.#groups}>`;
    } else {
      this.#at += special[0].length;
      const [, kind, name, on = '', off = ''] = special;
      if (name !== undefined) {
        open = `(?<g${++this.#groups}>`;
        if (this.#names.has(name)) this.#fail(`Named capturing group <${name}> is already defined`);
        this.#names.set(name, this.#groups);
      } else if (kind === undefined) {
        inner = this.#changed(flags, on, off);
        open = '(?:';
        if (inner.i !== flags.i) wrap = inner.i ? '(?i:' : '(?-i:';
      } else {
        atomic = kind === '>';
        open = atomic ? '(?:' : `(?${kind}`;
      }
    }
    const body = this.#alternatives(inner);
    if (!this.#eat(')')) this.#fail('Unclosed group');
    const content = wrap ? `${wrap}${body})` : body;
    return atomic ? this.#atomicGroup(content) : `${open}${content})`;
  }

  #escape(): string {
    if (this.#at >= this.#pattern.length) this.#fail('Unexpected internal error');
    const next = this.#peek();
    if (this.#eat('Q')) return this.#quotation();
    if (/[1-9]/.test(next)) return this.#reference();
    if (next === 'k') {
      const name = /^k<(\w+)>/.exec(this.#pattern.slice(this.#at));
      const number = name && this.#names.get(name[1] ?? '');
      if (!name || number === undefined || number === null) return this.#fail('named capturing group does not exist');
      this.#at += name[0].length;
      return `\\k<g${number}>`;
    }
    if (this.#eat('b{')) unsupported('\\b{…} in regular expressions', 'use \\b');
    if (this.#eat('b')) return '\\b';
    if (this.#eat('B')) return '\\B';
    if (this.#eat('A')) return '^';
    if (this.#eat('z')) return END;
    if (this.#eat('Z')) return `(?:(?=(?:\\r\\n|[${NEWLINES}])?${END})(?!(?<=\\r)\\n))`;
    if (this.#eat('R')) return '(?:\\r\\n|[\\n\\x0b\\f\\r\\x85\\u2028\\u2029])';
    if (next === 'G' || next === 'X' || next === 'N')
      unsupported(`\\${next} in regular expressions`, 'write it without');
    const set = this.#classEscape();
    if (set) return `[${set.negated ? '^' : ''}${set.content}]`;
    return literal(this.#escapedChar());
  }

  #quotation(): string {
    const end = this.#pattern.indexOf('\\E', this.#at);
    const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#pattern.length : end + 2;
    const chars = [...text].map(literal);
    // A quantifier applies to the last character alone.
    return chars.length <= 1 ? (chars[0] ?? '(?:)') : this.#lastOf(chars);
  }

  #lastOf(chars: readonly string[]): string {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.#pattern.slice(this.#at));
    if (quantifier) unsupported('a quantifier directly after \\Q…\\E', 'put the quoted text into a group');
    return chars.join('');
  }

  #reference(): string {
    let number = Number(this.#take());
    // More digits belong to it as long as there are that many groups.
    while (/\d/.test(this.#peek()) && number * 10 + Number(this.#peek()) <= this.#groupCount) {
      number = number * 10 + Number(this.#take());
    }
    // A group that does not exist never matches.
    return number <= this.#groupCount ? `\\k<g${number}>` : '(?!)';
  }

  /** `\d`, `\p{…}` …: as content of a class. */
  #classEscape(): { content: string; negated: boolean } | null {
    const letter = this.#peek();
    const known = CLASS_ESCAPES[letter.toLowerCase()];
    if (known !== undefined && letter !== '') {
      this.#at++;
      return { content: known, negated: letter !== letter.toLowerCase() };
    }
    if (letter !== 'p' && letter !== 'P') return null;
    const name = /^[pP](?:\{([^}]*)\}|(.))/.exec(this.#pattern.slice(this.#at));
    if (!name) return this.#fail('Unknown character property');
    this.#at += name[0].length;
    const text = name[1] ?? name[2] ?? '';
    if (/^(In|blk=|block=)/.test(text))
      unsupported(`\\p{${text}} in regular expressions`, 'write the range of characters');
    const content = propertyClass(text);
    if (content === null) return this.#fail(`Unknown character property name {${text}}`);
    return { content, negated: letter === 'P' };
  }

  #escapedChar(): string {
    const rest = this.#pattern.slice(this.#at);
    const code = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|0([0-3]?[0-7]{1,2})|c(.))/.exec(rest);
    if (code) {
      this.#at += code[0].length;
      const [, unit, hex, point, octal, control] = code;
      if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) ^ 64);
      const value = octal !== undefined ? parseInt(octal, 8) : parseInt(unit ?? hex ?? point ?? '0', 16);
      return String.fromCodePoint(value);
    }
    const char = this.#take();
    const named = CHAR_ESCAPES[char];
    if (named !== undefined) return named;
    if (/[a-zA-Z]/.test(char)) this.#fail('Illegal/unsupported escape sequence');
    return char;
  }

  /** The class after its `[`. */
  #classAfterBracket(): string {
    const negated = this.#eat('^');
    const operands: string[] = [];
    let union = '';
    for (let first = true; ; first = false) {
      if (this.#at >= this.#pattern.length) this.#fail('Unclosed character class');
      if (!first && this.#eat(']')) break;
      if (this.#eat('&&')) {
        operands.push(union);
        union = '';
        continue;
      }
      if (this.#eat('[')) {
        union += this.#classAfterBracket();
        continue;
      }
      union += this.#range();
    }
    operands.push(union);
    const [only = ''] = operands;
    // Java reads `[a-z&&]` as `[a-z]`.
    const filled = operands.filter((operand) => operand !== '');
    const content = filled.length <= 1 ? (filled[0] ?? only) : filled.map((operand) => `[${operand}]`).join('&&');
    return `[${negated ? '^' : ''}${content}]`;
  }

  #range(): string {
    const low = this.#classChar();
    if (typeof low !== 'string') return low.negated ? `[^${low.content}]` : low.content;
    if (this.#peek() !== '-' || /^-(?:\]|\[|&&)/.test(this.#pattern.slice(this.#at))) return literal(low);
    this.#at++;
    const high = this.#classChar();
    if (typeof high !== 'string' || (high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0)) {
      return this.#fail('Illegal character range');
    }
    return `${literal(low)}-${literal(high)}`;
  }

  #classChar(): string | { content: string; negated: boolean } {
    if (!this.#eat('\\')) return this.#take();
    if (this.#at >= this.#pattern.length) this.#fail('Unclosed character class');
    if (this.#eat('Q')) {
      const end = this.#pattern.indexOf('\\E', this.#at);
      const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#pattern.length : end + 2;
      return { content: [...text].map(literal).join(''), negated: false };
    }
    return this.#classEscape() ?? this.#escapedChar();
  }
}

/** A character that stands for itself, inside classes and outside. */
function literal(char: string): string {
  if (/^[A-Za-z0-9]$/.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  // A lone surrogate can't be written as itself.
  return code >= 0xd800 && code <= 0xdfff ? `\\u${code.toString(16)}` : char;
}

/** Capturing groups of a pattern, before it is translated: references may point forward. */
function countGroups(pattern: string): number {
  const bare = pattern
    .replace(/\\Q[^]*?(?:\\E|$)/g, '')
    .replace(/\\[^]/g, '')
    .replace(/\[\^?\]?[^\]]*\]/g, '');
  return bare.match(/\((?!\?)|\(\?<[a-zA-Z]/g)?.length ?? 0;
}
