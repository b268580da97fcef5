import { toDecimal } from '../../values/arithmetic.ts';
import { ApexDecimal, decFromDouble, decPlainText, decToDouble } from '../../values/decimal.ts';
import { ApexDouble, doubleFromText, intFromDouble, longFromDouble } from '../../values/double.ts';
import { raise, required } from '../../values/exception.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';
import { formatNumber } from './number/numeric.ts';

function valueOf(value: unknown): number {
  if (typeof value === 'string') return doubleFromText(value);
  if (value instanceof ApexDouble) return value.value;
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof ApexDecimal) {
    return decToDouble(toDecimal(value));
  }
  return raise('System.TypeException', `Invalid double: ${toText(value)}`);
}

export const DoubleClass = platformClass(
  'System.Double',
  {
    'String format()': (value: number) => formatNumber(decPlainText(decFromDouble(value))),
    'Integer intValue()': intFromDouble,
    'Long longValue()': longFromDouble,
    // The nearest Long, halves up, as Java's Math.round.
    'Long round()': (value: number) => longFromDouble(Math.floor(value + 0.5)),
    'static Double valueOf(Object)': (value: unknown) => valueOf(required(value)),
    'static Double valueOf(String)': (text: string | null) => doubleFromText(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);
