import { isSubtype } from '../../types/assignable.ts';
import type { FoundMethod } from '../../types/members.ts';
import type { Universe } from '../../types/universe.ts';
import type { BExpr } from '../bound.ts';
import { boxed, convertCost, tryConvert } from './convert.ts';
import type { BodyContext } from './context.ts';

/**
 * The method that a call means: of those that take the arguments, the one whose every parameter fits at least as closely
 * as in the others. null where none takes them.
 */
export function chooseOverload(
  universe: Universe,
  methods: readonly FoundMethod[],
  args: readonly BExpr[],
): FoundMethod | null {
  let best: { method: FoundMethod; costs: number[] } | null = null;
  for (const method of methods) {
    const costs = costsOf(universe, method, args);
    if (!costs) continue;
    if (!best || isCloser(universe, method, costs, best.method, best.costs)) best = { method, costs };
  }
  return best?.method ?? null;
}

function costsOf(universe: Universe, method: FoundMethod, args: readonly BExpr[]): number[] | null {
  if (method.params.length !== args.length) return null;
  const costs: number[] = [];
  for (const [i, arg] of args.entries()) {
    const cost = convertCost(universe, arg, method.params[i] as (typeof method.params)[number]);
    if (cost === null) return null;
    costs.push(cost);
  }
  return costs;
}

function isCloser(universe: Universe, a: FoundMethod, costsA: number[], b: FoundMethod, costsB: number[]): boolean {
  const sumA = costsA.reduce((sum, cost) => sum + cost, 0);
  const sumB = costsB.reduce((sum, cost) => sum + cost, 0);
  if (sumA !== sumB) return sumA < sumB;
  // A null argument fits all: the narrower parameter wins.
  return a.params.every((param, i) => {
    const other = b.params[i];
    return other !== undefined && isSubtype(universe, param, other);
  });
}

/** The arguments as the chosen method's parameters, in boxed form where the platform's signature is generic. */
export function convertArgs(cx: BodyContext, method: FoundMethod, args: readonly BExpr[]): BExpr[] {
  return args.map((arg, i) => {
    const to = method.params[i] as (typeof method.params)[number];
    const value = tryConvert(cx.universe, arg, to) ?? arg;
    const declared = method.symbol.params[i]?.type.def.kind;
    return declared === 'parameter' ? boxed(cx.universe, value) : value;
  });
}
