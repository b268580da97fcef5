import { isSubtype } from '../../types/assignable.ts';
import type { FoundMethod } from '../../types/members.ts';
import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { Position } from '../ast.ts';
import type { BExpr } from '../bound.ts';
import { argTypes } from './callText.ts';
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
  let agreed: Type | null = null;
  for (const method of methods) {
    const costs = costsOf(universe, method, args);
    if (!costs) continue;
    agreed = agreed === null || agreed === method.returns ? method.returns : universe.unknown;
    if (!best || isCloser(universe, method, costs, best.method, best.costs)) best = { method, costs };
  }
  // With an argument that could not be checked, what is returned is only known where all that fit agree.
  if (best && agreed && args.some((arg) => isUnknown(universe, arg.type))) return { ...best.method, returns: agreed };
  return best?.method ?? null;
}

/**
 * As {@link chooseOverload}, and says so where another method takes the arguments and one of its parameters fits closer than
 * the chosen one's.
 */
export function pickOverload(
  cx: BodyContext,
  methods: readonly FoundMethod[],
  args: readonly BExpr[],
  at: Position,
): FoundMethod | null {
  const { universe } = cx;
  const chosen = chooseOverload(universe, methods, args);
  if (!chosen || args.some((arg) => isUnknown(universe, arg.type))) return chosen;
  const rival = methods.find(
    (other) =>
      other.symbol !== chosen.symbol &&
      !isHiddenBy(chosen, other) &&
      costsOf(universe, other, args) &&
      !isNoFarther(universe, chosen, other, args),
  );
  if (rival) {
    const { name } = chosen.symbol;
    const [first, second] = [chosen, rival].map((method) => method.params.map((param) => param.name).join(', '));
    cx.fail(
      at,
      `Ambiguous method signature: ${name}(${argTypes(args)}). It may be (${first}) or (${second}): cast the arguments.`,
    );
  }
  return chosen;
}

/** Static methods of parents, and what interfaces ask for, stand behind what a class or a closer interface declares. */
function isHiddenBy({ symbol }: FoundMethod, { symbol: other }: FoundMethod): boolean {
  return other.owner !== symbol.owner && ((other.static && symbol.static) || other.owner.kind === 'interface');
}

/** True of what could not be checked, and of collections of it. */
function isUnknown(universe: Universe, type: Type): boolean {
  return type === universe.unknown || type.args.some((arg) => isUnknown(universe, arg));
}

/**
 * Whether every parameter of a method fits its argument as closely as that of another, or closer, and one that differs closer.
 * Null fits every type as closely: so the compiler of @salesforce/sfdx-scanner 2.13.7 has it.
 */
function isNoFarther(universe: Universe, a: FoundMethod, b: FoundMethod, args: readonly BExpr[]): boolean {
  const typed = args.some((arg) => arg.type !== universe.null);
  let isCloserInOne = false;
  for (const [i, arg] of args.entries()) {
    const [own, other] = [a.params[i] as Type, b.params[i] as Type];
    if (own === other) continue;
    const isNull = arg.type === universe.null;
    if (!isNull && !isNearer(universe, arg, own, other)) return false;
    if (!isNull || (typed && isDateBefore(universe, own, other))) isCloserInOne = true;
  }
  return isCloserInOne;
}

function isNearer(universe: Universe, arg: BExpr, own: Type, other: Type): boolean {
  // Whole numbers become the one as readily as the other.
  const fractional = [universe.Double, universe.Decimal];
  if (arg.type !== own && arg.type !== other && fractional.includes(own) && fractional.includes(other)) return true;
  const [ownCost, otherCost] = [
    convertCost(universe, arg, own) ?? Infinity,
    convertCost(universe, arg, other) ?? Infinity,
  ];
  return ownCost < otherCost || (ownCost === otherCost && isSubtype(universe, own, other));
}

/** Beside an argument with a type, null is rather a Date than a Datetime: this rests on berehovskyi/apex-validate alone. */
function isDateBefore(universe: Universe, own: Type, other: Type): boolean {
  return own === universe.Date && other === universe.Datetime;
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
  const [asked, given] = [a, b].map(({ symbol }) => symbol.owner.kind === 'interface');
  if (asked !== given) return given === true;
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
