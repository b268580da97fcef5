import { ApexDouble, boxDouble } from './double.ts';
import { raise } from './exception.ts';

/** A place on earth: System.Location. Degrees, null where unknown. */
export class ApexLocation {
  static readonly apexName: string = 'System.Location';
  readonly latitude: number | null;
  readonly longitude: number | null;

  constructor(latitude: number | null, longitude: number | null) {
    this.latitude = latitude;
    this.longitude = longitude;
  }

  /** Source: SOAP API Developer Guide, Geolocation Compound Field. */
  jsonFields(): Iterable<readonly [string, unknown]> {
    return [
      ['latitude', boxDouble(this.latitude)],
      ['longitude', boxDouble(this.longitude)],
    ];
  }

  toString(): string {
    return `Location:[getLatitude=${this.latitude};getLongitude=${this.longitude};]`;
  }
}

/** The parts of an address; null where blank. */
export interface AddressParts {
  readonly street: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly stateCode: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly countryCode: string | null;
  readonly geocodeAccuracy: string | null;
}

/** The value of a compound address field: System.Address. */
export class ApexAddress extends ApexLocation {
  static override readonly apexName = 'System.Address';
  readonly parts: AddressParts;

  constructor(parts: AddressParts, latitude: number | null, longitude: number | null) {
    super(latitude, longitude);
    this.parts = parts;
  }

  /** Source: SOAP API Developer Guide, Address Compound Fields; the codes belong to state and country picklists. */
  override jsonFields(): Iterable<readonly [string, unknown]> {
    const { city, country, geocodeAccuracy, postalCode, state, street } = this.parts;
    return [
      ['city', city],
      ['country', country],
      ['geocodeAccuracy', geocodeAccuracy],
      ...super.jsonFields(),
      ['postalCode', postalCode],
      ['state', state],
      ['street', street],
    ];
  }

  override toString(): string {
    const { city, country, geocodeAccuracy, postalCode, state, street } = this.parts;
    const shown = {
      City: city,
      Country: country,
      GeocodeAccuracy: geocodeAccuracy,
      PostalCode: postalCode,
      State: state,
    };
    const parts = Object.entries({ ...shown, Street: street }).map(([name, value]) => `get${name}=${value};`);
    return `Address:[${parts.join('')}]`;
  }
}

/** An address of the parts that are given; the others are blank. */
export function addressOf(
  parts: Partial<AddressParts>,
  latitude: number | null = null,
  longitude: number | null = null,
): ApexAddress {
  const blank = {
    street: null,
    city: null,
    state: null,
    stateCode: null,
    postalCode: null,
    country: null,
    countryCode: null,
    geocodeAccuracy: null,
  };
  return new ApexAddress({ ...blank, ...parts }, latitude, longitude);
}

const EARTH_RADIUS_KM = 6371.0088;
const KM_PER_MILE = 1.609344;

/** Distance along the surface by the haversine formula; null where a place is unknown. @throws for another unit. */
export function distance(from: ApexLocation, to: ApexLocation, unit: string): number | null {
  const scale = unit.toLowerCase() === 'km' ? 1 : unit.toLowerCase() === 'mi' ? 1 / KM_PER_MILE : null;
  if (scale === null) return raise('System.IllegalArgumentException', `Invalid unit: ${unit}. Use mi or km.`);
  if (from.latitude === null || from.longitude === null || to.latitude === null || to.longitude === null) return null;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLatitude = radians(to.latitude - from.latitude);
  const dLongitude = radians(to.longitude - from.longitude);
  const a =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a))) * scale;
}

/** A boxed number of a field in degrees. */
export function degrees(value: unknown): number | null {
  if (value instanceof ApexDouble) return value.value;
  if (typeof value === 'number') return value;
  return value === null || value === undefined ? null : Number(String(value));
}
