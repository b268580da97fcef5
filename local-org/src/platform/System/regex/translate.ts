import { unsupported } from '../../../values/exception.ts';
import { classAfterBracket, classEscape, escapedChar } from './characterClass.ts';
import { Cursor, literal } from './cursor.ts';

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

class Translator extends Cursor {
  #groups = 0;
  #atomic = 0;
  readonly #names = new Map<string, number>();
  readonly #groupCount: number;

  constructor(pattern: string) {
    super(pattern);
    this.#groupCount = countGroups(pattern);
  }

  run(): Translation {
    // Flags at the very start apply to the whole, so that JavaScript's own flag can be used.
    const leading = /^\(\?([imsxu]+)\)/.exec(this.pattern)?.[1] ?? '';
    if (leading) this.at = leading.length + 3;
    const flags = {
      i: leading.includes('i'),
      m: leading.includes('m'),
      s: leading.includes('s'),
      x: leading.includes('x'),
    };
    const source = this.#alternatives(flags);
    if (!this.done) this.fail("Unmatched closing ')'");
    return { source, ignoreCase: flags.i, groups: this.#groups, names: this.#names };
  }

  /** Up to `)` or the end. Flags set within hold to the end of the group, across `|`. */
  #alternatives(start: Flags): string {
    let flags = start;
    let out = '';
    let wrapped = '';
    while (!this.done && this.peek() !== ')') {
      if (this.eat('|')) {
        out += wrapped ? `)|${wrapped}` : '|';
        continue;
      }
      const change = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/.exec(this.rest);
      if (change) {
        this.at += change[0].length;
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
        this.fail('Unknown inline modifier');
      }
    }
    if (on.includes('U')) unsupported('the regular expression flag (?U)', 'use \\p{…} classes instead');
    const value = (name: 'i' | 'm' | 's' | 'x'): boolean => (on.includes(name) || flags[name]) && !off.includes(name);
    return { i: value('i'), m: value('m'), s: value('s'), x: value('x') };
  }

  #quantified(flags: Flags): string {
    const atom = this.#atom(flags);
    const match = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.rest);
    if (!match) return atom;
    if (atom === '') this.fail(`Dangling meta character '${match[0][0]}'`);
    this.at += match[0].length;
    const whole = this.#repeated(atom, match[0]);
    if (this.eat('+')) return this.#atomicGroup(whole);
    return this.eat('?') ? `${whole}?` : whole;
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
    const char = this.take();
    switch (char) {
      case '(':
        return this.#group(flags);
      case '[':
        return classAfterBracket(this);
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
        this.at--;
        return this.fail(`Dangling meta character '${char}'`);
      case '{':
        return this.fail('Illegal repetition');
      default:
        if (flags.x && /[\t-\r\x20]/.test(char)) return '';
        if (flags.x && char === '#') {
          while (!this.done && !/[\n\r]/.test(this.peek())) this.at++;
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
    const special = /^\?(?:([=!>:]|<[=!])|<([a-zA-Z][a-zA-Z0-9]*)>|([a-zA-Z]*)(?:-([a-zA-Z]*))?:)/.exec(this.rest);
    if (!special) {
      if (this.peek() === '?') this.fail('Unknown inline modifier');
      open = `(?<g${++this.#groups}>`;
    } else {
      this.at += special[0].length;
      const [, kind, name, on = '', off = ''] = special;
      if (name !== undefined) {
        open = `(?<g${++this.#groups}>`;
        if (this.#names.has(name)) this.fail(`Named capturing group <${name}> is already defined`);
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
    const from = this.at;
    const body = this.#alternatives(inner);
    if (special?.[1]?.startsWith('<')) this.#checkLookBehind(this.pattern.slice(from, this.at));
    if (!this.eat(')')) this.fail('Unclosed group');
    const content = wrap ? `${wrap}${body})` : body;
    return atomic ? this.#atomicGroup(content) : `${open}${content})`;
  }

  /** Java looks behind only as far as it can tell beforehand. */
  #checkLookBehind(body: string): void {
    if (/[*+]|\{\d+,\}/.test(withoutLiterals(body))) {
      this.fail('Look-behind group does not have an obvious maximum length');
    }
  }

  #escape(): string {
    if (this.done) this.fail('Unexpected internal error');
    const next = this.peek();
    if (this.eat('Q')) return this.#quotation();
    if (/[1-9]/.test(next)) return this.#reference();
    if (next === 'k') {
      const name = /^k<(\w+)>/.exec(this.rest);
      const number = name && this.#names.get(name[1] ?? '');
      if (!name || number === undefined || number === null) return this.fail('named capturing group does not exist');
      this.at += name[0].length;
      return `\\k<g${number}>`;
    }
    if (this.eat('b{')) unsupported('\\b{…} in regular expressions', 'use \\b');
    if (this.eat('b')) return '\\b';
    if (this.eat('B')) return '\\B';
    if (this.eat('A')) return '^';
    if (this.eat('z')) return END;
    if (this.eat('Z')) return `(?:(?=(?:\\r\\n|[${NEWLINES}])?${END})(?!(?<=\\r)\\n))`;
    if (this.eat('R')) return '(?:\\r\\n|[\\n\\x0b\\f\\r\\x85\\u2028\\u2029])';
    if (next === 'G' || next === 'X' || next === 'N')
      unsupported(`\\${next} in regular expressions`, 'write it without');
    const set = classEscape(this);
    if (set) return `[${set.negated ? '^' : ''}${set.content}]`;
    return literal(escapedChar(this));
  }

  #quotation(): string {
    const chars = [...this.quoted()].map(literal);
    // A quantifier applies to the last character alone.
    return chars.length <= 1 ? (chars[0] ?? '(?:)') : this.#lastOf(chars);
  }

  #lastOf(chars: readonly string[]): string {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.rest);
    if (quantifier) unsupported('a quantifier directly after \\Q…\\E', 'put the quoted text into a group');
    return chars.join('');
  }

  #reference(): string {
    let number = Number(this.take());
    // More digits belong to it as long as there are that many groups.
    while (/\d/.test(this.peek()) && number * 10 + Number(this.peek()) <= this.#groupCount) {
      number = number * 10 + Number(this.take());
    }
    // A group that does not exist never matches.
    return number <= this.#groupCount ? `\\k<g${number}>` : '(?!)';
  }
}

/** Capturing groups of a pattern, before it is translated: references may point forward. */
function countGroups(pattern: string): number {
  return withoutLiterals(pattern).match(/\((?!\?)|\(\?<[a-zA-Z]/g)?.length ?? 0;
}

/** A pattern without escapes, quotations and classes: what is left is syntax. */
function withoutLiterals(pattern: string): string {
  return pattern
    .replace(/\\Q[^]*?(?:\\E|$)/g, '')
    .replace(/\\[^]/g, '')
    .replace(/\[\^?\]?[^\]]*\]/g, '');
}
