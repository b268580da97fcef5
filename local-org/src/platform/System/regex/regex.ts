import { raise } from '../../../values/exception.ts';
import { translate } from './translate.ts';

/** A compiled pattern of java.util.regex. Shared by all that use the same text. */
export class Regex {
  readonly pattern: string;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly #source: string;
  readonly #flags: string;
  #find: RegExp | null = null;
  #match: RegExp | null = null;
  #look: RegExp | null = null;

  constructor(pattern: string) {
    const { source, ignoreCase, groups, names } = translate(pattern);
    this.pattern = pattern;
    this.groups = groups;
    this.names = names;
    this.#source = source;
    this.#flags = ignoreCase ? 'iv' : 'v';
  }

  /** The first match at or after a place. */
  find(text: string, from: number): RegExpExecArray | null {
    const regex = (this.#find ??= new RegExp(this.#source, `${this.#flags}dg`));
    regex.lastIndex = from;
    return regex.exec(text);
  }

  /** A match of the whole text. */
  match(text: string): RegExpExecArray | null {
    const regex = (this.#match ??= new RegExp(`^(?:${this.#source})(?![\\s\\S])`, `${this.#flags}d`));
    return regex.exec(text);
  }

  /** A match that begins where the text does. */
  lookAt(text: string): RegExpExecArray | null {
    return (this.#look ??= new RegExp(`^(?:${this.#source})`, `${this.#flags}d`)).exec(text);
  }
}

const compiled = new Map<string, Regex>();

/** The pattern, compiled once. @throws System.StringException where it is none */
export function compile(pattern: string): Regex {
  let regex = compiled.get(pattern);
  if (!regex) {
    regex = new Regex(pattern);
    if (compiled.size >= 1000) compiled.clear();
    compiled.set(pattern, regex);
  }
  return regex;
}

/** How long a text may be before the platform refuses: split and replaceFirst. */
export const SHORTER = 500_000;
/** The same of the other operations. */
export const LONGER = 1_000_000;

/** @throws System.LimitException: Regex too complicated */
export function checkSize(text: string, most: number): void {
  if (text.length > most) raise('System.LimitException', 'Regex too complicated');
}

/** A group of a match; null where it took no part. */
export function groupOf(match: RegExpExecArray, group: number): string | null {
  return group === 0 ? match[0] : (match.groups?.[`g${group}`] ?? null);
}

/** Where a group begins and ends; null where it took no part. */
export function spanOf(match: RegExpExecArray, group: number): readonly [number, number] | null {
  return (group === 0 ? match.indices?.[0] : match.indices?.groups?.[`g${group}`]) ?? null;
}

/** All matches as Java's find() yields them: after an empty one it goes on a place later. */
export function* matches(regex: Regex, text: string): Iterable<RegExpExecArray> {
  for (let from = 0; from <= text.length;) {
    const match = regex.find(text, from);
    if (!match) return;
    yield match;
    const end = match.index + match[0].length;
    from = match[0] === '' ? end + 1 : end;
  }
}

/** Puts a replacement together: `$1`, `${name}`, `\$`. @throws System.StringException as Java's Matcher */
export function expand(replacement: string, match: RegExpExecArray, regex: Regex): string {
  if (!/[\\$]/.test(replacement)) return replacement;
  let text = '';
  for (let at = 0; at < replacement.length; at++) {
    const char = replacement[at] as string;
    if (char === '\\') {
      if (++at >= replacement.length) fail('character to be escaped is missing');
      text += replacement[at];
    } else if (char === '$') {
      const reference = /^\$(?:\{([a-zA-Z][a-zA-Z0-9]*)\}|(\d))/.exec(replacement.slice(at));
      if (!reference) return fail('Illegal group reference');
      at += reference[0].length - 1;
      let group = reference[1] === undefined ? Number(reference[2]) : (regex.names.get(reference[1]) ?? -1);
      if (group < 0) fail(`No group with name {${reference[1]}}`);
      if (group > regex.groups) fail(`No group ${group}`);
      while (reference[1] === undefined && /\d/.test(replacement[at + 1] ?? '')) {
        const longer = group * 10 + Number(replacement[at + 1]);
        if (longer > regex.groups) break;
        group = longer;
        at++;
      }
      text += groupOf(match, group) ?? '';
    } else {
      text += char;
    }
  }
  return text;
}

function fail(problem: string): never {
  // unverified: Java throws IllegalArgumentException and IndexOutOfBoundsException here.
  raise('System.StringException', problem);
}

/** Replaces all matches, or the first. */
export function replace(regex: Regex, text: string, replacement: string, all: boolean): string {
  let result = '';
  let from = 0;
  for (const match of matches(regex, text)) {
    result += text.slice(from, match.index) + expand(replacement, match, regex);
    from = match.index + match[0].length;
    if (!all) break;
  }
  return result + text.slice(from);
}

const PLAIN = /^(?:[^\\.$|()[{^?*+]|\\[^a-zA-Z0-9])$/u;

/** Java's String.split: `limit` 0 drops empty texts at the end; an empty match at the start gives no text. */
export function split(pattern: string, text: string, limit: number): string[] {
  if (limit === 0 && PLAIN.test(pattern))
    return trimmed(text, text.split(pattern.length > 1 && pattern[0] === '\\' ? pattern.slice(1) : pattern));
  const regex = compile(pattern);
  const parts: string[] = [];
  let from = 0;
  for (const match of matches(regex, text)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const end = match.index + match[0].length;
    if (end === 0 && match.index === 0) continue;
    if (match[0] === '' && match.index === text.length) break;
    parts.push(text.slice(from, match.index));
    from = end;
  }
  if (parts.length === 0) return [text];
  parts.push(text.slice(from));
  return limit === 0 ? trimmed(text, parts) : parts;
}

function trimmed(text: string, parts: string[]): string[] {
  if (parts.length <= 1) return [text];
  let length = parts.length;
  while (length > 0 && parts[length - 1] === '') length--;
  return length === parts.length ? parts : parts.slice(0, length);
}
