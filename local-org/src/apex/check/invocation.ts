import { viewAs } from '../../types/assignable.ts';
import { findField } from '../../types/members.ts';
import type { FoundMethod } from '../../types/members.ts';
import type { MethodSymbol, Type, TypeDef } from '../../types/type.ts';
import type { Position } from '../ast.ts';
import type { BExpr, BPlatformCall } from '../bound.ts';
import { defaultAccess } from './access.ts';
import { lacksParent } from '../declare/missingParents.ts';
import { argTypes, callText, paramText } from './callText.ts';
import type { BodyContext } from './context.ts';
import { boxed, elementRead } from './convert.ts';
import { findVariable } from './entities.ts';
import { unsupported } from './fields.ts';
import { convertArgs } from './overloads.ts';

/** A call whose method has been chosen. */
export interface Invocation {
  readonly target: BExpr | null;
  readonly method: FoundMethod;
  readonly args: readonly BExpr[];
  readonly at: Position;
  readonly safe: boolean;
  readonly superCall: boolean;
  readonly on: Type;
}

/** The call as the emitter needs it, or why it is not allowed. */
export function invocation(cx: BodyContext, call: Invocation): BExpr {
  const { target, method, at, safe, superCall: isSuper } = call;
  const { symbol } = method;
  if (!cx.sees(symbol.owner, symbol.visibility, symbol.testVisible)) {
    return cx.fail(at, `Method is not visible: ${callText(method)}. It is ${symbol.visibility}.`);
  }
  const refused = argumentFault(cx, symbol, call.args);
  if (refused) return cx.fail(refused.at, refused.message);
  const args = convertArgs(cx, method, comparedIds(cx, symbol, call.args));
  const type = narrowed(cx, call) ?? method.returns;
  if (/^(object|enum):/.test(symbol.js)) {
    return { k: 'implicit-call', target, key: symbol.js, owner: call.on, args, superCall: isSuper, safe, type, at };
  }
  if (symbol.owner.origin === 'user')
    return { k: 'call', target, method: symbol, args, superCall: isSuper, safe, type, at };
  if (!cx.options.isBuilt(symbol))
    return cx.fail(at, unsupported(`${symbol.owner.name}.${symbol.name}${paramText(method)}`));
  const database = databaseCall(cx, symbol, at);
  const result: BExpr = {
    k: 'platform-call',
    target,
    method: symbol,
    args,
    superCall: isSuper,
    safe,
    database,
    type,
    at,
  };
  return symbol.returns.def.kind === 'parameter' ? elementRead(cx.universe, result) : result;
}

const COMPARES = new Set(['Assert.areEqual', 'Assert.areNotEqual', 'System.assertEquals', 'System.assertNotEquals']);

/**
 * Where an assertion compares an Id with text, the text is read as one, as `==` does: 15 characters mean the same as 18.
 * Source: tests of apex-collection-library, Apex-Opensource-Library and js-salesforce-apex-utils.
 */
function comparedIds(cx: BodyContext, symbol: MethodSymbol, args: readonly BExpr[]): readonly BExpr[] {
  const { Id, String: text } = cx.universe;
  const compares = symbol.owner.origin === 'platform' && COMPARES.has(`${symbol.owner.name}.${symbol.name}`);
  if (!compares || !args.slice(0, 2).some(({ type }) => type === Id)) return args;
  return args.map((value, index) =>
    index < 2 && value.type === text ? { k: 'convert', how: 'text-id', value, type: Id, at: value.at } : value,
  );
}

/** Parameters that the signatures give as Object and that must implement an interface. */
const IMPLEMENTED: Readonly<Record<string, { readonly index: number; readonly type: string }>> = {
  'Database.executeBatch': { index: 0, type: 'Database.Batchable' },
  'System.enqueueJob': { index: 0, type: 'System.Queueable' },
  'System.schedule': { index: 2, type: 'System.Schedulable' },
  'System.scheduleBatch': { index: 0, type: 'Database.Batchable' },
};

function argumentFault(
  cx: BodyContext,
  symbol: MethodSymbol,
  args: readonly BExpr[],
): { at: Position; message: string } | null {
  const rule = symbol.owner.origin === 'platform' ? IMPLEMENTED[`${symbol.owner.name}.${symbol.name}`] : undefined;
  const arg = rule && args[rule.index];
  const wanted = rule && cx.universe.findPlatform(rule.type);
  if (!arg || !wanted || arg.type === cx.universe.unknown || arg.type === cx.universe.null) return null;
  const { def } = arg.type;
  // A value of an open type may turn out to be of a class that implements it.
  const isOpen = def.kind === 'interface' || def.virtual || def.abstract;
  if (isOpen || viewAs(cx.universe, arg.type, wanted) || lacksParent(def)) return null;
  const text = `Method does not exist or incorrect signature: void ${symbol.name}(${argTypes(args)}) from the type ${symbol.owner.name}.`;
  return { at: arg.at, message: `${text} ${arg.type.name} does not implement ${wanted.name}.` };
}

/** What methods of `Database` depend on besides their arguments. */
function databaseCall(cx: BodyContext, symbol: MethodSymbol, at: Position): BPlatformCall['database'] {
  if (symbol.owner.origin !== 'platform' || symbol.owner.namespace !== 'System') return null;
  if (symbol.owner.name !== 'Database' && symbol.owner.name !== 'Search') return null;
  const isQuery =
    /^(query|countQuery|getQueryLocator|getCursor|getPaginationCursor|find)$/i.test(symbol.name) &&
    symbol.params[0]?.type === cx.universe.String;
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
    const field = cx.scope.find(name) ? null : findField(cx.universe, cx.self, name);
    if (field && !field.symbol.static && cx.isStatic) continue;
    if (field && !cx.sees(field.symbol.owner, field.symbol.visibility, field.symbol.testVisible)) continue;
    // What is declared later is not there yet in the initialiser of a field.
    if (field && cx.notYet.has(field.symbol)) continue;
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
