import type { MethodSymbol, TypeDef } from '../../types/type.ts';
import type { UserMethod } from '../declare/userDef.ts';
import { lineOf } from '../ast.ts';
import type { BCall, BConst, BConvert, BExpr, BImplicitCall, BPlatformCall } from '../bound.ts';
import type { BodyEmitter } from './body.ts';
import { quote } from './links.ts';
import { emitAssign, emitCompound } from './lvalues.ts';
import { emitArithmetic, emitCompare, emitConcat, emitEquality, emitNegate, neverNull, nonNull } from './operators.ts';
import { mark } from './output.ts';

/** JavaScript for an expression. */
export function emit(body: BodyEmitter, expr: BExpr): string {
  const guards: string[] = [];
  const text = emitChain(body, expr, guards);
  // `a?.b.c`: where a is null, nothing after it is evaluated and the whole chain is null.
  return guards.length === 0 ? text : `(${guards.join('||')}?null:${text})`;
}

/** JavaScript for an expression statement, whose value nobody needs. */
export function emitDiscarded(body: BodyEmitter, expr: BExpr): string {
  return expr.k === 'compound' ? emitCompound(body, expr, true) : emit(body, expr);
}

/**
 * A record in a field or property of another object, which is named before it. Source: the reference says it of
 * relationships only; Salesforce Stack Exchange 135750 and apex-rollup's RollupLimitsTest show it of members.
 */
function isHeldRecord(value: BExpr, member: string): boolean {
  if (value.k !== 'field' && value.k !== 'property') return false;
  const { target } = value;
  return target !== null && (target.k !== 'this' || target.implied !== true) && member !== '.get("Id")';
}

/** A link of a chain of member accesses; guards collect where it may end early. */
function emitChain(body: BodyEmitter, expr: BExpr, guards: string[]): string {
  const target = (value: BExpr, safe: boolean, check = 'nn'): string => {
    const text = emitChain(body, value, guards);
    if (safe) {
      const temp = body.temp();
      guards.push(`(${temp}=${text})===null`);
      return temp;
    }
    return neverNull(value) ? text : `${check}(${text})`;
  };
  // What a record is related to may be missing: `contact.Account.Owner.Name` is null then, and throws nothing.
  // So is a field of a record that an object holds, except its id: `holder.record.Name`, and not `record.Name` alone.
  const related = (value: BExpr, safe: boolean, member: string): string => {
    if (safe || (value.k !== 'record-parent' && !isHeldRecord(value, member))) return `${target(value, safe)}${member}`;
    const temp = body.temp();
    return `((${temp}=${emitChain(body, value, guards)})===null?null:${temp}${member})`;
  };
  switch (expr.k) {
    case 'field':
      return `${expr.target ? target(expr.target, expr.safe) : staticHolder(body, expr.symbol.owner)}.${expr.symbol.js}`;
    case 'property': {
      body.calls = true;
      const holder = expr.target ? target(expr.target, expr.safe) : body.links.class(expr.symbol.owner);
      return `${holder}.get$${expr.symbol.js}()`;
    }
    case 'platform-property': {
      const getter = body.links.property(expr.symbol, 'get');
      return `${getter}(${expr.target ? target(expr.target, expr.safe) : ''})`;
    }
    case 'record-field': {
      const value = `${mark(lineOf(expr.at))}${related(expr.target, expr.safe, `.get(${quote(expr.field.name)})`)}`;
      // A checkbox has no blank: null reads as false.
      return expr.field.apexType === 'Boolean' ? `(${value}===true)` : value;
    }
    case 'record-parent':
      return `${mark(lineOf(expr.at))}${related(expr.target, expr.safe, `.parent(${quote(expr.field.relationshipName ?? '')})`)}`;
    case 'record-children':
      return `${target(expr.target, expr.safe)}.children(${quote(expr.child.name)})`;
    case 'call':
      return emitCall(body, expr, target);
    case 'platform-call':
      return emitPlatformCall(body, expr, target);
    case 'implicit-call':
      return emitImplicitCall(body, expr, target);
    case 'index':
      return `${mark(lineOf(expr.at))}${target(expr.target, false)}.get(${emit(body, expr.index)})`;
    case 'convert':
      return emitConversion(body, expr, guards);
    default:
      return emitPlain(body, expr);
  }
}

