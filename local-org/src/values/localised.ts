import { current } from '../engine/current.ts';
import type { FieldDescriptor } from '../schema/descriptor.ts';
import { formatDate, languageTag, ApexDate } from './date.ts';
import { ApexDatetime, localMs, userZone } from './datetime.ts';
import { shortTime } from './datePattern.ts';
import { ApexDecimal, decPlainText } from './decimal.ts';
import { ApexDouble } from './double.ts';
import { ApexTime, DAY_MS } from './time.ts';
import { zoneOf } from './zone.ts';
import type { Zone } from './zone.ts';

/** An amount of money and the currency that it is in. */
export interface Amount {
  readonly value: unknown;
  readonly isoCode: string;
  /** Places after the point. */
  readonly places: number;
}

/** Date and time in the running user's locale and zone. @param time writes the time of day */
export function datetimeText(value: ApexDatetime, time: typeof shortTime = shortTime): string {
  const { locale } = current.tx.user;
  const zone: Zone = userZone();
  return `${formatDate(Math.floor(localMs(value, zone) / DAY_MS), locale)}, ${time(value.ms, zone, locale)}`;
}

/**
 * A field's value as Salesforce Classic shows it in the running user's locale: dates, times and numbers, these with as many
 * places as the field has. Amounts of money are for {@link amountText}. Source: SOQL and SOSL Reference, FORMAT(); how many
 * places numbers have and the sign after percentages are as in the user interface, and unverified.
 */
export function localised(field: Pick<FieldDescriptor, 'type' | 'scale'>, value: unknown): string | null {
  const { locale } = current.tx.user;
  if (value === null || value === undefined) return null;
  if (value instanceof ApexDate) return formatDate(value.days, locale);
  if (value instanceof ApexDatetime) return datetimeText(value);
  if (value instanceof ApexTime) return shortTime(value.ms, zoneOf('GMT'), locale);
  const text = numberText(value, field.scale);
  return field.type === 'percent' ? `${text}%` : text;
}

/** `$44,000.00`: an amount of an org with one currency. */
export function moneyText({ value, isoCode, places }: Amount): string | null {
  if (value === null || value === undefined) return null;
  return inLocale({ style: 'currency', currency: isoCode, ...exactly(places) }).format(plain(value));
}

/** `EUR 1,500.00`: an amount of an org with several currencies. */
export function amountText({ value, isoCode, places }: Amount): string | null {
  return value === null || value === undefined ? null : `${isoCode} ${numberText(value, places)}`;
}

function numberText(value: unknown, places: number): string {
  return inLocale(exactly(places)).format(plain(value));
}

function exactly(places: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: places, maximumFractionDigits: places };
}

function inLocale(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(languageTag(current.tx.user.locale), { numberingSystem: 'latn', ...options });
}

function plain(value: unknown): Intl.StringNumericLiteral {
  if (value instanceof ApexDecimal) return decPlainText(value) as Intl.StringNumericLiteral;
  return String(value instanceof ApexDouble ? value.value : value) as Intl.StringNumericLiteral;
}
