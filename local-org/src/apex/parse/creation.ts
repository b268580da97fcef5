import type { ArrayCreatorRestContext, CreatorContext, ExpressionContext } from '@apexdevtools/apex-parser';
import type { Expr, New, NewCollection, Position, TypeRef } from '../ast.ts';
import { ApexSyntaxError } from './syntax-error.ts';
import type { SourceToken } from './token.ts';
import { createdType, optional } from './types.ts';

type Build = (ctx: ExpressionContext) => Expr;

/** What follows the word `new`, which stands at `at`. */
export function created(ctx: CreatorContext, at: Position, build: Build): New | NewCollection {
  const constructed = optional(ctx.classCreatorRest());
  if (constructed !== null) {
    const type = createdType(ctx.createdName(), 0);
    const args = optional(constructed.arguments().expressionList())?.expression_list().map(build) ?? [];
    const named = namedFields(args);
    return { kind: 'new', type, args: named === null ? args : [], named, at };
  }
  const array = optional(ctx.arrayCreatorRest());
  if (array !== null) return newArray(ctx, array, at, build);

  const type = createdType(ctx.createdName(), 0);
  if (!isCollection(type)) {
    const { start } = ctx;
    const message = `Only a List, Set or Map takes elements in braces: write 'new ${start.text}(…)'`;
    throw new ApexSyntaxError(message, start.line, start.column);
  }
  const map = optional(ctx.mapCreatorRest());
  if (map !== null) {
    const pairs = map.mapCreatorRestPair_list().map((pair) => ({
      key: build(pair.expression(0)),
      value: build(pair.expression(1)),
    }));
    return { kind: 'new-collection', type, elements: null, pairs, size: null, at };
  }
  const listed = optional(ctx.setCreatorRest());
  if (listed !== null) {
    const elements = listed.expression_list().map(build);
    return { kind: 'new-collection', type, elements, pairs: null, size: null, at };
  }
  const empty = isNamed(type, 'map') ? { elements: null, pairs: [] } : { elements: [], pairs: null };
  return { kind: 'new-collection', type, ...empty, size: null, at };
}

/** `new T[n]`, `new T[]{…}`; a bare `new T[]` lacks both. */
function newArray(ctx: CreatorContext, array: ArrayCreatorRestContext, at: Position, build: Build): NewCollection {
  const type = createdType(ctx.createdName(), 1 + (array.start as unknown as SourceToken).furtherBrackets);
  const size = optional(array.expression());
  if (size !== null) {
    return { kind: 'new-collection', type, elements: null, pairs: null, size: build(size), at };
  }
  const braces = optional(array.arrayInitializer());
  if (braces === null) {
    const { start } = array;
    const message = "An array needs a size or elements: write 'new T[5]' or 'new T[]{…}'";
    throw new ApexSyntaxError(message, start.line, start.column);
  }
  const elements = braces.expression_list().map(build);
  return { kind: 'new-collection', type, elements, pairs: null, size: null, at };
}

/** `Name = 'x', Phone = null`, when every argument is such a pair. */
function namedFields(args: Expr[]): New['named'] {
  const named: New['named'] = [];
  for (const arg of args) {
    if (arg.kind !== 'assign' || arg.op !== '=' || arg.target.kind !== 'name') return null;
    named.push({ name: { name: arg.target.name, at: arg.target.at }, value: arg.value });
  }
  return named.length === 0 ? null : named;
}

function isCollection(type: TypeRef): boolean {
  return isNamed(type, 'list') || isNamed(type, 'set') || isNamed(type, 'map');
}

function isNamed(type: TypeRef, name: string): boolean {
  return type.names.at(-1)!.name.toLowerCase() === name;
}