type EmitTarget = (value: BExpr, safe: boolean, check?: string) => string;

function emitCall(body: BodyEmitter, expr: BCall, target: EmitTarget): string {
  body.calls = true;
  const args = emitArgs(body, expr.args);
  const at = mark(lineOf(expr.at));
  if (!expr.target) {
    const later = futureOf(expr.method);
    if (later)
      return `${at}$r.future(${quote(expr.method.owner.name)},${quote(expr.method.name)},${later.callout},[${args}])`;
    return `${at}${body.links.class(expr.method.owner)}.${expr.method.js}(${args})`;
  }
  if (expr.superCall) return `${at}super.${expr.method.js}(${args})`;
  const holder = target(expr.target, expr.safe);
  // A mark may not stand between a target and its dot in the middle of a chain: lines only grow, so it does no harm.
  return `${holder}${at}.${expr.method.js}(${args})`;
}

/** Of a method annotated `@future`: whether it may call out. null for every other method. */
function futureOf(method: MethodSymbol): { readonly callout: boolean } | null {
  if (!method.annotations.includes('future')) return null;
  const { decl } = method as UserMethod;
  const annotation = decl?.modifiers.annotations.find((found) => found.name.toLowerCase() === 'future');
  const callout = annotation?.values.some(
    ({ name, value }) => name.toLowerCase() === 'callout' && value.toLowerCase() === 'true',
  );
  return { callout: callout ?? false };
}

function emitPlatformCall(body: BodyEmitter, expr: BPlatformCall, target: EmitTarget): string {
  body.calls = true;
  const { method } = expr;
  const at = mark(lineOf(expr.at));
  if (expr.database) {
    const { access, variables } = expr.database;
    const cases = variables.map(({ name, value }) => `case ${quote(name)}:return ${emit(body, value)};`).join('');
    const inSight = variables.length === 0 ? 'null' : `(n)=>{switch(n){${cases}}}`;
    return `${at}$r.database(${body.links.member(method)},${quote(access)},${inSight},[${emitArgs(body, expr.args)}],${body.def.apiVersion})`;
  }
  if (!expr.target) {
    const call = `${body.links.member(method)}(${emitArgs(body, expr.args)})`;
    const findsType = method.owner.name === 'Type' && method.name === 'forName';
    return findsType ? `${at}$r.typeInSight(${call},${body.links.type(body.universe.of(body.def))})` : `${at}${call}`;
  }
  // A null Blob is refused as an argument would be.
  const holder = target(expr.target, expr.safe, method.owner === body.universe.Blob.def ? 'na' : 'nn');
  const args = emitArgs(body, expr.args);
  const rest = args === '' ? '' : `,${args}`;
  if (method.owner.kind === 'interface') return `${at}$r.callInterface(${holder},${quote(method.name)},[${args}])`;
  if (method.owner === body.universe.Exception.def && !expr.superCall) {
    return `${at}$r.callException(${holder},${quote(`${method.name.toLowerCase()}$`)},${body.links.member(method)}${rest})`;
  }
  return `${at}${body.links.member(method)}(${holder}${rest})`;
}

function emitImplicitCall(body: BodyEmitter, expr: BImplicitCall, target: EmitTarget): string {
  body.calls = true;
  const args = emitArgs(body, expr.args);
  const key = expr.key.slice(expr.key.indexOf(':') + 1);
  if (expr.key.startsWith('describe:')) return `$r.describeMap(${emit(body, expr.target as BExpr)},${quote(key)})`;
  if (!expr.target) return `$r.enumStatic(${body.links.type(expr.owner)},${quote(key)}${args && `,${args}`})`;
  const kind = expr.key.startsWith('enum:') ? 'enumCall' : expr.superCall ? 'superCall' : 'objectCall';
  return `${mark(lineOf(expr.at))}$r.${kind}(${target(expr.target, expr.safe)},${quote(key)}${args && `,${args}`})`;
}

