import { countryCode } from '../text/leadLanguage.ts';

export const REGIONS = ['americas', 'emea', 'apac'] as const;
export type Region = (typeof REGIONS)[number];

const regions = new Map<string, Region | null>();
const zones = new Map<string, string | null>();

/** The sales region of a country, by the continent of its first time zone (IANA, through Unicode CLDR); null if unknown. */
export function regionOf(country: string | null | undefined): Region | null {
  const key = country ?? '';
  let region = regions.get(key);
  if (region === undefined) {
    region = regionOfZone(timeZoneOf(key) ?? '');
    remember(regions, key, region);
  }
  return region;
}

function regionOfZone(zone: string): Region | null {
  if (/^(America|US|Canada)\//.test(zone)) return 'americas';
  if (/^(Europe|Africa|Arctic)\//.test(zone)) return 'emea';
  if (/^Asia\/(Dubai|Riyadh|Qatar|Bahrain|Kuwait|Muscat|Jerusalem|Beirut|Amman|Baghdad|Aden)$/.test(zone))
    return 'emea';
  return /^(Asia|Australia|Pacific|Indian)\//.test(zone) ? 'apac' : null;
}

/** The first IANA time zone of a country (Unicode CLDR). For large countries it is one of several. */
export function timeZoneOf(country: string): string | null {
  let zone = zones.get(country);
  if (zone === undefined) {
    const code = countryCode(country);
    zone = code === null ? null : (new Intl.Locale(`und-${code}`).getTimeZones?.()?.[0] ?? null);
    remember(zones, country, zone);
  }
  return zone;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();
const offsets = new Map<string, { quarter: number; hours: number }>();
/** No zone changes its offset within a quarter of an hour. */
const QUARTER_MS = 900_000;

/** Hours by which a time zone is ahead of UTC at an instant; NaN for an unknown zone. */
export function offsetHours(zone: string, at: number): number {
  const quarter = Math.floor(at / QUARTER_MS);
  const last = offsets.get(zone);
  if (last?.quarter === quarter) return last.hours;
  const hours = formattedOffset(zone, at);
  remember(offsets, zone, { quarter, hours });
  return hours;
}

function formattedOffset(zone: string, at: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch {
      format = null;
    }
    remember(formats, zone, format);
  }
  if (format === null) return Number.NaN;
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
}

const WORKING_HOURS = 9;

/** Hours of a nine-hour working day that two places have in common; NaN where either is unknown. */
export function commonHours(oneOffset: number, otherOffset: number): number {
  const apart = Math.abs(oneOffset - otherOffset);
  return Math.max(0, WORKING_HOURS - Math.min(apart, 24 - apart));
}

/** Callers send what they like: what is remembered of it stays bounded. */
function remember<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  if (cache.size > 2000) cache.clear();
  cache.set(key, value);
}
