import { foldText } from './comparable.ts';

/** A LIKE pattern: text without case in which `%` stands for any characters and `_` for one. */
export interface LikePattern {
  test(text: string): boolean;
}

/** Compiles a pattern. `\%` and `\_` stand for the characters themselves. */
export function patternOf(pattern: string): LikePattern {
  const folded = foldText(pattern);
  const simple = /^(%?)([^%_\\]*)(%?)$/s.exec(folded);
  if (simple) {
    const [, before, text = '', after] = simple;
    if (before && after) return { test: (value) => value.includes(text) };
    if (before) return { test: (value) => value.endsWith(text) };
    if (after) return { test: (value) => value.startsWith(text) };
    return { test: (value) => value === text };
  }
  const source = folded.replace(/\\([%_\\])|[\s\S]/g, (char, escaped: string | undefined) => {
    if (escaped !== undefined) return quote(escaped);
    if (char === '%') return '[\\s\\S]*';
    return char === '_' ? '[\\s\\S]' : quote(char);
  });
  return new RegExp(`^${source}$`);
}

function quote(char: string): string {
  return /[\w\s]/.test(char) ? char : `\\${char}`;
}