function emitConversion(body: BodyEmitter, expr: BConvert, guards: string[]): string {
  const { value, how } = expr;
  if (value.k === 'const' && value.value !== null) {
    if (how === 'int-long') return `${String(value.value)}n`;
    if (how === 'int-double') return String(value.value);
    if (how === 'int-decimal' || how === 'long-decimal' || how === 'double-decimal') {
      return body.links.decimal(String(value.value));
    }
    if (how === 'decimal-double') return String(Number(value.value));
  }
  const text = emitChain(body, value, guards);
  switch (how) {
    case 'int-double':
      return text;
    case 'int-long':
      return `i2l(${text})`;
    case 'long-double':
      return `l2d(${text})`;
    case 'int-decimal':
      return `i2dec(${text})`;
    case 'long-decimal':
      return `l2dec(${text})`;
    case 'double-decimal':
      return `d2dec(${text})`;
    case 'decimal-double':
      return `dec2d(${text})`;
    case 'string-id':
      return `toId(${text})`;
    case 'text-id':
      return `asId(${text})`;
    case 'date-datetime':
      return `date2dt(${text})`;
    case 'box-double':
      return `bx(${text})`;
    case 'hold-id':
      return `hold(${text})`;
    case 'unbox-double':
      return `ub(${text})`;
    case 'unbox-long':
      return `ul(${text})`;
    case 'read-decimal':
      return `rdec(${text})`;
    case 'read-datetime':
      return `rdt(${text})`;
    case 'rows-one':
      return `$r.oneRow(${text})`;
    case 'rows-one-or-null':
      return `$r.oneRowOrNull(${text})`;
    case 'narrow-sobject':
      return `cast(${text},${body.links.type(expr.type)})`;
  }
}

function emitPlain(body: BodyEmitter, expr: BExpr): string {
  switch (expr.k) {
    case 'const':
      return emitConst(body, expr);
    case 'local':
      return expr.local.js;
    case 'this':
      return 'this';
    case 'enum-value':
      return body.links.enumValue(expr.type, expr.name);
    case 'setting-call':
      body.calls = true;
      return `$r.setting(${body.links.object(expr.object.name)},${quote(expr.method)},[${emitArgs(body, expr.args)}],${body.def.apiVersion})`;
    case 'new':
      body.calls = true;
      return `${mark(lineOf(expr.at))}new ${body.links.class(expr.type.def)}().${expr.constructorSymbol.js}(${emitArgs(body, expr.args)})`;
    case 'platform-new': {
      body.calls = true;
      const member = body.links.member(expr.constructorSymbol);
      const args = emitArgs(body, expr.args);
      const generic = expr.type.args.length > 0 ? body.links.type(expr.type) + (args && ',') : '';
      return `${mark(lineOf(expr.at))}${member}(${generic}${args})`;
    }
    case 'exception-new':
      return `${mark(lineOf(expr.at))}new ${body.links.class(expr.type.def)}().$exception(${exceptionArgs(body, expr.args)})`;
    case 'record-new': {
      const values = expr.values.map(({ name, value }) => `${quote(name)}:${emit(body, value)}`).join(',');
      const object = expr.object ? body.links.object(expr.object.name) : 'null';
      return `$r.newRecord(${object},{${values}})`;
    }
    case 'collection-new':
      return emitCollection(body, expr);
    case 'cast':
      return emitCast(body, expr);
    case 'instanceof':
      // Up to API version 31 null is an instance of everything.
      return `isA(${emit(body, expr.value)},${body.links.type(expr.of)}${body.def.apiVersion < 32 ? ',true' : ''})`;
    case 'arithmetic':
      return mark(lineOf(expr.at)) + emitArithmetic(body, expr);
    case 'concat':
      return emitConcat(body, expr);
    case 'compare':
      return emitCompare(body, expr);
    case 'equality':
      return emitEquality(body, expr);
    case 'logical':
      return `(${nonNull(body, expr.left)}${expr.op}${nonNull(body, expr.right)})`;
    case 'not':
      return `!${nonNull(body, expr.value)}`;
    case 'negate':
      return emitNegate(body, expr);
    case 'assign':
      return emitAssign(body, expr);
    case 'compound':
      return emitCompound(body, expr);
    case 'ternary':
      return `(${nonNull(body, expr.condition)}?${emit(body, expr.then)}:${emit(body, expr.else)})`;
    case 'coalesce':
      return `(${emit(body, expr.left)}??${emit(body, expr.right)})`;
    case 'class-literal':
      return expr.of.def.name === 'void' ? '$r.voidType()' : `$r.typeValue(${body.links.type(expr.of)})`;
    case 'soql': {
      body.calls = true;
      const query = body.links.query(expr.text, body.def.apiVersion);
      return `${mark(lineOf(expr.at))}$r.soql(${query},[${emitArgs(body, expr.binds)}],${quote(expr.access)})`;
    }
    case 'sosl':
      body.calls = true;
      return `${mark(lineOf(expr.at))}$r.sosl(${quote(expr.text)},[${emitArgs(body, expr.binds)}],${quote(expr.access)})`;
    case 'object-token':
      return `$r.objectToken(${body.links.object(expr.object.name)})`;
    case 'field-token':
      return `$r.fieldToken(${body.links.object(expr.object.name)},${quote(expr.field.name)})`;
    case 'describe':
      return `$r.describe(${body.links.object(expr.object.name)},${expr.field ? quote(expr.field.name) : 'null'},${expr.fieldSet === null ? 'null' : quote(expr.fieldSet)})`;
    case 'label':
      return body.links.constant(`$r.label(${quote(expr.name)})`);
    case 'page':
      return `$r.page(${quote(expr.name)})`;
    case 'field-error':
      return `$r.fieldError(${nonNull(body, expr.target)},${quote(expr.field)},${emit(body, expr.message)})`;
    case 'fault':
      return `$r.fault(${quote(expr.message)})`;
    case 'trigger':
      return `$r.trigger(${quote(expr.name)})`;
    default:
      throw new Error(`no code for ${expr.k}`);
  }
}

