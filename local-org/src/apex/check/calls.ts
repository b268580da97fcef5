import { implicitExceptionConstructors, implicitMethods } from '../../types/implicit.ts';
import { isSubtype } from '../../types/assignable.ts';
import { findField, findMethods, instantiate, superclassOf } from '../../types/members.ts';
import type { FoundMethod } from '../../types/members.ts';
import type { MethodSymbol, Type, TypeDef } from '../../types/type.ts';
import type { Call, MethodCall, New, Position } from '../ast.ts';
import type { BExpr, BPlatformCall } from '../bound.ts';
import { resolveType } from '../declare/resolve.ts';
import { defaultAccess } from './access.ts';
import type { BodyContext } from './context.ts';
import { boxed, convert, unboxed } from './convert.ts';
import { findVariable, resolveEntity, unknownName } from './entities.ts';
import { checkExpr } from './expressions.ts';
import { unsupported } from './fields.ts';
import { chooseOverload, convertArgs } from './overloads.ts';
import { suggestion } from './suggestion.ts';

/** `name(…)`: a method of this class, inherited, or a static one of an enclosing class. */
export function checkCall(cx: BodyContext, expr: Call): BExpr {
  const { name, at } = expr.name;
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  let methods: FoundMethod[] = [];
  for (let def: TypeDef | null = cx.def; def; def = def.outer) {
    methods = methodsOf(cx, cx.universe.of(def), name);
    if (def !== cx.def) methods = methods.filter((method) => method.symbol.static);
    const chosen = chooseOverload(cx.universe, methods, args);
    if (!chosen) continue;
    if (!chosen.symbol.static && cx.isStatic) {
      return cx.fail(at, `Non static method cannot be referenced from a static context: ${callText(chosen)} of ${def.name}.`);
    }
    const target: BExpr | null = chosen.symbol.static ? null : { k: 'this', type: cx.self, at };
    return invocation(cx, { target, method: chosen, args, at, safe: false, superCall: false, on: cx.universe.of(def) });
  }
  return noSuchMethod(cx, cx.self, name, args, at);
}

/** `target.name(…)`; the target may be a value, a type or `super`. */
export function checkMethodCall(cx: BodyContext, expr: MethodCall): BExpr {
  const { name, at } = expr.name;
  if (expr.target.kind === 'super') return superCall(cx, expr);
  const target = resolveEntity(cx, expr.target);
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  if (target.kind === 'names') return unknownName(cx, target.names.join('.'), target.at);
  if (target.kind === 'describe') return describeCall(cx, target.object.name, target.of, name, args, at);
  if (target.kind === 'type') return staticCall(cx, target.type, target.names, name, args, at);
  const { value } = target;
  if (value.type === cx.universe.unknown) return value;
  if (value.type === cx.universe.void) return cx.fail(at, `Method ${name} is called on something that gives no value.`);
  const onField = name.toLowerCase() === 'adderror' ? fieldError(cx, value, args, at) : null;
  if (onField) return onField;
  const methods = methodsOf(cx, value.type, name);
  const chosen = chooseOverload(
    cx.universe,
    methods.filter((method) => !method.symbol.static),
    args,
  );
  if (!chosen) {
    const asStatic = chooseOverload(cx.universe, methods, args);
    if (asStatic) {
      return cx.fail(at, `Static method cannot be referenced from a non static context: ${callText(asStatic)} of ${value.type.name}. Write ${value.type.name}.${name}(…).`);
    }
    return noSuchMethod(cx, value.type, name, args, at);
  }
  return invocation(cx, { target: value, method: chosen, args, at, safe: expr.safe, superCall: false, on: value.type });
}

/** `record.Field.addError(message)`; null where the value is no field of a record or the arguments do not fit. */
function fieldError(cx: BodyContext, value: BExpr, args: readonly BExpr[], at: Position): BExpr | null {
  const field = value.k === 'convert' ? value.value : value;
  const [message, escape, ...more] = args;
  if (field.k !== 'record-field' || !message || more.length > 0) return null;
  const { universe } = cx;
  const isText = message.type === universe.String || isSubtype(universe, message.type, universe.Exception);
  if (!isText || (escape && escape.type !== universe.Boolean)) return null;
  return { k: 'field-error', target: field.target, field: field.field.name, message, type: universe.void, at };
}

