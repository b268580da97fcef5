import type { DmlFault } from '../engine/data.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { FieldValues } from '../values/sobject.ts';
import { isFixedMaster, SObjectValue } from '../values/sobject.ts';
import type { DmlContext } from './context.ts';
import { applyCurrency } from './currencies.ts';
import { applyDefaults } from './defaults.ts';
import { entityDeleted, fault, fixedMaster, invalidReference } from './faults.ts';
import { recordOf } from './records.ts';
import type { SaveRow } from './save.ts';

/** Builds what triggers will see: the stored row, if any, with what the caller set. Faults go into the rows. */
export function loadRow(context: DmlContext, row: SaveRow): void {
  const { input, object } = row;
  const table = context.store.table(object);
  if (row.created) {
    const draft = { ...table.blankRow(), ...row.summaries };
    const given = new Set<string>();
    copyInput(context, row, draft, given);
    applyDefaults(object, draft, given);
    applyCurrency(context.store, draft);
    row.record = recordOf(context.store, object, draft);
    return;
  }
  const before = input.id === null ? null : table.byId(input.id);
  if (input.id === null) {
    row.faults.push(fault('MISSING_ARGUMENT', 'Id not specified in an update call'));
  } else if (before === null) {
    row.faults.push(invalidReference);
  } else if (before['IsDeleted'] === true) {
    row.faults.push(entityDeleted);
  } else {
    row.before = before;
    const draft = { ...before, ...row.summaries };
    copyInput(context, row, draft, new Set());
    row.record = recordOf(context.store, object, draft);
  }
}

function copyInput(context: DmlContext, row: SaveRow, draft: FieldValues, given: Set<string>): void {
  const { input, object } = row;
  const isWriteable = (field: FieldDescriptor) => (row.created ? field.createable : field.updateable);
  for (const name of input.populated()) {
    const value = input.fields[name];
    const field = object.fields.get(name.toLowerCase());
    if (!field) {
      const parent = value instanceof SObjectValue ? object.parents.get(name.toLowerCase()) : undefined;
      if (parent && isWriteable(parent) && input.fields[parent.name] === undefined) {
        const problem = linkParent(context, parent, value as SObjectValue, draft, given);
        if (problem) row.faults.push(problem);
      }
      continue;
    }
    if (!row.created && isFixedMaster(field) && value !== row.before?.[field.name]) row.faults.push(fixedMaster(field));
    if (!isWriteable(field)) continue;
    draft[field.name] = value === '' ? null : value;
    given.add(field.name);
  }
}

/** `new Contact(Account = new Account(Code__c = 'x'))`: the parent that an external id names. */
function linkParent(
  context: DmlContext,
  lookup: FieldDescriptor,
  parent: SObjectValue,
  draft: FieldValues,
  given: Set<string>,
): DmlFault | null {
  if (parent.queried) return null;
  const found = parentByKey(context, parent);
  if (found === undefined) return null;
  if (typeof found !== 'string') return found;
  draft[lookup.name] = found;
  given.add(lookup.name);
  return null;
}

/** The id of the record that a foreign key names; undefined where none is given. */
function parentByKey(context: DmlContext, parent: SObjectValue): string | DmlFault | undefined {
  if (parent.id !== null) return parent.id;
  const { object } = parent;
  const name = parent.populated().find((candidate) => isKey(object, candidate));
  if (name === undefined) return undefined;
  const value = parent.fields[name];
  const table = context.store.table(object);
  const rows = table.index(name) ? table.find(name, value) : [];
  const matches = rows.filter((row) => row['IsDeleted'] !== true);
  const [match, second] = matches;
  if (!match) {
    const message = `Foreign key external ID: ${String(value)} not found for field ${name} in entity ${object.name}`;
    return fault('INVALID_FIELD', message);
  }
  if (second) return fault('INVALID_FIELD', `More than one record found for external id field: ${String(value)}`);
  return match['Id'] as string;
}

function isKey(object: ObjectDescriptor, name: string): boolean {
  const field = object.fields.get(name.toLowerCase());
  return field !== undefined && field.idLookup;
}
