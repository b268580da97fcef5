import { current } from '../../engine/current.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { ApexDatetime, dateIn } from '../../values/datetime.ts';
import type { ApexDate } from '../../values/date.ts';
import { raise, required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { DAY_MS } from '../../values/time.ts';
import { zoneOf } from '../../values/zone.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import { uncharged } from '../transactionState.ts';
import { accessOf } from './dml.ts';

/**
 * `Database.getDeleted` and `getUpdated`. Source: Apex Reference, Database; SOAP API Developer Guide, getDeleted() and
 * getUpdated(): the span begins at most 30 days ago and is longer than a minute, seconds are cut off, records that the user
 * may not see are left out. The texts are those of the API (restforce issue 667); the type of the exception is unverified.
 */

class DeletedRecord {
  static readonly apexName = 'Database.DeletedRecord';
  readonly id: string;
  readonly deletedDate: ApexDate;

  constructor(id: string, deletedDate: ApexDate) {
    this.id = id;
    this.deletedDate = deletedDate;
  }
}

class GetDeletedResult {
  static readonly apexName = 'Database.GetDeletedResult';
  readonly records: readonly DeletedRecord[];
  readonly latest: ApexDate;

  constructor(records: readonly DeletedRecord[], latest: ApexDate) {
    this.records = records;
    this.latest = latest;
  }
}

class GetUpdatedResult {
  static readonly apexName = 'Database.GetUpdatedResult';
  readonly ids: readonly string[];
  readonly latest: ApexDate;

  constructor(ids: readonly string[], latest: ApexDate) {
    this.ids = ids;
    this.latest = latest;
  }
}

const MINUTE_MS = 60_000;
const LONGEST_DAYS = 30;

interface Span {
  readonly object: ObjectDescriptor;
  readonly start: ApexDatetime;
  readonly end: ApexDatetime;
}

function spanOf(type: string | null, from: ApexDatetime | null, to: ApexDatetime | null): Span {
  const name = required(type);
  const [start, end] = [wholeMinute(required(from)), wholeMinute(required(to))];
  const object = current.universe.schema.object(name);
  if (!object) return fault('INVALID_TYPE', `sObject type '${name}' is not supported.`);
  if (!object.fields.has('systemmodstamp')) fault('INVALID_TYPE', `sObject type ${object.name} is not replicable`);
  if (end.ms - start.ms < MINUTE_MS) {
    fault('INVALID_REPLICATION_DATE', 'startDate must be at least one minute greater than endDate');
  }
  if (start.ms < current.tx.services.now() - LONGEST_DAYS * DAY_MS) {
    fault('INVALID_REPLICATION_DATE', `startDate cannot be more than ${LONGEST_DAYS} days ago`);
  }
  return { object, start, end };
}

function wholeMinute({ ms }: ApexDatetime): ApexDatetime {
  return new ApexDatetime(Math.floor(ms / MINUTE_MS) * MINUTE_MS);
}

function fault(code: string, text: string): never {
  return raise('System.UnexpectedException', `${code}: ${text}`);
}

/** What was touched in the span, and is in the recycle bin or not. It counts against no limit; unverified. */
function touched({ object, start, end }: Span, isDeleted: boolean): SObjectValue[] {
  const rest = isDeleted ? 'AND IsDeleted = TRUE ALL ROWS' : '';
  if (isDeleted && !object.fields.has('isdeleted')) return [];
  const { data } = current.tx;
  const text = `SELECT Id, SystemModstamp FROM ${object.name} WHERE SystemModstamp >= :start AND SystemModstamp < :end ${rest}`;
  const query = data.prepare(text);
  if ('message' in query) throw new Error(query.message);
  return uncharged(() => data.query(query, [start, end], accessOf(null)));
}

/** The day in UTC. */
function dayOf(value: unknown): ApexDate {
  return dateIn(value as ApexDatetime, zoneOf('GMT'));
}

type Text = string | null;
type Moment = ApexDatetime | null;

export const replicationMembers: Record<string, Implementation> = {
  'static Database.GetDeletedResult getDeleted(String, Datetime, Datetime)': (type: Text, from: Moment, to: Moment) => {
    const span = spanOf(type, from, to);
    const records = touched(span, true);
    return new GetDeletedResult(
      records.map((record) => new DeletedRecord(String(record.id), dayOf(record.get('SystemModstamp')))),
      dayOf(span.end),
    );
  },
  'static Database.GetUpdatedResult getUpdated(String, Datetime, Datetime)': (type: Text, from: Moment, to: Moment) => {
    const span = spanOf(type, from, to);
    return new GetUpdatedResult(
      touched(span, false).map(({ id }) => String(id)),
      dayOf(span.end),
    );
  },
};

export const DeletedRecordClass = platformClass('Database.DeletedRecord', {
  'Id getId()': ({ id }: DeletedRecord) => id,
  'get Id Id': ({ id }: DeletedRecord) => id,
  'Date getDeletedDate()': ({ deletedDate }: DeletedRecord) => deletedDate,
  'get Date DeletedDate': ({ deletedDate }: DeletedRecord) => deletedDate,
});

const deletedRecords = ({ records }: GetDeletedResult) =>
  listOf(current.universe.platform('Database.DeletedRecord'), [...records]);

/** No record ever leaves this org physically: there is no earliest one. */
const noDate = (_of: GetDeletedResult): null => null;

export const GetDeletedResultClass = platformClass('Database.GetDeletedResult', {
  'List<Database.DeletedRecord> getDeletedRecords()': deletedRecords,
  'get List<Database.DeletedRecord> DeletedRecords': deletedRecords,
  'Date getEarliestDateAvailable()': noDate,
  'get Date EarliestDateAvailable': noDate,
  'Date getLatestDateCovered()': ({ latest }: GetDeletedResult) => latest,
  'get Date LatestDateCovered': ({ latest }: GetDeletedResult) => latest,
});

const ids = ({ ids: found }: GetUpdatedResult) => listOf(current.universe.Id, [...found]);

export const GetUpdatedResultClass = platformClass('Database.GetUpdatedResult', {
  'List<Id> getIds()': ids,
  'get List<Id> Ids': ids,
  'Date getLatestDateCovered()': ({ latest }: GetUpdatedResult) => latest,
  'get Date LatestDateCovered': ({ latest }: GetUpdatedResult) => latest,
});
