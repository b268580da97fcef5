import { intFromLong } from '../../../values/arithmetic.ts';
import { current } from '../../../engine/current.ts';
import { languageTag } from '../../../values/date.ts';
import { ApexDecimal, decToBigInt } from '../../../values/decimal.ts';
import { ApexDouble, intFromDouble } from '../../../values/double.ts';
import type { ApexEnum } from '../../../values/enum.ts';
import { required } from '../../../values/exception.ts';
import type { RoundingMode } from '../../../values/rounding.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A number as the running user's locale writes it: grouped, at most three places. @param text plain decimal text */
export function formatNumber(text: string): string {
  const { locale } = current.tx.user;
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.NumberFormat(languageTag(locale), {
      maximumFractionDigits: 3,
      roundingMode: 'halfEven',
      numberingSystem: 'latn',
    });
    formats.set(locale, format);
  }
  return format.format(text as Intl.StringNumericLiteral);
}

/** The rounding mode that a System.RoundingMode names. */
export function modeOf(mode: ApexEnum | null): RoundingMode {
  return required(mode).name as RoundingMode;
}

/** Any number in boxed form as an Integer, fractions cut off; null for what is no number. */
export function integerOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return intFromLong(value);
  if (value instanceof ApexDouble) return intFromDouble(value.value);
  return value instanceof ApexDecimal ? intFromLong(decToBigInt(value)) : null;
}
