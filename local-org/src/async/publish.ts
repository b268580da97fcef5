import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import type { EngineTransaction } from '../engine/engineTransaction.ts';
import { charge } from '../engine/limits.ts';
import type { PublishOutcome } from '../engine/services.ts';
import type { DmlFault } from '../engine/data.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import { raise } from '../values/exception.ts';
import { toText } from '../values/text.ts';
import type { FieldValues, SObjectValue } from '../values/sobject.ts';
import type { PublishedEvent } from './eventBus.ts';
import { publication } from './publishCallbacks.ts';

/** Source: Platform Events Developer Guide, event messages published in one Apex test. */
const MOST_TEST_EVENTS = 500;

/**
 * `EventBus.publish`. Events that are published after commit count as one DML statement and are lost where the transaction
 * rolls back; those published immediately count on their own and are on their way at once. The callback, where there
 * is one, is told of the events that could be queued.
 */
export function publish(
  engine: Engine,
  tx: EngineTransaction,
  records: readonly SObjectValue[],
  callback: object | null,
): PublishOutcome[] {
  if (records.length === 0) return [];
  for (const { object } of records) {
    if (!object.event) raise('System.TypeException', `${object.name} is not a platform event`);
  }
  const immediate = records.some(({ object }) => object.publishBehavior === 'PublishImmediately');
  const told = callback === null ? null : publication(callback, (tx.callbackDepth ?? -1) + 1);
  charge(immediate ? 'publishImmediate' : 'dmlStatements');
  return records.map((record) => {
    const error = fault(tx, record);
    if (error) return { uuid: null, error };
    const event: PublishedEvent = {
      object: record.object,
      fields: fieldsOf(record),
      uuid: uuidOf(record) ?? randomUUID(),
      publisherId: tx.user.id,
      publishedAt: engine.clock.now(),
      publication: told,
    };
    // In a test both wait for deliver or stopTest.
    if (immediate && !tx.test) engine.broadcast([event]);
    else tx.events.push(event);
    return { uuid: event.uuid, error: null };
  });
}

/** Events that only the platform itself raises. Source: Platform Events Developer Guide, standard platform event objects. */
const OF_THE_PLATFORM = new Set(['BatchApexErrorEvent', 'FlowExecutionErrorEvent']);

function isOfThePlatform({ name, fields }: ObjectDescriptor): boolean {
  return OF_THE_PLATFORM.has(name) || fields.has('changeeventheader');
}

/** Events made by `newSObject(null, true)` have one before they are published. */
function uuidOf(record: SObjectValue): string | null {
  const uuid = record.fields['EventUuid'];
  return typeof uuid === 'string' ? uuid : null;
}

function fieldsOf(record: SObjectValue): FieldValues {
  const fields: FieldValues = {};
  for (const field of record.object.fields.values()) {
    const value = record.fields[field.name];
    fields[field.name] = value === undefined ? field.defaultValue : value;
  }
  return fields;
}

function fault(tx: EngineTransaction, record: SObjectValue): DmlFault | null {
  if (isOfThePlatform(record.object)) {
    // The code is that of DmlTest of apex-database-layer; unverified: the text.
    const message = `entity type cannot be inserted: ${record.object.label}`;
    return { status: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message, fields: [] };
  }
  if (tx.test && tx.events.length >= MOST_TEST_EVENTS) {
    return { status: 'LIMIT_EXCEEDED', message: 'The limit of events in a test is 500', fields: [] };
  }
  for (const field of record.object.fields.values()) {
    const value = record.fields[field.name] ?? field.defaultValue;
    if (field.required && field.createable && value === null) {
      const message = `Required fields are missing: [${field.name}]`;
      return { status: 'REQUIRED_FIELD_MISSING', message, fields: [field.name] };
    }
    if (field.length > 0 && typeof value === 'string' && value.length > field.length) {
      const message = `${field.label}: data value too large: ${toText(value)} (max length=${field.length})`;
      return { status: 'STRING_TOO_LONG', message, fields: [field.name] };
    }
  }
  return null;
}
