import { ApexDecimal, decFromDouble, decFromInt, decFromLong, decFromText } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { raise } from './exception.ts';

/** Integer division towards zero, wrapping. @throws System.MathException: Divide by 0 */
export function idiv(a: number, b: number): number {
  if (b === 0) raise('System.MathException', 'Divide by 0');
  return (a / b) | 0;
}

/** Math.mod of Integers: the sign is the dividend's. @throws System.MathException: Divide by 0 */
export function imod(a: number, b: number): number {
  if (b === 0) raise('System.MathException', 'Divide by 0');
  return (a % b) | 0;
}

/** Long division towards zero, wrapping. @throws System.MathException: Divide by 0 */
export function ldiv(a: bigint, b: bigint): bigint {
  if (b === 0n) raise('System.MathException', 'Divide by 0');
  return BigInt.asIntN(64, a / b);
}

/** Math.mod of Longs. @throws System.MathException: Divide by 0 */
export function lmod(a: bigint, b: bigint): bigint {
  if (b === 0n) raise('System.MathException', 'Divide by 0');
  return a % b;
}

/** Double division. @throws System.MathException: Divide by 0 (unverified for Doubles: the reference says it of none). */
export function ddiv(a: number, b: number): number {
  if (b === 0) raise('System.MathException', 'Divide by 0');
  return a / b;
}

export function ladd(a: bigint, b: bigint): bigint {
  return BigInt.asIntN(64, a + b);
}

export function lsub(a: bigint, b: bigint): bigint {
  return BigInt.asIntN(64, a - b);
}

export function lmul(a: bigint, b: bigint): bigint {
  return BigInt.asIntN(64, a * b);
}

export function lneg(a: bigint): bigint {
  return BigInt.asIntN(64, -a);
}

/** `a << n` of a Long; the distance is taken modulo 64, as in Java. */
export function lshl(a: bigint, n: bigint | number): bigint {
  return BigInt.asIntN(64, a << BigInt.asUintN(6, BigInt(n)));
}

/** `a >> n` of a Long, keeping the sign. */
export function lshr(a: bigint, n: bigint | number): bigint {
  return a >> BigInt.asUintN(6, BigInt(n));
}

/** `a >>> n` of a Long, filling with zeros. */
export function lushr(a: bigint, n: bigint | number): bigint {
  return BigInt.asIntN(64, BigInt.asUintN(64, a) >> BigInt.asUintN(6, BigInt(n)));
}

/** `a >>> n` of an Integer. */
export function iushr(a: number, n: number): number {
  return (a >>> n) | 0;
}

/** The low 32 bits of a Long. */
export function intFromLong(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/** Any numeric value in boxed form, or a numeric text, as a Decimal. @throws System.TypeException for other text. */
export function toDecimal(value: number | bigint | string | ApexDouble | ApexDecimal): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  if (value instanceof ApexDouble) return decFromDouble(value.value);
  if (typeof value === 'number') return decFromInt(value);
  if (typeof value === 'bigint') return decFromLong(value);
  return decFromText(value);
}

const WHOLE = /^[+-]?\d+$/;

/** Reads an Integer as Java does. @throws System.TypeException: Invalid integer: abc */
export function intFromText(text: string): number {
  const trimmed = wholePart(text.trim());
  const value = WHOLE.test(trimmed) ? Number(trimmed) : NaN;
  if (!(value >= -2147483648 && value <= 2147483647)) raise('System.TypeException', `Invalid integer: ${text}`);
  return value | 0;
}

/** Reads a Long. @throws System.TypeException: Invalid long: abc */
export function longFromText(text: string): bigint {
  const trimmed = wholePart(text.trim());
  if (!WHOLE.test(trimmed)) raise('System.TypeException', `Invalid long: ${text}`);
  const value = BigInt(trimmed.replace(/^\+/, ''));
  if (BigInt.asIntN(64, value) !== value) raise('System.TypeException', `Invalid long: ${text}`);
  return value;
}

/**
 * A fraction of zeros is none: `100.00` is 100. The reference does not say it; the tests of MuriloKakazu/apex-fixtures and
 * apexfarm/ApexTestKit do.
 */
function wholePart(text: string): string {
  return text.replace(/(?<=\d)\.0+$/, '');
}
