import { dmlFormulaScope } from '../schema/formula/rules.ts';
import { evaluate } from '../schema/formula/evaluate.ts';
import { FormulaError } from '../schema/formula/ast.ts';
import { parsed } from '../schema/formula/parsed.ts';
import { filterFormula } from '../schema/assignmentRules.ts';
import type { AssignmentEntry, AssignmentRule, Criterion } from '../schema/assignmentRules.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Row } from '../store/row.ts';
import { unsupported } from '../values/exception.ts';
import type { DmlContext } from './context.ts';
import { fault } from './faults.ts';
import { afterOwnerChange } from './ownerChange.ts';
import { recordOf } from './records.ts';
import { optionsFor } from './save.ts';
import type { SaveOptions, SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';

/**
 * Gives the saved rows the owner that the object's assignment rule says, where the save asks for it. It comes after the
 * after triggers, so it overwrites an owner that a trigger has set, and fires no trigger itself.
 * Source: Apex Developer Guide, Triggers and Order of Execution.
 */
export function applyAssignmentRules(context: DmlContext, rows: readonly SaveRow[], options: SaveOptions): void {
  const [first] = rows;
  if (!first || (first.object.name !== 'Lead' && first.object.name !== 'Case')) return;
  const rules = context.settings.assignmentRules.filter(({ object }) => object === first.object.name);
  for (const row of rows) {
    const asked = optionsFor(row, options).assignmentRule ?? null;
    if (asked === null) continue;
    const rule = rules.find(({ active, name }) => (asked === 'default' ? active : name === nameOf(context, asked)));
    if (!rule && asked !== 'default') unsupported(`assignment rule ${asked}, which the project does not have`);
    if (rule) assign(context, rule, row);
  }
}

/** A rule that is asked for by its id may be inactive. Source: Apex Reference, DmlOptions.AssignmentRuleHeader. */
function nameOf(context: DmlContext, id: string): unknown {
  return context.store.byId(id)?.['Name'];
}

function assign(context: DmlContext, rule: AssignmentRule, row: SaveRow): void {
  const table = context.store.table(row.object);
  const stored = table.byId(row.record?.id ?? '');
  if (!stored) return;
  const entry = rule.entries.find((candidate) => matches(context, rule, candidate, row, stored));
  if (!entry?.assignedTo) return;
  const owner = ownerOf(context, entry.assignedTo);
  if (owner === null) {
    const { type, name } = entry.assignedTo;
    const message = `the assignment rule ${rule.name} assigns to the ${type.toLowerCase()} ${name}, which does not exist`;
    row.faults.push(fault('INVALID_CROSS_REFERENCE_KEY', message, ['OwnerId']));
    return;
  }
  const changed = { ...stored, OwnerId: owner };
  stamp(row.object, changed, false);
  context.store.replace(table, changed);
  const before = row.before ?? stored;
  const record = recordOf(context.store, row.object, changed);
  afterOwnerChange(context, [{ ...row, before, record }]);
}

function ownerOf(context: DmlContext, to: NonNullable<AssignmentEntry['assignedTo']>): string | null {
  const [found] =
    to.type === 'User'
      ? context.store.tableOf('User').find('Username', to.name)
      : context.store
          .tableOf('Group')
          .find('DeveloperName', to.name)
          .filter((group) => group['Type'] === 'Queue');
  return found ? (found['Id'] as string) : null;
}

function matches(
  context: DmlContext,
  rule: AssignmentRule,
  entry: AssignmentEntry,
  row: SaveRow,
  stored: Row,
): boolean {
  try {
    const scope = dmlFormulaScope({
      store: context.store,
      object: row.object,
      row: stored,
      before: row.before,
      isNew: row.created,
    });
    if (entry.formula !== null) return evaluate(parsed(entry.formula), scope) === true;
    const holds = entry.criteria.map((criterion) => criterionHolds(row.object, stored, criterion));
    if (entry.booleanFilter === null) return holds.every(Boolean);
    return evaluate(parsed(filterFormula(entry.booleanFilter, (index) => holds[index] === true)), scope) === true;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return unsupported(`the assignment rule ${rule.name}`, error.message);
  }
}

/** Values are a list of alternatives, text without regard to case; blank is the empty text. */
function criterionHolds(object: ObjectDescriptor, row: Row, { field, operation, value }: Criterion): boolean {
  const given = row[field] ?? null;
  const text = given === null ? '' : String(given).toLowerCase();
  const wanted = value.split(',').map((part) => part.trim().toLowerCase());
  const isNumber = ['double', 'currency', 'percent', 'int'].includes(
    object.fields.get(field.toLowerCase())?.type ?? '',
  );
  const same = (part: string) =>
    isNumber && part !== '' && text !== '' ? Number(part) === Number(text) : part === text;
  const parts = text.split(';');
  switch (operation) {
    case 'equals':
      return wanted.some(same);
    case 'notEqual':
      return !wanted.some(same);
    case 'contains':
      return wanted.some((part) => text.includes(part));
    case 'notContain':
      return !wanted.some((part) => text.includes(part));
    case 'startsWith':
      return wanted.some((part) => text.startsWith(part));
    case 'includes':
      return wanted.some((part) => parts.includes(part));
    case 'excludes':
      return !wanted.some((part) => parts.includes(part));
    default:
      return (
        given !== null &&
        ordered(
          isNumber
            ? Number(text) - Number(value)
            : text < value.toLowerCase()
              ? -1
              : text > value.toLowerCase()
                ? 1
                : 0,
          operation,
        )
      );
  }
}

function ordered(
  difference: number,
  operation: 'lessThan' | 'greaterThan' | 'lessOrEqual' | 'greaterOrEqual',
): boolean {
  if (operation === 'lessThan') return difference < 0;
  if (operation === 'greaterThan') return difference > 0;
  return operation === 'lessOrEqual' ? difference <= 0 : difference >= 0;
}
