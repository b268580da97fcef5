import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';

/**
 * An Id where its static type is Object: it keeps its type and compares as an Id. In collections of Ids and in fields of
 * records it is a string, so that only what makes an Object of an Id pays for it.
 */
export class HeldId {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  get $type(): Type {
    return current.universe.Id;
  }

  toString(): string {
    return this.id;
  }
}

/** An Id as Object; null stays null. */
export function holdId(id: string | null): HeldId | null {
  return id === null ? null : new HeldId(id);
}

/** The text of an Id that is held as Object; every other value as it is. */
export function releaseId(value: unknown): unknown {
  return value instanceof HeldId ? value.id : value;
}

/** Whether an id and text, or two ids, name the same record: 15 characters mean the same as 18. */
export function sameId(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const [brief, long] = a.length < b.length ? [a, b] : [b, a];
  return brief.length === 15 && long.length === 18 && long.startsWith(brief);
}
