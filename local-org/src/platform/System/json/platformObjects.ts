import type { Type } from '../../../types/type.ts';

/** How JSON makes an object of a platform class. */
export interface JsonShape {
  /** Apex types by property name in lower case. */
  readonly fields: Readonly<Record<string, string>>;
  /** @param values by property name in lower case, in boxed form; only what the text has. */
  readonly make: (values: ReadonlyMap<string, unknown>) => object;
}

const shapes = new Map<string, JsonShape>();

/** Lets JSON.deserialize make objects of a platform class: `Database.SaveResult`. */
export function jsonShape(qualified: string, shape: JsonShape): void {
  shapes.set(qualified.toLowerCase(), shape);
}

/** How JSON makes objects of this type; null where Apex can't. */
export function shapeOf(type: Type): JsonShape | null {
  const qualified = (type.def as { readonly qualified?: string }).qualified;
  return qualified === undefined ? null : (shapes.get(qualified.toLowerCase()) ?? null);
}
