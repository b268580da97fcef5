import { implicitMethods } from '../../types/implicit.ts';
import { isSubtype } from '../../types/assignable.ts';
import { findField, findMethods, superclassOf } from '../../types/members.ts';
import type { FoundMethod } from '../../types/members.ts';
import type { Type, TypeDef } from '../../types/type.ts';
import type { Call, Expr, MethodCall, Position } from '../ast.ts';
import type { BExpr } from '../bound.ts';
import { lacksParent, lacksSuperclass } from '../declare/missingParents.ts';
import { argTypes, callText, paramText } from './callText.ts';
import type { BodyContext } from './context.ts';
import { convert } from './convert.ts';
import { resolveEntity, typeBehindField, unknownName } from './entities.ts';
import type { Entity } from './entities.ts';
import { checkExpr } from './expressions.ts';
import { invocation } from './invocation.ts';
import { chooseOverload, pickOverload } from './overloads.ts';
import { putAllFault } from './recordMaps.ts';
import { allFault } from './sameElements.ts';
import { describeCall, settingCall } from './settingCalls.ts';
import { suggestion } from './suggestion.ts';

/** `name(…)`: a method of this class, inherited, or a static one of an enclosing class. */
export function checkCall(cx: BodyContext, expr: Call): BExpr {
  const { name, at } = expr.name;
  if (/^(this|super)$/i.test(name)) {
    return cx.fail(at, `Call to '${name.toLowerCase()}()' must be the first statement in a constructor method`);
  }
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  let methods: FoundMethod[] = [];
  for (let def: TypeDef | null = cx.def; def; def = def.outer) {
    methods = methodsOf(cx, cx.universe.of(def), name);
    if (def !== cx.def) methods = methods.filter((method) => method.symbol.static);
    const chosen = pickOverload(cx, methods, args, at);
    if (!chosen) continue;
    if (!chosen.symbol.static && cx.isStatic) return nonStatic(cx, chosen, at);
    if (!chosen.symbol.static && cx.inConstructorCall) {
      return cx.fail(at, `Cannot reference instance methods in a constructor invocation: ${chosen.symbol.name}`);
    }
    const target: BExpr | null = chosen.symbol.static ? null : { k: 'this', type: cx.self, at };
    return invocation(cx, { target, method: chosen, args, at, safe: false, superCall: false, on: cx.universe.of(def) });
  }
  return noSuchMethod(cx, cx.self, name, args, at);
}

/**
 * The value of a static final field with a literal, declared below, whose method an initial value calls: that is no forward
 * reference. Source: fflib-apex-extensions, fflib_Uuid; the reference does not say it.
 */
function laterConstant(cx: BodyContext, target: Expr): BExpr | null {
  if (target.kind !== 'name' || cx.constants.size === 0 || cx.scope.find(target.name)) return null;
  const symbol = findField(cx.universe, cx.self, target.name)?.symbol;
  const literal = symbol && cx.notYet.has(symbol) ? cx.constants.get(symbol) : undefined;
  return symbol && literal ? convert(cx, checkExpr(cx, literal), symbol.type) : null;
}

/** What a method is called on. A name there is no forward reference, in the compiler of @salesforce/sfdx-scanner 2.13.7 either. */
function receiver(cx: BodyContext, target: Expr): Entity {
  const { notYet } = cx;
  if (target.kind === 'name') cx.notYet = new Set();
  const entity = resolveEntity(cx, target);
  cx.notYet = notYet;
  return entity;
}

