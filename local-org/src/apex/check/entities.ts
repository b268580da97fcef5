import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { findField, ownOf, superclassOf } from '../../types/members.ts';
import type { Type, TypeDef } from '../../types/type.ts';
import { isTypeVisible } from '../../types/visibility.ts';
import type { Expr, FieldAccess, Position } from '../ast.ts';
import type { BExpr } from '../bound.ts';
import { findDef } from '../declare/resolve.ts';
import { lacksSuperclass } from '../declare/missingParents.ts';
import type { BodyContext } from './context.ts';
import { checkExpr } from './expressions.ts';
import { fieldOf, ownField, staticMember } from './fields.ts';
import { suggestion } from './suggestion.ts';

/** What a dotted name may turn out to be, part by part. */
export type Entity =
  | { readonly kind: 'value'; readonly value: BExpr }
  /** A type; its name may also begin a longer one (`System` is a class and a namespace). */
  | { readonly kind: 'type'; readonly type: Type; readonly names: readonly string[] }
  /** The beginning of a name that is nothing yet: a namespace. */
  | { readonly kind: 'names'; readonly names: readonly string[]; readonly at: Position }
  /** `Schema.SObjectType.Account.fields` and `.fieldSets` */
  | { readonly kind: 'describe'; readonly object: ObjectDescriptor; readonly of: DescribeStep };

/** `tokens`: `.fields` of `Account.SObjectType`, whose members are field tokens. */
type DescribeStep = 'fields' | 'fieldSets' | 'tokens';

/** What stands left of a dot: a variable first, then a type, then a namespace. */
export function resolveEntity(cx: BodyContext, expr: Expr): Entity {
  if (expr.kind === 'name') return resolveName(cx, expr.name, expr.at);
  if (expr.kind === 'field-access') return resolveMember(cx, expr);
  return { kind: 'value', value: checkExpr(cx, expr) };
}

function resolveName(cx: BodyContext, name: string, at: Position): Entity {
  const def = findDef(cx, [name]);
  // In static code the name of an instance field can only mean the type that has it too.
  const isHidden = def !== null && cx.isStatic && !cx.scope.find(name) && isInstanceField(cx, name);
  const variable = isHidden ? null : findVariable(cx, name, at);
  if (variable) return { kind: 'value', value: variable };
  if (def && def.generic.length === 0) return { kind: 'type', type: cx.universe.of(def), names: [name] };
  return { kind: 'names', names: [name], at };
}

function isInstanceField(cx: BodyContext, name: string): boolean {
  return findField(cx.universe, cx.self, name)?.symbol.static === false;
}

/**
 * A local, or a field: of this class, a static one of the class around it, one inherited. null where the name is none of
 * them. The order, and that static code doesn't see inherited static fields, are those of the compiler in
 * @salesforce/sfdx-scanner 2.13.7.
 */
export function findVariable(cx: BodyContext, name: string, at: Position): BExpr | null {
  const local = cx.scope.find(name);
  if (local) return { k: 'local', local, type: local.type, at };
  const key = name.toLowerCase();
  for (let type: Type | null = cx.self; type; type = superclassOf(cx.universe, type)) {
    const inherited = type !== cx.self;
    for (let def: TypeDef | null = type.def; def; def = def.outer) {
      const owner = def === type.def ? type : cx.universe.of(def);
      const found = ownOf(cx.universe, owner, key);
      if (!found || (found.symbol.static ? inherited && cx.isStatic : def !== type.def)) continue;
      if (cx.notYet.has(found.symbol)) return cx.fail(at, `Illegal forward reference: ${found.symbol.name}`);
      return ownField(cx, found, at);
    }
  }
  return null;
}

