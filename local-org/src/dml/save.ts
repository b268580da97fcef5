import type { DmlFault, DmlOptions } from '../engine/data.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row, RowDraft } from '../store/row.ts';
import type { FieldValues, SObjectValue } from '../values/sobject.ts';

/** One record on its way through a DML statement. */
export interface SaveRow {
  /** What the caller passed; gets its id, nothing else. */
  readonly input: SObjectValue;
  /** Place in the statement's input. */
  readonly index: number;
  readonly object: ObjectDescriptor;
  readonly created: boolean;
  /** New values of roll-up summaries and of other fields that only the platform sets. */
  readonly summaries?: Readonly<FieldValues>;
  /** The stored row before; null on create. */
  before: Row | null;
  /** What triggers see and change; its fields are the draft of the row to be stored. */
  record: SObjectValue | null;
  faults: DmlFault[];
}

/** Options that the steps of saving look at. */
export type SaveOptions = DmlOptions;

/**
 * The options of one row: those of the call, else those that `setOptions` has put on the record. Source: Apex Developer
 * Guide, Setting DML Options; that the call's come first, and that an upsert heeds the record's, is unverified.
 */
export function optionsFor(row: SaveRow, options: SaveOptions): SaveOptions {
  const ofCall = options.assignmentRule !== undefined;
  return ofCall || row.input.options === null ? options : { ...options, ...row.input.options.asked };
}

/** A row under construction as a record of triggers has it. */
export function draftOf(row: SaveRow): RowDraft {
  if (!row.record) throw new Error('the row has not been loaded');
  return row.record.fields;
}
