import { ApexDate, addMonths, dateOf, readDate } from '../../values/date.ts';
import { ApexDatetime, datetimeFromText } from '../../values/datetime.ts';
import {
  ApexDecimal,
  decAbs,
  decFromDouble,
  decFromInt,
  decSetScale,
  decToDouble,
  readDecimal,
} from '../../values/decimal.ts';
import { ApexTime, DAY_MS } from '../../values/time.ts';
import { zoneOf } from '../../values/zone.ts';
import { FormulaError } from './ast.ts';
import type { FormulaNode } from './ast.ts';
import { evaluate, isEqual, textOf } from './evaluate.ts';
import type { FormulaScope, FormulaValue } from './evaluate.ts';
import { MATH_FUNCTIONS } from './mathFunctions.ts';
import { TIME_FUNCTIONS } from './timeFunctions.ts';

type Call = Extract<FormulaNode, { kind: 'call' }>;

/** Functions that look at their arguments before they are evaluated. */
const SPECIAL: Readonly<Record<string, (node: Call, scope: FormulaScope) => FormulaValue>> = {
  IF: (node, scope) => evaluate(argument(node, evaluate(argument(node, 0), scope) === true ? 1 : 2), scope),
  AND: (node, scope) => node.args.every((arg) => evaluate(arg, scope) === true),
  OR: (node, scope) => node.args.some((arg) => evaluate(arg, scope) === true),
  CASE: (node, scope) => {
    const value = evaluate(argument(node, 0), scope);
    for (let at = 1; at + 1 < node.args.length; at += 2) {
      if (isEqual(value, evaluate(argument(node, at), scope))) return evaluate(argument(node, at + 1), scope);
    }
    return evaluate(argument(node, node.args.length - 1), scope);
  },
  ISNEW: (_node, scope) => scope.isNew,
  ISCHANGED: (node, scope) => {
    const { path, offset } = nameOf(node);
    if (!scope.prior || scope.isNew) return false;
    return !isEqual(scope.read(path, offset), scope.prior(path, offset));
  },
  PRIORVALUE: (node, scope) => {
    const { path, offset } = nameOf(node);
    // Of a new record the prior value is the current one.
    return scope.prior && !scope.isNew ? scope.prior(path, offset) : scope.read(path, offset);
  },
  BLANKVALUE: (node, scope) => evaluate(argument(node, 0), scope) ?? evaluate(argument(node, 1), scope),
  NULLVALUE: (node, scope) => evaluate(argument(node, 0), scope) ?? evaluate(argument(node, 1), scope),
  TODAY: (_node, scope) => new ApexDate(scope.today),
  NOW: (_node, scope) => new ApexDatetime(scope.now),
  TIMENOW: (_node, scope) => new ApexTime(scope.now),
  ISPICKVAL: (node, scope) => {
    return isEqual(evaluate(argument(node, 0), scope), evaluate(argument(node, 1), scope));
  },
};

