import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { doubleText } from './double.ts';
import { raise } from './exception.ts';
import { digitsOf, divideRounded, tenTo } from './rounding.ts';
import type { RoundingMode } from './rounding.ts';

/** Significant digits that a quotient keeps, half up: `1.0 / 3` has 33 threes. */
const QUOTIENT_DIGITS = 33;

/** A Decimal: `unscaled` divided by 10 to the power of `scale`. Immutable. */
export class ApexDecimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  get $type(): Type {
    return current.universe.Decimal;
  }

  toString(): string {
    return decText(this);
  }
}

const small: ApexDecimal[] = [];
for (let value = 0; value < 256; value++) small.push(new ApexDecimal(BigInt(value), 0));

/** The Decimal of an Integer, scale 0. */
export function decFromInt(value: number): ApexDecimal {
  return small[value] ?? new ApexDecimal(BigInt(value), 0);
}

export function decFromLong(value: bigint): ApexDecimal {
  return new ApexDecimal(value, 0);
}

/** The Decimal of a Double, by its shortest text: `1.0` has scale 1. @throws System.TypeException for NaN and infinities. */
export function decFromDouble(value: number): ApexDecimal {
  return decFromText(doubleText(value));
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Reads a Decimal as Java's BigDecimal does, or null. */
export function readDecimal(text: string): ApexDecimal | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const unscaled = BigInt(whole + fraction);
  return new ApexDecimal(sign === '-' ? -unscaled : unscaled, fraction.length - Number(exponent));
}

/** Reads a Decimal. @throws System.TypeException: Invalid decimal: abc */
export function decFromText(text: string): ApexDecimal {
  return readDecimal(text.trim()) ?? raise('System.TypeException', `Invalid decimal: ${text}`);
}

export function decAdd(a: ApexDecimal, b: ApexDecimal): ApexDecimal {
  if (a.scale === b.scale) return new ApexDecimal(a.unscaled + b.unscaled, a.scale);
  if (a.scale > b.scale) return new ApexDecimal(a.unscaled + b.unscaled * tenTo(a.scale - b.scale), a.scale);
  return new ApexDecimal(a.unscaled * tenTo(b.scale - a.scale) + b.unscaled, b.scale);
}

export function decSub(a: ApexDecimal, b: ApexDecimal): ApexDecimal {
  if (a.scale === b.scale) return new ApexDecimal(a.unscaled - b.unscaled, a.scale);
  if (a.scale > b.scale) return new ApexDecimal(a.unscaled - b.unscaled * tenTo(a.scale - b.scale), a.scale);
  return new ApexDecimal(a.unscaled * tenTo(b.scale - a.scale) - b.unscaled, b.scale);
}

export function decMul(a: ApexDecimal, b: ApexDecimal): ApexDecimal {
  return new ApexDecimal(a.unscaled * b.unscaled, a.scale + b.scale);
}

/** The operator `/`: 33 significant digits, half up. @throws System.MathException: Divide by 0 */
export function decDiv(a: ApexDecimal, b: ApexDecimal): ApexDecimal {
  if (b.unscaled === 0n) raise('System.MathException', 'Divide by 0');
  const preferred = a.scale - b.scale;
  if (a.unscaled === 0n) return new ApexDecimal(0n, Math.max(preferred, 0));
  // Enough digits for the quotient to have 33 or 34 of them; what is too many is rounded off again below.
  const shift = Math.max(0, QUOTIENT_DIGITS - digitsOf(a.unscaled) + digitsOf(b.unscaled) + 1);
  const dividend = a.unscaled * tenTo(shift);
  const scale = preferred + shift;
  const quotient = dividend / b.unscaled;
  if (quotient * b.unscaled === dividend) return stripped(roundedTo(quotient, scale), preferred);
  const extra = quotientDigits(quotient) - QUOTIENT_DIGITS;
  if (extra <= 0) return new ApexDecimal(divideRounded(dividend, b.unscaled, 'HALF_UP'), scale);
  return new ApexDecimal(divideRounded(dividend, b.unscaled * tenTo(extra), 'HALF_UP'), scale - extra);
}

/** As {@link digitsOf}, quickly for the 33 to 35 digits that quotients have. */
function quotientDigits(quotient: bigint): number {
  const size = quotient < 0n ? -quotient : quotient;
  if (size < tenTo(QUOTIENT_DIGITS - 1) || size >= tenTo(QUOTIENT_DIGITS + 2)) return digitsOf(size);
  return size < tenTo(QUOTIENT_DIGITS)
    ? QUOTIENT_DIGITS
    : QUOTIENT_DIGITS + (size < tenTo(QUOTIENT_DIGITS + 1) ? 1 : 2);
}

