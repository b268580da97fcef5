import { createHash } from 'node:crypto';
import type { CompilationUnit } from './ast.ts';

/** Parts of a syntax tree that no other file can see. */
const HIDDEN = new Set(['body', 'init', 'at', 'end']);

/** A hash of what a file declares: it stays the same while only bodies, initial values and positions change. */
export function declarationsHash(unit: CompilationUnit): string {
  const text = JSON.stringify(unit, (key, value: unknown) => (HIDDEN.has(key) ? hiddenValue(key, value) : value));
  return createHash('sha256').update(text).digest('hex');
}

/** Whether there is a body decides how an accessor is called; what is in it does not. */
function hiddenValue(key: string, value: unknown): unknown {
  return key === 'body' ? value !== null : undefined;
}
