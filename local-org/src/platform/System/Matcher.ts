import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import type { ApexPattern } from './regex/pattern.ts';
import { checkSize, groupOf, LONGER, replace, spanOf } from './regex/regex.ts';

/** A System.Matcher: a pattern applied to a text, or to a region of it. */
export class ApexMatcher {
  static readonly apexName = 'System.Matcher';
  pattern: ApexPattern;
  text: string;
  start = 0;
  end: number;
  anchoring = true;
  transparent = false;
  #match: RegExpExecArray | null = null;
  /** Where the matched text begins within `text`. */
  #base = 0;
  /** Where the next find() begins. */
  #next = 0;

  constructor(pattern: ApexPattern, text: string) {
    this.pattern = pattern;
    this.text = text;
    this.end = text.length;
  }

  #region(): string {
    checkSize(this.text, LONGER);
    return this.start === 0 && this.end === this.text.length ? this.text : this.text.slice(this.start, this.end);
  }

  #found(match: RegExpExecArray | null): boolean {
    this.#match = match;
    this.#base = this.start;
    if (match) {
      const end = this.start + match.index + match[0].length;
      this.#next = match[0] === '' ? end + 1 : end;
    }
    return match !== null;
  }

  find(): boolean {
    if (this.#next > this.end) return this.#found(null);
    return this.#found(this.pattern.regex.find(this.#region(), Math.max(0, this.#next - this.start)));
  }

  /** From a place on, the region forgotten. @throws System.StringException where there is no such place */
  findFrom(index: number): boolean {
    if (index < 0 || index > this.text.length) raise('System.StringException', 'Illegal start index');
    this.reset(null);
    this.#next = index;
    return this.find();
  }

  matches(): boolean {
    return this.#found(this.pattern.regex.match(this.#region()));
  }

  lookingAt(): boolean {
    return this.#found(this.pattern.regex.lookAt(this.#region()));
  }

  reset(text: string | null): this {
    if (text !== null) this.text = text;
    this.start = 0;
    this.end = this.text.length;
    this.#match = null;
    this.#next = 0;
    return this;
  }

  setRegion(start: number, end: number): this {
    if (start < 0 || end > this.text.length || start > end)
      raise('System.StringException', 'start or end is out of bounds');
    this.reset(null);
    this.start = start;
    this.end = end;
    this.#next = start;
    return this;
  }

  usePattern(pattern: ApexPattern): this {
    this.pattern = pattern;
    this.#match = null;
    return this;
  }

  #current(group: number): RegExpExecArray {
    // unverified: the type of these exceptions; the texts are Java's.
    if (!this.#match) return raise('System.StringException', 'No match found');
    if (group < 0 || group > this.pattern.regex.groups) raise('System.StringException', `No group ${group}`);
    return this.#match;
  }

  group(group: number): string | null {
    return groupOf(this.#current(group), group);
  }

  /** -1 where the group took no part. */
  startOf(group: number): number {
    const span = spanOf(this.#current(group), group);
    return span ? this.#base + span[0] : -1;
  }

  /** -1 where the group took no part. */
  endOf(group: number): number {
    const span = spanOf(this.#current(group), group);
    return span ? this.#base + span[1] : -1;
  }

  replace(replacement: string, all: boolean): string {
    checkSize(this.text, LONGER);
    this.reset(null);
    return replace(this.pattern.regex, this.text, replacement, all);
  }
}

type Int = number | null;
type Text = string | null;

export const MatcherClass = platformClass(
  'System.Matcher',
  {
    'Integer end()': (m: ApexMatcher) => m.endOf(0),
    'Integer end(Integer)': (m: ApexMatcher, group: Int) => m.endOf(required(group)),
    'Boolean find()': (m: ApexMatcher) => m.find(),
    'Boolean find(Integer)': (m: ApexMatcher, from: Int) => m.findFrom(required(from)),
    'String group()': (m: ApexMatcher) => m.group(0),
    'String group(Integer)': (m: ApexMatcher, group: Int) => m.group(required(group)),
    'Integer groupCount()': (m: ApexMatcher) => m.pattern.regex.groups,
    'Boolean hasAnchoringBounds()': (m: ApexMatcher) => m.anchoring,
    'Boolean hasTransparentBounds()': (m: ApexMatcher) => m.transparent,
    'Boolean lookingAt()': (m: ApexMatcher) => m.lookingAt(),
    'Boolean matches()': (m: ApexMatcher) => m.matches(),
    'Pattern pattern()': (m: ApexMatcher) => m.pattern,
    'Matcher region(Integer, Integer)': (m: ApexMatcher, start: Int, end: Int) =>
      m.setRegion(required(start), required(end)),
    'Integer regionEnd()': (m: ApexMatcher) => m.end,
    'Integer regionStart()': (m: ApexMatcher) => m.start,
    'String replaceAll(String)': (m: ApexMatcher, replacement: Text) => m.replace(required(replacement), true),
    'String replaceFirst(String)': (m: ApexMatcher, replacement: Text) => m.replace(required(replacement), false),
    'Matcher reset()': (m: ApexMatcher) => m.reset(null),
    'Matcher reset(String)': (m: ApexMatcher, text: Text) => m.reset(required(text)),
    'Integer start()': (m: ApexMatcher) => m.startOf(0),
    'Integer start(Integer)': (m: ApexMatcher, group: Int) => m.startOf(required(group)),
    'Matcher usePattern(Pattern)': (m: ApexMatcher, pattern: ApexPattern | null) => m.usePattern(required(pattern)),
    'static String quoteReplacement(String)': (text: Text) => required(text).replace(/[\\$]/g, '\\$&'),
  },
  {
    notBuilt: [
      'Boolean hitEnd()',
      'Boolean requireEnd()',
      'Matcher useAnchoringBounds(Boolean)',
      'Matcher useTransparentBounds(Boolean)',
    ],
  },
);
