import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { SoqlExpr, SoslExpr } from '../ast.ts';
import { position } from '../ast.ts';
import type { BExpr } from '../bound.ts';
import { defaultAccess } from './access.ts';
import type { BodyContext } from './context.ts';
import { boxed } from './convert.ts';
import { checkExpr } from './expressions.ts';
import { promoted } from './numeric.ts';

/** `[SELECT …]`: rows, a count or aggregates; what is bound must suit the fields that it is compared with. */
export function checkSoql(cx: BodyContext, expr: SoqlExpr): BExpr {
  const { universe } = cx;
  const binds = expr.binds.map((bind) => boxed(universe, checkExpr(cx, bind)));
  const query = cx.options.prepareQuery(expr.text, cx.def.apiVersion);
  if ('message' in query) return cx.fail(positionWithin(expr, query.offset), query.message);
  for (const { name, apexType } of query.binds) {
    const bind = binds[Number(name.slice(1))];
    if (bind) checkBind(cx, bind, universe.system(apexType));
  }
  const row = universe.sobject(query.object) ?? universe.SObject;
  const type =
    query.result === 'count'
      ? universe.Integer
      : query.result === 'aggregate'
        ? universe.listOf(universe.sobject('AggregateResult') ?? universe.SObject)
        : universe.listOf(row);
  return { k: 'soql', text: expr.text, binds, result: query.result, access: defaultAccess(cx), type, at: expr.at };
}

/** `[FIND …]`: a list of records for each object. */
export function checkSosl(cx: BodyContext, expr: SoslExpr): BExpr {
  const { universe } = cx;
  const binds = expr.binds.map((bind) => boxed(universe, checkExpr(cx, bind)));
  return {
    k: 'sosl',
    text: expr.text,
    binds,
    access: defaultAccess(cx),
    type: universe.listOf(universe.listOf(universe.SObject)),
    at: expr.at,
  };
}

/** The place in the file of an offset in the query's text, which keeps the source's lines. */
function positionWithin(expr: SoqlExpr, offset: number): number {
  const before = expr.text.slice(0, offset).split('\n');
  if (before.length === 1) return expr.at + 1 + offset;
  return position(Math.floor(expr.at / 4096) + before.length - 1, before.at(-1)?.length ?? 0);
}

/** Reports a primitive that is compared with a field of another kind. A list or set stands for its elements. */
function checkBind(cx: BodyContext, bind: BExpr, column: Type): void {
  const { universe } = cx;
  const name = bind.type.def.name;
  const type = (name === 'List' || name === 'Set' ? bind.type.args[0] : undefined) ?? bind.type;
  const arePrimitives = type.def.kind === 'primitive' && column.def.kind === 'primitive';
  if (!arePrimitives || isComparable(universe, type, column)) return;
  cx.fail(bind.at, `Invalid bind expression type of ${bind.type.name} for column of type ${column.name}`);
}

function isComparable(universe: Universe, a: Type, b: Type): boolean {
  const related = [
    [universe.String, universe.Id],
    [universe.Date, universe.Datetime],
  ];
  return (
    a === b || promoted(universe, a, b) !== null || related.some((types) => types.includes(a) && types.includes(b))
  );
}
