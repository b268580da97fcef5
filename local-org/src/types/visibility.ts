import type { TypeDef, Visibility } from './type.ts';

/**
 * Whether code in `from` may use a member of `owner`. Everything within one top-level class is visible to all of it.
 * `testVisible` opens a member to test classes.
 */
export function isVisible(from: TypeDef, owner: TypeDef, visibility: Visibility, testVisible: boolean): boolean {
  if (visibility === 'global' || visibility === 'public') return true;
  if (outermost(owner) === outermost(from)) return true;
  if (testVisible && (from.isTest || outermost(from).isTest)) return true;
  return visibility === 'protected' && inherits(from, owner);
}

/** Whether code in `from` may name the type: it and all types around it are visible. */
export function isTypeVisible(from: TypeDef, type: TypeDef): boolean {
  for (let at = type; at.outer; at = at.outer) {
    if (!isVisible(from, at.outer, at.visibility, at.testVisible)) return false;
  }
  return true;
}

/** The top-level type around a type. */
export function outermost(def: TypeDef): TypeDef {
  let at = def;
  while (at.outer) at = at.outer;
  return at;
}

function inherits(def: TypeDef, from: TypeDef): boolean {
  for (let outer: TypeDef | null = def; outer; outer = outer.outer) {
    for (let at: TypeDef | null = outer; at; at = at.superclass?.def ?? null) if (at === from) return true;
  }
  return false;
}