/** `target.name(…)`; the target may be a value, a type or `super`. */
export function checkMethodCall(cx: BodyContext, expr: MethodCall): BExpr {
  const { name, at } = expr.name;
  if (expr.target.kind === 'super') return superCall(cx, expr);
  const constant = laterConstant(cx, expr.target);
  const target = constant ? { kind: 'value' as const, value: constant } : receiver(cx, expr.target);
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  if (target.kind === 'names') return unknownName(cx, target.names.join('.'), target.at);
  if (target.kind === 'describe') return describeCall(cx, target.object.name, target.of, name, args, at);
  if (target.kind === 'type') return staticCall(cx, target.type, name, args, at);
  const { value } = target;
  if (value.type === cx.universe.unknown) return value;
  const onField = name.toLowerCase() === 'adderror' ? fieldError(cx, value, args, at) : null;
  if (onField) {
    if (expr.safe) cx.fail(at, 'Safe navigation operator is not allowed between SObject field and addError');
    return onField;
  }
  if (name.toLowerCase() === 'adderror' && isPrimitive(value.type) && !recordField(value)) {
    // Values have it on paper only: it is that of a record's field. unverified: the text.
    return noSuchMethod(cx, value.type, name, args, at, ' Call it on a field of a record.');
  }
  const methods = methodsOf(cx, value.type, name);
  const ofInstances = methods.filter((method) => !method.symbol.static);
  const hasStatics = ofInstances.length < methods.length;
  const chosen =
    pickOverload(cx, ofInstances, args, at) ?? (hasStatics ? behindStatic(cx, value.type, name, args) : null);
  if (!chosen) {
    const hidden = typeBehindField(cx, expr.target, value);
    const statics = hidden ? methodsOf(cx, hidden, name).filter((method) => method.symbol.static) : [];
    if (hidden && chooseOverload(cx.universe, statics, args)) return staticCall(cx, hidden, name, args, at);
    const asStatic = chooseOverload(cx.universe, methods, args);
    if (asStatic) {
      const mend = `Write ${value.type.name}.${name}(…).`;
      return cx.fail(
        at,
        `Static method cannot be referenced from a non static context: ${callText(asStatic)}. ${mend}`,
      );
    }
    return noSuchMethod(cx, value.type, name, args, at);
  }
  const isPutAll = name.toLowerCase() === 'putall';
  const fault = isPutAll ? putAllFault(cx.universe, value.type, args) : allFault(value.type, name, args);
  if (fault !== null) return cx.fail(at, fault);
  return invocation(cx, { target: value, method: chosen, args, at, safe: expr.safe, superCall: false, on: value.type });
}

/**
 * The instance method of a superclass whose parameters a static one of the class has too: called on an instance, it counts.
 * Source: octoberswimmer/aer-dist, issue 443.
 */
function behindStatic(cx: BodyContext, type: Type, name: string, args: readonly BExpr[]): FoundMethod | null {
  for (let at = superclassOf(cx.universe, type); at; at = superclassOf(cx.universe, at)) {
    const ofInstances = methodsOf(cx, at, name).filter((method) => !method.symbol.static);
    const chosen = chooseOverload(cx.universe, ofInstances, args);
    if (chosen) return chosen;
  }
  return null;
}

/** `record.Field.addError(message)`; null where the value is no field of a record or the arguments do not fit. */
function fieldError(cx: BodyContext, value: BExpr, args: readonly BExpr[], at: Position): BExpr | null {
  const field = recordField(value);
  const [message, escape, ...more] = args;
  if (!field || !message || more.length > 0) return null;
  const { universe } = cx;
  const isText = message.type === universe.String || isSubtype(universe, message.type, universe.Exception);
  if (!isText || (escape && escape.type !== universe.Boolean)) return null;
  return { k: 'field-error', target: field.target, field: field.field.name, message, type: universe.void, at };
}

function recordField(value: BExpr) {
  const field = value.k === 'convert' ? value.value : value;
  return field.k === 'record-field' ? field : null;
}

function isPrimitive({ def }: Type): boolean {
  return def.origin === 'platform' && def.kind !== 'sobject';
}

