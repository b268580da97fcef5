import { imod, intFromLong, lmod } from '../../values/arithmetic.ts';
import {
  decAbs,
  decCompare,
  decFromDouble,
  decFromInt,
  decSetScale,
  decToBigInt,
  decToDouble,
} from '../../values/decimal.ts';
import type { ApexDecimal } from '../../values/decimal.ts';
import { longFromDouble } from '../../values/double.ts';
import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

type Int = number | null;
type Long = bigint | null;
type Dec = ApexDecimal | null;

/** A function of Doubles, for Doubles and for Decimals, which it calculates as Doubles. */
function real(name: string, f: (x: number) => number) {
  return {
    [`static Double ${name}(Double)`]: (x: Int) => f(required(x)),
    [`static Decimal ${name}(Decimal)`]: (x: Dec) => decFromDouble(f(decToDouble(required(x)))),
  };
}

/** The nearest whole number, to the even one where it is in the middle. */
function rint(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  return rest > 0.5 || floor % 2 !== 0 ? floor + 1 : floor;
}

/** Halves up, as Java's Math.round. @throws System.MathException where it does not fit an Integer */
function roundDouble(x: number): number {
  const rounded = Math.floor(x + 0.5);
  // unverified: the message; the reference says that Apex generates an error.
  if (!(rounded >= -2147483648 && rounded <= 2147483647)) raise('System.MathException', 'Number out of range');
  return rounded;
}

function maxDec(a: ApexDecimal, b: ApexDecimal): ApexDecimal {
  return decCompare(a, b) >= 0 ? a : b;
}

function minDec(a: ApexDecimal, b: ApexDecimal): ApexDecimal {
  return decCompare(a, b) <= 0 ? a : b;
}

export const MathClass = platformClass('System.Math', {
  'static get Double E': () => Math.E,
  'static get Double PI': () => Math.PI,
  'static Decimal abs(Decimal)': (x: Dec) => decAbs(required(x)),
  'static Double abs(Double)': (x: Int) => Math.abs(required(x)),
  'static Integer abs(Integer)': (x: Int) => Math.abs(required(x)) | 0,
  'static Long abs(Long)': (x: Long) => BigInt.asIntN(64, required(x) < 0n ? -required(x) : required(x)),
  ...real('acos', Math.acos),
  ...real('asin', Math.asin),
  ...real('atan', Math.atan),
  'static Double atan2(Double, Double)': (y: Int, x: Int) => Math.atan2(required(y), required(x)),
  'static Decimal atan2(Decimal, Decimal)': (y: Dec, x: Dec) =>
    decFromDouble(Math.atan2(decToDouble(required(y)), decToDouble(required(x)))),
  ...real('cbrt', Math.cbrt),
  'static Decimal ceil(Decimal)': (x: Dec) => decSetScale(required(x), 0, 'CEILING'),
  'static Double ceil(Double)': (x: Int) => Math.ceil(required(x)),
  ...real('cos', Math.cos),
  ...real('cosh', Math.cosh),
  ...real('exp', Math.exp),
  'static Decimal floor(Decimal)': (x: Dec) => decSetScale(required(x), 0, 'FLOOR'),
  'static Double floor(Double)': (x: Int) => Math.floor(required(x)),
  ...real('log', Math.log),
  ...real('log10', Math.log10),
  'static Decimal max(Decimal, Double)': (a: Dec, b: Int) => maxDec(required(a), decFromDouble(required(b))),
  'static Decimal max(Decimal, Decimal)': (a: Dec, b: Dec) => maxDec(required(a), required(b)),
  'static Double max(Double, Double)': (a: Int, b: Int) => Math.max(required(a), required(b)),
  'static Integer max(Integer, Integer)': (a: Int, b: Int) => Math.max(required(a), required(b)),
  'static Long max(Long, Long)': (a: Long, b: Long) => (required(a) > required(b) ? a : b),
  'static Decimal min(Decimal, Double)': (a: Dec, b: Int) => minDec(required(a), decFromDouble(required(b))),
  'static Decimal min(Decimal, Decimal)': (a: Dec, b: Dec) => minDec(required(a), required(b)),
  'static Double min(Double, Double)': (a: Int, b: Int) => Math.min(required(a), required(b)),
  'static Integer min(Integer, Integer)': (a: Int, b: Int) => Math.min(required(a), required(b)),
  'static Long min(Long, Long)': (a: Long, b: Long) => (required(a) < required(b) ? a : b),
  'static Integer mod(Integer, Integer)': (a: Int, b: Int) => imod(required(a), required(b)),
  'static Long mod(Long, Long)': (a: Long, b: Long) => lmod(required(a), required(b)),
  'static Double pow(Double, Double)': (a: Int, b: Int) => required(a) ** required(b),
  'static Double random()': () => Math.random(),
  'static Decimal rint(Decimal)': (x: Dec) => decSetScale(required(x), 0, 'HALF_EVEN'),
  'static Double rint(Double)': (x: Int) => rint(required(x)),
  // Apex Reference: a Decimal half-even, 4.5 to 4 and 5.5 to 6; a Double to the closest, halves up.
  'static Integer round(Decimal)': (x: Dec) => intFromLong(decToBigInt(decSetScale(required(x), 0, 'HALF_EVEN'))),
  'static Integer round(Double)': (x: Int) => roundDouble(required(x)),
  'static Long roundToLong(Decimal)': (x: Dec) =>
    BigInt.asIntN(64, decToBigInt(decSetScale(required(x), 0, 'HALF_EVEN'))),
  'static Long roundToLong(Double)': (x: Int) => longFromDouble(Math.floor(required(x) + 0.5)),
  'static Decimal signum(Decimal)': (x: Dec) =>
    decFromInt(required(x).unscaled > 0n ? 1 : required(x).unscaled < 0n ? -1 : 0),
  'static Double signum(Double)': (x: Int) => Math.sign(required(x)),
  ...real('sin', Math.sin),
  ...real('sinh', Math.sinh),
  ...real('sqrt', Math.sqrt),
  ...real('tan', Math.tan),
  ...real('tanh', Math.tanh),
});
