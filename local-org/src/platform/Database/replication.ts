import { current } from '../../engine/current.ts';
import { replicated, replicationSpan } from '../../engine/replication.ts';
import type { ReplicationSpan } from '../../engine/replication.ts';
import { dateIn } from '../../values/datetime.ts';
import type { ApexDatetime } from '../../values/datetime.ts';
import type { ApexDate } from '../../values/date.ts';
import { raise, required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { zoneOf } from '../../values/zone.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import { uncharged } from '../transactionState.ts';
import { accessOf } from './dml.ts';

/** `Database.getDeleted` and `getUpdated`. Source: Apex Reference, Database; the type of the exception is unverified. */

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

function spanOf(type: string | null, from: ApexDatetime | null, to: ApexDatetime | null): ReplicationSpan {
  return replicationSpan(required(type), required(from), required(to), (code, text) =>
    raise('System.UnexpectedException', `${code}: ${text}`),
  );
}

/** It counts against no limit; unverified. */
function touched(span: ReplicationSpan, isDeleted: boolean): SObjectValue[] {
  return uncharged(() => replicated(span, isDeleted, accessOf(null)));
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
