import type { FieldDescriptor } from '../schema/descriptor.ts';
import { ApexBlob } from './blob.ts';
import { ApexDate } from './date.ts';
import { ApexDatetime } from './datetime.ts';
import { ApexDecimal, decFromDouble, decFromInt, decFromLong, decToDouble } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { raise } from './exception.ts';
import { releaseId } from './heldId.ts';
import { readId, toId } from './id.ts';
import { ApexTime, DAY_MS } from './time.ts';

/** The Apex type of a boxed value, as messages name it. */
export function valueTypeName(value: unknown): string {
  if (typeof value === 'string') return readId(value) !== null ? 'Id' : 'String';
  if (typeof value === 'number') return 'Integer';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'bigint') return 'Long';
  if (value !== null && typeof value === 'object' && '$type' in value) {
    const type = value.$type;
    if (type !== null && typeof type === 'object' && 'name' in type) return String(type.name);
  }
  return 'Object';
}

/**
 * A boxed value as the type of a field has it, with the widening that assignment allows.
 *
 * @throws System.SObjectException: Illegal assignment from String to Decimal
 */
export function toFieldValue(field: FieldDescriptor, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const converted = convert(field.apexType, releaseId(value));
  if (converted !== undefined) return converted;
  // An Id that is no id is a string that could not be converted.
  const from = typeof value === 'string' ? 'String' : valueTypeName(value);
  return raise('System.SObjectException', `Illegal assignment from ${from} to ${field.apexType}`);
}

/** undefined where there is no conversion. */
function convert(apexType: string, value: unknown): unknown {
  switch (apexType) {
    case 'String':
      return typeof value === 'string' ? value : undefined;
    case 'Id':
      return typeof value === 'string' ? toId(value) : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'Integer':
      return typeof value === 'number' ? value : undefined;
    case 'Long':
      return typeof value === 'bigint' ? value : typeof value === 'number' ? BigInt(value) : undefined;
    case 'Decimal':
      return toDecimal(value);
    case 'Double':
      return toDouble(value);
    case 'Date':
      if (value instanceof ApexDatetime) return new ApexDate(Math.floor(value.ms / DAY_MS));
      return value instanceof ApexDate ? value : undefined;
    case 'Datetime':
      if (value instanceof ApexDate) return new ApexDatetime(value.days * DAY_MS);
      return value instanceof ApexDatetime ? value : undefined;
    case 'Time':
      return value instanceof ApexTime ? value : undefined;
    case 'Blob':
      return value instanceof ApexBlob ? value : undefined;
    case 'Object':
      return value;
    default:
      return platformTypeOf(value) === (apexType.includes('.') ? apexType : `System.${apexType}`) ? value : undefined;
  }
}

/** The qualified name of a platform object's class: `System.Location`. */
function platformTypeOf(value: unknown): string | null {
  if (value === null || typeof value !== 'object') return null;
  return (value.constructor as { readonly apexName?: string }).apexName ?? null;
}

function toDecimal(value: unknown): ApexDecimal | undefined {
  if (value instanceof ApexDecimal) return value;
  if (typeof value === 'number') return decFromInt(value);
  if (typeof value === 'bigint') return decFromLong(value);
  return value instanceof ApexDouble ? decFromDouble(value.value) : undefined;
}

function toDouble(value: unknown): ApexDouble | undefined {
  if (value instanceof ApexDouble) return value;
  if (typeof value === 'number') return new ApexDouble(value);
  if (typeof value === 'bigint') return new ApexDouble(Number(value));
  return value instanceof ApexDecimal ? new ApexDouble(decToDouble(value)) : undefined;
}
