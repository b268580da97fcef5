import { fieldType, parentType } from '../../types/sobjectDef.ts';
import { findField } from '../../types/members.ts';
import type { FoundField } from '../../types/members.ts';
import type { FieldSymbol, Type } from '../../types/type.ts';
import type { Position } from '../ast.ts';
import type { BExpr } from '../bound.ts';
import type { BodyContext } from './context.ts';
import { unboxed } from './convert.ts';
import { lacksSuperclass } from '../declare/missingParents.ts';
import { suggestion } from './suggestion.ts';

/** A field or property named without a target: own, inherited, or a static one of an enclosing class. */
export function ownField(cx: BodyContext, found: FoundField, at: Position): BExpr {
  const { symbol } = found;
  if (!symbol.static && cx.isStatic) return nonStatic(cx, symbol, at);
  if (!symbol.static && cx.inConstructorCall) {
    return cx.fail(at, `Cannot reference instance variables in a constructor invocation: ${symbol.name}`);
  }
  return member(cx, symbol.static ? null : { k: 'this', implied: true, type: cx.self, at }, found, at, false);
}

/** `target.name` where the target is a value. */
export function fieldOf(cx: BodyContext, from: BExpr, name: string, at: Position, safe: boolean): BExpr {
  const { universe } = cx;
  const target = onlyRow(from, safe);
  const { type } = target;
  if (type === universe.unknown) return target;
  const object = type.def.sobject;
  if (object) {
    const key = name.toLowerCase();
    const field = object.fields.get(key);
    if (field) {
      return unboxed(universe, { k: 'record-field', target, field, safe, type: fieldType(universe, field), at });
    }
    const parent = object.parents.get(key);
    if (parent) return { k: 'record-parent', target, field: parent, safe, type: parentType(universe, parent), at };
    const child = object.children.get(key);
    if (child) {
      const row = universe.sobject(child.object) ?? universe.SObject;
      return { k: 'record-children', target, child, safe, type: universe.listOf(row), at };
    }
    const known = [...object.fields.values()].map((other) => other.name);
    return cx.fail(
      at,
      `Field does not exist: ${name} on ${object.name}.${suggestion(name, [...known, ...object.parents.keys()])}`,
    );
  }
  const found = findField(universe, type, name);
  if (found && !found.symbol.static) return member(cx, target, found, at, safe);
  if (found) {
    const { owner, name: field } = found.symbol;
    const mend = `Write ${owner.name}.${field}.`;
    return cx.fail(
      at,
      `Static field cannot be referenced from a non static context: ${field} from the type ${owner.name}. ${mend}`,
    );
  }
  if (lacksSuperclass(type.def)) return { k: 'fault', message: `${name} may be inherited`, type: universe.unknown, at };
  return cx.fail(at, `Variable does not exist: ${name}.${suggestion(name, fieldNames(type))}`);
}

function nonStatic(cx: BodyContext, symbol: FieldSymbol, at: Position): BExpr {
  return cx.fail(
    at,
    `Non static field cannot be referenced from a static context: ${symbol.name} from the type ${symbol.owner.name}`,
  );
}

/**
 * `[SELECT …].Name` is the field of the query's one row; `[SELECT …]?.Name` null where there is none (Apex Developer Guide, Safe
 * Navigation Operator).
 */
function onlyRow(target: BExpr, safe: boolean): BExpr {
  const row = target.k === 'soql' && target.result !== 'count' ? target.type.args[0] : undefined;
  if (!row) return target;
  return { k: 'convert', how: safe ? 'rows-one-or-null' : 'rows-one', value: target, type: row, at: target.at };
}

/** `Type.name`: a static field, an enum value, a field token. null where the type has no such member. */
export function staticMember(cx: BodyContext, type: Type, name: string, at: Position): BExpr | null {
  const { universe } = cx;
  const key = name.toLowerCase();
  const enumValue = type.def.enumValues.find((value) => value.toLowerCase() === key);
  if (enumValue !== undefined) return { k: 'enum-value', name: enumValue, type, at };
  const object = type.def.sobject;
  if (object) {
    // Some have a field of that name, which is meant then: NebulaFramework, SObjectRecordTypes, of RecordType;
    // octoberswimmer/aer-dist, issues 60 and 141, of QueueSobject and ObjectPermissions.
    if (key === 'sobjecttype' && !object.fields.has(key))
      return { k: 'object-token', object, type: universe.platform('Schema.SObjectType'), at };
    const field = object.fields.get(key);
    return field ? { k: 'field-token', object, field, type: universe.platform('Schema.SObjectField'), at } : null;
  }
  if (type.def.origin === 'platform' && type.def.name === 'Trigger') return triggerVariable(cx, type, key, at);
  const found = findField(universe, type, name);
  if (!found) return null;
  if (!found.symbol.static) return nonStatic(cx, found.symbol, at);
  // A subclass's name doesn't lead to the static fields of its ancestors (the compiler in @salesforce/sfdx-scanner 2.13.7).
  return found.symbol.owner === type.def ? member(cx, null, found, at, false) : null;
}

function triggerVariable(cx: BodyContext, type: Type, key: string, at: Position): BExpr | null {
  const { universe } = cx;
  const found = findField(universe, type, key);
  if (!found) return null;
  const row = (cx.triggerObject && universe.sobject(cx.triggerObject.name)) ?? universe.SObject;
  const special: Record<string, Type> = {
    new: universe.listOf(row),
    old: universe.listOf(row),
    newmap: universe.mapOf(universe.Id, row),
    oldmap: universe.mapOf(universe.Id, row),
  };
  return { k: 'trigger', name: key, type: special[key] ?? found.type, at };
}

function member(cx: BodyContext, target: BExpr | null, found: FoundField, at: Position, safe: boolean): BExpr {
  const { symbol, type } = found;
  const reads = symbol.property?.get;
  if (reads === null && cx.writtenAt !== at) {
    return cx.fail(at, `A value cannot be read from ${symbol.name} in type ${symbol.owner.name}. It has no getter.`);
  }
  if (reads && cx.writtenAt !== at && cx.accessorOf !== symbol && !cx.sees(symbol.owner, reads, symbol.testVisible)) {
    return cx.fail(at, `Variable is not visible: ${symbol.owner.name}.${symbol.name}. Its getter is ${reads}.`);
  }
  if (!cx.sees(symbol.owner, symbol.visibility, symbol.testVisible)) {
    return cx.fail(at, `Variable is not visible: ${symbol.owner.name}.${symbol.name}. It is ${symbol.visibility}.`);
  }
  if (symbol.owner.origin === 'platform') {
    if (!cx.options.isBuilt(symbol)) return cx.fail(at, unsupported(`${symbol.owner.name}.${symbol.name}`));
    return unboxed(cx.universe, { k: 'platform-property', target, symbol, type, at, safe });
  }
  const storage = !symbol.property || symbol.property.auto || cx.accessorOf === symbol;
  return { k: storage ? 'field' : 'property', target, symbol, type, at, safe };
}

/** The text of a problem that is local-org's, not the program's: tests that need it count as unsupported. */
export function unsupported(what: string): string {
  return `Unsupported: ${what} exists on Salesforce but is not built in local-org.`;
}

function fieldNames(type: Type): string[] {
  const names: string[] = [];
  for (let def: Type['def'] | undefined = type.def; def; def = def.superclass?.def) {
    for (const symbol of def.fields.values()) names.push(symbol.name);
  }
  return names;
}