function emitConst(body: BodyEmitter, expr: BConst): string {
  const { value, type } = expr;
  if (value === null) return 'null';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return type === body.universe.Decimal ? body.links.decimal(value) : quote(value);
  // -5 in parentheses, so that a minus before it does not make a decrement.
  return typeof value === 'number' && value < 0 ? `(${value})` : String(value);
}

function emitCollection(body: BodyEmitter, expr: Extract<BExpr, { k: 'collection-new' }>): string {
  const type = body.links.type(expr.type);
  if (expr.size) return `$r.sizedList(${type},${nonNull(body, expr.size)})`;
  if (expr.pairs) {
    const pairs = expr.pairs.map(({ key, value }) => `[${emit(body, key)},${emit(body, value)}]`);
    return `$r.newMap(${type},[${pairs.join(',')}])`;
  }
  const elements = (expr.elements ?? []).map((element) => emit(body, element)).join(',');
  const name = expr.type.def.name;
  return `$r.new${name}(${type},[${elements}])`;
}

function emitCast(body: BodyEmitter, expr: Extract<BExpr, { k: 'cast' }>): string {
  const { universe } = body;
  const text = emit(body, expr.value);
  const to = expr.type;
  if (expr.numeric) {
    if (to === universe.Integer) return `toInt(${text})`;
    if (to === universe.Long) return `toLong(${text})`;
    return to === universe.Double ? `toDouble(${text})` : `toDec(${text})`;
  }
  if (to === universe.Object) return text;
  if (to === universe.Id) return `castId(${text})`;
  return `${mark(lineOf(expr.at))}cast(${text},${body.links.type(to)})`;
}

/** The statics of a class; within the class itself by the same way, since they belong to the transaction. */
export function staticHolder(body: BodyEmitter, def: TypeDef): string {
  return `${body.links.statics(def)}()`;
}

export function emitArgs(body: BodyEmitter, args: readonly BExpr[]): string {
  return args.map((arg) => emit(body, arg)).join(',');
}

/** Message and cause of an implicit exception constructor, whichever are given. */
export function exceptionArgs(body: BodyEmitter, args: readonly BExpr[]): string {
  const message = args.find((arg) => arg.type === body.universe.String);
  const cause = args.find((arg) => arg !== message);
  return `${message ? emit(body, message) : 'null'},${cause ? emit(body, cause) : 'null'}`;
}
