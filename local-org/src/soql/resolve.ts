import type { FieldDescriptor, ObjectDescriptor, Schema } from '../schema/descriptor.ts';
import type { CallNode, PathNode } from './ast.ts';
import type { FieldValue, LookupStep } from './plan.ts';
import { noSuchColumn, noSuchRelationship, QueryError } from './problem.ts';

/** At most this many steps up from the queried object. */
const MOST_LOOKUPS = 5;

/** Resolves names against one queried object. */
export class Resolver {
  readonly schema: Schema;
  readonly object: ObjectDescriptor;
  readonly #alias: string | null;

  constructor(schema: Schema, object: ObjectDescriptor, alias: string | null) {
    this.schema = schema;
    this.object = object;
    this.#alias = alias?.toLowerCase() ?? null;
  }

  /** `Owner.Name` as a field at the end of lookups. @throws QueryError in Salesforce's words. */
  field(path: PathNode): FieldValue {
    const names = this.#withoutAlias(path.names);
    const last = names.at(-1) ?? '';
    const { object, lookups } = this.lookups(names.slice(0, -1), path);
    const field = object.fields.get(last.toLowerCase());
    if (!field) throw noSuchColumn(last, object.name, path.offset);
    return { kind: 'field', lookups, object, field, offset: path.offset };
  }

  /** Follows relationship names up. */
  lookups(names: readonly string[], path: PathNode): { object: ObjectDescriptor; lookups: LookupStep[] } {
    if (names.length > MOST_LOOKUPS) {
      throw new QueryError(
        'SOQL relationship field paths support at most 5 parent relationships',
        path.offset,
        'INVALID_FIELD',
      );
    }
    let object = this.object;
    const lookups: LookupStep[] = [];
    for (const name of names) {
      const step = lookupStep(this.schema, object, name);
      if (!step) throw noSuchRelationship(name, 'field path', path.offset);
      lookups.push(step);
      object = targetOf(this.schema, step);
    }
    return { object, lookups };
  }

  /** A query may begin paths with the name or the alias of its object. */
  #withoutAlias(names: readonly string[]): readonly string[] {
    if (names.length < 2) return names;
    const first = names[0]?.toLowerCase();
    return first === this.#alias || first === this.object.name.toLowerCase() ? names.slice(1) : names;
  }
}

/** The lookup behind a relationship name, or null. */
export function lookupStep(schema: Schema, object: ObjectDescriptor, name: string): LookupStep | null {
  const field = object.parents.get(name.toLowerCase());
  if (!field) return null;
  const targets = field.referenceTo.map((target) => schema.object(target)).filter((target) => target !== null);
  return targets.length === 0 ? null : { field, targets };
}

/** What fields a step leads to: those of its only target, or of the Name object. */
export function targetOf(schema: Schema, step: LookupStep): ObjectDescriptor {
  const [only] = step.targets;
  if (step.targets.length === 1 && only) return only;
  const name = schema.object('Name');
  if (!name) throw new Error('the schema has no Name object');
  return name;
}

export function checkFilterable(value: FieldValue): void {
  if (value.field.filterable) return;
  throw new QueryError(
    `field '${value.field.name}' can not be filtered in a query call`,
    value.offset,
    'INVALID_FIELD',
  );
}

export function checkSortable(value: FieldValue): void {
  if (value.field.sortable) return;
  throw new QueryError(`field '${value.field.name}' can not be sorted in a query call`, value.offset, 'INVALID_FIELD');
}

export function checkGroupable(value: FieldValue): void {
  if (value.field.groupable) return;
  throw new QueryError(`field '${value.field.name}' can not be grouped in a query call`, value.offset, 'INVALID_FIELD');
}

/** Which fields `FIELDS(…)` stands for. */
export function fieldsOf(object: ObjectDescriptor, call: CallNode): FieldDescriptor[] {
  const [argument] = call.args;
  const word = argument?.kind === 'path' ? argument.names.join('.').toLowerCase() : '';
  const all = [...object.fields.values()];
  if (word === 'all') return all;
  if (word === 'custom') return all.filter((field) => field.custom);
  if (word === 'standard') return all.filter((field) => !field.custom);
  throw new QueryError('FIELDS function parameter must be one of ALL, STANDARD, or CUSTOM', call.offset);
}
