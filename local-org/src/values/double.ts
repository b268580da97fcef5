import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';
import { raise } from './exception.ts';

/** A Double where its static type is not Double: in collections, fields of records, and as Object. */
export class ApexDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  get $type(): Type {
    return current.universe.Double;
  }

  toString(): string {
    return doubleText(this.value);
  }
}

/** Boxes a Double; null stays null. */
export function boxDouble(value: number | null): ApexDouble | null {
  return value === null ? null : new ApexDouble(value);
}

/** As Java's Double.toString writes it: `1.0`, `1.0E10`, `1.5E-5`, `NaN`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

const DOUBLE = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/;

/** Reads a Double as Java does. @throws System.TypeException: Invalid double: abc */
export function doubleFromText(text: string): number {
  const trimmed = text.trim();
  if (DOUBLE.test(trimmed)) return Number(trimmed.replace(/[dDfF]$/, ''));
  if (/^[+-]?(NaN|Infinity)$/.test(trimmed)) return Number(trimmed);
  return raise('System.TypeException', `Invalid double: ${text}`);
}

/** The Long nearest to zero, as Java's `(long)`: NaN is 0, too large values are the bounds. */
export function longFromDouble(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= 9223372036854775807) return 9223372036854775807n;
  if (value <= -9223372036854775808) return -9223372036854775808n;
  return BigInt(Math.trunc(value));
}

/** The Integer nearest to zero, as Java's `(int)`: NaN is 0, too large values are the bounds. */
export function intFromDouble(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.max(-2147483648, Math.min(2147483647, Math.trunc(value))) | 0;
}
