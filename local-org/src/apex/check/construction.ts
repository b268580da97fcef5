import { isSubtype } from '../../types/assignable.ts';
import { implicitExceptionConstructors } from '../../types/implicit.ts';
import { instantiate } from '../../types/members.ts';
import type { FoundMethod } from '../../types/members.ts';
import { fieldType } from '../../types/sobjectDef.ts';
import type { Type } from '../../types/type.ts';
import type { New, Position } from '../ast.ts';
import type { BExpr } from '../bound.ts';
import { resolveType } from '../declare/resolve.ts';
import { argTypes, paramText } from './callText.ts';
import type { BodyContext } from './context.ts';
import { boxed, convert } from './convert.ts';
import { checkExpr } from './expressions.ts';
import { unsupported } from './fields.ts';
import { chooseOverload, convertArgs, pickOverload } from './overloads.ts';
import { takesRecords } from './recordMaps.ts';
import { hasSameElements } from './sameElements.ts';
import { suggestion } from './suggestion.ts';
import { writeFault } from './writeable.ts';

/** `new Foo(…)`, `new Account(Name = 'x')` */
export function checkNew(cx: BodyContext, expr: New): BExpr {
  const type = resolveType(cx, expr.type);
  const args = expr.args.map((arg) => checkExpr(cx, arg));
  if (type === cx.universe.unknown) {
    for (const { value } of expr.named ?? []) checkExpr(cx, value);
    return { k: 'fault', message: 'the type does not exist', type, at: expr.at };
  }
  const { def } = type;
  if (def.kind === 'sobject') return newRecord(cx, expr, type);
  if (expr.named)
    return cx.fail(expr.at, `Invalid constructor syntax, name=value pairs can only be used for SObjects: ${type.name}`);
  if (def.kind === 'interface' || def.kind === 'enum') {
    return cx.fail(expr.at, `Type cannot be constructed: ${type.name}. It is an ${def.kind}.`);
  }
  if (def.abstract) return cx.fail(expr.at, `Abstract classes cannot be constructed: ${type.name}`);
  if (def.kind === 'primitive') return cx.fail(expr.at, `Type cannot be constructed: ${type.name}. It is a primitive.`);
  if (type === cx.universe.Object) return cx.fail(expr.at, unsupported('new Object()'));
  if (type === cx.universe.Exception)
    return cx.fail(expr.at, `Type cannot be constructed: Exception. Construct a class of your own that extends it.`);
  if (def.name === 'List' || def.name === 'Set' || def.name === 'Map') return newCollection(cx, type, args, expr.at);
  const constructor = chooseConstructor(cx, type, args, expr.at);
  if (!constructor) {
    const failed = args.find((arg) => arg.type === cx.universe.unknown);
    return failed ?? cx.fail(expr.at, `Constructor not defined: [${type.name}].<Constructor>(${argTypes(args)})`);
  }
  const { symbol } = constructor;
  if (!cx.sees(symbol.owner, symbol.visibility, symbol.testVisible)) {
    return cx.fail(
      expr.at,
      `Constructor is not visible: [${type.name}].<Constructor>(${argTypes(args)}). It is ${symbol.visibility}.`,
    );
  }
  const converted = convertArgs(cx, constructor, args);
  if (symbol.js.startsWith('exception:')) return { k: 'exception-new', args: converted, type, at: expr.at };
  if (def.origin === 'user') return { k: 'new', constructorSymbol: symbol, args: converted, type, at: expr.at };
  if (!cx.options.isBuilt(symbol)) return cx.fail(expr.at, unsupported(`new ${type.name}${paramText(constructor)}`));
  return { k: 'platform-new', constructorSymbol: symbol, args: converted, type, at: expr.at };
}

/** The constructor that takes the arguments; user exceptions also have the implicit ones. */
export function chooseConstructor(
  cx: BodyContext,
  type: Type,
  args: readonly BExpr[],
  at: Position,
): FoundMethod | null {
  const { universe } = cx;
  const declared = type.def.constructors.map((symbol) => instantiate(universe, symbol, type));
  if (type.def.origin === 'user' && isSubtype(universe, type, universe.Exception)) {
    const written = declared.filter((method) => (method.symbol as { decl?: unknown }).decl !== null);
    // `new MyException(text, null)` means a constructor that the class writes rather than the implicit (String, Exception);
    // this rests on ZackFra/Salesforce-Moxygen alone.
    const own = args.some((arg) => arg.type === universe.null) && chooseOverload(universe, written, args) !== null;
    return pickOverload(cx, own ? written : [...written, ...implicitExceptionConstructors(universe, type)], args, at);
  }
  return pickOverload(cx, declared, args, at);
}

function newCollection(cx: BodyContext, type: Type, args: BExpr[], at: Position): BExpr {
  if (args.length === 0) return { k: 'collection-new', elements: [], pairs: null, size: null, type, at };
  const constructor = chooseConstructor(cx, type, args, at);
  if (!constructor || !takesRecords(cx.universe, type, args) || !hasSameElements(type, args))
    return cx.fail(at, initializerFault(type, args));
  if (!cx.options.isBuilt(constructor.symbol))
    return cx.fail(at, unsupported(`new ${type.name}${paramText(constructor)}`));
  return {
    k: 'platform-new',
    constructorSymbol: constructor.symbol,
    args: convertArgs(cx, constructor, args),
    type,
    at,
  };
}

function initializerFault(type: Type, args: readonly BExpr[]): string {
  const [element, value] = type.args.map((arg) => arg.name);
  const found = `Invalid initializer type ${argTypes(args)} found for ${type.name}: expected`;
  if (type.def.name === 'List') return `${found} an Integer or a List of type ${element}`;
  if (type.def.name === 'Set') return `${found} a List or a Set of type: ${element}`;
  return `${found} a Map with the same key and value types, or a valid SObject List (${element} to ${value})`;
}

function newRecord(cx: BodyContext, expr: New, type: Type): BExpr {
  const object = type.def.sobject;
  if (expr.args.length > 0) return cx.fail(expr.at, `Type requires name=value pair construction: ${type.name}`);
  if (!object) return cx.fail(expr.at, `SObject is not constructable: SObject. Use Schema.SObjectType.newSObject().`);
  if (object.name === 'AggregateResult') return cx.fail(expr.at, `SObject is not constructable: ${object.name}`);
  const values: { name: string; parent: boolean; value: BExpr }[] = [];
  for (const { name, value } of expr.named ?? []) {
    const bound = checkExpr(cx, value);
    const key = name.name.toLowerCase();
    const field = object.fields.get(key);
    if (values.some((other) => other.name.toLowerCase() === key)) {
      cx.fail(name.at, `Duplicate field initialization: ${name.name}`);
    }
    if (field) {
      const fault = writeFault(object, field);
      if (fault !== null) cx.fail(name.at, fault);
      const to = fieldType(cx.universe, field);
      values.push({ name: field.name, parent: false, value: boxed(cx.universe, convert(cx, bound, to)) });
      continue;
    }
    const parent = object.parents.get(key);
    if (parent?.relationshipName) {
      const to =
        parent.referenceTo.length === 1
          ? (cx.universe.sobject(parent.referenceTo[0] ?? '') ?? cx.universe.SObject)
          : cx.universe.SObject;
      values.push({ name: parent.relationshipName, parent: true, value: convert(cx, bound, to) });
    } else {
      const known = [...object.fields.values()].map((other) => other.name);
      cx.fail(name.at, `Field does not exist: ${name.name} on ${object.name}.${suggestion(name.name, known)}`);
    }
  }
  return { k: 'record-new', object, values, type, at: expr.at };
}
