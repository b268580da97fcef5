import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { library } from './library.ts';
import { implementation, requiredMethods } from '../check/overriding.ts';

type Methods = Record<string, unknown>;
type Method = (this: Methods, ...args: unknown[]) => unknown;

/**
 * An implementation may have other parameters than the interface's method: `List<Contact>` for `List<SObject>`, Object for
 * String. Calls through the interface find it under the interface's name.
 */
export function addBridges(universe: Universe, type: Type, prototype: Methods): void {
  if (type.def.abstract) return;
  for (const required of requiredMethods(universe, type)) {
    const { owner, js } = required.symbol;
    if (owner.origin !== 'user' || js in prototype) continue;
    const found = implementation(universe, type, required);
    if (!found) continue;
    // A Double is a plain number where its static type says so, and boxed where that is Object; so is an Id's text.
    const boxes = required.params.map((param, at) => {
      if (found.params[at] !== universe.Object) return null;
      return param === universe.Double ? library.bx : param === universe.Id ? library.hold : null;
    }) as readonly (((value: unknown) => unknown) | null)[];
    const bridge: Method = function (...args) {
      const given = args.map((arg, at) => boxes[at]?.(arg) ?? arg);
      // The compiler lets a static method implement an interface's.
      const holder = found.symbol.static ? (this.constructor as unknown as Methods) : this;
      return (holder[found.symbol.js] as Method).apply(holder, given);
    };
    Object.defineProperty(prototype, js, { value: bridge, configurable: true, writable: true });
  }
}
