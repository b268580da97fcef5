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
    'static Integer valueOf(Object)': (value: unknown) => {
      const number = integerOf(required(value));
      if (number !== null) return number;
      return typeof value === 'string'
        ? intFromText(value)
        : raise('System.TypeException', `Invalid integer: ${toText(value)}`);
    },
    'static Integer valueOf(String)': (text: string | null) => intFromText(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);
