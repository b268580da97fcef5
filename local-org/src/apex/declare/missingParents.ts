import type { TypeDef } from '../../types/type.ts';
import { UserDef } from './userDef.ts';

/** True where a superclass was not found, which is said where it is named: members may be missing because of it. */
export function lacksSuperclass(def: TypeDef): boolean {
  for (let at: TypeDef | null = def; at instanceof UserDef; at = at.superclass?.def ?? null) {
    if (at.decl.kind === 'class' && at.decl.extends && !at.superclass) return true;
  }
  return false;
}

/** True where a superclass or an interface was not found. */
export function lacksParent(def: TypeDef): boolean {
  if (lacksSuperclass(def)) return true;
  for (let at: TypeDef | null = def; at instanceof UserDef; at = at.superclass?.def ?? null) {
    const { decl } = at;
    const named = decl.kind === 'class' ? decl.implements : decl.kind === 'interface' ? decl.extends : [];
    if (at.interfaces.length < named.length) return true;
  }
  return false;
}
