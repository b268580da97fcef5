import { current } from '../../engine/current.ts';
import { dateIn, ApexDatetime, userZone } from '../../values/datetime.ts';
import { ApexDecimal, decToBigInt } from '../../values/decimal.ts';
import { unsupported } from '../../values/exception.ts';
import type { FieldDescriptor } from '../descriptor.ts';
import { FormulaError } from './ast.ts';
import { evaluate } from './evaluate.ts';
import type { FormulaValue } from './evaluate.ts';
import { parsed } from './parsed.ts';

/** The value of a field's default formula for a record that is created now. */
export function evaluateDefault(field: FieldDescriptor, formula: string): FormulaValue | number {
  const now = current.tx.services.now();
  try {
    const value = evaluate(parsed(formula), {
      read: (path, offset) => {
        throw new FormulaError(`local-org does not support ${path.join('.')} in a default value`, offset);
      },
      prior: null,
      isText: () => false,
      isNew: true,
      blankAsZero: false,
      now,
      today: dateIn(new ApexDatetime(now), userZone()).days,
    });
    return field.apexType === 'Integer' && value instanceof ApexDecimal ? Number(decToBigInt(value)) : value;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    // Text of a picklist or text field may stand without quotes.
    if (field.apexType === 'String' && /^[\w -]+$/.test(formula)) return formula;
    return unsupported(`the default value of ${field.name} (${formula})`, error.message);
  }
}