function superCall(cx: BodyContext, expr: MethodCall): BExpr {
  const { name, at } = expr.name;
  if (cx.isStatic) return cx.fail(expr.target.at, 'Super cannot be referenced in a static context');
  if (lacksSuperclass(cx.def)) return inherited(cx, name, at);
  // A class that extends none has the methods of every Object above it.
  const parent = superclassOf(cx.universe, cx.self) ?? cx.universe.Object;
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  const chosen = pickOverload(cx, methodsOf(cx, parent, name), args, at);
  if (!chosen) return noSuchMethod(cx, parent, name, args, at);
  if (chosen.symbol.static) {
    return cx.fail(at, `Static method cannot be referenced from a non static context: ${callText(chosen)}`);
  }
  if (chosen.symbol.abstract) return cx.fail(at, `Abstract method cannot be called directly: ${callText(chosen)}`);
  return invocation(cx, {
    target: { k: 'this', type: cx.self, at },
    method: chosen,
    args,
    at,
    safe: false,
    superCall: true,
    on: parent,
  });
}

function staticCall(cx: BodyContext, type: Type, name: string, args: BExpr[], at: Position): BExpr {
  const object = type.def.sobject;
  if (object) {
    const setting = settingCall(cx, type, name, args, at);
    if (setting) return setting;
    if (name.toLowerCase() === 'getsobjecttype' && args.length === 0) {
      return { k: 'object-token', object, type: cx.universe.platform('Schema.SObjectType'), at };
    }
  }
  const methods = methodsOf(cx, type, name);
  const chosen = pickOverload(
    cx,
    methods.filter((method) => method.symbol.static),
    args,
    at,
  );
  if (chosen)
    return invocation(cx, { target: null, method: chosen, args, at, safe: false, superCall: false, on: type });
  const instance = chooseOverload(cx.universe, methods, args);
  return instance ? nonStatic(cx, instance, at) : noSuchMethod(cx, type, name, args, at);
}

function nonStatic(cx: BodyContext, method: FoundMethod, at: Position): BExpr {
  return cx.fail(at, `Non static method cannot be referenced from a static context: ${callText(method)}`);
}

function methodsOf(cx: BodyContext, type: Type, name: string): FoundMethod[] {
  let methods = findMethods(cx.universe, type, name);
  // Collections compare with anything, whatever the signature says.
  const { universe } = cx;
  if (type.args.length > 0 && name.toLowerCase() === 'equals')
    methods = methods.map((m) => ({ ...m, params: [universe.Object] }));
  for (const implicit of implicitMethods(cx.universe, type, name)) {
    if (!methods.some((method) => method.params.length === implicit.params.length)) methods.push(implicit);
  }
  return methods;
}

/** Whether a method that was not found may come from a parent that was not found either. */
function mayInherit(def: TypeDef): boolean {
  return lacksSuperclass(def) || (def.abstract && lacksParent(def));
}

/** Stands for what may come from a parent that was not found. */
function inherited(cx: BodyContext, name: string, at: Position): BExpr {
  return { k: 'fault', message: `${name} may be inherited`, type: cx.universe.unknown, at };
}

function noSuchMethod(
  cx: BodyContext,
  type: Type,
  name: string,
  args: readonly BExpr[],
  at: Position,
  mend?: string,
): BExpr {
  const failed = args.find((arg) => arg.type === cx.universe.unknown);
  if (failed) return failed; // said already
  if (mayInherit(type.def)) return inherited(cx, name, at);
  const others = methodsOf(cx, type, name).map((method) => `${method.symbol.name}${paramText(method)}`);
  const similar =
    others.length > 0 ? ` There is ${others.slice(0, 4).join(', ')}.` : suggestion(name, methodNames(type));
  const hint = mend ?? similar;
  return cx.fail(
    at,
    `Method does not exist or incorrect signature: void ${name}(${argTypes(args)}) from the type ${type.name}.${hint}`,
  );
}

function methodNames(type: Type): string[] {
  const names: string[] = [];
  for (let def: TypeDef | undefined = type.def; def; def = def.superclass?.def ?? def.outer ?? undefined) {
    for (const [, overloads] of def.methods) names.push(overloads[0]?.name ?? '');
  }
  return names;
}
