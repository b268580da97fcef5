import { current } from '../../engine/current.ts';
import { ddiv, idiv, ladd, ldiv, lmul, lneg, lshl, lshr, lsub, lushr, toDecimal } from '../../values/arithmetic.ts';
import { compareCodeUnits, compareText } from '../../values/compare.ts';
import { ApexDate } from '../../values/date.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import {
  ApexDecimal,
  decAdd,
  decCompare,
  decDiv,
  decFromDouble,
  decFromInt,
  decFromLong,
  decMul,
  decNeg,
  decSub,
  decToBigInt,
  decToDouble,
} from '../../values/decimal.ts';
import { ApexDouble, doubleText, intFromDouble, longFromDouble } from '../../values/double.ts';
import { equal, equalText, exact } from '../../values/equality.ts';
import { nullReference, required } from '../../values/exception.ts';
import { HeldId, holdId, sameId } from '../../values/heldId.ts';
import { readId, toId } from '../../values/id.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { notTooLong } from '../../values/longText.ts';
import { toText } from '../../values/text.ts';
import { ApexTime, DAY_MS } from '../../values/time.ts';
import { checkCast, isInstance } from '../../values/typeOf.ts';
import type { Type } from '../../types/type.ts';

/** The functions that generated scripts use by name. Operands of arithmetic have been checked for null. */
export const library = {
  imul: Math.imul,
  idiv,
  ladd,
  lsub,
  lmul,
  ldiv,
  lshl,
  lshr,
  lushr,
  lneg,
  land: (a: bigint, b: bigint): bigint => a & b,
  lor: (a: bigint, b: bigint): bigint => a | b,
  lxor: (a: bigint, b: bigint): bigint => a ^ b,
  lnot: (a: bigint): bigint => ~a,
  dadd: (a: number, b: number): number => a + b,
  dsub: (a: number, b: number): number => a - b,
  dmul: (a: number, b: number): number => a * b,
  ddiv,
  decAdd,
  decSub,
  decMul,
  decDiv,
  decNeg,
  // Unlike && and ||, these evaluate both operands.
  band: (a: boolean, b: boolean): boolean => a && b,
  bor: (a: boolean, b: boolean): boolean => a || b,
  bxor: (a: boolean, b: boolean): boolean => a !== b,
  datePlus: (date: ApexDate, days: number): ApexDate => new ApexDate(date.days + Math.trunc(days)),
  dateMinus: (date: ApexDate, days: number): ApexDate => new ApexDate(date.days - Math.trunc(days)),
  datetimePlus: (at: ApexDatetime, days: number): ApexDatetime => new ApexDatetime(at.ms + Math.round(days * DAY_MS)),
  datetimeMinus: (at: ApexDatetime, days: number): ApexDatetime => new ApexDatetime(at.ms - Math.round(days * DAY_MS)),
  timePlus: (time: ApexTime, ms: number): ApexTime => new ApexTime(wrapDay(time.ms + ms)),
  timeMinus: (time: ApexTime, ms: number): ApexTime => new ApexTime(wrapDay(time.ms - ms)),

  /** The value, which may not be null. @throws System.NullPointerException */
  nn<T>(value: T | null | undefined): T {
    if (value === null || value === undefined) nullReference();
    return value;
  },

  /** The receiver of a method that takes it for an argument. @throws System.NullPointerException: Argument cannot be null. */
  na<T>(value: T | null | undefined): T {
    return required(value ?? null);
  },

  // Text of operands of a concatenation.
  st: (value: string | number | bigint | boolean | null): string => `${value}`,
  dt: (value: number | null): string => (value === null ? 'null' : doubleText(value)),
  tx: (value: unknown): string => toText(value),
  tl: notTooLong,

  // A comparison with null is false (Apex Developer Guide, Expression Operators); text and ids sort null first.
  lt: <T extends number | bigint>(a: T | null, b: T | null): boolean => a !== null && b !== null && a < b,
  le: <T extends number | bigint>(a: T | null, b: T | null): boolean => a !== null && b !== null && a <= b,
  gt: <T extends number | bigint>(a: T | null, b: T | null): boolean => a !== null && b !== null && a > b,
  ge: <T extends number | bigint>(a: T | null, b: T | null): boolean => a !== null && b !== null && a >= b,
  ltDec: (a: ApexDecimal | null, b: ApexDecimal | null): boolean => a !== null && b !== null && decCompare(a, b) < 0,
  leDec: (a: ApexDecimal | null, b: ApexDecimal | null): boolean => a !== null && b !== null && decCompare(a, b) <= 0,
  gtDec: (a: ApexDecimal | null, b: ApexDecimal | null): boolean => a !== null && b !== null && decCompare(a, b) > 0,
  geDec: (a: ApexDecimal | null, b: ApexDecimal | null): boolean => a !== null && b !== null && decCompare(a, b) >= 0,
  ltText: (a: string | null, b: string | null): boolean => orderText(a, b) < 0,
  leText: (a: string | null, b: string | null): boolean => orderText(a, b) <= 0,
  gtText: (a: string | null, b: string | null): boolean => orderText(a, b) > 0,
  geText: (a: string | null, b: string | null): boolean => orderText(a, b) >= 0,
  ltId: (a: string | null, b: string | null): boolean => orderId(a, b) < 0,
  leId: (a: string | null, b: string | null): boolean => orderId(a, b) <= 0,
  gtId: (a: string | null, b: string | null): boolean => orderId(a, b) > 0,
  geId: (a: string | null, b: string | null): boolean => orderId(a, b) >= 0,
  ltDate: (a: Moment | null, b: Moment | null): boolean => a !== null && b !== null && momentOf(a) < momentOf(b),
  leDate: (a: Moment | null, b: Moment | null): boolean => a !== null && b !== null && momentOf(a) <= momentOf(b),
  gtDate: (a: Moment | null, b: Moment | null): boolean => a !== null && b !== null && momentOf(a) > momentOf(b),
  geDate: (a: Moment | null, b: Moment | null): boolean => a !== null && b !== null && momentOf(a) >= momentOf(b),

  eqText: equalText,
  /** An Id with an Id or with text of 15 or 18 characters. */
  eqId: (a: string | null, b: string | null): boolean => sameId(a, b),
  equal,
  exact,

  // Conversions; null stays null.
  i2l: (value: number | null): bigint | null => (value === null ? null : BigInt(value)),
  l2d: (value: bigint | null): number | null => (value === null ? null : Number(value)),
  i2dec: (value: number | null): ApexDecimal | null => (value === null ? null : decFromInt(value)),
  l2dec: (value: bigint | null): ApexDecimal | null => (value === null ? null : decFromLong(value)),
  d2dec: (value: number | null): ApexDecimal | null => (value === null ? null : decFromDouble(value)),
  dec2d: (value: ApexDecimal | null): number | null => (value === null ? null : decToDouble(value)),
  toId,
  asId: (text: string | null): string | null => (text === null ? null : (readId(text) ?? text)),
  castId: (value: unknown): unknown => {
    if (value instanceof HeldId) return value.id;
    return typeof value === 'string' ? toId(value) : checkCast(value, current.universe.Id);
  },
  date2dt: (value: ApexDate | null): ApexDatetime | null =>
    value === null ? null : new ApexDatetime(value.days * DAY_MS),
  hold: holdId,
  bx: (value: number | null): ApexDouble | null => (value === null ? null : new ApexDouble(value)),
  ub: (value: unknown): unknown =>
    value instanceof ApexDouble ? value.value : value instanceof ApexDecimal ? decToDouble(value) : value,
  rdec: (value: unknown): unknown =>
    value === null || value instanceof ApexDecimal ? value : toDecimal(value as number | bigint | ApexDouble),
  rdt: (value: unknown): unknown => (value instanceof ApexDate ? library.date2dt(value) : value),
  ul: (value: unknown): unknown => (typeof value === 'number' ? BigInt(value) : value),

  isA: isInstance,
  cast: castTo,
  toInt: (value: Numeric): number | null =>
    value === null
      ? null
      : value instanceof ApexDecimal
        ? Number(BigInt.asIntN(32, decToBigInt(value)))
        : typeof value === 'bigint'
          ? Number(BigInt.asIntN(32, value))
          : intFromDouble(value),
  toLong: (value: Numeric): bigint | null =>
    value === null
      ? null
      : value instanceof ApexDecimal
        ? BigInt.asIntN(64, decToBigInt(value))
        : typeof value === 'bigint'
          ? value
          : longFromDouble(value),
  toDouble: (value: Numeric): number | null =>
    value === null ? null : value instanceof ApexDecimal ? decToDouble(value) : Number(value),
  toDec: (value: Numeric): ApexDecimal | null =>
    value === null || value instanceof ApexDecimal ? value : toDecimal(value),
};

