import { current } from '../../engine/current.ts';
import { ApexDatetime } from '../../values/datetime.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { ApexTime, DAY_MS } from '../../values/time.ts';
import type { Zone } from '../../values/zone.ts';
import { zoneOf } from '../../values/zone.ts';
import { platformClass } from '../define.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const FIELDS = DAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]).join(', ');
const HOURS = `SELECT Id, TimeZoneSidKey, ${FIELDS} FROM BusinessHours`;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;
/** Hours of which no day is open would be searched for ever. */
const LONGEST_SEARCH_DAYS = 3660;

/** The hours of one day in milliseconds of its local time; from midnight to midnight is the whole day. */
interface OpenHours {
  readonly from: number;
  readonly to: number;
}

/** Business hours as they are kept: what is open on each weekday, by the clock of one zone. */
class Week {
  readonly #zone: Zone;
  readonly #days: readonly (OpenHours | null)[];

  constructor(row: SObjectValue) {
    this.#zone = zoneOf(String(row.get('TimeZoneSidKey')));
    this.#days = DAYS.map((day) => {
      const from = row.get(`${day}StartTime`);
      const to = row.get(`${day}EndTime`);
      if (!(from instanceof ApexTime) || !(to instanceof ApexTime)) return null;
      return { from: from.ms, to: to.ms === 0 ? DAY_MS : to.ms };
    });
  }

  /** The open spans from an instant on, each cut to begin no earlier. */
  *from(instant: number): Generator<{ start: number; end: number }> {
    const first = Math.floor((instant + this.#zone.offset(instant)) / DAY_MS);
    for (let day = first; day < first + LONGEST_SEARCH_DAYS; day++) {
      const open = this.#days[(((day + FIRST_WEEKDAY) % 7) + 7) % 7];
      if (!open) continue;
      const start = Math.max(instant, this.#zone.instant(day * DAY_MS + open.from));
      const end = this.#zone.instant(day * DAY_MS + open.to);
      if (end > start) yield { start, end };
    }
  }

  /** The instant after so much open time; null where no day is open. */
  add(instant: number, duration: number): number | null {
    let left = duration;
    for (const { start, end } of this.from(instant)) {
      if (end - start >= left) return start + left;
      left -= end - start;
    }
    return null;
  }

  next(instant: number): number | null {
    for (const { start } of this.from(instant)) return start;
    return null;
  }

  between(from: number, to: number): number {
    let total = 0;
    for (const { start, end } of this.from(from)) {
      if (start >= to) break;
      total += Math.min(end, to) - start;
    }
    return total;
  }
}

/** The platform reads hours outside of the transaction's limits. */
function rowsOf(text: string): readonly SObjectValue[] {
  const { data, used } = current.tx;
  const before = { ...used };
  const query = data.prepare(text);
  if ('message' in query) raise('System.QueryException', query.message);
  const rows = data.query(query, [], { mode: 'system', sharing: false });
  Object.assign(used, before);
  return rows;
}

function weekOf(id: string | null): Week {
  const wanted = required(id);
  if (rowsOf('SELECT Id FROM Holiday LIMIT 1').length > 0) {
    unsupported('BusinessHours methods in an org with holidays', 'delete the Holiday records');
  }
  const row = rowsOf(HOURS).find((each) => each.id?.startsWith(wanted.slice(0, 15)));
  return row ? new Week(row) : raise('System.InvalidParameterValueException', `Invalid business hours id: ${wanted}`);
}

function datetime(ms: number | null): ApexDatetime | null {
  return ms === null ? null : new ApexDatetime(ms);
}

function add(id: string | null, start: ApexDatetime | null, duration: bigint | null): ApexDatetime | null {
  const milliseconds = Number(required(duration));
  if (milliseconds < 0) unsupported('BusinessHours.add with a negative interval');
  return datetime(weekOf(id).add(required(start).ms, milliseconds));
}

function diff(id: string | null, start: ApexDatetime | null, end: ApexDatetime | null): bigint {
  const week = weekOf(id);
  const [from, to] = [required(start).ms, required(end).ms];
  return BigInt(from <= to ? week.between(from, to) : -week.between(to, from));
}

export const BusinessHoursClass = platformClass('System.BusinessHours', {
  'static Datetime add(Id, Datetime, Long)': add,
  // A Datetime is an instant; the two differ only in how its result is shown.
  'static Datetime addGmt(Id, Datetime, Long)': add,
  'static Long diff(String, Datetime, Datetime)': diff,
  'static Boolean isWithin(String, Datetime)': (id: string | null, at: ApexDatetime | null) =>
    weekOf(id).next(required(at).ms) === required(at).ms,
  'static Datetime nextStartDate(Id, Datetime)': (id: string | null, at: ApexDatetime | null) =>
    datetime(weekOf(id).next(required(at).ms)),
});
