import type { FieldDescriptor } from './descriptor.ts';

/** Metadata API, FilterItem. `within` is for geolocation and is not built. */
export const OPERATIONS = [
  ...(['equals', 'notEqual', 'lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual'] as const),
  ...(['contains', 'notContain', 'startsWith', 'includes', 'excludes'] as const),
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** A filter that local-org does not understand; the message says what of it. */
export class NotBuiltFilter extends Error {
  override readonly name = 'NotBuiltFilter';
}

const COMPARISONS: Readonly<Partial<Record<Operation, string>>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};

const TEXTS = new Set(['string', 'picklist', 'combobox', 'email', 'phone', 'url', 'textarea', 'encryptedstring']);
const NUMBERS = new Set(['int', 'long', 'double', 'currency', 'percent']);

/**
 * One filter of a list view as a condition in SOQL. Values are separated by commas and are alternatives; a value in
 * quotation marks may hold a comma. No value stands for a blank.
 * Source: Salesforce Help, Filter Operators Reference and Tips for Using Filter Criteria.
 *
 * @throws NotBuiltFilter
 */
export function soqlOf(path: string, field: FieldDescriptor, operation: Operation, value: string): string {
  if (!field.filterable) throw new NotBuiltFilter('the field cannot be filtered on');
  const values = valuesOf(value);
  switch (operation) {
    case 'contains':
      return anyOf(values.map((text) => `${path} LIKE ${pattern(field, `%${escapeLike(text)}%`)}`));
    case 'startsWith':
      return anyOf(values.map((text) => `${path} LIKE ${pattern(field, `${escapeLike(text)}%`)}`));
    case 'notContain':
      return allOf(values.map((text) => `(NOT ${path} LIKE ${pattern(field, `%${escapeLike(text)}%`)})`));
    case 'includes':
    case 'excludes':
      if (field.type !== 'multipicklist') throw new NotBuiltFilter('only multi-select picklists include values');
      return `${path} ${operation.toUpperCase()} (${values.map(quoted).join(', ')})`;
    default: {
      const operator = COMPARISONS[operation] ?? '=';
      const conditions = values.map((text) => `${path} ${operator} ${literal(field, text, operation)}`);
      return operation === 'notEqual' ? allOf(conditions) : anyOf(conditions);
    }
  }
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? (conditions[0] ?? '') : `(${conditions.join(' OR ')})`;
}

function allOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? (conditions[0] ?? '') : `(${conditions.join(' AND ')})`;
}

/** `a, "b, c"` is two values. */
function valuesOf(value: string): string[] {
  const parts = value.match(/"[^"]*"|[^,]+/g) ?? [];
  const values = parts.map((part) => part.trim()).filter((part) => part !== '');
  return values.length === 0 ? [''] : values.map((part) => part.replace(/^"(.*)"$/, '$1'));
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function escapeLike(text: string): string {
  return text.replace(/[%_]/g, '\\$&');
}

function pattern(field: FieldDescriptor, text: string): string {
  if (!TEXTS.has(field.type)) throw new NotBuiltFilter(`a ${field.type} is not text`);
  if (/\\(?![%_])/.test(text)) throw new NotBuiltFilter('a backslash within a text that is searched for');
  // The backslash before % and _ is one of LIKE's, which a text in SOQL keeps as it is.
  return `'${text.replace(/'/g, "\\'")}'`;
}

function literal(field: FieldDescriptor, value: string, operation: Operation): string {
  const isOrdered = operation !== 'equals' && operation !== 'notEqual';
  if (value === '') {
    if (isOrdered) throw new NotBuiltFilter('nothing is less or greater than a blank');
    return 'NULL';
  }
  if (TEXTS.has(field.type) || field.type === 'multipicklist') return quoted(value);
  if (NUMBERS.has(field.type)) return numberOf(value);
  if (field.type === 'boolean') return booleanOf(value);
  if (field.type === 'date' || field.type === 'datetime') return dateOf(field.type, value);
  if ((field.type === 'id' || field.type === 'reference') && /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(value)) {
    return quoted(value);
  }
  throw new NotBuiltFilter(`values of the type ${field.type} are not built`);
}

function numberOf(value: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw new NotBuiltFilter('write a number with digits and a point only');
  return value;
}

function booleanOf(value: string): string {
  if (value === '1') return 'TRUE';
  if (value === '0') return 'FALSE';
  throw new NotBuiltFilter('write 1 or 0');
}

/** `LAST 30 DAYS` and `LAST_N_DAYS:30` are the same; a day is written month/day/year. */
function dateOf(type: 'date' | 'datetime', value: string): string {
  const words = value.toUpperCase().replaceAll(' ', '_');
  const counted = /^(LAST|NEXT)_(\d+)_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)$/.exec(words);
  if (counted) return `${counted[1]}_N_${counted[3]}:${counted[2]}`;
  if (/^(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS):\d+$/.test(words)) return words;
  if (/^(TODAY|YESTERDAY|TOMORROW|(THIS|LAST|NEXT)_(WEEK|MONTH|QUARTER|YEAR))$/.test(words)) return words;
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  if (day && type === 'date') {
    const [, month = '', date = '', year = ''] = day;
    return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  }
  throw new NotBuiltFilter(`write a relative date${type === 'date' ? ' or month/day/year' : ''}`);
}