function resolveMember(cx: BodyContext, expr: FieldAccess): Entity {
  const { name, at } = expr.name;
  const target: Entity =
    expr.target.kind === 'super'
      ? { kind: 'value', value: superObject(cx, expr.target.at) }
      : resolveEntity(cx, expr.target);
  switch (target.kind) {
    case 'value': {
      const hidden = typeBehindField(cx, expr.target, target.value);
      const ofType = hidden && !findField(cx.universe, target.value.type, name) && staticMember(cx, hidden, name, at);
      if (ofType) return { kind: 'value', value: ofType };
      return (
        describeStep(target.value, name) ??
        sharingReason(cx, target.value, name, at) ?? {
          kind: 'value',
          value: fieldOf(cx, target.value, name, at, expr.safe),
        }
      );
    }
    case 'describe':
      return { kind: 'value', value: describeMember(cx, target.object, target.of, name, at) };
    case 'names': {
      const names = [...target.names, name];
      const label = labelName(names);
      if (label !== null) return { kind: 'value', value: labelValue(cx, label, at) };
      if (/^(system\.)?page\.[^.]+$/i.test(names.join('.'))) {
        return { kind: 'value', value: pageValue(cx, name, at) };
      }
      const def = findDef(cx, names);
      if (def) return typeEntity(cx, def, names, at);
      if (names.length < 3 && cx.universe.isNamespace(target.names[0] ?? '')) return { kind: 'names', names, at };
      return { kind: 'value', value: unknownName(cx, target.names.join('.'), target.at) };
    }
    case 'type':
      return memberOfType(cx, target, name, at);
  }
}

/** `super` before a field or property of what the class extends: they are not overridden, so the type alone tells them. */
function superObject(cx: BodyContext, at: Position): BExpr {
  if (cx.isStatic) return cx.fail(at, 'Super cannot be referenced in a static context');
  const parent = superclassOf(cx.universe, cx.self);
  if (parent) return { k: 'this', type: parent, at };
  if (lacksSuperclass(cx.def)) return { k: 'fault', message: 'super is not known', type: cx.universe.unknown, at };
  return cx.fail(at, `No super type defined: ${cx.def.name}`);
}

/**
 * A field may have the name of a type, which is meant where the field's value has no such member. A local hides the
 * type.
 */
export function typeBehindField(cx: BodyContext, expr: Expr, value: BExpr): Type | null {
  if (expr.kind !== 'name' || value.k === 'local' || value.type.def.sobject) return null;
  const def = findDef(cx, [expr.name]);
  return def && def.generic.length === 0 ? cx.universe.of(def) : null;
}

function memberOfType(
  cx: BodyContext,
  target: { readonly type: Type; readonly names: readonly string[] },
  name: string,
  at: Position,
): Entity {
  const names = [...target.names, name];
  const label = labelName(names);
  if (label !== null) return { kind: 'value', value: labelValue(cx, label, at) };
  const { def } = target.type;
  if (isObjectTypeClass(def)) {
    const object = cx.universe.schema.object(name);
    if (object) {
      const type = cx.universe.system('DescribeSObjectResult');
      return { kind: 'value', value: { k: 'describe', object, field: null, fieldSet: null, type, at } };
    }
  }
  // `Contact.fields.LastName` is the token that `Contact.LastName` is.
  if (def.sobject && name.toLowerCase() === 'fields' && !def.sobject.fields.has('fields')) {
    return { kind: 'describe', object: def.sobject, of: 'tokens' };
  }
  const nested = findDef(cx, names);
  // An instance field and an inner type may have one name; after a type's name only the inner type can be meant.
  if (nested && findField(cx.universe, target.type, name)?.symbol.static === false) {
    return typeEntity(cx, nested, names, at);
  }
  const value = staticMember(cx, target.type, name, at);
  if (value) return { kind: 'value', value };
  // `BusinessHours.MondayStartTime`: an object has the name of a class.
  const object = def.origin === 'platform' && target.names.length === 1 ? cx.universe.sobject(def.name) : null;
  const ofObject = object && staticMember(cx, object, name, at);
  if (ofObject) return { kind: 'value', value: ofObject };
  if (nested) return typeEntity(cx, nested, names, at);
  if (target.names.length === 1 && cx.universe.isNamespace(target.names[0] ?? '')) return { kind: 'names', names, at };
  const known = [...def.fields.keys(), ...def.enumValues, ...(def.sobject?.fields.keys() ?? [])];
  return {
    kind: 'value',
    value: cx.fail(at, `Variable does not exist: ${name}.${suggestion(name, known)}`),
  };
}

function typeEntity(cx: BodyContext, def: TypeDef, names: readonly string[], at: Position): Entity {
  if (!isTypeVisible(cx.def, def)) cx.fail(at, `Type is not visible: ${def.name}. It is ${def.visibility}.`);
  return { kind: 'type', type: cx.universe.of(def), names };
}

