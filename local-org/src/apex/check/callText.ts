import type { FoundMethod } from '../../types/members.ts';
import type { BExpr } from '../bound.ts';

/** The types of arguments, as messages show them. */
export function argTypes(args: readonly BExpr[]): string {
  return args.map((arg) => arg.type.name).join(', ');
}

/** `(String, Integer)` */
export function paramText(method: FoundMethod): string {
  return `(${method.params.map((param) => param.name).join(', ')})`;
}

/** `Integer Sum.add(Integer, Integer)` */
export function callText(method: FoundMethod): string {
  return `${method.returns.name} ${method.symbol.owner.name}.${method.symbol.name}${paramText(method)}`;
}
