/** One territory of the demo org, as the loader writes it and as leads are generated for it. */
export interface DemoTerritory {
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  /** Languages that its representatives speak, the first of them all. ISO 639-1. */
  readonly languages: readonly string[];
  readonly regions: readonly DemoRegion[];
}

/** A country, or a state of one, that a territory covers. */
export interface DemoRegion {
  readonly country: string;
  readonly state?: string;
  readonly postalCodes: readonly string[];
}

export const TERRITORIES: readonly DemoTerritory[] = [
  {
    code: 'DACH',
    name: 'Germany, Austria, Switzerland',
    timeZone: 'Europe/Berlin',
    languages: ['de', 'en'],
    regions: [
      { country: 'Germany', postalCodes: ['10115', '20095', '50667', '80331'] },
      { country: 'Austria', postalCodes: ['1010', '8010'] },
      { country: 'Switzerland', postalCodes: ['3011', '8001'] },
    ],
  },
  {
    code: 'UKI',
    name: 'United Kingdom and Ireland',
    timeZone: 'Europe/London',
    languages: ['en', 'fr'],
    regions: [
      { country: 'United Kingdom', postalCodes: ['EC1A 1BB', 'M1 1AE', 'EH1 1YZ'] },
      { country: 'Ireland', postalCodes: ['D02 AF30', 'T12 W8KX'] },
    ],
  },
  {
    code: 'NORDICS',
    name: 'Nordic countries',
    timeZone: 'Europe/Stockholm',
    languages: ['sv', 'en', 'da', 'no', 'fi'],
    regions: [
      { country: 'Sweden', postalCodes: ['111 20', '411 03'] },
      { country: 'Norway', postalCodes: ['0150', '5003'] },
      { country: 'Denmark', postalCodes: ['1050', '8000'] },
      { country: 'Finland', postalCodes: ['00100', '33100'] },
    ],
  },
  {
    code: 'FRBNL',
    name: 'France and the Benelux',
    timeZone: 'Europe/Paris',
    languages: ['fr', 'nl', 'en'],
    regions: [
      { country: 'France', postalCodes: ['75001', '69001'] },
      { country: 'Belgium', postalCodes: ['1000', '2000'] },
      { country: 'Netherlands', postalCodes: ['1011 AB', '3011 AD'] },
    ],
  },
  {
    code: 'NA-EAST',
    name: 'North America, East',
    timeZone: 'America/New_York',
    languages: ['en', 'es', 'fr'],
    regions: [
      { country: 'United States', state: 'NY', postalCodes: ['10001'] },
      { country: 'United States', state: 'MA', postalCodes: ['02108'] },
      { country: 'United States', state: 'FL', postalCodes: ['33101'] },
      { country: 'Canada', state: 'ON', postalCodes: ['M5H 2N2'] },
      { country: 'Canada', state: 'QC', postalCodes: ['H2Y 1C6'] },
    ],
  },
  {
    code: 'NA-WEST',
    name: 'North America, West',
    timeZone: 'America/Los_Angeles',
    languages: ['en', 'es'],
    regions: [
      { country: 'United States', state: 'CA', postalCodes: ['94105', '90012'] },
      { country: 'United States', state: 'WA', postalCodes: ['98101'] },
      { country: 'United States', state: 'CO', postalCodes: ['80202'] },
      { country: 'Canada', state: 'BC', postalCodes: ['V6B 1A1'] },
    ],
  },
];
