import { required } from '../../values/exception.ts';
import { distance } from '../../values/location.ts';
import { addressOf } from '../../values/location.ts';
import type { ApexAddress, ApexLocation } from '../../values/location.ts';
import { platformClass } from '../define.ts';

export const AddressClass = platformClass('System.Address', {
  // The reference lists no constructor; harness/ff-apex-server-sdk and kratapps/test-data-factory call it.
  'new ()': () => addressOf({}),
  'get String city': (address: ApexAddress) => address.parts.city,
  'get String country': (address: ApexAddress) => address.parts.country,
  'get String countryCode': (address: ApexAddress) => address.parts.countryCode,
  'get String geocodeAccuracy': (address: ApexAddress) => address.parts.geocodeAccuracy,
  'get String postalCode': (address: ApexAddress) => address.parts.postalCode,
  'get String state': (address: ApexAddress) => address.parts.state,
  'get String stateCode': (address: ApexAddress) => address.parts.stateCode,
  'get String street': (address: ApexAddress) => address.parts.street,
  'String getCity()': (address: ApexAddress) => address.parts.city,
  'String getCountry()': (address: ApexAddress) => address.parts.country,
  'String getCountryCode()': (address: ApexAddress) => address.parts.countryCode,
  'String getGeocodeAccuracy()': (address: ApexAddress) => address.parts.geocodeAccuracy,
  'String getPostalCode()': (address: ApexAddress) => address.parts.postalCode,
  'String getState()': (address: ApexAddress) => address.parts.state,
  'String getStateCode()': (address: ApexAddress) => address.parts.stateCode,
  'String getStreet()': (address: ApexAddress) => address.parts.street,
  'Double getLatitude()': (address: ApexAddress) => address.latitude,
  'Double getLongitude()': (address: ApexAddress) => address.longitude,
  'Double getDistance(Location, String)': (address: ApexAddress, to: ApexLocation | null, unit: string | null) =>
    distance(address, required(to), required(unit)),
});
