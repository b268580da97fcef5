import { current } from '../engine/current.ts';
import { platformClassOf } from '../platform/define.ts';
import { isSubtype, supertypes } from '../types/assignable.ts';
import type { MethodSymbol, Type } from '../types/type.ts';
import { raise } from './exception.ts';
import { isInstance, typeOf } from './typeOf.ts';

/** What platform code needs of the compiled program; the compiler's runtime fills it. */
export const hooks: {
  /** A new object of a project's class, its field initialisers run, no constructor called. */
  instantiate: (type: Type) => object;
  /** `new T()` of a project's class. @throws System.TypeException where it has no such constructor. */
  construct: (type: Type) => object;
  /** Calls a static method of a project's class; arguments have the types of its parameters. */
  callStatic: (type: Type, method: MethodSymbol, args: readonly unknown[]) => unknown;
  /** The text of a custom label; null where there is none of that name. */
  label: (name: string) => string | null;
  /** An object that asks the provider whenever one of its methods is called. @throws System.TypeException */
  stub: (type: Type, provider: object) => object;
} = {
  instantiate: () => {
    throw new Error('no program is loaded: hooks.instantiate');
  },
  construct: () => {
    throw new Error('no program is loaded: hooks.construct');
  },
  callStatic: () => {
    throw new Error('no program is loaded: hooks.callStatic');
  },
  label: () => {
    throw new Error('no program is loaded: hooks.label');
  },
  stub: () => {
    throw new Error('no program is loaded: hooks.stub');
  },
};

type Call = (receiver: object, args: readonly unknown[]) => unknown;
type Methods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

const calls = new WeakMap<Type, Map<string, Call | null>>();

/**
 * Calls an instance method by name and number of arguments, as platform code does with what implements its interfaces.
 * Arguments and result in boxed form; a Boolean or other raw primitive result comes as it is.
 *
 * @throws System.TypeException where the object has no such method.
 */
export function invoke(receiver: object, name: string, args: readonly unknown[] = []): unknown {
  const call = findCall(receiver, name, args.length);
  if (!call) {
    const type = typeOf(receiver)?.name ?? 'Object';
    return raise('System.TypeException', `Method does not exist or incorrect signature: ${name} on ${type}`);
  }
  return call(receiver, args);
}

/** True where {@link invoke} finds a method. */
export function hasMethod(receiver: object, name: string, count: number): boolean {
  return findCall(receiver, name, count) !== null;
}

/** A method of a class of the platform that one of the project extends: the project's where it has one, else `built`. */
export function overridden(receiver: object, name: string, args: readonly unknown[], built: () => unknown): unknown {
  for (let at = typeOf(receiver); at?.def.origin === 'user'; at = at.def.superclass) {
    const symbols = at.def.methods.get(name.toLowerCase()) ?? [];
    if (symbols.some((symbol) => symbol.params.length === args.length)) return invoke(receiver, name, args);
  }
  return built();
}

function findCall(receiver: object, name: string, count: number): Call | null {
  const type = typeOf(receiver);
  if (!type) return null;
  let byName = calls.get(type);
  if (!byName) {
    byName = new Map();
    calls.set(type, byName);
  }
  const key = `${name.toLowerCase()}/${count}`;
  let call = byName.get(key);
  if (call === undefined) {
    call = makeCall(type, name.toLowerCase(), count);
    byName.set(key, call);
  }
  return call;
}

function makeCall(type: Type, name: string, count: number): Call | null {
  const candidates: { symbol: MethodSymbol; call: Call }[] = [];
  for (let at: Type | null = type; at; at = at.def.superclass) {
    for (const symbol of at.def.methods.get(name) ?? []) {
      const call = symbol.params.length === count ? callOf(at, symbol) : null;
      if (call) candidates.push({ symbol, call });
    }
  }
  const [first, ...others] = candidates;
  if (!first || others.length === 0) return first?.call ?? null;
  // Of overloads, `execute(QueueableContext)` and `execute(Object)`, the narrowest that takes the arguments, the innermost of
  // those alike.
  return (receiver, args) => {
    const fitting = candidates.filter(({ symbol }) =>
      symbol.params.every((param, at) => accepts(param.type, args[at])),
    );
    const narrowest = fitting.find((one) => fitting.every((other) => isAsNarrow(one.symbol, other.symbol)));
    return (narrowest ?? fitting[0] ?? first).call(receiver, args);
  };
}

function isAsNarrow(a: MethodSymbol, b: MethodSymbol): boolean {
  return a.params.every(({ type }, at) => isSubtype(current.universe, type, b.params[at]?.type ?? type));
}

function accepts(param: Type, argument: unknown): boolean {
  return argument === null || argument === undefined || param.def.kind === 'parameter' || isInstance(argument, param);
}

function callOf(at: Type, { js, static: isStatic }: MethodSymbol): Call | null {
  if (at.def.origin === 'user') {
    // The compiler lets a static method implement an interface's.
    if (isStatic) return (receiver, args) => (receiver.constructor as unknown as Methods)[js]?.(...args);
    return (receiver, args) => ((receiver as Methods)[js] as Methods[string])(...args);
  }
  const impl = isStatic ? undefined : platformClassOf(`${at.def.namespace}.${simpleName(at)}`)?.members.get(js);
  return impl ? (receiver, args) => (impl as Methods[string])(receiver, ...args) : null;
}

function simpleName(type: Type): string {
  const { namespace, name } = type.def;
  return name.startsWith(`${namespace}.`) ? name.slice(namespace.length + 1) : name;
}

/** True where a type is, extends or implements the named platform type (`System.Comparable`). */
export function conforms(type: Type, qualified: string): boolean {
  const def = current.universe.findPlatform(qualified);
  const seen = new Set<Type>();
  const visit = (at: Type): boolean => {
    if (at.def === def) return true;
    if (seen.has(at)) return false;
    seen.add(at);
    return supertypes(current.universe, at).some(visit);
  };
  return def !== null && visit(type);
}