const PLAIN: Readonly<Record<string, (...args: FormulaValue[]) => FormulaValue>> = {
  ...MATH_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ISBLANK: (value) => value === null || value === '',
  ISNULL: (value) => value === null || value === '',
  ISNUMBER: (value) => typeof value === 'string' && readDecimal(value.trim()) !== null,
  INCLUDES: (value, part) => textOf(value).split(';').includes(textOf(part)),
  CONTAINS: (value, part) => textOf(value).includes(textOf(part)),
  BEGINS: (value, part) => textOf(value).startsWith(textOf(part)),
  LEN: (value) => decFromInt(textOf(value).length),
  LEFT: (value, count) => textOf(value).slice(0, Math.max(0, integer(count))) || null,
  RIGHT: (value, count) => (integer(count) <= 0 ? null : textOf(value).slice(-integer(count)) || null),
  MID: (value, start, count) => textOf(value).substr(Math.max(0, integer(start) - 1), integer(count)) || null,
  FIND: (part, value, start) => decFromInt(textOf(value).indexOf(textOf(part), Math.max(0, integer(start, 1) - 1)) + 1),
  SUBSTITUTE: (value, old, replacement) => textOf(value).replaceAll(textOf(old), textOf(replacement)) || null,
  TRIM: (value) => textOf(value).trim() || null,
  UPPER: (value) => textOf(value).toUpperCase() || null,
  LOWER: (value) => textOf(value).toLowerCase() || null,
  LPAD: (value, length, pad) => padded(value, length, pad, true),
  RPAD: (value, length, pad) => padded(value, length, pad, false),
  BR: () => '\n',
  TEXT: (value) => textOf(value) || null,
  VALUE: (value) => (value === null ? null : (readDecimal(textOf(value).trim()) ?? null)),
  CASESAFEID: (value) => value,
  ABS: (value) => (value instanceof ApexDecimal ? decAbs(value) : null),
  ROUND: (value, places) => (value instanceof ApexDecimal ? decSetScale(value, integer(places), 'HALF_UP') : null),
  CEILING: (value) => (value instanceof ApexDecimal ? decSetScale(value, 0, 'UP') : null),
  FLOOR: (value) => (value instanceof ApexDecimal ? decSetScale(value, 0, 'DOWN') : null),
  MCEILING: (value) => (value instanceof ApexDecimal ? decSetScale(value, 0, 'CEILING') : null),
  MFLOOR: (value) => (value instanceof ApexDecimal ? decSetScale(value, 0, 'FLOOR') : null),
  SQRT: (value) => (value instanceof ApexDecimal ? decFromDouble(Math.sqrt(decToDouble(value))) : null),
  EXP: (value) => (value instanceof ApexDecimal ? decFromDouble(Math.exp(decToDouble(value))) : null),
  LN: (value) => (value instanceof ApexDecimal ? decFromDouble(Math.log(decToDouble(value))) : null),
  LOG: (value) => (value instanceof ApexDecimal ? decFromDouble(Math.log10(decToDouble(value))) : null),
  MOD: (value, divisor) => modulo(value, divisor),
  MAX: (...values) => extreme(values, 1),
  MIN: (...values) => extreme(values, -1),
  DATE: (year, month, day) => dateOf(integer(year), integer(month), integer(day)),
  DATEVALUE: (value) => dateValue(value),
  DATETIMEVALUE: (value) => (typeof value === 'string' ? datetimeFromText(value, zoneOf('GMT')) : value),
  YEAR: (value) => (value instanceof ApexDate ? decFromInt(value.year) : null),
  MONTH: (value) => (value instanceof ApexDate ? decFromInt(value.month) : null),
  DAY: (value) => (value instanceof ApexDate ? decFromInt(value.day) : null),
  WEEKDAY: (value) => (value instanceof ApexDate ? decFromInt(((((value.days + 4) % 7) + 7) % 7) + 1) : null),
  ADDMONTHS: (value, months) =>
    value instanceof ApexDate ? new ApexDate(addMonths(value.days, integer(months))) : null,
  HYPERLINK: (url, label) => `<a href="${textOf(url)}">${textOf(label)}</a>`,
  IMAGE: (url, alternative) => `<img src="${textOf(url)}" alt="${textOf(alternative)}">`,
  REGEX: (value, pattern) => new RegExp(`^(?:${textOf(pattern)})$`).test(textOf(value)),
};

/** Calls a function of a formula. @throws FormulaError where it is not built. */
export function callFunction(node: Call, scope: FormulaScope): FormulaValue {
  const special = SPECIAL[node.name];
  if (special) return special(node, scope);
  const plain = PLAIN[node.name];
  if (!plain) throw new FormulaError(`local-org does not support the formula function ${node.name}`, node.offset);
  return plain(...node.args.map((arg) => evaluate(arg, scope)));
}

/** True where {@link callFunction} knows the function. */
export function isFunction(name: string): boolean {
  return Object.hasOwn(SPECIAL, name) || Object.hasOwn(PLAIN, name);
}

function argument(node: Call, index: number): FormulaNode {
  const found = node.args[index];
  if (!found) {
    const message = `Incorrect number of parameters for function '${node.name}()'. Received ${node.args.length}`;
    throw new FormulaError(message, node.offset);
  }
  return found;
}

function nameOf(node: Call): Extract<FormulaNode, { kind: 'name' }> {
  const found = argument(node, 0);
  if (found.kind !== 'name') throw new FormulaError(`${node.name} takes a field`, node.offset);
  return found;
}

function integer(value: FormulaValue | undefined, fallback = 0): number {
  return value instanceof ApexDecimal ? Math.trunc(decToDouble(value)) : fallback;
}

function padded(value: FormulaValue, length: FormulaValue, pad: FormulaValue, left: boolean): string {
  const text = textOf(value).slice(0, integer(length));
  const filler = pad === null || pad === undefined ? ' ' : textOf(pad);
  return left ? text.padStart(integer(length), filler) : text.padEnd(integer(length), filler);
}

function modulo(value: FormulaValue, divisor: FormulaValue): FormulaValue {
  if (!(value instanceof ApexDecimal) || !(divisor instanceof ApexDecimal)) return null;
  const by = decToDouble(divisor);
  if (by === 0) return null;
  const number = decToDouble(value);
  const rest = number - by * Math.floor(number / by);
  return Number.isInteger(rest) ? decFromInt(rest) : decFromDouble(rest);
}

function extreme(values: readonly FormulaValue[], sign: number): FormulaValue {
  const numbers = values.filter((value) => value instanceof ApexDecimal);
  return numbers.toSorted((a, b) => sign * (decToDouble(b) - decToDouble(a)))[0] ?? null;
}

function dateValue(value: FormulaValue): FormulaValue {
  if (value instanceof ApexDatetime) return new ApexDate(Math.floor(value.ms / DAY_MS));
  return typeof value === 'string' ? readDate(value) : value instanceof ApexDate ? value : null;
}
