import type { BArithmetic, BCompare, BConcat, BEquality, BExpr, BNegate } from '../bound.ts';
import { mayBeNull } from '../check/assignments.ts';
import { emit } from './expressions.ts';
import type { BodyEmitter } from './body.ts';

/** An operand of a type that can't be null there: a null reference is an exception. */
export function nonNull(body: BodyEmitter, value: BExpr): string {
  const text = emit(body, value);
  return neverNull(value) ? text : `nn(${text})`;
}

/** Whether a value is certainly not null at this point of the finished body. */
export function neverNull(value: BExpr): boolean {
  if (value.k === 'local') return !value.local.maybeNull;
  return value.k === 'this' || !mayBeNull(value);
}

const INT: Partial<Record<BArithmetic['op'], (a: string, b: string) => string>> = {
  '+': (a, b) => `(${a}+${b}|0)`,
  '-': (a, b) => `(${a}-${b}|0)`,
  '*': (a, b) => `imul(${a},${b})`,
  '/': (a, b) => `idiv(${a},${b})`,
  '<<': (a, b) => `(${a}<<${b})`,
  '>>': (a, b) => `(${a}>>${b})`,
  '>>>': (a, b) => `(${a}>>>${b}|0)`,
  '&': (a, b) => `(${a}&${b})`,
  '|': (a, b) => `(${a}|${b})`,
  '^': (a, b) => `(${a}^${b})`,
};

const CALLS: Partial<Record<BArithmetic['on'], Partial<Record<BArithmetic['op'], string>>>> = {
  long: {
    '+': 'ladd',
    '-': 'lsub',
    '*': 'lmul',
    '/': 'ldiv',
    '<<': 'lshl',
    '>>': 'lshr',
    '>>>': 'lushr',
    '&': 'land',
    '|': 'lor',
    '^': 'lxor',
  },
  double: { '+': 'dadd', '-': 'dsub', '*': 'dmul', '/': 'ddiv' },
  decimal: { '+': 'decAdd', '-': 'decSub', '*': 'decMul', '/': 'decDiv' },
  boolean: { '&': 'band', '|': 'bor', '^': 'bxor' },
  date: { '+': 'datePlus', '-': 'dateMinus' },
  datetime: { '+': 'datetimePlus', '-': 'datetimeMinus' },
  time: { '+': 'timePlus', '-': 'timeMinus' },
};

export function emitArithmetic(body: BodyEmitter, node: BArithmetic): string {
  const left = nonNull(body, node.left);
  const right = nonNull(body, node.right);
  const direct = node.on === 'int' ? INT[node.op] : undefined;
  if (direct) return direct(left, right);
  const call = CALLS[node.on]?.[node.op];
  if (!call) throw new Error(`no code for ${node.op} on ${node.on}`);
  return `${call}(${left},${right})`;
}

export function emitConcat(body: BodyEmitter, node: BConcat): string {
  return `tl(${concatenation(body, node)})`;
}

function concatenation(body: BodyEmitter, node: BConcat): string {
  return `(${concatOperand(body, node.left)}+${concatOperand(body, node.right)})`;
}

/** The operand as text; a literal or a nested concatenation is one already. */
function concatOperand(body: BodyEmitter, value: BExpr): string {
  if (value.k === 'concat') return concatenation(body, value);
  const { universe } = body;
  const text = emit(body, value);
  const { type } = value;
  if (type === universe.String || type === universe.Id) return neverNull(value) ? text : `st(${text})`;
  if (type === universe.Integer || type === universe.Long || type === universe.Boolean || type === universe.null) {
    return `st(${text})`;
  }
  if (type === universe.Double) return `dt(${text})`;
  return `tx(${text})`;
}

export function emitCompare(body: BodyEmitter, node: BCompare): string {
  const left = emit(body, node.left);
  const right = emit(body, node.right);
  const { on, op } = node;
  if ((on === 'int' || on === 'double' || on === 'long') && neverNull(node.left) && neverNull(node.right)) {
    return `(${left}${op}${right})`;
  }
  const name = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' }[op];
  const suffix =
    on === 'int' || on === 'double' || on === 'long'
      ? ''
      : ({ decimal: 'Dec', string: 'Text', id: 'Id' }[on as string] ?? 'Date');
  return `${name}${suffix}(${left},${right})`;
}

export function emitEquality(body: BodyEmitter, node: BEquality): string {
  const left = emit(body, node.left);
  const right = emit(body, node.right);
  const not = node.negated ? '!' : '';
  switch (node.on) {
    case 'int':
    case 'long':
    case 'boolean':
    case 'double':
      return `(${left}${node.negated ? '!==' : '==='}${right})`;
    case 'string':
      if (node.exact || isNull(node.left) || isNull(node.right))
        return `(${left}${node.negated ? '!==' : '==='}${right})`;
      return `${not}eqText(${left},${right})`;
    case 'id':
      return isNull(node.left) || isNull(node.right)
        ? `(${left}${node.negated ? '!==' : '==='}${right})`
        : `${not}eqId(${left},${right})`;
    default:
      if (isNull(node.left) || isNull(node.right)) return `(${left}${node.negated ? '!==' : '==='}${right})`;
      return `${not}${node.exact ? 'exact' : 'equal'}(${left},${right})`;
  }
}

function isNull(value: BExpr): boolean {
  return value.k === 'const' && value.value === null;
}

export function emitNegate(body: BodyEmitter, node: BNegate): string {
  const value = nonNull(body, node.value);
  if (node.op === '~') return node.on === 'int' ? `(~${value})` : `lnot(${value})`;
  switch (node.on) {
    case 'int':
      return `(-${value}|0)`;
    case 'double':
      return `(-${value})`;
    case 'long':
      return `lneg(${value})`;
    default:
      return `decNeg(${value})`;
  }
}
