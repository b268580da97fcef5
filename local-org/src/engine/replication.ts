import type { ObjectDescriptor } from '../schema/descriptor.ts';
import { ApexDatetime } from '../values/datetime.ts';
import type { SObjectValue } from '../values/sobject.ts';
import { DAY_MS } from '../values/time.ts';
import { current } from './current.ts';
import type { Access } from './data.ts';

/** A span of time in which records of an object were changed or deleted. */
export interface ReplicationSpan {
  readonly object: ObjectDescriptor;
  /** Whole minutes; the end does not belong to it. */
  readonly start: ApexDatetime;
  readonly end: ApexDatetime;
}

const MINUTE_MS = 60_000;
const LONGEST_DAYS = 30;

/**
 * The span that a call of getUpdated or getDeleted names. Source: SOAP API Developer Guide, getDeleted() and getUpdated(): it
 * begins at most 30 days ago and is longer than a minute, seconds are cut off. The texts are those of the API (restforce
 * issue 667).
 *
 * @param fault raises an error with this code and text
 */
export function replicationSpan(
  name: string,
  from: ApexDatetime,
  to: ApexDatetime,
  fault: (code: string, text: string) => never,
): ReplicationSpan {
  const [start, end] = [wholeMinute(from), wholeMinute(to)];
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

/** Records that were changed in the span, or deleted; with Id and SystemModstamp. Those that may not be seen are left out. */
export function replicated(
  { object, start, end }: ReplicationSpan,
  isDeleted: boolean,
  access: Access,
): SObjectValue[] {
  const rest = isDeleted ? 'AND IsDeleted = TRUE ALL ROWS' : '';
  if (isDeleted && !object.fields.has('isdeleted')) return [];
  const { data } = current.tx;
  const text = `SELECT Id, SystemModstamp FROM ${object.name} WHERE SystemModstamp >= :start AND SystemModstamp < :end ${rest}`;
  const query = data.prepare(text);
  if ('message' in query) throw new Error(query.message);
  return data.query(query, [start, end], access);
}
