import { intFromLong, longFromText } from '../../values/arithmetic.ts';
import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';
import { formatNumber } from './number/numeric.ts';

export const LongClass = platformClass(
  'System.Long',
  {
    'String format()': (value: bigint) => formatNumber(String(value)),
    'Integer intValue()': intFromLong,
    'static Long valueOf(String)': (text: string | null) => longFromText(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);