function superCall(cx: BodyContext, expr: MethodCall): BExpr {
  const { name, at } = expr.name;
  const parent = superclassOf(cx.universe, cx.self);
  if (!parent) return cx.fail(at, `Class ${cx.def.name} has no superclass.`);
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  const chosen = chooseOverload(cx.universe, methodsOf(cx, parent, name), args);
  if (!chosen) return noSuchMethod(cx, parent, name, args, at);
  if (chosen.symbol.abstract) return cx.fail(at, `Cannot call abstract method ${callText(chosen)} of ${parent.name}.`);
  return invocation(cx, { target: { k: 'this', type: cx.self, at }, method: chosen, args, at, safe: false, superCall: true, on: parent });
}

function staticCall(cx: BodyContext, type: Type, names: readonly string[], name: string, args: BExpr[], at: Position): BExpr {
  const object = type.def.sobject;
  if (object) {
    const setting = settingCall(cx, type, name, args, at);
    if (setting) return setting;
  }
  const methods = methodsOf(cx, type, name);
  const chosen = chooseOverload(
    cx.universe,
    methods.filter((method) => method.symbol.static),
    args,
  );
  if (chosen) return invocation(cx, { target: null, method: chosen, args, at, safe: false, superCall: false, on: type });
  if (methods.length > 0 && chooseOverload(cx.universe, methods, args)) {
    // `Outer.method()` within an instance of Outer is a call on this.
    if (!cx.isStatic && isSubtype(cx.universe, cx.self, type)) {
      const own = chooseOverload(cx.universe, methods, args) as FoundMethod;
      return invocation(cx, { target: { k: 'this', type: cx.self, at }, method: own, args, at, safe: false, superCall: false, on: type });
    }
    return cx.fail(at, `Non static method cannot be referenced from a static context: ${name} of ${names.join('.')}.`);
  }
  return noSuchMethod(cx, type, name, args, at);
}

/** Custom settings and custom metadata types have static methods of their own. */
function settingCall(cx: BodyContext, type: Type, name: string, args: BExpr[], at: Position): BExpr | null {
  const object = type.def.sobject;
  if (!object || (!object.customSetting && !object.metadataType)) return null;
  const { universe } = cx;
  const key = name.toLowerCase();
  const results: Record<string, { type: Type; min: number; max: number }> =
    object.customSetting === 'Hierarchy'
      ? {
          getorgdefaults: { type, min: 0, max: 0 },
          getinstance: { type, min: 0, max: 1 },
          getvalues: { type, min: 1, max: 1 },
        }
      : {
          getall: { type: universe.mapOf(universe.String, type), min: 0, max: 0 },
          getinstance: { type, min: 1, max: 1 },
          getvalues: { type, min: 1, max: 1 },
        };
  const found = results[key];
  if (!found || args.length < found.min || args.length > found.max) return null;
  return {
    k: 'setting-call',
    object,
    method: key,
    args: args.map((arg) => convert(cx, arg, universe.String)),
    type: found.type,
    at,
  };
}

function describeCall(cx: BodyContext, object: string, of: string, name: string, args: BExpr[], at: Position): BExpr {
  const { universe } = cx;
  const descriptor = universe.schema.object(object);
  if (name.toLowerCase() === 'getmap' && args.length === 0 && descriptor) {
    const element = universe.platform(of === 'fields' ? 'Schema.SObjectField' : 'Schema.FieldSet');
    const type = universe.mapOf(universe.String, element);
    const describe: BExpr = { k: 'describe', object: descriptor, field: null, fieldSet: null, type: universe.system('DescribeSObjectResult'), at };
    return { k: 'implicit-call', target: describe, key: `describe:${of}`, owner: describe.type, args: [], safe: false, type, at };
  }
  return cx.fail(at, `Method does not exist or incorrect signature: void ${name}(${argTypes(args)}) from the ${of} of ${object}.`);
}

function methodsOf(cx: BodyContext, type: Type, name: string): FoundMethod[] {
  const methods = findMethods(cx.universe, type, name);
  for (const implicit of implicitMethods(cx.universe, type, name)) {
    if (!methods.some((method) => method.params.length === implicit.params.length)) methods.push(implicit);
  }
  return methods;
}

interface Invocation {
  readonly target: BExpr | null;
  readonly method: FoundMethod;
  readonly args: readonly BExpr[];
  readonly at: Position;
  readonly safe: boolean;
  readonly superCall: boolean;
  readonly on: Type;
}

