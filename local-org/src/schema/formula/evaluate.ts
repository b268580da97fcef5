import { ApexDate } from '../../values/date.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import {
  ApexDecimal,
  decAdd,
  decDiv,
  decFromDouble,
  decFromInt,
  decFromLong,
  decFromText,
  decMul,
  decNeg,
  decPlainText,
  decPow,
  decStripTrailingZeros,
  decSub,
  decToDouble,
} from '../../values/decimal.ts';
import { ApexDouble } from '../../values/double.ts';
import { ApexTime, DAY_MS } from '../../values/time.ts';
import { FormulaError } from './ast.ts';
import type { FormulaNode } from './ast.ts';
import { callFunction } from './functions.ts';
import { isTextual } from './textual.ts';

/** Values of formulas: text, numbers as Decimal, checkboxes, dates; null is blank. */
export type FormulaValue = string | boolean | ApexDecimal | ApexDate | ApexDatetime | ApexTime | null;

/** What a formula is evaluated for. */
export interface FormulaScope {
  /** Value of `Name`, `Owner.Name`, `$User.Id`; already a formula value. */
  readonly read: (path: readonly string[], offset: number) => FormulaValue;
  /** Values before the change; for ISCHANGED and PRIORVALUE. */
  readonly prior: ((path: readonly string[], offset: number) => FormulaValue) | null;
  /** Whether a field is of a text type; false where that is not known. */
  readonly isText: (path: readonly string[]) => boolean;
  readonly isNew: boolean;
  readonly blankAsZero: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The day that the running user's calendar shows, in days since 1970. */
  readonly today: number;
  /** Whether a division by zero is an error, and not blank. */
  readonly refusesZero?: boolean;
}

/** A division by zero where the scope refuses it. */
export class DivisionByZero extends Error {
  override readonly name = 'DivisionByZero';
}

/** Brings a boxed value of a field into the form of formulas. */
export function formulaValue(value: unknown): FormulaValue {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return decFromInt(value);
  if (typeof value === 'bigint') return decFromLong(value);
  if (value instanceof ApexDouble) return decFromDouble(value.value);
  if (value instanceof ApexDecimal || value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime || value instanceof ApexTime) return value;
  return null;
}

/** Evaluates a formula. @throws FormulaError where it uses what is not built or mixes types. */
export function evaluate(node: FormulaNode, scope: FormulaScope): FormulaValue {
  switch (node.kind) {
    case 'text':
      return node.value === '' ? null : node.value;
    case 'number':
      return decFromText(node.text);
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'name':
      return scope.read(node.path, node.offset);
    case 'unary':
      return unary(node.operator, evaluate(node.operand, scope));
    case 'binary':
      return binary(node, scope);
    case 'call':
      return callFunction(node, scope);
  }
}

function unary(operator: '-' | '+' | '!', value: FormulaValue): FormulaValue {
  if (operator === '!') return value !== true;
  return operator === '-' && value instanceof ApexDecimal ? decNeg(value) : value;
}

function binary(node: Extract<FormulaNode, { kind: 'binary' }>, scope: FormulaScope): FormulaValue {
  const { operator } = node;
  const left = evaluate(node.left, scope);
  if (operator === '&&') return left === true && evaluate(node.right, scope) === true;
  if (operator === '||') return left === true || evaluate(node.right, scope) === true;
  const right = evaluate(node.right, scope);
  switch (operator) {
    case '&':
      return textOf(left) + textOf(right) || null;
    case '=':
    case '==':
      return isSame(left, right, scope) === true;
    case '<>':
    case '!=':
      return negated(isSame(left, right, scope));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(operator, left, right, scope);
    case '+':
      if (left === null && right === null && isTextual(node, scope.isText)) return null;
      return sum(operator, left, right, scope);
    case '-':
      return sum(operator, left, right, scope);
    default:
      return arithmetic(operator, left, right, scope);
  }
}

/** Text is compared with case; blank equals blank and the empty text. */
export function isEqual(left: FormulaValue, right: FormulaValue): boolean {
  if (left === null || right === null) return left === right;
  const a = keyOf(left);
  const b = keyOf(right);
  return a === b;
}

/**
 * A blank number counts as 0 where the formula says so. Else a number or date differs from a blank neither more nor less
 * than it equals it: the comparison is blank itself. Source: declarative-lookup-rollup-summaries, whose tests insert
 * blank numbers under a rule `Total__c != 42`; the reference does not say it.
 */
function isSame(left: FormulaValue, right: FormulaValue, scope: FormulaScope): boolean | null {
  if (left !== null && right !== null) return isEqual(left, right);
  const other = left ?? right;
  if (other instanceof ApexDecimal && scope.blankAsZero) return other.unscaled === 0n;
  return other === null || typeof other === 'string' || typeof other === 'boolean' ? isEqual(left, right) : null;
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function keyOf(value: Exclude<FormulaValue, null>): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof ApexDecimal) return decPlainText(decStripTrailingZeros(value));
  return value instanceof ApexDate ? value.days * DAY_MS : value.ms;
}

