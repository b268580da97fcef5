import type { Type } from './type.ts';

/** The JavaScript name of a method: `add(List<String>, Foo)` is `add$List_String_$Foo`, without regard to case. */
export function mangleMethod(name: string, params: readonly { readonly type: Type }[]): string {
  return `${name.toLowerCase()}$${params.map((p) => mangleType(p.type)).join('$')}`;
}

/** The JavaScript name of a field: prefixed, so that it meets no method and no property of Object.prototype. */
export function mangleField(name: string): string {
  return `f_${name.toLowerCase()}`;
}

/** A type's name as part of an identifier. */
export function mangleType(type: Type): string {
  return mangleName(type.name);
}

/** A name as part of an identifier. */
export function mangleName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_]/g, '_');
}
