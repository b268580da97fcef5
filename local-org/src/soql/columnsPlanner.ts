import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { CallNode, PathNode, SelectItem, TypeofNode } from './ast.ts';
import type { Columns, ParentColumns, ShownStep } from './plan.ts';
import type { QueryPlanner } from './planner.ts';
import { noSuchColumn, noSuchObject, noSuchRelationship, QueryError } from './problem.ts';
import { fieldsOf, lookupStep, Resolver, targetOf } from './resolve.ts';

const MOST_FIELDS_ROWS = 200;

/** Checks the select list of a query for rows. */
export class ColumnsPlanner {
  readonly #planner: QueryPlanner;

  constructor(planner: QueryPlanner) {
    this.#planner = planner;
  }

  columns(items: readonly SelectItem[]): Columns {
    const columns = emptyColumns(this.#planner.object);
    for (const item of items) {
      if (item.kind === 'query') columns.children.push(this.#planner.childPlan(item.query));
      else if (item.kind === 'typeof') this.#typeof(columns, item);
      else if (item.value.kind === 'path') this.#path(columns, item.value, item.alias);
      else this.#call(columns, item.value, item.alias);
    }
    return columns;
  }

  #path(columns: Columns, path: PathNode, alias: string | null): void {
    if (alias !== null) {
      throw new QueryError('only aggregate expressions use field aliasing', path.offset);
    }
    const value = this.#planner.resolver.field(path);
    this.#planner.use(value, 'select');
    let at = columns;
    for (const step of value.lookups) at = this.#parent(at, step, path.offset).columns;
    addColumn(at, value.field, path);
  }

  #parent(columns: Columns, step: ParentColumns['step'], offset: number): ParentColumns {
    const name = step.field.relationshipName ?? '';
    let parent = columns.parents.find((candidate) => candidate.name === name);
    if (parent?.cases) throw new QueryError(`duplicate field selected: ${name}`, offset);
    if (!parent) {
      parent = { name, step, columns: emptyColumns(targetOf(this.#planner.context.schema, step)), cases: null };
      columns.parents.push(parent);
    }
    return parent;
  }

  #call(columns: Columns, call: CallNode, alias: string | null): void {
    const name = call.name.toLowerCase();
    if (name === 'fields') {
      this.#fields(columns, call);
      return;
    }
    if (name === 'distance') {
      const unnamed = columns.shown.filter((other) => /^expr\d+$/.test(other.name)).length;
      const value = this.#planner.distance(call, 'select');
      columns.shown.push({ name: alias ?? `expr${unnamed}`, value, steps: [] });
      return;
    }
    const { steps, argument } = unwrapped(call);
    if (argument?.kind !== 'path') {
      throw new QueryError(`local-org does not support the function ${call.name} in SELECT`, call.offset);
    }
    if (alias === null && steps[0] === 'label') {
      this.#path(columns, argument, null);
      const value = this.#planner.resolver.field(argument);
      let at = columns;
      for (const step of value.lookups) at = this.#parent(at, step, call.offset).columns;
      at.labels.add(value.field.name);
      return;
    }
    this.#shown(columns, { call, steps, argument, alias });
  }

  /** A value in another form, under its alias or the field's name. */
  #shown(
    columns: Columns,
    { call, steps, argument, alias }: { call: CallNode; argument: PathNode; alias: string | null } & Unwrapped,
  ): void {
    const value = this.#planner.resolver.field(argument);
    this.#planner.use(value, 'select');
    if (value.lookups.length > 0) {
      throw new QueryError(`local-org does not support ${call.name} of a parent's field in SELECT`, call.offset);
    }
    this.#planner.checkShown(call, steps, value.field);
    const name = alias ?? value.field.name;
    const taken = [...columns.fields, ...columns.shown, ...columns.converted].map((other) => other.name.toLowerCase());
    if (taken.includes(name.toLowerCase())) {
      throw new QueryError(`duplicate ${alias === null ? 'field selected' : 'alias'}: ${name}`, call.offset);
    }
    const stays = alias === null && !steps.includes('format');
    (stays ? columns.converted : columns.shown).push({ name, value, steps });
    if (stays) columns.fields.push(value.field);
  }

  #fields(columns: Columns, call: CallNode): void {
    const fields = fieldsOf(columns.object, call);
    const [argument] = call.args;
    const word = argument?.kind === 'path' ? argument.names.join('').toLowerCase() : '';
    const limit = this.#planner.query.limit;
    const limited = limit?.kind === 'number' && Number(limit.text) <= MOST_FIELDS_ROWS;
    if (word !== 'standard' && !limited) {
      throw new QueryError('The SOQL FIELDS function must have a LIMIT of at most 200', call.offset);
    }
    for (const field of fields) {
      if (columns.fields.includes(field)) continue;
      columns.fields.push(field);
      this.#planner.context.usages.push({ object: columns.object, field, clause: 'select' });
    }
  }

