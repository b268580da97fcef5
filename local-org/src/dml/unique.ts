import type { DmlFault } from '../engine/data.ts';
import type { Store } from '../store/store.ts';
import { duplicateValue, fault } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/**
 * Checks unique fields of a row against what is stored. Rows of the same chunk that were stored before it count as
 * unknown records.
 */
export function checkUnique(store: Store, row: SaveRow, sameChunk: ReadonlySet<string>): DmlFault | null {
  const draft = draftOf(row);
  const table = store.table(row.object);
  for (const field of row.object.fields.values()) {
    if (!field.unique) continue;
    const value = draft[field.name];
    if (value === null || row.before?.[field.name] === value) continue;
    const other = table
      .find(field.name, value)
      .find(
        (candidate) =>
          candidate['Id'] !== draft['Id'] &&
          candidate['IsDeleted'] !== true &&
          (!field.caseSensitive || candidate[field.name] === value),
      );
    if (!other) continue;
    const id = other['Id'] as string;
    if (field.name === 'Username') return duplicateUsername;
    return duplicateValue(field, sameChunk.has(id) ? null : id);
  }
  return null;
}

const duplicateUsername = fault(
  'DUPLICATE_USERNAME',
  'Duplicate Username.<br>Another user has already selected this Username.<br>Please enter a different Username',
  ['Username'],
);