type Numeric = number | bigint | ApexDecimal | null;
type Moment = ApexDate | ApexDatetime | ApexTime;

function momentOf(value: Moment): number {
  return value instanceof ApexDate ? value.days * DAY_MS : value.ms;
}

function wrapDay(ms: number): number {
  return ((ms % DAY_MS) + DAY_MS) % DAY_MS;
}

function orderText(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareText(a, b);
}

function orderId(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareCodeUnits(a, b);
}

/** A cast to a class, interface, SObject or collection. @throws System.TypeException */
function castTo(value: unknown, type: Type): unknown {
  if (value === null) return null;
  // A record known as SObject only is of its object's type.
  if (value instanceof SObjectValue && type === value.$type) return value;
  // A Date that is held as Object becomes the Datetime of its midnight, as one of static type Date does.
  if (value instanceof ApexDate && type === current.universe.Datetime) return library.date2dt(value);
  const passed = checkCast(value, type);
  return passed instanceof HeldId ? passed.id : asNumber(passed, type);
}

/** A number as the type that it was cast to, in boxed form. */
function asNumber(value: unknown, type: Type): unknown {
  const { Long, Double, Decimal } = current.universe;
  if (type !== Long && type !== Double && type !== Decimal) return value;
  const raw = (value instanceof ApexDouble ? value.value : value) as Numeric;
  if (type === Long) return library.toLong(raw);
  if (type === Double) return library.bx(library.toDouble(raw));
  // A Double's number may have a fraction, which no raw Integer has.
  return value instanceof ApexDouble ? toDecimal(value) : library.toDec(raw);
}