function invocation(cx: BodyContext, call: Invocation): BExpr {
  const { target, method, at, safe, superCall: isSuper } = call;
  const { symbol } = method;
  if (!cx.sees(symbol.owner, symbol.visibility, symbol.testVisible)) {
    return cx.fail(at, `Method is not visible: ${callText(method)} of ${symbol.owner.name}. It is ${symbol.visibility}.`);
  }
  const args = convertArgs(cx, method, call.args);
  const type = narrowed(cx, call) ?? method.returns;
  if (/^(object|enum):/.test(symbol.js)) {
    return { k: 'implicit-call', target, key: symbol.js, owner: call.on, args, safe, type, at };
  }
  if (symbol.owner.origin === 'user') return { k: 'call', target, method: symbol, args, superCall: isSuper, safe, type, at };
  if (!cx.options.isBuilt(symbol)) return cx.fail(at, unsupported(`${symbol.owner.name}.${symbol.name}${paramText(method)}`));
  const database = databaseCall(cx, symbol, at);
  const result: BExpr = { k: 'platform-call', target, method: symbol, args, safe, database, type, at };
  return symbol.returns.def.kind === 'parameter' ? unboxed(cx.universe, result) : result;
}

/** What methods of `Database` depend on besides their arguments. */
function databaseCall(cx: BodyContext, symbol: MethodSymbol, at: Position): BPlatformCall['database'] {
  if (symbol.owner.origin !== 'platform' || symbol.owner.namespace !== 'System' || symbol.owner.name !== 'Database') return null;
  const isQuery = /^(query|countQuery|getQueryLocator)$/i.test(symbol.name) && symbol.params[0]?.type === cx.universe.String;
  return { access: defaultAccess(cx), variables: isQuery ? variablesInSight(cx, at) : [] };
}

/** Everything that `:name` in a dynamic query may mean here: locals, then fields. */
function variablesInSight(cx: BodyContext, at: Position): { name: string; value: BExpr }[] {
  const found = new Map<string, BExpr>();
  const names = [...cx.scope.names()];
  for (let def: TypeDef | null = cx.def; def; def = def.superclass?.def ?? null) names.push(...def.fields.keys());
  for (let def = cx.def.outer; def; def = def.outer) {
    for (const [name, symbol] of def.fields) if (symbol.static) names.push(name);
  }
  for (const name of names) {
    const key = name.toLowerCase();
    if (found.has(key)) continue;
    const field = cx.scope.find(name) ? null : findField(cx.universe, cx.self, name);
    if (field && !field.symbol.static && cx.isStatic) continue;
    if (field && !cx.sees(field.symbol.owner, field.symbol.visibility, field.symbol.testVisible)) continue;
    const value = findVariable(cx, name, at);
    if (value) found.set(key, boxed(cx.universe, value));
  }
  return [...found].map(([name, value]) => ({ name, value }));
}

/** `record.clone()` gives the record's own object where the signature says SObject; so do lists of them. */
function narrowed(cx: BodyContext, call: Invocation): Type | null {
  const { method, on } = call;
  const isClone = method.symbol.name.toLowerCase() === 'clone';
  return isClone && method.returns === cx.universe.SObject && on.def.sobject ? on : null;
}

