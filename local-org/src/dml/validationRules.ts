import type { DmlFault } from '../engine/data.ts';
import { ruleHolds } from '../schema/formula/rules.ts';
import type { DmlContext } from './context.ts';
import { fault } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/** Faults of the active validation rules whose condition holds; one for each rule. */
export function checkRules(context: DmlContext, row: SaveRow): DmlFault[] {
  const faults: DmlFault[] = [];
  for (const rule of row.object.validationRules) {
    if (!rule.active) continue;
    const holds = ruleHolds(rule, {
      store: context.store,
      object: row.object,
      row: draftOf(row),
      before: row.before,
      isNew: row.created,
    });
    if (!holds) continue;
    const fields = rule.errorField === null ? [] : [rule.errorField];
    faults.push(fault('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.errorMessage, fields));
  }
  return faults;
}
