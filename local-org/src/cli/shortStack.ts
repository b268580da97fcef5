const FIRST = 10;

/** A stack trace for the terminal: of a long one, as endless recursion has, the first lines and the last. */
export function shortStack(stack: string): string {
  const lines = stack.split('\n');
  const left = lines.length - FIRST - 1;
  if (left <= 1) return stack;
  return [...lines.slice(0, FIRST), `… ${left} more`, ...lines.slice(-1)].join('\n');
}
