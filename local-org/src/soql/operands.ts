import type { FieldType } from '../schema/descriptor.ts';
import { readDate } from '../values/date.ts';
import { readIsoDatetime } from '../values/datetime.ts';
import type { OperandNode } from './ast.ts';
import { categoryOf, comparable } from './comparable.ts';
import { isDateLiteral } from './dateLiterals.ts';
import { patternOf } from './like.ts';
import type { Operand, Value } from './plan.ts';
import { QueryError } from './problem.ts';

/** The type and name by which operands of a value are judged. */
export interface Side {
  readonly name: string;
  readonly type: FieldType;
  readonly apexType: string;
}

const NUMBER_FUNCTIONS = new Set(['count', 'count_distinct', 'grouping']);

/** What a value is compared as. */
export function sideOf(value: Value): Side {
  if (value.kind === 'field') {
    return { name: value.field.name, type: value.field.type, apexType: value.field.apexType };
  }
  if (value.kind === 'function') {
    if (value.measure) return { name: value.name, type: 'double', apexType: 'Double' };
    if (value.name === 'tolabel') return { name: value.name, type: 'string', apexType: 'String' };
    const day = value.name === 'day_only';
    return { name: value.name, type: day ? 'date' : 'int', apexType: day ? 'Date' : 'Integer' };
  }
  if (NUMBER_FUNCTIONS.has(value.name) || !value.argument)
    return { name: value.name, type: 'int', apexType: 'Integer' };
  const argument = sideOf(value.argument);
  if (value.name === 'sum' || value.name === 'avg') return { name: value.name, type: 'double', apexType: 'Decimal' };
  return { ...argument, name: value.name };
}

/** The API's names of types in messages about filters. */
const MESSAGE_TYPES: Partial<Record<FieldType, string>> = {
  datetime: 'dateTime',
  reference: 'reference',
  id: 'id',
  int: 'int',
  picklist: 'string',
  multipicklist: 'string',
  textarea: 'string',
  email: 'string',
  phone: 'string',
  url: 'string',
  combobox: 'string',
  encryptedstring: 'string',
  percent: 'double',
  currency: 'double',
  long: 'int',
};

/** Checks the right side of a comparison and brings it into comparable form. */
export function operandOf(node: OperandNode, side: Side, operator: string): Operand {
  if (node.kind === 'bind') return { kind: 'bind', node };
  if (node.kind === 'null') return { kind: 'constant', value: null };
  const category = categoryOf(side.type);
  const wrong = (quotes: boolean): never => {
    const type = MESSAGE_TYPES[side.type] ?? side.type;
    const enclosed = quotes ? 'should be' : 'should not be';
    throw new QueryError(
      `value of filter criterion for field '${side.name}' must be of type ${type} and ${enclosed} enclosed in quotes`,
      node.offset,
      'INVALID_FIELD',
    );
  };
  const isText = category === 'text' || category === 'id';
  if (node.kind === 'string') {
    if (operator === 'like') {
      if (category !== 'text') {
        throw new QueryError(`invalid operator on ${side.type} field`, node.offset, 'INVALID_QUERY_FILTER_OPERATOR');
      }
      return { kind: 'constant', value: patternOf(node.value) };
    }
    if (!isText) return wrong(false);
    const value = comparable(category, node.value);
    if (value === undefined) {
      throw new QueryError(`invalid ID field: ${node.value}`, node.offset, 'INVALID_QUERY_FILTER_OPERATOR');
    }
    return { kind: 'constant', value, text: node.value };
  }
  if (isText) return wrong(true);
  if (node.kind === 'dateLiteral') {
    if (category !== 'date' && category !== 'datetime')
      throw new QueryError(`unexpected token: '${node.name}'`, node.offset);
    if (!isDateLiteral(node.name, node.n)) throw new QueryError(`unexpected token: '${node.name}'`, node.offset);
    return { kind: 'range', name: node.name, n: node.n };
  }
  const value = literalOf(node, category);
  return value === undefined ? wrong(false) : { kind: 'constant', value };
}

function literalOf(
  node: Exclude<OperandNode, { kind: 'bind' | 'null' | 'string' | 'dateLiteral' }>,
  category: string,
): number | boolean | undefined {
  switch (node.kind) {
    case 'number':
      return category === 'number' ? Number(node.text) : undefined;
    case 'boolean':
      return category === 'boolean' ? node.value : undefined;
    case 'date':
      return category === 'date' ? readDate(node.text)?.days : undefined;
    case 'datetime':
      if (category === 'datetime') return readIsoDatetime(node.text.toUpperCase())?.ms;
      return undefined;
  }
}
