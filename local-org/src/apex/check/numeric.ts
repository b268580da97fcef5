import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { Operand } from '../bound.ts';

/** The wider of two numeric types (Integer, Long, Double, Decimal in this order); null where one is not numeric. */
export function promoted(universe: Universe, a: Type, b: Type): Type | null {
  const ladder = [universe.Integer, universe.Long, universe.Double, universe.Decimal];
  const [x, y] = [ladder.indexOf(a), ladder.indexOf(b)];
  return x < 0 || y < 0 ? null : (ladder[Math.max(x, y)] as Type);
}

/** How values of the type are represented for operators. */
export function operandOf(universe: Universe, type: Type): Operand {
  switch (type) {
    case universe.Integer:
      return 'int';
    case universe.Long:
      return 'long';
    case universe.Double:
      return 'double';
    case universe.Decimal:
      return 'decimal';
    case universe.String:
      return 'string';
    case universe.Id:
      return 'id';
    case universe.Boolean:
      return 'boolean';
    case universe.Date:
      return 'date';
    case universe.Datetime:
      return 'datetime';
    case universe.Time:
      return 'time';
    default:
      return 'object';
  }
}
