import { addressOf, ApexLocation } from '../../../values/location.ts';
import type { JsonReader } from './reader.ts';

/** Whether a type is that of compound fields, whose value is an object in JSON. */
export function isPlace(type: string): boolean {
  return type === 'Address' || type === 'Location';
}

/**
 * A value of a compound field, whose parts are those that the APIs give it (SOAP API Developer Guide, Address Compound Fields).
 * That Apex reads it, and leaves what is not given blank, rests on
 * j-schreiber/js-salesforce-apex-utils and harness/ff-apex-server-sdk.
 */
export function readPlace(reader: JsonReader, type: string): ApexLocation {
  const parts: Record<string, string | null> = {};
  while (reader.next() === 'FIELD_NAME') {
    const name = reader.text;
    reader.next();
    parts[name] = reader.token === 'VALUE_NULL' ? null : reader.text;
    reader.skip();
  }
  const degrees = (text: string | null | undefined): number | null =>
    text === null || text === undefined ? null : Number(text);
  const { latitude, longitude, ...rest } = parts;
  if (type === 'Location') return new ApexLocation(degrees(latitude), degrees(longitude));
  return addressOf(rest, degrees(latitude), degrees(longitude));
}