function ordered(operator: string, left: FormulaValue, right: FormulaValue, scope: FormulaScope): boolean | null {
  const a = orderKey(left, scope);
  const b = orderKey(right, scope);
  if (a === null || b === null) return null;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

function orderKey(value: FormulaValue, scope: FormulaScope): number | string | null {
  if (value === null) return scope.blankAsZero ? 0 : null;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return value;
  if (value instanceof ApexDecimal) return decToDouble(value);
  return value instanceof ApexDate ? value.days * DAY_MS : value.ms;
}

/** `date + days`, `date - date`, numbers, and `+` of text. */
function sum(operator: '+' | '-', left: FormulaValue, right: FormulaValue, scope: FormulaScope): FormulaValue {
  if (typeof left === 'string' || typeof right === 'string') {
    if (operator === '-') throw new FormulaError("Incorrect parameter type for operator '-'. Expected Number", 0);
    return textOf(left) + textOf(right);
  }
  if (isMoment(left) && isMoment(right)) {
    if (operator === '+') throw new FormulaError("Incorrect parameter type for operator '+'. Expected Number", 0);
    return daysBetween(left, right);
  }
  if (isMoment(left) || isMoment(right)) {
    const [moment, days] = isMoment(left) ? [left, right] : [right as ApexDate | ApexDatetime, left];
    if (!(days instanceof ApexDecimal)) return null;
    return shifted(moment, decToDouble(days) * (operator === '+' ? 1 : -1));
  }
  if (left instanceof ApexTime || right instanceof ApexTime) return timeSum(operator, left, right, scope);
  const [a, b] = numbers(left, right, scope);
  if (a === null || b === null) return null;
  return operator === '+' ? decAdd(a, b) : decSub(a, b);
}

/** A time plus or minus milliseconds, within its day; two times differ by milliseconds. Source: Salesforce Help, Time Field. */
function timeSum(operator: '+' | '-', left: FormulaValue, right: FormulaValue, scope: FormulaScope): FormulaValue {
  if (left instanceof ApexTime && right instanceof ApexTime) {
    if (operator === '+') throw new FormulaError("Incorrect parameter type for operator '+'. Expected Number", 0);
    return decFromInt(left.ms - right.ms);
  }
  const time = left instanceof ApexTime ? left : (right as ApexTime);
  const amount = numberOf(left instanceof ApexTime ? right : left, scope);
  if (amount === null) return null;
  const ms = time.ms + (operator === '+' ? 1 : -1) * decToDouble(amount);
  return new ApexTime(((ms % DAY_MS) + DAY_MS) % DAY_MS);
}

function isMoment(value: FormulaValue): value is ApexDate | ApexDatetime {
  return value instanceof ApexDate || value instanceof ApexDatetime;
}

function daysBetween(left: ApexDate | ApexDatetime, right: ApexDate | ApexDatetime): ApexDecimal {
  const ms = (value: ApexDate | ApexDatetime) => (value instanceof ApexDate ? value.days * DAY_MS : value.ms);
  const difference = ms(left) - ms(right);
  return difference % DAY_MS === 0 ? decFromInt(difference / DAY_MS) : decFromDouble(difference / DAY_MS);
}

function shifted(moment: ApexDate | ApexDatetime, days: number): ApexDate | ApexDatetime {
  if (moment instanceof ApexDate) return new ApexDate(moment.days + Math.trunc(days));
  return new ApexDatetime(moment.ms + Math.round(days * DAY_MS));
}

function arithmetic(operator: string, left: FormulaValue, right: FormulaValue, scope: FormulaScope): FormulaValue {
  const [a, b] = numbers(left, right, scope);
  if (a === null || b === null) return null;
  if (operator === '*') return decMul(a, b);
  if (operator === '/') {
    if (b.unscaled !== 0n) return decDiv(a, b);
    if (scope.refusesZero) throw new DivisionByZero();
    return null;
  }
  const exponent = decToDouble(b);
  const whole = Number.isInteger(exponent) && exponent >= 0;
  return whole ? decPow(a, exponent) : decFromDouble(decToDouble(a) ** exponent);
}

function numbers(
  left: FormulaValue,
  right: FormulaValue,
  scope: FormulaScope,
): [ApexDecimal | null, ApexDecimal | null] {
  return [numberOf(left, scope), numberOf(right, scope)];
}

function numberOf(value: FormulaValue, scope: FormulaScope): ApexDecimal | null {
  if (value instanceof ApexDecimal) return value;
  if (value === null) return scope.blankAsZero ? decFromInt(0) : null;
  throw new FormulaError('Incorrect parameter type for an arithmetic operator. Expected Number', 0);
}

export function textOf(value: FormulaValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof ApexDecimal) return decPlainText(value);
  if (value instanceof ApexDate) return value.iso;
  return value instanceof ApexDatetime
    ? `${new Date(value.ms).toISOString().slice(0, 19).replace('T', ' ')}Z`
    : String(value);
}
