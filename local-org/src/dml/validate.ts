import type { DmlFault } from '../engine/data.ts';
import type { FieldDescriptor } from '../schema/descriptor.ts';
import { ApexDecimal, decAbs, decCompare, decPlainText, decSetScale } from '../values/decimal.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { tenTo } from '../values/rounding.ts';
import { badEmail, badPicklistValue, numberOutOfRange, requiredMissing, tooLong, wrongType } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/**
 * Checks a row's own values after its before triggers, and brings them into the form in which they are stored: numbers
 * with the field's scale, instants without milliseconds. The first kind of fault is reported.
 *
 * @param truncate what is too long is cut (DMLOptions.AllowFieldTruncation)
 */
export function validateRow(row: SaveRow, truncate = false): DmlFault[] {
  const draft = draftOf(row);
  const missing: string[] = [];
  const faults: DmlFault[] = [];
  for (const field of row.object.fields.values()) {
    const value = trimmed(draft[field.name]);
    if (value === undefined || (!field.createable && !field.updateable)) continue;
    if (row.before && row.before[field.name] === value) {
      draft[field.name] = value;
      continue;
    }
    if (value === null || value === '') {
      draft[field.name] = null;
      if (field.type === 'boolean') faults.push(wrongType(field));
      else if (isRequired(field, row.created)) missing.push(field.name);
      continue;
    }
    if (truncate && isTooLong(field, value)) {
      draft[field.name] = value.slice(0, field.length);
      continue;
    }
    const problem = checkValue(field, value);
    if (problem) faults.push(problem);
    else draft[field.name] = storedValue(field, value);
  }
  return missing.length > 0 ? [requiredMissing(missing)] : faults.slice(0, 1);
}

/**
 * Text has no white space at its ends; no-break spaces stay. Source: Apex Developer Guide, Primitive Data Types, "Empty
 * Strings and Trailing Whitespace".
 */
function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') : value;
}

function isTooLong(field: FieldDescriptor, value: unknown): value is string {
  if (typeof value !== 'string' || field.type === 'email' || field.restrictedPicklist) return false;
  return value.length > field.length;
}

/** What the platform fills in on create may still not be blanked later. */
function isRequired(field: FieldDescriptor, created: boolean): boolean {
  return field.required || (!created && !field.nillable);
}

/** Nothing but spaces, at signs where they belong, and a domain with a dot. */
const EMAIL = /^[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+\.[^\s@<>()[\],;:".]+$/;

function checkValue(field: FieldDescriptor, value: unknown): DmlFault | null {
  if (typeof value === 'string') return checkText(field, value);
  if (value instanceof ApexDecimal) return checkDecimal(field, value);
  return null;
}

function checkText(field: FieldDescriptor, value: string): DmlFault | null {
  if (field.type === 'picklist' || field.type === 'multipicklist') return checkPicklist(field, value);
  if (value.length > field.length) return tooLong(field, value);
  return field.type === 'email' && !EMAIL.test(value) ? badEmail(field, value) : null;
}

function checkPicklist(field: FieldDescriptor, value: string): DmlFault | null {
  if (!field.restrictedPicklist) return value.length > field.length ? tooLong(field, value) : null;
  const parts = field.type === 'multipicklist' ? value.split(';') : [value];
  const wrong = parts.find((part) => !field.picklist.some((entry) => entry.active && same(entry.value, part)));
  return wrong === undefined ? null : badPicklistValue(field, wrong);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.trim().toLowerCase();
}

function checkDecimal(field: FieldDescriptor, value: ApexDecimal): DmlFault | null {
  if (field.precision === 0) return null;
  const rounded = decSetScale(value, field.scale, 'HALF_UP');
  const bound = new ApexDecimal(tenTo(field.precision - field.scale), 0);
  return decCompare(decAbs(rounded), bound) >= 0 ? numberOutOfRange(field, decPlainText(value)) : null;
}

/** A value as the database keeps it. */
export function storedValue(field: FieldDescriptor, value: unknown): unknown {
  // Amounts like Account.AnnualRevenue are described without decimals, and keep those that they are given.
  const isWholeAmount = field.type === 'currency' && !field.custom && field.scale === 0;
  if (value instanceof ApexDecimal && field.precision > 0 && !isWholeAmount) {
    return decSetScale(value, Math.min(value.scale, field.scale), 'HALF_UP');
  }
  if (value instanceof ApexDatetime) return new ApexDatetime(Math.floor(value.ms / 1000) * 1000);
  if (field.type === 'picklist' && typeof value === 'string') {
    return field.picklist.find((entry) => same(entry.value, value))?.value ?? value;
  }
  return value;
}
