import { decToDouble } from '../../values/decimal.ts';
import type { ApexDecimal } from '../../values/decimal.ts';
import { required } from '../../values/exception.ts';
import { ApexLocation, distance } from '../../values/location.ts';
import { platformClass } from '../define.ts';

type Place = ApexLocation | null;

export const LocationClass = platformClass(
  'System.Location',
  {
    'get Double latitude': (place: ApexLocation) => place.latitude,
    'get Double longitude': (place: ApexLocation) => place.longitude,
    'Double getLatitude()': (place: ApexLocation) => place.latitude,
    'Double getLongitude()': (place: ApexLocation) => place.longitude,
    'Double getDistance(Location, String)': (from: ApexLocation, to: Place, unit: string | null) =>
      distance(from, required(to), required(unit)),
    'static Double getDistance(Location, Location, String)': (from: Place, to: Place, unit: string | null) =>
      distance(required(from), required(to), required(unit)),
    'static Location newInstance(Decimal, Decimal)': (latitude: ApexDecimal | null, longitude: ApexDecimal | null) =>
      new ApexLocation(decToDouble(required(latitude)), decToDouble(required(longitude))),
  },
  { notBuilt: ['new ()'] },
);
