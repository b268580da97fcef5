import type {
  AnyIdContext,
  ApexParserRuleContext,
  ApexToken,
  CreatedNameContext,
  IdContext,
  QualifiedNameContext,
  TypeListContext,
  TypeRefContext,
} from '@apexdevtools/apex-parser';
import { position } from '../ast.ts';
import type { Identifier, Position, TypeRef } from '../ast.ts';

/** Where a token starts. */
export function tokenAt(token: ApexToken): Position {
  return position(token.line, token.column);
}

/** Where a node starts. */
export function startOf(ctx: Pick<ApexParserRuleContext, 'start'>): Position {
  return tokenAt(ctx.start);
}

/** Where the last token of a node starts: its closing brace. */
export function lastTokenOf(ctx: ApexParserRuleContext): Position {
  return tokenAt(ctx.stop!);
}

/** What the library says is there, but is null when the grammar lets it be missing. */
export function optional<T>(part: T): T | null {
  return part ?? null;
}

/** A name of one token. */
export function identifier(ctx: IdContext | AnyIdContext): Identifier {
  return { name: ctx.start.text, at: startOf(ctx) };
}

/** `a.b.c` as its parts. */
export function qualifiedName(ctx: QualifiedNameContext): Identifier[] {
  return ctx.id_list().map(identifier);
}

/** `Foo.Bar<X>[]` */
export function typeRef(ctx: TypeRefContext): TypeRef {
  const names = ctx.typeName_list().map((part) => ({
    name: part.start.text,
    args: typeList(optional(part.typeArguments()?.typeList())),
  }));
  return { names, dims: ctx.arraySubscripts().getChildCount() / 2, at: startOf(ctx) };
}

/** `A, B<C>`; none for null. */
export function typeList(ctx: TypeListContext | null): TypeRef[] {
  return ctx === null ? [] : ctx.typeRef_list().map(typeRef);
}

/** A type written where the grammar takes only names and dots: `catch (System.DmlException e)`. */
export function typeOfName(ctx: QualifiedNameContext): TypeRef {
  return { names: qualifiedName(ctx).map(({ name }) => ({ name, args: [] })), dims: 0, at: startOf(ctx) };
}

/** The type after `new`, with `dims` pairs of brackets. */
export function createdType(ctx: CreatedNameContext, dims: number): TypeRef {
  const names = ctx.idCreatedNamePair_list().map((part) => ({
    name: part.start.text,
    args: typeList(optional(part.typeList())),
  }));
  return { names, dims, at: startOf(ctx) };
}

/** `void`, as in `void.class`. */
export function voidType(token: ApexToken): TypeRef {
  return { names: [{ name: 'void', args: [] }], dims: 0, at: tokenAt(token) };
}
