import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import { FormulaError } from '../schema/formula/ast.ts';
import { formulaOf } from '../schema/formula/scope.ts';
import { ApexDecimal, decSetScale } from '../values/decimal.ts';
import { unsupported } from '../values/exception.ts';
import { toFieldValue } from '../values/fieldValue.ts';
import { ApexAddress, ApexLocation, degrees } from '../values/location.ts';
import type { AddressParts } from '../values/location.ts';
import type { FieldReader } from './row.ts';
import type { Store } from './store.ts';

/** The reader of a field that is computed from others; null where the field is stored. */
export function computedReader(store: Store, object: ObjectDescriptor, field: FieldDescriptor): FieldReader | null {
  if (field.formula !== null) return (row) => formulaValueOf(store, object, field, row);
  if (field.type === 'address') return addressReader(object, field);
  if (field.type === 'location') return locationReader(field);
  return null;
}

/** `BillingAddress` consists of `BillingStreet`, `BillingCity` …; null where all are blank. */
function addressReader(object: ObjectDescriptor, field: FieldDescriptor): FieldReader {
  const prefix = field.name.replace(/Address$/, '');
  const named = (part: string) => object.fields.get(`${prefix}${part}`.toLowerCase())?.name ?? null;
  const names = {
    street: named('Street'),
    city: named('City'),
    state: named('State'),
    stateCode: named('StateCode'),
    postalCode: named('PostalCode'),
    country: named('Country'),
    countryCode: named('CountryCode'),
    geocodeAccuracy: named('GeocodeAccuracy'),
  };
  const [latitude, longitude] = [named('Latitude'), named('Longitude')];
  return (row) => {
    const text = (name: string | null) => {
      const value = name === null ? null : row[name];
      return typeof value === 'string' ? value : null;
    };
    const parts: AddressParts = {
      street: text(names.street),
      city: text(names.city),
      state: text(names.state),
      stateCode: text(names.stateCode),
      postalCode: text(names.postalCode),
      country: text(names.country),
      countryCode: text(names.countryCode),
      geocodeAccuracy: text(names.geocodeAccuracy),
    };
    const place = [latitude, longitude].map((name) => degrees(name === null ? null : row[name]));
    if (Object.values(parts).every((part) => part === null) && place.every((number) => number === null)) return null;
    return new ApexAddress(parts, place[0] ?? null, place[1] ?? null);
  };
}

function locationReader(field: FieldDescriptor): FieldReader {
  const stem = field.name.replace(/c$/, '');
  return (row) => {
    const latitude = degrees(row[`${stem}Latitude__s`]);
    const longitude = degrees(row[`${stem}Longitude__s`]);
    return latitude === null && longitude === null ? null : new ApexLocation(latitude, longitude);
  };
}

function formulaValueOf(
  store: Store,
  object: ObjectDescriptor,
  field: FieldDescriptor,
  row: Parameters<FieldReader>[0],
): unknown {
  try {
    const value = formulaOf(store, object, field, row);
    if (value instanceof ApexDecimal && value.scale > field.scale) return decSetScale(value, field.scale, 'HALF_UP');
    if (value === null && field.type === 'boolean') return false;
    return value === null ? null : toFieldValue(field, value);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return unsupported(`the formula of ${object.name}.${field.name}`, error.message);
  }
}