function noSuchMethod(cx: BodyContext, type: Type, name: string, args: readonly BExpr[], at: Position): BExpr {
  const failed = args.find((arg) => arg.type === cx.universe.unknown);
  if (failed) return failed; // said already
  const others = methodsOf(cx, type, name).map((method) => `${method.symbol.name}${paramText(method)}`);
  const hint =
    others.length > 0
      ? ` There is ${others.slice(0, 4).join(', ')}.`
      : suggestion(name, methodNames(type));
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

function argTypes(args: readonly BExpr[]): string {
  return args.map((arg) => arg.type.name).join(', ');
}

function paramText(method: FoundMethod): string {
  return `(${method.params.map((param) => param.name).join(', ')})`;
}

function callText(method: FoundMethod): string {
  return `${method.returns.name} ${method.symbol.name}${paramText(method)}`;
}

/** `new Foo(…)`, `new Account(Name = 'x')` */
export function checkNew(cx: BodyContext, expr: New): BExpr {
  const type = resolveType(cx, expr.type);
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  if (type === cx.universe.unknown) return cx.fail(expr.at, `Invalid type: ${expr.type.names.map((n) => n.name).join('.')}`);
  const { def } = type;
  if (def.kind === 'sobject') return newRecord(cx, expr, type);
  if (expr.named) return cx.fail(expr.at, `Field names are for SObjects only; ${type.name} is none.`);
  if (def.kind === 'interface' || def.kind === 'enum' || def.abstract) {
    return cx.fail(expr.at, `Type cannot be constructed: ${type.name}. It is ${def.kind === 'class' ? 'abstract' : `an ${def.kind}`}.`);
  }
  if (def.name === 'List' || def.name === 'Set' || def.name === 'Map') return newCollection(cx, type, args, expr.at);
  const constructor = chooseConstructor(cx, type, args);
  if (!constructor) {
    const failed = args.find((arg) => arg.type === cx.universe.unknown);
    return failed ?? cx.fail(expr.at, `Constructor not defined: [${type.name}].<Constructor>(${argTypes(args)})`);
  }
  const { symbol } = constructor;
  if (!cx.sees(symbol.owner, symbol.visibility, symbol.testVisible)) {
    return cx.fail(expr.at, `Constructor is not visible: [${type.name}].<Constructor>(${argTypes(args)}). It is ${symbol.visibility}.`);
  }
  const converted = convertArgs(cx, constructor, args);
  if (symbol.js.startsWith('exception:')) return { k: 'exception-new', args: converted, type, at: expr.at };
  if (def.origin === 'user') return { k: 'new', constructorSymbol: symbol, args: converted, type, at: expr.at };
  if (!cx.options.isBuilt(symbol)) return cx.fail(expr.at, unsupported(`new ${type.name}${paramText(constructor)}`));
  return { k: 'platform-new', constructorSymbol: symbol, args: converted, type, at: expr.at };
}

/** The constructor that takes the arguments; user exceptions also have the implicit ones. */
export function chooseConstructor(cx: BodyContext, type: Type, args: readonly BExpr[]): FoundMethod | null {
  const { universe } = cx;
  const declared = type.def.constructors.map((symbol) => instantiate(universe, symbol, type));
  if (type.def.origin === 'user' && isSubtype(universe, type, universe.Exception)) {
    const written = declared.filter((method) => (method.symbol as { decl?: unknown }).decl !== null);
    const chosen = chooseOverload(universe, written, args);
    return chosen ?? chooseOverload(universe, implicitExceptionConstructors(universe, type), args);
  }
  return chooseOverload(universe, declared, args);
}

function newCollection(cx: BodyContext, type: Type, args: BExpr[], at: Position): BExpr {
  if (args.length === 0) return { k: 'collection-new', elements: [], pairs: null, size: null, type, at };
  const constructor = chooseConstructor(cx, type, args);
  if (!constructor) return cx.fail(at, `Constructor not defined: [${type.name}].<Constructor>(${argTypes(args)})`);
  if (!cx.options.isBuilt(constructor.symbol)) return cx.fail(at, unsupported(`new ${type.name}${paramText(constructor)}`));
  return { k: 'platform-new', constructorSymbol: constructor.symbol, args: convertArgs(cx, constructor, args), type, at };
}

function newRecord(cx: BodyContext, expr: New, type: Type): BExpr {
  const object = type.def.sobject;
  if (expr.args.length > 0) return cx.fail(expr.at, `Constructor not defined: [${type.name}].<Constructor>. Fields of a new ${type.name} are given as Name = value.`);
  if (!object) return cx.fail(expr.at, `Type cannot be constructed: SObject. Use Schema.SObjectType.newSObject().`);
  const values: { name: string; parent: boolean; value: BExpr }[] = [];
  for (const { name, value } of expr.named ?? []) {
    const bound = checkExpr(cx, value);
    const key = name.name.toLowerCase();
    const field = object.fields.get(key);
    if (values.some((other) => other.name.toLowerCase() === key)) {
      cx.fail(name.at, `Duplicate field initialization: ${name.name}.`);
    }
    if (field) {
      const to = cx.universe.system(field.apexType);
      values.push({ name: field.name, parent: false, value: boxed(cx.universe, convert(cx, bound, to)) });
      continue;
    }
    const parent = object.parents.get(key);
    if (parent?.relationshipName) {
      const to = parent.referenceTo.length === 1 ? (cx.universe.sobject(parent.referenceTo[0] ?? '') ?? cx.universe.SObject) : cx.universe.SObject;
      values.push({ name: parent.relationshipName, parent: true, value: convert(cx, bound, to) });
    } else {
      const known = [...object.fields.values()].map((other) => other.name);
      cx.fail(name.at, `Field does not exist: ${name.name} on ${object.name}.${suggestion(name.name, known)}`);
    }
  }
  return { k: 'record-new', object, values, type, at: expr.at };
}
