import type { Problem } from './problem.ts';

/**
 * Does a step of compiling one source. Expressions and blocks that lie so deep in each other that the stack ends are a
 * problem of that source, where they lie deepest.
 */
export function unlessTooDeep<T>(source: { readonly text: string; readonly file: string }, work: () => T): T | Problem {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError && error.message.includes('call stack'))) throw error;
    const message = 'Expressions or blocks are nested too deeply: split them';
    return { file: source.file, ...deepestPlace(source.text), message };
  }
}

/** Where the most brackets are open; without any, the start. */
function deepestPlace(text: string): { line: number; column: number } {
  let [depth, most, at] = [0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    if (depth <= most) continue;
    most = depth;
    at = index;
  }
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

export function isTooDeep(result: unknown): result is Problem {
  return typeof result === 'object' && result !== null && 'message' in result && 'column' in result;
}
