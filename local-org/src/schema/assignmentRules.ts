import { FormulaError } from './formula/ast.ts';
import { formulaProblem } from './formula/check.ts';
import { parsed } from './formula/parsed.ts';
import type { ElementReader } from './elementReader.ts';
import type { ObjectDescriptor, Schema } from './descriptor.ts';

/** Gives records of one object an owner when a save asks for it. */
export interface AssignmentRule {
  readonly object: string;
  readonly name: string;
  readonly active: boolean;
  /** In the order in which they are tried. */
  readonly entries: readonly AssignmentEntry[];
}

export interface AssignmentEntry {
  /** User name or the queue's developer name; null where the entry leaves the owner as it is. */
  readonly assignedTo: { readonly type: 'User' | 'Queue'; readonly name: string } | null;
  readonly criteria: readonly Criterion[];
  /** `1 AND (2 OR 3)`; null where all criteria must hold. */
  readonly booleanFilter: string | null;
  readonly formula: string | null;
}

export interface Criterion {
  readonly field: string;
  readonly operation: Operation;
  readonly value: string;
}

const OPERATIONS = [
  ...(['equals', 'notEqual', 'lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual'] as const),
  ...(['contains', 'notContain', 'startsWith', 'includes', 'excludes'] as const),
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Field types whose criteria are built. */
const COMPARABLE = new Set([
  ...['string', 'picklist', 'multipicklist', 'email', 'phone', 'url', 'textarea', 'reference', 'id', 'combobox'],
  ...['boolean', 'double', 'currency', 'percent', 'int'],
]);

/** Reads `assignmentRules/Lead.assignmentRules`. */
export function readAssignmentRules(reader: ElementReader, objectName: string, schema: Schema): AssignmentRule[] {
  reader.ignore('fullName');
  const object = schema.object(objectName);
  if (!object || !['Lead', 'Case'].includes(object.name)) {
    reader.invalid(reader.element, `there are no assignment rules of ${objectName}: only leads and cases have them`);
    return [];
  }
  const rules = reader.readers('assignmentRule').map((rule) => {
    const read = {
      object: object.name,
      name: rule.required('fullName'),
      active: rule.boolean('active'),
      entries: rule.readers('ruleEntry').map((entry) => readEntry(entry, object)),
    };
    rule.finish();
    return read;
  });
  reader.finish();
  return rules;
}

function readEntry(entry: ElementReader, object: ObjectDescriptor): AssignmentEntry {
  entry.ignore('notifyCcRecipients', 'template');
  for (const name of ['overrideExistingTeams', 'team']) {
    for (const element of entry.all(name)) {
      if (element.text !== 'false') entry.notBuilt(element, `${name} of an assignment rule is not built`);
    }
  }
  const name = entry.text('assignedTo');
  const type = entry.choice('assignedToType', ['User', 'Queue'], 'User');
  const read = {
    assignedTo: name === null ? null : { type, name },
    criteria: entry.readers('criteriaItems').map((item) => readCriterion(item, object)),
    booleanFilter: entry.text('booleanFilter'),
    formula: entry.text('formula'),
  };
  checkFormula(entry, read.formula);
  if (read.booleanFilter !== null) checkFilter(entry, read.booleanFilter, read.criteria.length);
  entry.finish();
  return read;
}

function readCriterion(item: ElementReader, object: ObjectDescriptor): Criterion {
  item.ignore('valueField');
  const named = item.required('field');
  const [owner, ...rest] = named.split('.');
  const field = rest.length > 0 && owner?.toLowerCase() === object.name.toLowerCase() ? rest.join('.') : named;
  const known = object.fields.get(field.toLowerCase());
  if (!known) item.invalid(item.element, `In field: field - no CustomField named ${named} found`);
  else if (!COMPARABLE.has(known.type) || known.formula !== null) {
    item.notBuilt(item.element, `a criterion over ${named}, of type ${known.type}, is not built: use a formula entry`);
  }
  for (const element of item.all('valueField')) item.notBuilt(element, 'valueField of a criterion is not built');
  const read = {
    field: known?.name ?? field,
    operation: item.choice('operation', OPERATIONS, 'equals'),
    value: item.text('value') ?? '',
  };
  item.finish();
  return read;
}

function checkFormula(entry: ElementReader, formula: string | null): void {
  if (formula === null) return;
  const problem = formulaProblem(formula);
  if (problem?.kind === 'notBuilt') entry.notBuilt(entry.element, problem.message);
  else if (problem) entry.invalid(entry.element, problem.message);
}

/** Whether a filter logic such as `1 AND (2 OR 3)` fits so many criteria; reported where it does not. */
export function checkFilter(entry: ElementReader, filter: string, count: number): boolean {
  const numbers = (filter.match(/\d+/g) ?? []).map(Number);
  if (numbers.some((number) => number < 1 || number > count)) {
    entry.invalid(entry.element, `the filter logic ${filter} names a criterion that does not exist`);
    return false;
  }
  try {
    parsed(filterFormula(filter, () => true));
    return true;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    entry.invalid(entry.element, `the filter logic ${filter} is not valid: ${error.message}`);
    return false;
  }
}

/** `1 AND NOT (2 OR 3)` as a formula, each number by whether its criterion holds. */
export function filterFormula(filter: string, holds: (index: number) => boolean): string {
  return filter
    .replace(/\d+/g, (number) => (holds(Number(number) - 1) ? 'TRUE' : 'FALSE'))
    .replace(/\bAND\b/gi, '&&')
    .replace(/\bOR\b/gi, '||')
    .replace(/\bNOT\b/gi, '!');
}
