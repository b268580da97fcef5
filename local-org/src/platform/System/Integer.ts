import { intFromText } from '../../values/arithmetic.ts';
import { raise, required } from '../../values/exception.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';
import { formatNumber, integerOf } from './number/numeric.ts';

export const IntegerClass = platformClass(
  'System.Integer',
  {
    'String format()': (value: number) => formatNumber(String(value)),
    // Null stays null here, unlike in valueOf(String). Source: the tests of declarative-lookup-rollup-summaries and of
    // NebulaLogger pass a blank Decimal; the reference does not say it.
    'static Integer valueOf(Object)': (value: unknown) => {
      if (value === null) return null;
      const number = integerOf(value);
      if (number !== null) return number;
      return typeof value === 'string'
        ? intFromText(value)
        : raise('System.TypeException', `Invalid integer: ${toText(value)}`);
    },
    'static Integer valueOf(String)': (text: string | null) => intFromText(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);
