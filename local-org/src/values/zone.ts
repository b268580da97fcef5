import { raise } from './exception.ts';
import { DAY_MS } from './time.ts';

const QUARTER_MS = 900_000;

/** A day within the ends of JavaScript's dates. */
const LAST_MS = 8.64e15 - 2 * DAY_MS;

/** A time zone: what its clocks show at an instant. Offsets change at quarter hours only, so they are kept by day. */
export class Zone {
  readonly id: string;
  readonly #clock: Intl.DateTimeFormat;
  /** Offset of a whole UTC day, or NaN where it changes within the day. */
  readonly #days = new Map<number, number>();
  readonly #quarters = new Map<number, number>();

  /** @throws RangeError where there is no such zone. */
  constructor(id: string) {
    this.id = id;
    this.#clock = new Intl.DateTimeFormat('en-US', {
      timeZone: id,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Milliseconds that local time is ahead of UTC at this instant; beyond JavaScript's dates as at their end. */
  offset(instant: number): number {
    const ms = Math.max(-LAST_MS, Math.min(LAST_MS, instant));
    const day = Math.floor(ms / DAY_MS);
    let offset = this.#days.get(day);
    if (offset === undefined) {
      offset = this.#measure(day * DAY_MS);
      if (offset !== this.#measure((day + 1) * DAY_MS)) offset = NaN;
      this.#days.set(day, offset);
    }
    if (!Number.isNaN(offset)) return offset;
    const quarter = Math.floor(ms / QUARTER_MS);
    let exact = this.#quarters.get(quarter);
    if (exact === undefined) {
      exact = this.#measure(quarter * QUARTER_MS);
      this.#quarters.set(quarter, exact);
    }
    return exact;
  }

  /**
   * The instant at which the zone's clocks show this local time (as if it were UTC). A time that occurs twice is the
   * later one; a time that is skipped is counted on with the offset before it. So does Java's calendar.
   */
  instant(local: number): number {
    const before = this.offset(local - DAY_MS);
    const after = this.offset(local + DAY_MS);
    if (before === after) return local - before;
    if (this.offset(local - after) === after) return local - after;
    return local - before;
  }

  #measure(ms: number): number {
    let [year, month, day, hour, minute, second] = [0, 0, 0, 0, 0, 0];
    let bc = false;
    for (const { type, value } of this.#clock.formatToParts(ms)) {
      if (type === 'year') year = Number(value);
      else if (type === 'month') month = Number(value);
      else if (type === 'day') day = Number(value);
      else if (type === 'hour') hour = Number(value);
      else if (type === 'minute') minute = Number(value);
      else if (type === 'second') second = Number(value);
      else if (type === 'era') bc = value.startsWith('B');
    }
    const local = new Date(0);
    local.setUTCFullYear(bc ? 1 - year : year, month - 1, day);
    local.setUTCHours(hour, minute, second);
    return local.getTime() - Math.floor(ms / 1000) * 1000;
  }
}

const zones = new Map<string, Zone>();

/** The zone of this name, or GMT for a name that is none, as Java has it. */
export function zoneOf(id: string): Zone {
  const known = zones.get(id);
  if (known) return known;
  const zone = makeZone(id) ?? (id === 'GMT' ? null : zoneOf('GMT'));
  if (!zone) return raise('System.UnexpectedException', 'this machine has no time zone GMT');
  zones.set(id, zone);
  return zone;
}

function makeZone(id: string): Zone | null {
  // Java writes an own offset `GMT+2` or `GMT+02:00`, JavaScript `+02:00`.
  const own = /^GMT([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(id);
  const name = own ? `${own[1]}${(own[2] ?? '').padStart(2, '0')}:${own[3] ?? '00'}` : id === 'GMT' ? 'UTC' : id;
  try {
    return new Zone(name);
  } catch {
    return null;
  }
}

/** Whether a name is that of a zone. */
export function isZone(id: string): boolean {
  return makeZone(id) !== null;
}
