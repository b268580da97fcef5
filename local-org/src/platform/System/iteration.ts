import { AnySet } from '../../values/anySet.ts';
import { raise } from '../../values/exception.ts';
import { hasMethod, invoke } from '../../values/invoke.ts';
import { ApexList } from '../../values/list.ts';
import { typeNameOf } from '../../values/typeOf.ts';

/** The elements of a list, a set or anything Iterable, in boxed form. @throws System.TypeException for anything else */
export function elementsOf(value: unknown): unknown[] {
  if (value instanceof ApexList) return value.items;
  if (value instanceof AnySet) return [...value];
  if (typeof value === 'object' && value !== null && hasMethod(value, 'iterator', 0)) {
    const iterator = invoke(value, 'iterator') as object;
    const elements: unknown[] = [];
    while (invoke(iterator, 'hasNext') === true) elements.push(invoke(iterator, 'next'));
    return elements;
  }
  return raise('System.TypeException', `Invalid conversion from runtime type ${typeNameOf(value)} to Iterable<ANY>`);
}