function isObjectTypeClass(def: TypeDef): boolean {
  return def.origin === 'platform' && def.namespace === 'Schema' && def.name === 'SObjectType';
}

/** Turns the value of `Schema.SObjectType.Account` with `.fields` into the next step. */
function describeStep(value: BExpr, name: string): Entity | null {
  if (value.k === 'object-token' && name.toLowerCase() === 'fields') {
    return { kind: 'describe', object: value.object, of: 'tokens' };
  }
  if (value.k !== 'describe' || value.field || value.fieldSet) return null;
  const lower = name.toLowerCase();
  if (lower === 'fields') return { kind: 'describe', object: value.object, of: 'fields' };
  return lower === 'fieldsets' ? { kind: 'describe', object: value.object, of: 'fieldSets' } : null;
}

/** `Account__Share.RowCause.Manual`: the text that a share's RowCause has. */
function sharingReason(cx: BodyContext, value: BExpr, name: string, at: Position): Entity | null {
  if (value.k !== 'field-token' || value.field.name !== 'RowCause') return null;
  const { picklist } = value.field;
  const reason = picklist.find((option) => option.value.toLowerCase() === name.toLowerCase());
  if (reason) return { kind: 'value', value: { k: 'const', value: reason.value, type: cx.universe.String, at } };
  const known = suggestion(
    name,
    picklist.map((option) => option.value),
  );
  return {
    kind: 'value',
    value: cx.fail(at, `Variable does not exist: ${name}. ${value.object.name} has no such RowCause.${known}`),
  };
}

function describeMember(
  cx: BodyContext,
  object: ObjectDescriptor,
  of: DescribeStep,
  name: string,
  at: Position,
): BExpr {
  if (of !== 'fieldSets') {
    const field = object.fields.get(name.toLowerCase());
    if (!field)
      return cx.fail(at, `Field does not exist: ${name} on ${object.name}.${suggestion(name, object.fields.keys())}`);
    if (of === 'tokens')
      return { k: 'field-token', object, field, type: cx.universe.platform('Schema.SObjectField'), at };
    return { k: 'describe', object, field, fieldSet: null, type: cx.universe.system('DescribeFieldResult'), at };
  }
  const known = [...object.fieldSets.keys()].find((set) => set.toLowerCase() === name.toLowerCase());
  if (known === undefined) return cx.fail(at, `Field set does not exist: ${name} on ${object.name}.`);
  return { k: 'describe', object, field: null, fieldSet: known, type: cx.universe.platform('Schema.FieldSet'), at };
}

/** The label's name in `Label.Name`, `System.Label.Name`, `System.Label.ns.Name`; else null. */
function labelName(names: readonly string[]): string | null {
  const lower = names.map((name) => name.toLowerCase());
  const start = lower[0] === 'label' ? 1 : lower[0] === 'system' && lower[1] === 'label' ? 2 : 0;
  if (start === 0 || names.length !== start + 1) return null;
  return names[start] ?? null;
}

function labelValue(cx: BodyContext, name: string, at: Position): BExpr {
  if (!cx.options.labels.has(name.toLowerCase())) {
    return cx.fail(at, `External string does not exist: ${name}. Add it to CustomLabels.labels-meta.xml.`);
  }
  return { k: 'label', name, type: cx.universe.String, at };
}

/** `Page.Name`. */
function pageValue(cx: BodyContext, name: string, at: Position): BExpr {
  const { pages = new Map<string, string>() } = cx.options;
  const known = pages.get(name.toLowerCase());
  if (known === undefined) {
    return cx.fail(at, `Page ${name} does not exist.${suggestion(name, pages.values())}`);
  }
  return { k: 'page', name: known, type: cx.universe.system('PageReference'), at };
}

/** Reports a name that means nothing here. */
export function unknownName(cx: BodyContext, name: string, at: Position): BExpr {
  if (lacksSuperclass(cx.def))
    return { k: 'fault', message: `${name} may be inherited`, type: cx.universe.unknown, at };
  const known = new Set<string>(cx.scope.names());
  for (let def: TypeDef | null = cx.def; def; def = def.outer) {
    for (const symbol of def.fields.values()) known.add(symbol.name);
  }
  for (const def of cx.universe.users()) known.add(def.name);
  return cx.fail(at, `Variable does not exist: ${name}.${suggestion(name, known)}`);
}
