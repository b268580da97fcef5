import { ApexDecimal, decFromDouble, decFromInt, decSetScale, decToDouble } from '../../values/decimal.ts';
import { textOf } from './evaluate.ts';
import type { FormulaValue } from './evaluate.ts';

type Plain = (...args: FormulaValue[]) => FormulaValue;

function real(compute: (...values: number[]) => number): Plain {
  return (...args) => {
    const numbers = args.filter((value) => value instanceof ApexDecimal).map(decToDouble);
    if (numbers.length < args.length) return null;
    const result = compute(...numbers);
    if (!Number.isFinite(result)) return null;
    return Number.isInteger(result) ? decFromInt(result) : decFromDouble(result);
  };
}

/** Trigonometry and single characters. Source: Salesforce Help, Formula Operators and Functions A–Z. */
export const MATH_FUNCTIONS: Readonly<Record<string, Plain>> = {
  PI: () => decFromDouble(Math.PI),
  SIN: real(Math.sin),
  COS: real(Math.cos),
  TAN: real(Math.tan),
  ASIN: real(Math.asin),
  ACOS: real(Math.acos),
  ATAN: real(Math.atan),
  ATAN2: real(Math.atan2),
  TRUNC: (value, places = null) =>
    value instanceof ApexDecimal
      ? decSetScale(value, places instanceof ApexDecimal ? Math.trunc(decToDouble(places)) : 0, 'DOWN')
      : null,
  ASCII: (value) => (textOf(value) === '' ? null : decFromInt(textOf(value).codePointAt(0) ?? 0)),
  CHR: (value) => (value instanceof ApexDecimal ? String.fromCodePoint(Math.trunc(decToDouble(value))) : null),
  INITCAP: (value) =>
    textOf(value)
      .toLowerCase()
      .replace(/(^|[^\p{L}\p{N}'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()) ||
    null,
  REVERSE: (value) => [...textOf(value)].reverse().join('') || null,
  PICKLISTCOUNT: (value) => decFromInt(textOf(value).split(';').filter(Boolean).length),
};