function roundedTo(unscaled: bigint, scale: number): ApexDecimal {
  const extra = quotientDigits(unscaled) - QUOTIENT_DIGITS;
  if (extra <= 0) return new ApexDecimal(unscaled, scale);
  return new ApexDecimal(divideRounded(unscaled, tenTo(extra), 'HALF_UP'), scale - extra);
}

/** Drops zeros at the end while the scale stays at least `least`. */
function stripped(value: ApexDecimal, least: number): ApexDecimal {
  let { unscaled, scale } = value;
  // In large steps first: a quotient has up to 33 zeros.
  while (scale - 8 >= least && unscaled % 100_000_000n === 0n && unscaled !== 0n) {
    unscaled /= 100_000_000n;
    scale -= 8;
  }
  while (scale > least && unscaled % 10n === 0n) {
    unscaled /= 10n;
    scale--;
  }
  return new ApexDecimal(unscaled, scale);
}

export function decNeg(a: ApexDecimal): ApexDecimal {
  return new ApexDecimal(-a.unscaled, a.scale);
}

export function decAbs(a: ApexDecimal): ApexDecimal {
  return a.unscaled < 0n ? decNeg(a) : a;
}

/** Negative, 0 or positive; scale does not matter: 1.0 equals 1.00. */
export function decCompare(a: ApexDecimal, b: ApexDecimal): number {
  let [left, right] = [a.unscaled, b.unscaled];
  if (a.scale < b.scale) left *= tenTo(b.scale - a.scale);
  else if (a.scale > b.scale) right *= tenTo(a.scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function decEquals(a: ApexDecimal, b: ApexDecimal): boolean {
  return decCompare(a, b) === 0;
}

/** @throws System.MathException with UNNECESSARY where digits would be lost. */
export function decSetScale(a: ApexDecimal, scale: number, mode: RoundingMode = 'HALF_EVEN'): ApexDecimal {
  if (scale === a.scale) return a;
  if (scale > a.scale) return new ApexDecimal(a.unscaled * tenTo(scale - a.scale), scale);
  return new ApexDecimal(divideRounded(a.unscaled, tenTo(a.scale - scale), mode), scale);
}

/** `divide(divisor, scale, mode)`. @throws System.MathException: Divide by 0 */
export function decDivide(
  a: ApexDecimal,
  b: ApexDecimal,
  scale: number,
  mode: RoundingMode = 'HALF_EVEN',
): ApexDecimal {
  if (b.unscaled === 0n) raise('System.MathException', 'Divide by 0');
  const shift = scale - a.scale + b.scale;
  const [dividend, divisor] =
    shift >= 0 ? [a.unscaled * tenTo(shift), b.unscaled] : [a.unscaled, b.unscaled * tenTo(-shift)];
  return new ApexDecimal(divideRounded(dividend, divisor, mode), scale);
}

/** To the power of a whole number from 0. */
export function decPow(a: ApexDecimal, exponent: number): ApexDecimal {
  return new ApexDecimal(a.unscaled ** BigInt(exponent), a.scale * exponent);
}

export function decStripTrailingZeros(a: ApexDecimal): ApexDecimal {
  return a.unscaled === 0n ? small[0]! : stripped(a, -1_000_000);
}

/** The whole part, towards zero. */
export function decToBigInt(a: ApexDecimal): bigint {
  return a.scale <= 0 ? a.unscaled * tenTo(-a.scale) : a.unscaled / tenTo(a.scale);
}

/** The nearest Double. */
export function decToDouble(a: ApexDecimal): number {
  const size = a.unscaled < 0n ? -a.unscaled : a.unscaled;
  // Both operands exact, so the one division rounds correctly.
  if (size <= 9007199254740992n && a.scale >= 0 && a.scale <= 22) return Number(a.unscaled) / 10 ** a.scale;
  return Number(decText(a));
}

/** Without exponent. */
export function decPlainText(a: ApexDecimal): string {
  if (a.scale <= 0) return (a.unscaled * tenTo(-a.scale)).toString();
  const negative = a.unscaled < 0n;
  const digits = (negative ? -a.unscaled : a.unscaled).toString().padStart(a.scale + 1, '0');
  const point = digits.length - a.scale;
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** As Java's BigDecimal.toString: with an exponent for a negative scale and below 0.000001. */
export function decText(a: ApexDecimal): string {
  if (a.scale === 0) return a.unscaled.toString();
  const digits = (a.unscaled < 0n ? -a.unscaled : a.unscaled).toString();
  const adjusted = digits.length - 1 - a.scale;
  if (a.scale > 0 && adjusted >= -6) return decPlainText(a);
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${a.unscaled < 0n ? '-' : ''}${mantissa}${adjusted === 0 ? '' : `E${adjusted > 0 ? '+' : ''}${adjusted}`}`;
}
