import { raise } from './exception.ts';

/** The names of System.RoundingMode. */
export type RoundingMode = 'CEILING' | 'DOWN' | 'FLOOR' | 'HALF_DOWN' | 'HALF_EVEN' | 'HALF_UP' | 'UNNECESSARY' | 'UP';

const powers: bigint[] = [1n];

/** 10 to the power of a whole number from 0. */
export function tenTo(exponent: number): bigint {
  const known = powers[exponent];
  if (known !== undefined) return known;
  if (exponent > 1000) return 10n ** BigInt(exponent);
  for (let at = powers.length; at <= exponent; at++) powers.push((powers[at - 1] as bigint) * 10n);
  return powers[exponent] as bigint;
}

/** How many decimal digits a number has; 1 for 0. */
export function digitsOf(value: bigint): number {
  const size = value < 0n ? -value : value;
  const rough = Number(size);
  // Below this a Number is exact, and comparing is faster than writing it out.
  if (rough < 1e15) {
    let digits = 1;
    for (let bound = 10; bound <= rough; bound *= 10) digits++;
    return digits;
  }
  return size.toString().length;
}

/**
 * Divides whole numbers, rounding the quotient.
 *
 * @throws System.MathException with UNNECESSARY where the quotient is not whole.
 */
export function divideRounded(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const negative = dividend < 0n !== divisor < 0n;
  const away = negative ? quotient - 1n : quotient + 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const size = divisor < 0n ? -divisor : divisor;
  switch (mode) {
    case 'UP':
      return away;
    case 'DOWN':
      return quotient;
    case 'CEILING':
      return negative ? quotient : away;
    case 'FLOOR':
      return negative ? away : quotient;
    case 'HALF_UP':
      return twice >= size ? away : quotient;
    case 'HALF_DOWN':
      return twice > size ? away : quotient;
    case 'HALF_EVEN':
      return twice > size || (twice === size && quotient % 2n !== 0n) ? away : quotient;
    case 'UNNECESSARY':
      // unverified: the text; the reference's example checks the type only.
      return raise('System.MathException', 'Rounding necessary');
  }
}
