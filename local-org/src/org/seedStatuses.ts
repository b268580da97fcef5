import type { PicklistValueDescriptor } from '../schema/descriptor.ts';
import type { Store } from '../store/store.ts';
import { decFromInt } from '../values/decimal.ts';
import type { RowWriter } from './rowWriter.ts';

/** Objects whose records are the values of a picklist. */
const STATUSES: readonly (readonly [object: string, of: string, field: string])[] = [
  ['LeadStatus', 'Lead', 'Status'],
  ['CaseStatus', 'Case', 'Status'],
  ['TaskStatus', 'Task', 'Status'],
  ['TaskPriority', 'Task', 'Priority'],
  ['OpportunityStage', 'Opportunity', 'StageName'],
];

/** Writes a record for each value of the status picklists. */
export function seedStatuses(store: Store, writer: RowWriter): void {
  for (const [object, of, field] of STATUSES) {
    const picklist = store.schema.object(of)?.fields.get(field.toLowerCase())?.picklist ?? [];
    const target = store.schema.object(object);
    if (!target) continue;
    for (const [index, entry] of picklist.entries()) {
      const fields = statusFields(entry, index + 1);
      const known = Object.entries(fields).filter(([name]) => target.fields.has(name.toLowerCase()));
      writer.insert(object, Object.fromEntries(known));
    }
  }
}

function statusFields(entry: PicklistValueDescriptor, order: number): Record<string, unknown> {
  const sets = entry.sets ?? {};
  return {
    MasterLabel: entry.label,
    ApiName: entry.value,
    SortOrder: order,
    IsActive: entry.active,
    IsDefault: entry.default,
    IsClosed: sets['IsClosed'] === true,
    IsHighPriority: sets['IsHighPriority'] === true,
    IsWon: sets['IsWon'] === true,
    IsConverted: sets['IsConverted'] === true,
    ForecastCategory: sets['ForecastCategory'] ?? null,
    ForecastCategoryName: sets['ForecastCategory'] ?? null,
    DefaultProbability: typeof sets['Probability'] === 'number' ? decFromInt(sets['Probability']) : null,
  };
}
