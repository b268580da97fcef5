import { current } from '../../engine/current.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { FormulaError } from '../../schema/formula/ast.ts';
import type { FormulaNode } from '../../schema/formula/ast.ts';
import { evaluate, formulaValue } from '../../schema/formula/evaluate.ts';
import type { FormulaScope, FormulaValue } from '../../schema/formula/evaluate.ts';
import { parsed } from '../../schema/formula/parsed.ts';
import type { Type } from '../../types/type.ts';
import { ApexDatetime, dateIn, userZone } from '../../values/datetime.ts';
import { readField } from '../../values/fields.ts';
import { SObjectValue } from '../../values/sobject.ts';

/**
 * The scope of a formula over what Apex hands in: a record as it stands in memory, or an object of a global class.
 *
 * @param refusesZero whether a division by zero is an error, and not blank
 */
export function memoryScope(context: object, blankAsZero: boolean, refusesZero = false): FormulaScope {
  const now = current.tx.services.now();
  return {
    read: (path, offset) => readPath({ context, refusesZero }, path, offset),
    refusesZero,
    prior: null,
    isText: ([name = '', ...more]) =>
      context instanceof SObjectValue &&
      more.length === 0 &&
      context.object.fields.get(name.toLowerCase())?.apexType === 'String',
    isNew: false,
    blankAsZero,
    now,
    today: dateIn(new ApexDatetime(now), userZone()).days,
  };
}

function readPath(
  { context, refusesZero }: { context: object; refusesZero: boolean },
  path: readonly string[],
  offset: number,
): FormulaValue {
  const [first = ''] = path;
  if (first.startsWith('$')) return readGlobal(path, offset);
  let at: unknown = context;
  for (const name of path) {
    if (at === null) return null;
    at = at instanceof SObjectValue ? memberOfRecord(at, name, refusesZero) : memberOfObject(at as object, name);
  }
  return formulaValue(at);
}

/** What is not loaded is blank. */
function memberOfRecord(record: SObjectValue, name: string, refusesZero: boolean): unknown {
  const { object } = record;
  const parent = object.parents.get(name.toLowerCase());
  if (parent?.relationshipName) return record.fields[parent.relationshipName] ?? null;
  const field = object.fields.get(name.toLowerCase());
  if (!field) return null;
  if (field.formula === null) return record.fields[field.name] ?? null;
  return evaluate(parsed(field.formula), memoryScope(record, field.blankAsZero, refusesZero));
}

function memberOfObject(object: object, name: string): unknown {
  const { $type: type } = object as { $type?: Type };
  for (let at = type ?? null; at; at = at.def.superclass) {
    const symbol = at.def.fields.get(name.toLowerCase());
    if (!symbol) continue;
    const getter = (object as Record<string, unknown>)[`get$${symbol.js}`];
    return typeof getter === 'function' ? (getter.call(object) as unknown) : readField(object, symbol);
  }
  return null;
}

function readGlobal(path: readonly string[], offset: number): FormulaValue {
  const [root = '', name = ''] = path;
  const { services } = current.tx;
  switch (path.length === 2 ? root.toLowerCase() : '') {
    case '$user': {
      const record = services.userRecord();
      const key = Object.keys(record).find((field) => field.toLowerCase() === name.toLowerCase());
      return key === undefined ? null : formulaValue(record[key]);
    }
    case '$permission':
      return services.hasCustomPermission(name);
    case '$organization':
      if (name.toLowerCase() === 'id') return services.organizationId;
      if (name.toLowerCase() === 'name') return services.organizationName;
  }
  throw new FormulaError(`local-org does not support ${path.join('.')} in formulas of Apex`, offset);
}

/** The names that a formula mentions, without its globals. */
export function namesIn(node: FormulaNode): string[] {
  switch (node.kind) {
    case 'name':
      return node.path[0]?.startsWith('$') ? [] : [node.path.join('.')];
    case 'unary':
      return namesIn(node.operand);
    case 'binary':
      return [...namesIn(node.left), ...namesIn(node.right)];
    case 'call':
      return node.args.flatMap(namesIn);
    default:
      return [];
  }
}

/** Why a formula may not mention this name where its context is of this type; null where it may. */
export function nameProblem(path: readonly string[], context: Type): string | null {
  let at: Type | ObjectDescriptor | null = context.def.sobject ?? context;
  for (const name of path) {
    const key = name.toLowerCase();
    if (at === null) return unknownField(path);
    if ('keyPrefix' in at) {
      const parent: { referenceTo: readonly string[] } | undefined = at.parents.get(key);
      if (!parent && !at.fields.has(key)) return unknownField(path);
      at = parent ? current.universe.schema.object(parent.referenceTo[0] ?? '') : null;
      continue;
    }
    const member: { type: Type; visibility: string } | null = globalMember(at, key);
    if (!member) return unknownField(path);
    at = member.type.def.sobject ?? (member.type.def.origin === 'user' ? member.type : null);
  }
  return null;
}

function globalMember(type: Type, key: string): { type: Type; visibility: string } | null {
  for (let at: Type | null = type; at; at = at.def.superclass) {
    const symbol = at.def.fields.get(key);
    if (symbol) return symbol.visibility === 'global' ? symbol : null;
  }
  return null;
}

function unknownField(path: readonly string[]): string {
  return `Field ${path.join('.')} does not exist. Check spelling.`;
}
