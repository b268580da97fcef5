import { randomUUID } from 'node:crypto';
import type { RecordChange } from '../engine/records.ts';
import { ChangeEventHeader } from '../platform/EventBus/ChangeEventHeader.ts';
import { changeEventName } from '../schema/changeEvents.ts';
import type { ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import { stringList } from '../values/list.ts';
import type { FieldValues } from '../values/sobject.ts';
import type { PublishedEvent } from './eventBus.ts';

type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';

/** What happened to one record, or the same to several. */
interface Change {
  readonly event: ObjectDescriptor;
  readonly entity: string;
  readonly type: ChangeType;
  readonly ids: string[];
  readonly fields: FieldValues;
  /** Names of the fields that an update has changed. */
  readonly changed: readonly string[];
}

export interface CaptureOptions {
  readonly schema: Schema;
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether anybody wants to know of these change events. */
  readonly wanted: (event: string) => boolean;
}

let commits = 0;

/**
 * The change events of what a transaction has written, one for each record that differs afterwards, in the order in which the
 * records were first written. Source: Change Data Capture Developer Guide, ChangeEventHeader Fields, Merged Change Events. That
 * several changes of one record in a transaction make one event is unverified; the origin of changes by the API is not told.
 */
export function changeEvents(changes: readonly RecordChange[], options: CaptureOptions): PublishedEvent[] {
  const found: Change[] = [];
  for (const change of changes) {
    const next = changeOf(change, options);
    if (!next) continue;
    const same = found.find((other) => isSame(other, next));
    if (same) same.ids.push(...next.ids);
    else found.push(next);
  }
  if (found.length === 0) return [];
  const commit = { number: BigInt(++commits), key: randomUUID() };
  return found.map((change, index) => ({
    object: change.event,
    fields: { ...change.fields, ChangeEventHeader: headerOf(change, index + 1, commit, options) },
    uuid: randomUUID(),
    publisherId: options.userId,
    publishedAt: options.now,
    publication: null,
  }));
}

function changeOf({ object, before, after }: RecordChange, { schema, wanted }: CaptureOptions): Change | null {
  const name = changeEventName(object.name);
  if (!wanted(name)) return null;
  const event = schema.object(name);
  const wasThere = before !== null && before['IsDeleted'] !== true;
  const isThere = after !== null && after['IsDeleted'] !== true;
  if (!event || (!wasThere && !isThere)) return null;
  const type = wasThere ? (isThere ? 'UPDATE' : 'DELETE') : before === null ? 'CREATE' : 'UNDELETE';
  const fields: FieldValues = {};
  const changed: string[] = [];
  for (const field of event.fields.values()) {
    const value = after?.[field.name];
    fields[field.name] = null;
    if (type === 'DELETE' || value === undefined) continue;
    if (type === 'UPDATE') {
      if (field.name !== 'LastModifiedDate' && isEqual(before?.[field.name], value)) continue;
      changed.push(field.name);
    }
    fields[field.name] = value;
  }
  return { event, entity: object.name, type, ids: [String((after ?? before)?.['Id'])], fields, changed };
}

/** Values of a row print what they are. */
function isEqual(a: unknown, b: unknown): boolean {
  return a === b || (a !== null && b !== null && typeof a === typeof b && String(a) === String(b));
}

/** Records to which the same has happened share an event. */
function isSame(a: Change, b: Change): boolean {
  if (a.event !== b.event || a.type !== b.type || a.type === 'CREATE' || a.type === 'UNDELETE') return false;
  if (a.changed.join() !== b.changed.join()) return false;
  return a.changed.every((name) => isEqual(a.fields[name], b.fields[name]));
}

function headerOf(
  change: Change,
  sequence: number,
  commit: { readonly number: bigint; readonly key: string },
  { userId, now }: CaptureOptions,
): ChangeEventHeader {
  const header = new ChangeEventHeader();
  const nulled = change.changed.filter((name) => change.fields[name] === null);
  for (const [name, value] of [
    ['EntityName', change.entity],
    ['RecordIds', stringList(change.ids)],
    ['ChangeType', change.type],
    ['ChangeOrigin', ''],
    ['ChangedFields', stringList([...change.changed])],
    ['NulledFields', stringList(nulled)],
    ['DiffFields', stringList([])],
    ['TransactionKey', commit.key],
    ['SequenceNumber', sequence],
    ['CommitTimestamp', BigInt(Math.floor(now))],
    ['CommitNumber', commit.number],
    ['CommitUser', userId],
  ] as const) {
    header.values.set(name, value);
  }
  return header;
}
