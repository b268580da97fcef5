import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { ApexBlob } from '../../values/blob.ts';
import { isInCalendar, readDate } from '../../values/date.ts';
import type { ApexDate } from '../../values/date.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { decFromDouble, readDecimal } from '../../values/decimal.ts';
import { ApexDouble } from '../../values/double.ts';
import { readId } from '../../values/id.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { readTime } from '../../values/time.ts';
import { RestError, badJson } from '../restError.ts';

/** A record that is named by one of its external ids, in place of its id. */
export interface ForeignKey {
  /** The lookup field that it stands for. */
  readonly lookup: FieldDescriptor;
  readonly object: string;
  readonly field: FieldDescriptor;
  readonly value: unknown;
}

export interface ReadRow {
  readonly row: SObjectValue;
  readonly foreignKeys: readonly ForeignKey[];
}

/** Reads a record of a request body. Names in any case. @throws RestError 400 naming the field. */
export function readRow(
  object: ObjectDescriptor,
  json: Readonly<Record<string, unknown>>,
  objectNamed: (name: string) => ObjectDescriptor | null,
): ReadRow {
  const row = new SObjectValue(object);
  const foreignKeys: ForeignKey[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name === 'attributes') continue;
    const field = object.fields.get(name.toLowerCase());
    if (field) {
      row.fields[field.name] = fieldValue(field, value);
      continue;
    }
    const lookup = object.parents.get(name.toLowerCase());
    if (!lookup) {
      throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    }
    if (value === null) row.fields[lookup.name] = null;
    else foreignKeys.push(foreignKey(object, lookup, value, objectNamed));
  }
  return { row, foreignKeys };
}

function foreignKey(
  object: ObjectDescriptor,
  lookup: FieldDescriptor,
  value: unknown,
  objectNamed: (name: string) => ObjectDescriptor | null,
): ForeignKey {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const type = (given['attributes'] as { type?: unknown } | undefined)?.type;
  const keys = Object.keys(given).filter((key) => key !== 'attributes');
  const [target] = lookup.referenceTo;
  const targetName = typeof type === 'string' ? type : lookup.referenceTo.length === 1 ? target : undefined;
  const targetObject = targetName === undefined ? null : objectNamed(targetName);
  const [key] = keys;
  const field = key === undefined ? undefined : targetObject?.fields.get(key.toLowerCase());
  if (!targetObject || keys.length !== 1 || !field || !(field.idLookup || field.externalId)) {
    const what = lookup.relationshipName ?? lookup.name;
    const message = `The relationship ${what} of ${object.name} takes an object with one external id field of its target`;
    throw new RestError(400, 'INVALID_FIELD', message, [what]);
  }
  return { lookup, object: targetObject.name, field, value: fieldValue(field, given[field.name] ?? given[key ?? '']) };
}

/** A JSON value as the field's Apex type in boxed form. @throws RestError 400 JSON_PARSER_ERROR */
export function fieldValue(field: FieldDescriptor, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return null;
  const converted = convert(field, value);
  if (converted !== undefined) return converted;
  const kind =
    typeof value === 'object'
      ? 'START_OBJECT'
      : `VALUE_${typeof value === 'string' ? 'STRING' : typeof value === 'number' ? 'NUMBER' : String(value).toUpperCase()}`;
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  throw badJson(
    `Cannot deserialize instance of ${field.type} from ${kind} value ${shown} or request may be missing a required ` +
      `field: ${field.name}`,
  );
}

function convert(field: FieldDescriptor, value: unknown): unknown {
  const text = typeof value === 'string' ? value.trim() : null;
  switch (field.apexType) {
    case 'Boolean':
      return typeof value === 'boolean'
        ? value
        : text !== null && /^(true|false)$/i.test(text)
          ? text.toLowerCase() === 'true'
          : undefined;
    case 'Integer': {
      const number = numberOf(value);
      return number !== undefined && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : undefined;
    }
    case 'Decimal':
      if (typeof value === 'number') return decFromDouble(value);
      return text === null ? undefined : (readDecimal(text) ?? undefined);
    case 'Double': {
      const number = numberOf(value);
      return number === undefined ? undefined : new ApexDouble(number);
    }
    case 'Long': {
      const number = numberOf(value);
      return number !== undefined && Number.isSafeInteger(number) ? BigInt(number) : undefined;
    }
    case 'Date':
      return text === null ? undefined : (dayOf(text) ?? undefined);
    case 'Datetime': {
      const ms = text === null ? NaN : instantOf(text);
      return Number.isNaN(ms) ? undefined : new ApexDatetime(ms);
    }
    case 'Time':
      return text === null ? undefined : (readTime(text.replace(/Z$/, '')) ?? undefined);
    case 'Blob':
      return text === null ? undefined : new ApexBlob(Buffer.from(text, 'base64'));
    case 'Id':
      // What is no id is refused by the save, as MALFORMED_ID.
      return text === null ? undefined : (readId(text) ?? text);
    default:
      return typeof value === 'string' ? value : typeof value === 'object' ? undefined : String(value);
  }
}

/** `2026-12-24`, a day that the calendar has. */
function dayOf(text: string): ApexDate | null {
  const written = text.slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && isInCalendar(written) ? readDate(written) : null;
}

function numberOf(value: unknown): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** `2026-11-22T10:00:00.000+0000`, `…Z`, `…+01:00`, or a date alone. NaN for anything else. */
function instantOf(text: string): number {
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
  if (!form.test(text)) return NaN;
  const zoned = text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text;
  return Date.parse(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}
