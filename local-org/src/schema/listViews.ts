import type { FieldDescriptor, ObjectDescriptor, Schema } from './descriptor.ts';
import { ElementReader } from './elementReader.ts';
import { checkFilter } from './assignmentRules.ts';
import type { FormulaNode } from './formula/ast.ts';
import { parsed } from './formula/parsed.ts';
import { NotBuiltFilter, OPERATIONS, soqlOf } from './listViewFilter.ts';
import type { Operation } from './listViewFilter.ts';
import { columnPath } from './listViewColumns.ts';
import type { Problem, XmlElement } from './xml.ts';

/** Whose records a list view shows. */
export type ListViewScope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'mine' }
  | { readonly kind: 'queue'; readonly developerName: string };

/** A list view of an object, its filters as a condition in SOQL. */
export interface ListViewMetadata {
  readonly object: string;
  readonly developerName: string;
  readonly label: string;
  /** Null where local-org does not understand it. */
  readonly scope: ListViewScope | null;
  /** Empty where all records of the scope are shown; null where local-org does not understand a filter. */
  readonly condition: string | null;
  /** What local-org does not understand: such a list view is there, and refuses to be shown. */
  readonly gaps: readonly string[];
}

/** Reads a `listViews/*.listView-meta.xml` or a `listViews` element of an object's own file. */
export function readListView(
  element: XmlElement,
  path: string,
  objectName: string,
  schema: Schema,
  problems: Problem[],
): ListViewMetadata[] {
  const own: Problem[] = [];
  const view = viewOf(new ElementReader(element, path, own), objectName, schema);
  problems.push(...own.filter(({ kind }) => kind === 'invalid'));
  const gaps = own.filter(({ kind }) => kind === 'notBuilt').map(({ message }) => message);
  return view === null ? [] : [{ ...view, condition: gaps.length > 0 ? null : view.condition, gaps }];
}

function viewOf(reader: ElementReader, objectName: string, schema: Schema): Omit<ListViewMetadata, 'gaps'> | null {
  const object = schema.object(objectName);
  if (!object) {
    reader.invalid(reader.element, `the list view is on ${objectName}, which the org does not have`);
    return null;
  }
  reader.ignore('language');
  for (const name of ['division', 'sharedTo']) {
    const element = reader.one(name);
    const isForAll = element?.children.every((child) => child.name === 'allInternalUsers') === true;
    if (element && !(name === 'sharedTo' && isForAll)) {
      reader.notBuilt(element, `${name} of a list view is not built: it would be seen by everybody`);
    }
  }
  for (const column of reader.all('columns')) {
    if (column.text.endsWith('__c') && !object.fields.has(column.text.toLowerCase())) {
      reader.invalid(column, `In field: columns - no CustomField named ${objectName}.${column.text} found`);
    }
  }
  const label = reader.required('label');
  if (label.length > MOST_CHARACTERS) {
    reader.invalid(reader.element, `the label of a list view has at most ${MOST_CHARACTERS} characters: ${label}`);
  }
  const view = {
    object: object.name,
    developerName: reader.required('fullName'),
    label,
    scope: scopeOf(reader),
    condition: conditionOf(reader, object, schema),
  };
  reader.finish();
  return view;
}

/** Object Reference, ListView: the length of Name. */
const MOST_CHARACTERS = 40;

function scopeOf(reader: ElementReader): ListViewScope | null {
  const scope = reader.required('filterScope');
  const queue = reader.text('queue');
  if (scope === 'Everything') return { kind: 'everything' };
  if (scope === 'Mine') return { kind: 'mine' };
  if (scope === 'Queue' && queue !== null) return { kind: 'queue', developerName: queue };
  if (scope === 'Queue') reader.invalid(reader.element, 'Required field is missing: queue');
  else if (scope !== '') reader.notBuilt(reader.element, `filterScope ${scope} of a list view is not built`);
  return null;
}

function conditionOf(reader: ElementReader, object: ObjectDescriptor, schema: Schema): string | null {
  const filters = reader.readers('filters').map((item) => filterOf(item, object, schema));
  const logic = reader.text('booleanFilter');
  if (filters.some((filter) => filter === null)) return null;
  if (logic === null) return filters.join(' AND ');
  if (!checkFilter(reader, logic, filters.length)) return null;
  return inSoql(logic, filters as string[]);
}

function filterOf(item: ElementReader, object: ObjectDescriptor, schema: Schema): string | null {
  const column = item.required('field');
  const operation = item.choice('operation', OPERATIONS, 'equals');
  const value = item.text('value') ?? '';
  item.finish();
  const path = columnPath(object, column);
  const found = path === null ? null : fieldOf(path, object, schema);
  if (path === null || !found) {
    const message = `In field: field - no CustomField named ${object.name}.${column} found`;
    if (column.endsWith('__c')) item.invalid(item.element, message);
    else item.notBuilt(item.element, `the column ${column} of list views of ${object.name} is not known to local-org`);
    return null;
  }
  return translated(item, path, found, operation, value);
}

function fieldOf(path: string, object: ObjectDescriptor, schema: Schema): FieldDescriptor | null {
  const [first = '', ofUser] = path.toLowerCase().split('.');
  return (ofUser === undefined ? object.fields.get(first) : schema.object('User')?.fields.get(ofUser)) ?? null;
}

function translated(
  item: ElementReader,
  path: string,
  field: FieldDescriptor,
  operation: Operation,
  value: string,
): string | null {
  try {
    return soqlOf(path, field, operation, value);
  } catch (error) {
    if (!(error instanceof NotBuiltFilter)) throw error;
    item.notBuilt(
      item.element,
      `the filter ${path} ${operation} ${value} of a list view is not built: ${error.message}`,
    );
    return null;
  }
}

/** `1 AND (2 OR 3)` with conditions in the places of the numbers. SOQL wants brackets wherever AND and OR meet. */
function inSoql(logic: string, conditions: readonly string[]): string {
  const words = { AND: '&&', OR: '||', NOT: '!' } as const;
  const text = logic.replace(/\b(AND|OR|NOT)\b/gi, (word) => words[word.toUpperCase() as keyof typeof words]);
  return joined(parsed(text), conditions);
}

function joined(node: FormulaNode, conditions: readonly string[]): string {
  switch (node.kind) {
    case 'number':
      return conditions[Number(node.text) - 1] ?? '';
    case 'unary':
      return `(NOT ${joined(node.operand, conditions)})`;
    case 'binary': {
      const word = node.operator === '&&' ? 'AND' : 'OR';
      return `(${joined(node.left, conditions)} ${word} ${joined(node.right, conditions)})`;
    }
    default:
      throw new Error(`a ${node.kind} in the logic of filters`);
  }
}
