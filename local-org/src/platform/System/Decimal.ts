import { intFromLong } from '../../values/arithmetic.ts';
import {
  decAbs,
  decDivide,
  decFromDouble,
  decFromLong,
  decFromText,
  decPlainText,
  decPow,
  decSetScale,
  decStripTrailingZeros,
  decToBigInt,
  decToDouble,
} from '../../values/decimal.ts';
import type { ApexDecimal } from '../../values/decimal.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { raise, required } from '../../values/exception.ts';
import { digitsOf } from '../../values/rounding.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';
import { formatNumber, modeOf } from './number/numeric.ts';

type Int = number | null;

/** The scale, which must be from -33 to 33 (Apex Reference, setScale). unverified: the exception. */
function scaleOf(scale: Int): number {
  const value = required(scale);
  if (value < -33 || value > 33) raise('System.MathException', `Invalid scale: ${value}`);
  return value;
}

function toLong(value: ApexDecimal): bigint {
  return BigInt.asIntN(64, decToBigInt(value));
}

export const DecimalClass = platformClass(
  'System.Decimal',
  {
    'Decimal abs()': decAbs,
    'Decimal divide(Decimal, Integer)': (d: ApexDecimal, divisor: ApexDecimal | null, scale: Int) =>
      decDivide(d, required(divisor), scaleOf(scale)),
    'Decimal divide(Decimal, Integer, RoundingMode)': (
      d: ApexDecimal,
      divisor: ApexDecimal | null,
      scale: Int,
      mode: ApexEnum | null,
    ) => decDivide(d, required(divisor), scaleOf(scale), modeOf(mode)),
    'Double doubleValue()': decToDouble,
    'String format()': (d: ApexDecimal) => formatNumber(decPlainText(d)),
    'Integer intValue()': (d: ApexDecimal) => intFromLong(decToBigInt(d)),
    'Long longValue()': toLong,
    'Decimal pow(Integer)': (d: ApexDecimal, exponent: Int) => {
      const power = required(exponent);
      // unverified: the message.
      if (power < 0 || power > 32767) raise('System.MathException', `Invalid exponent: ${power}`);
      return decPow(d, power);
    },
    'Integer precision()': (d: ApexDecimal) => digitsOf(d.unscaled),
    'Long round()': (d: ApexDecimal) => toLong(decSetScale(d, 0)),
    'Long round(RoundingMode)': (d: ApexDecimal, mode: ApexEnum | null) => toLong(decSetScale(d, 0, modeOf(mode))),
    'Integer scale()': (d: ApexDecimal) => d.scale,
    'Decimal setScale(Integer)': (d: ApexDecimal, scale: Int) => decSetScale(d, scaleOf(scale)),
    'Decimal setScale(Integer, RoundingMode)': (d: ApexDecimal, scale: Int, mode: ApexEnum | null) =>
      decSetScale(d, scaleOf(scale), modeOf(mode)),
    'Decimal stripTrailingZeros()': decStripTrailingZeros,
    'String toPlainString()': decPlainText,
    'static Decimal valueOf(Double)': (value: Int) => decFromDouble(required(value)),
    'static Decimal valueOf(Long)': (value: bigint | null) => decFromLong(required(value)),
    'static Decimal valueOf(String)': (text: string | null) => decFromText(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);