  /**
   * `TYPEOF What WHEN Account THEN Phone, Owner.Name ELSE Name END`. The relationship may be a parent's, the fields paths from the
   * object of the case. Source: SOQL and SOSL Reference, TYPEOF.
   */
  #typeof(columns: Columns, node: TypeofNode): void {
    const { schema, usages } = this.#planner.context;
    const names = [...node.relationship.names];
    const name = names.pop() ?? '';
    let holder = columns;
    for (const step of this.#planner.resolver.lookups(names, node.relationship).lookups) {
      usages.push({ object: holder.object, field: step.field, clause: 'select' });
      holder = this.#parent(holder, step, node.relationship.offset).columns;
    }
    const step = lookupStep(schema, holder.object, name);
    if (!step) throw noSuchRelationship(name, 'field path', node.relationship.offset);
    // Nor may it be selected from otherwise: SOQL and SOSL Reference, TYPEOF. unverified: the text
    if (holder.parents.some((parent) => parent.step.field === step.field)) {
      throw new QueryError(`duplicate field selected: ${name}`, node.relationship.offset);
    }
    usages.push({ object: holder.object, field: step.field, clause: 'select' });
    const cases = node.cases.map((branch) => {
      const objectName = branch.object.names.join('.');
      const object = schema.object(objectName);
      if (!object) throw noSuchObject(objectName, branch.object.offset);
      if (!step.targets.includes(object)) throw noSuchColumn(objectName, holder.object.name, branch.object.offset);
      return this.#columnsOf(object, branch.fields);
    });
    const otherwise = this.#columnsOf(targetOf(schema, step), node.otherwise);
    holder.parents.push({ name: step.field.relationshipName ?? name, step, columns: otherwise, cases });
  }

  /** The columns of one case. */
  #columnsOf(object: ObjectDescriptor, paths: readonly PathNode[]): Columns {
    const { schema, usages } = this.#planner.context;
    const resolver = new Resolver(schema, object, null);
    const columns = emptyColumns(object);
    for (const path of paths) {
      const value = resolver.field(path);
      let at = columns;
      for (const step of value.lookups) {
        usages.push({ object: at.object, field: step.field, clause: 'select' });
        at = this.#parent(at, step, path.offset).columns;
      }
      usages.push({ object: value.object, field: value.field, clause: 'select' });
      addColumn(at, value.field, path);
    }
    return columns;
  }
}

function emptyColumns(object: ObjectDescriptor): Columns {
  return { object, fields: [], labels: new Set(), shown: [], converted: [], parents: [], children: [] };
}

interface Unwrapped {
  /** The functions, the outermost first. */
  readonly steps: readonly ShownStep[];
}

const SHOWN: Readonly<Record<string, ShownStep>> = { tolabel: 'label', convertcurrency: 'currency', format: 'format' };

/** What stands in `FORMAT(convertCurrency(…))`, and the functions around it. */
export function unwrapped(call: CallNode): Unwrapped & { argument: CallNode['args'][number] | undefined } {
  const steps: ShownStep[] = [];
  let at: CallNode['args'][number] | undefined = call;
  while (at?.kind === 'call') {
    const step: ShownStep | undefined = SHOWN[at.name.toLowerCase()];
    const isInside = steps.length > 0 && (steps.at(-1) !== 'format' || step !== 'currency');
    if (!step || at.args.length !== 1 || isInside) break;
    steps.push(step);
    [at] = at.args;
  }
  return { steps, argument: at };
}

function addColumn(columns: Columns, field: FieldDescriptor, path: PathNode): void {
  if (field.apexType === 'List<String>') {
    throw new QueryError(`local-org does not support ${columns.object.name}.${field.name} in SELECT`, path.offset);
  }
  const isShown = columns.shown.some((other) => other.name.toLowerCase() === field.name.toLowerCase());
  if (columns.fields.includes(field) || isShown)
    throw new QueryError(`duplicate field selected: ${path.names.at(-1)}`, path.offset);
  columns.fields.push(field);
}
