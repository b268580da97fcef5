import { current } from '../engine/current.ts';
import { ApexException } from '../values/exception.ts';
import { SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { fault } from './faults.ts';
import type { SaveRow } from './save.ts';
import { recordOf } from './records.ts';

const MOST_TRIGGER_DEPTH = 16;

/** The events of a trigger, as the platform writes them. */
export type TriggerEvent =
  | 'before insert'
  | 'before update'
  | 'before delete'
  | 'after insert'
  | 'after update'
  | 'after delete'
  | 'after undelete';

/**
 * Runs the triggers of one event for the rows that have no fault yet. What the triggers add as errors, and an exception
 * that they let through, become faults of the rows.
 */
export function runTriggers(context: DmlContext, event: TriggerEvent, all: readonly SaveRow[]): void {
  const rows = all.filter((row) => row.faults.length === 0);
  const [first] = rows;
  if (!first || !context.triggers.has(first.object.name, event)) return;
  const { object } = first;
  if (current.tx.triggerDepth >= MOST_TRIGGER_DEPTH) {
    const message = `maximum trigger depth exceeded\n${object.name} trigger event ${title(event)}`;
    for (const row of rows) row.faults.push(fault('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message));
    return;
  }
  const deletes = event.endsWith('delete') && !event.endsWith('undelete');
  const news = deletes ? null : rows.map((row) => newRecord(row, event));
  const olds =
    event.endsWith('insert') || event.endsWith('undelete') ? null : rows.map((row) => oldRecord(context, row));
  const given = [...(news ?? []), ...(olds ?? [])];
  for (const record of given) record.inTrigger = true;
  try {
    context.triggers.run(object.name, event, news, olds);
  } catch (error) {
    if (!(error instanceof ApexException) || current.dead) throw error;
    const text = failureText(error, event);
    for (const row of rows) row.faults.push(fault('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', text));
    return;
  } finally {
    for (const record of given) record.inTrigger = false;
  }
  for (const [index, row] of rows.entries()) {
    const record = (news ?? olds)?.[index];
    if (record) row.faults.push(...record.errors);
  }
}

function newRecord(row: SaveRow, event: TriggerEvent): SObjectValue {
  if (!row.record) throw new Error('the row has not been loaded');
  row.record.clearErrors();
  row.record.readOnly = event.startsWith('after');
  return row.record;
}

function oldRecord(context: DmlContext, row: SaveRow): SObjectValue {
  if (!row.before) throw new Error('the row has no old values');
  const record = recordOf(context.store, row.object, row.before);
  record.readOnly = true;
  return record;
}

function title(event: TriggerEvent): string {
  return event.replace(/(?:^| )\w/g, (part) => part.trim().toUpperCase());
}

/** What an exception that left a trigger looks like in the fault of the rows. */
function failureText(error: ApexException, event: TriggerEvent): string {
  const place = error.frames.find((frame) => frame.place.startsWith('Trigger.'))?.place ?? 'Trigger.';
  const name = place.slice('Trigger.'.length).split('.')[0] ?? '';
  const cause = `${error.qualifiedName}: ${error.text}`;
  return `${name}: execution of ${title(event)}\n\ncaused by: ${cause}\n\n${error.stackText}`;
}
