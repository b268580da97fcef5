import { current } from '../../engine/current.ts';
import type { ApexDatetime } from '../../values/datetime.ts';
import { languageTag } from '../../values/date.ts';
import { required } from '../../values/exception.ts';
import { isZone, zoneOf } from '../../values/zone.ts';
import { platformClass } from '../define.ts';

/** A System.TimeZone. */
export class ApexTimeZone {
  static readonly apexName = 'System.TimeZone';
  readonly id: string;

  /** A name that is none stands for GMT, as in Java. */
  constructor(id: string) {
    this.id = isZone(id) ? id : 'GMT';
  }

  get valueKey(): string {
    return `\0zone${this.id}`;
  }

  /** Milliseconds ahead of GMT. */
  offset(ms: number): number {
    return zoneOf(this.id).offset(ms);
  }

  /** `(GMT-08:00) Pacific Standard Time (America/Los_Angeles)` */
  get displayName(): string {
    const now = current.tx.services.now();
    const minutes = Math.round(this.offset(now) / 60_000);
    const size = Math.abs(minutes);
    const digits = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
    const parts = new Intl.DateTimeFormat(languageTag(current.tx.user.locale), {
      timeZone: zoneOf(this.id).id,
      timeZoneName: 'long',
    }).formatToParts(now);
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? this.id;
    return `(GMT${minutes < 0 ? '-' : '+'}${digits}) ${name} (${this.id})`;
  }

  toString(): string {
    return this.id;
  }
}

export const TimeZoneClass = platformClass('System.TimeZone', {
  'String getDisplayName()': (zone: ApexTimeZone) => zone.displayName,
  'String getID()': (zone: ApexTimeZone) => zone.id,
  'Integer getOffset(Datetime)': (zone: ApexTimeZone, at: ApexDatetime | null) => zone.offset(required(at).ms),
  'String toString()': (zone: ApexTimeZone) => zone.toString(),
  'static TimeZone getTimeZone(String)': (id: string | null) => new ApexTimeZone(required(id)),
});
