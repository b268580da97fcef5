import { current } from '../engine/current.ts';
import { supertypes } from '../types/assignable.ts';
import type { Type } from '../types/type.ts';
import { raise } from '../values/exception.ts';
import { hasMethod, invoke } from '../values/invoke.ts';
import { ApexList } from '../values/list.ts';

/** What a batch class's `start` returned, as elements, with the type of the lists that `execute` gets. */
export interface BatchElements {
  readonly elements: readonly unknown[];
  readonly listType: Type;
}

/** @throws System.AsyncException where `start` returned nothing that can be iterated. */
export function rowsOf(result: unknown): BatchElements {
  if (result instanceof ApexList) return { elements: result.items.slice(), listType: result.type };
  if (typeof result !== 'object' || result === null || !hasMethod(result, 'iterator', 0)) {
    return raise('System.AsyncException', 'Database.Batchable class start method returned a null or invalid iterable.');
  }
  const iterator = invoke(result, 'iterator') as object;
  const elements: unknown[] = [];
  while (invoke(iterator, 'hasNext') === true) elements.push(invoke(iterator, 'next'));
  return { elements, listType: current.universe.listOf(elementType((result as { $type?: Type }).$type)) };
}

/** X of `Iterable<X>`; SObject for a query locator. */
function elementType(type: Type | undefined): Type {
  const find = (at: Type): Type | null => {
    if (at.def.name === 'Iterable' && at.args[0]) return at.args[0];
    for (const parent of supertypes(current.universe, at)) {
      const found = find(parent);
      if (found) return found;
    }
    return null;
  };
  return (type && find(type)) ?? current.universe.SObject;
}
