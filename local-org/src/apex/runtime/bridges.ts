import type { MethodSymbol, Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { library } from './library.ts';
import { memberFor, platformClassOf } from '../../platform/define.ts';
import { qualified } from '../emit/links.ts';
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
    if (found.symbol.owner.origin === 'platform') {
      inherit(prototype, js, found.symbol);
      continue;
    }
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

/**
 * An exception of the project has getMessage and its like from the platform, and an interface may ask for them.
 * Source: octoberswimmer/aer-dist, issue 96
 */
function inherit(prototype: Methods, js: string, symbol: MethodSymbol): void {
  const holder = platformClassOf(qualified(symbol.owner));
  const builtIn = holder && memberFor(holder, symbol.js, Infinity);
  if (!builtIn) return;
  const bridge: Method = function (...args) {
    return (builtIn as (...all: unknown[]) => unknown)(this, ...args);
  };
  Object.defineProperty(prototype, js, { value: bridge, configurable: true, writable: true });
}
