import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import type { Dml, DmlOperation, Expr } from '../ast.ts';
import type { BExpr, BStatement } from '../bound.ts';
import { defaultAccess } from './access.ts';
import type { BodyContext } from './context.ts';
import { checkExpr } from './expressions.ts';
import { suggestion } from './suggestion.ts';

/** `insert records;`, `upsert records Key__c;`, `merge record duplicates;` */
export function checkDml(cx: BodyContext, statement: Dml): BStatement {
  const value = dmlOperand(cx, statement.value, statement.operation);
  const other = statement.with && dmlOperand(cx, statement.with, statement.operation);
  const { externalId } = statement;
  const field = externalId?.name.split('.').at(-1) ?? null;
  if (externalId && field !== null) {
    const row = rowOf(value.type);
    if (row === cx.universe.SObject)
      cx.fail(externalId.at, 'Upsert with a field specification requires a concrete SObject type');
    const fault = row?.def.sobject ? upsertFault(row.def.sobject, field) : null;
    if (fault !== null) cx.fail(externalId.at, fault);
  }
  if (statement.operation === 'merge' && rowOf(value.type) === cx.universe.SObject) {
    cx.fail(value.at, `Merge requires a concrete SObject type: ${value.type.name}`);
  }
  if (other && !isOfSame(value.type, other.type, cx.universe)) cx.fail(other.at, 'Invalid type for duplicate records');
  return {
    k: 'dml',
    operation: statement.operation,
    value,
    with: other,
    externalId: field,
    access: statement.access ?? defaultAccess(cx),
    at: statement.at,
  };
}

function upsertFault(object: ObjectDescriptor, name: string): string | null {
  const field = object.fields.get(name.toLowerCase());
  if (!field) return `Field does not exist: ${name} on ${object.name}.${suggestion(name, object.fields.keys())}`;
  if (field.externalId || field.idLookup || field.name === 'Id') return null;
  return `Invalid field for upsert, must be an External Id custom or standard indexed field: ${field.name}`;
}

function dmlOperand(cx: BodyContext, expr: Expr, operation: DmlOperation): BExpr {
  const value = checkExpr(cx, expr);
  const row = rowOf(value.type);
  const { unknown } = cx.universe;
  if (value.type === unknown || row === unknown) return value;
  if (row?.def.kind !== 'sobject')
    return cx.fail(value.at, `DML requires SObject or SObject list type: ${value.type.name}`);
  const object = row.def.sobject;
  if (object && operation === 'merge' && !object.mergeable)
    return cx.fail(value.at, `Specified type ${object.name} cannot be merged`);
  if (object && !takes(object, operation)) {
    return cx.fail(value.at, `DML operation ${operation.toUpperCase()} not allowed on ${value.type.name}`);
  }
  return value;
}

/** Whether records can be merged into a record: they are one or a list of its object. */
function isOfSame(master: Type, duplicates: Type, { SObject, unknown }: Universe): boolean {
  const row = rowOf(duplicates);
  return row === master || row === SObject || master === unknown || row === unknown;
}

/** The SObject type of a record or of a list's records. */
function rowOf(type: Type): Type | undefined {
  return type.def.name === 'List' ? type.args[0] : type;
}

function takes(object: ObjectDescriptor, operation: DmlOperation): boolean {
  if (object.bigObject) return false;
  switch (operation) {
    case 'insert':
      return object.createable;
    case 'update':
      return object.updateable;
    case 'upsert':
      return object.createable && object.updateable;
    case 'delete':
      return object.deletable;
    case 'undelete':
      return object.undeletable;
    case 'merge':
      return object.mergeable;
  }
}
