import { isSubtype } from '../../types/assignable.ts';
import type { Type } from '../../types/type.ts';
import type { Block, Expr, For, ForEach, Position, Return, RunAs, Statement, Try } from '../ast.ts';
import type { BExpr, BStatement } from '../bound.ts';
import { resolveType } from '../declare/resolve.ts';
import { lacksSuperclass } from '../declare/missingParents.ts';
import { mayBeNull } from './assignments.ts';
import type { BodyContext } from './context.ts';
import { convert, elementRead, isQuery, isRecordSet, narrowed } from './convert.ts';
import { checkDml } from './dml.ts';
import { checkCondition, checkExpr } from './expressions.ts';
import { unsupported } from './fields.ts';
import { canComplete, completesAtItsEnd } from './flow.ts';
import { checkSwitch } from './switches.ts';

/** Checks a block in a scope of its own. */
export function checkBlock(cx: BodyContext, block: Block): BStatement {
  return cx.nested(() => {
    const [first, ...rest] = block.statements;
    const call = first && cx.constructorCall?.(first);
    const statements = call ? [...call, ...checkStatements(cx, rest)] : checkStatements(cx, block.statements);
    return { k: 'block', statements, at: block.at };
  });
}

/** Checks statements in the current scope; one that can't be reached is a problem. */
export function checkStatements(cx: BodyContext, statements: readonly Statement[]): BStatement[] {
  const checked: BStatement[] = [];
  const goesOn = cx.def.apiVersion < UNREACHABLE_SINCE ? () => true : canComplete;
  let reachable = true;
  for (const statement of statements) {
    if (!reachable) {
      cx.fail(statement.at, 'Unreachable statement');
      break;
    }
    const results = checkStatement(cx, statement);
    checked.push(...results);
    reachable = results.every(goesOn);
  }
  return checked;
}

/**
 * A body that must return a value does on every way. In classes of older versions statements may stand where they can't be
 * reached, unless one of them is the last of such a body.
 */
export function checkReturns(cx: BodyContext, body: BStatement, at: Position): void {
  if (canComplete(body)) cx.fail(at, `Missing return statement required return type: ${cx.returns.name}`);
  else if (cx.def.apiVersion < UNREACHABLE_SINCE && completesAtItsEnd(body)) {
    const last = body.k === 'block' ? body.statements.at(-1) : body;
    cx.fail(last?.at ?? at, 'Unreachable statement');
  }
}

/**
 * Knowledge Article 000269952, and the compiler in @salesforce/sfdx-scanner 2.13.7; the Apex Developer Guide (Exception
 * Statements) says 41, which open-source code of that version contradicts.
 */
const UNREACHABLE_SINCE = 42;

/** One statement; a declaration of several variables becomes several. */
export function checkStatement(cx: BodyContext, statement: Statement): BStatement[] {
  const { at } = statement;
  switch (statement.kind) {
    case 'block':
      return [checkBlock(cx, statement)];
    case 'local':
      return statement.variables.map((variable) => {
        const type = resolveType(cx, statement.type);
        const init = variable.init && convert(cx, checkExpr(cx, variable.init), type);
        const local = cx.declare(variable.name.name, type, variable.name.at, statement.final && init !== null);
        local.maybeNull = init === null || mayBeNull(init);
        return { k: 'local', local, init, at: variable.name.at };
      });
    case 'expression':
      return [expressionStatement(cx, statement.expr, at)];
    case 'if': {
      const condition = checkCondition(cx, statement.condition);
      const then = checkBody(cx, statement.then);
      return [{ k: 'if', condition, then, else: statement.else && checkBody(cx, statement.else), at }];
    }
    case 'switch':
      return [checkSwitch(cx, statement)];
    case 'for':
      return [cx.nested(() => checkFor(cx, statement))];
    case 'foreach':
      return [cx.nested(() => checkForEach(cx, statement))];
    case 'while': {
      const condition = checkCondition(cx, statement.condition);
      return [{ k: 'while', condition, body: loopBody(cx, statement.body), at }];
    }
    case 'dowhile': {
      const body = loopBody(cx, statement.body) ?? { k: 'block', statements: [], at };
      return [{ k: 'dowhile', body, condition: checkCondition(cx, statement.condition), at }];
    }
    case 'try':
      return [checkTry(cx, statement)];
    case 'return':
      return [checkReturn(cx, statement)];
    case 'throw': {
      const value = checkExpr(cx, statement.value);
      // unverified but for jasonsiders/apex-starter-pack: `throw null` compiles.
      const isException = isSubtype(cx.universe, value.type, cx.universe.Exception);
      if (!isException && !lacksSuperclass(value.type.def)) {
        cx.fail(at, `Throw expression must be of type exception: ${value.type.name}`);
      }
      return [{ k: 'throw', value, at }];
    }
    case 'break':
    case 'continue':
      if (cx.loopDepth === 0)
        cx.fail(at, `${statement.kind === 'break' ? 'Break' : 'Continue'} statement must be in loop`);
      return [{ k: statement.kind, at }];
    case 'dml':
      return [checkDml(cx, statement)];
    case 'runas':
      return [checkRunAs(cx, statement)];
  }
}

function checkBody(cx: BodyContext, statement: Statement): BStatement {
  return cx.nested(() => {
    const [first, ...rest] = checkStatement(cx, statement);
    if (first && rest.length === 0) return first;
    return { k: 'block', statements: first ? [first, ...rest] : [], at: statement.at };
  });
}

function loopBody(cx: BodyContext, statement: Statement | null): BStatement | null {
  if (!statement) return null;
  cx.loopDepth++;
  try {
    return checkBody(cx, statement);
  } finally {
    cx.loopDepth--;
  }
}

function expressionStatement(cx: BodyContext, expr: Expr, at: number): BStatement {
  const value = checkExpr(cx, expr);
  const statementKinds = ['call', 'method-call', 'assign', 'new', 'postfix', 'new-collection'];
  const isIncrement = expr.kind === 'unary' && (expr.op === '++' || expr.op === '--');
  if (!statementKinds.includes(expr.kind) && !isIncrement) {
    cx.fail(at, 'Expression cannot be a statement. Assign its value, or remove it.');
  }
  return { k: 'expression', expr: value, at };
}

function checkFor(cx: BodyContext, statement: For): BStatement {
  const init: BStatement[] = [];
  if (Array.isArray(statement.init)) {
    for (const part of statement.init) init.push(expressionStatement(cx, part.expr, part.at));
  } else if (statement.init) init.push(...checkStatement(cx, statement.init));
  const condition = statement.condition && checkCondition(cx, statement.condition);
  const update = statement.update.map((expr) => checkExpr(cx, expr));
  return { k: 'for', init, condition, update, body: loopBody(cx, statement.body), at: statement.at };
}

function checkForEach(cx: BodyContext, statement: ForEach): BStatement {
  const { universe } = cx;
  const type = resolveType(cx, statement.type);
  const iterable = checkExpr(cx, statement.iterable);
  const local = cx.declare(statement.name.name, type, statement.name.at);
  local.maybeNull = true;
  const found = elementOf(cx, iterable, type);
  if (!statement.body && isQuery(iterable)) cx.fail(statement.at, 'Loop with query must provide a statement');
  if (!found && iterable.type !== universe.unknown) {
    cx.fail(statement.at, `Loop must iterate over collection: ${iterable.type.name}`);
  }
  const { over, elementType } = found ?? { over: 'list' as const, elementType: universe.unknown };
  const element = cx.temporary(elementType, 'element');
  element.maybeNull = true;
  const value = elementRead(universe, { k: 'local', local: element, type: elementType, at: statement.at });
  const narrows = elementType === universe.SObject && type.def.sobject !== null && isRecordSet(iterable);
  const converted = narrows
    ? narrowed(value, type)
    : convert(cx, value, type, loopFault(universe, iterable, elementType, type));
  return {
    k: 'foreach',
    local,
    iterable,
    over,
    element,
    convert: converted,
    body: loopBody(cx, statement.body),
    at: statement.at,
  };
}

function loopFault(universe: BodyContext['universe'], iterable: BExpr, element: Type, variable: Type): string {
  return element.def.kind === 'sobject' && iterable.k === 'soql'
    ? `Loop variable must be a generic SObject or List or a concrete SObject or List of: ${element.name}`
    : `Invalid loop variable type expected ${element === universe.unknown ? 'another' : element.name} was ${variable.name}`;
}

type Iterated = { over: 'list' | 'set' | 'iterable' | 'rows' | 'chunks'; elementType: Type };

function elementOf(cx: BodyContext, iterable: BExpr, variable: Type): Iterated | null {
  const { universe } = cx;
  const { type } = iterable;
  const element = type.args[0];
  if (isQuery(iterable) && element) {
    return variable.def.name === 'List'
      ? { over: 'chunks', elementType: type }
      : { over: 'rows', elementType: element };
  }
  if (type.def.name === 'List' && element) return { over: 'list', elementType: element };
  if (type.def.name === 'Set' && element) return { over: 'set', elementType: element };
  const asIterable = iterableOf(universe, type);
  return asIterable && { over: 'iterable', elementType: asIterable };
}

/** The element type where the type implements Iterable. */
function iterableOf(universe: BodyContext['universe'], type: Type): Type | null {
  if (type.def.origin === 'platform' && type.def.name === 'Iterable') return type.args[0] ?? null;
  for (let at: Type | null = type; at; at = at.def.superclass) {
    for (const parent of at.def.interfaces) {
      const found = iterableOf(universe, parent);
      if (found) return found;
    }
  }
  return null;
}

function checkTry(cx: BodyContext, statement: Try): BStatement {
  const { universe } = cx;
  const body = checkBlock(cx, statement.body);
  const caught: Type[] = [];
  const catches = statement.catches.map((clause) =>
    cx.nested(() => {
      const type = resolveType(cx, clause.type);
      if (type !== universe.unknown) {
        if (!isSubtype(universe, type, universe.Exception)) {
          if (!lacksSuperclass(type.def))
            cx.fail(clause.at, `Catch block variable must be of type exception: ${type.name}`);
        }
        const earlier = caught.find((other) => isSubtype(universe, type, other));
        if (earlier)
          cx.fail(clause.at, `Exception type already caught: ${type.name}. The clause for ${earlier.name} does.`);
        caught.push(type);
      }
      const local = cx.declare(clause.name.name, type, clause.name.at);
      return { type, local, body: checkBlock(cx, clause.body), at: clause.at };
    }),
  );
  return { k: 'try', body, catches, finally: statement.finally && checkBlock(cx, statement.finally), at: statement.at };
}

function checkReturn(cx: BodyContext, statement: Return): BStatement {
  const { universe, returns } = cx;
  const { at } = statement;
  const nothing = returns === universe.void || returns === universe.null;
  if (!statement.value) {
    if (!nothing) cx.fail(at, `Missing return statement required return type: ${returns.name}`);
    return { k: 'return', value: null, at };
  }
  const value = checkExpr(cx, statement.value);
  if (nothing) {
    cx.fail(at, returnFault(cx));
    return { k: 'return', value: null, at };
  }
  return { k: 'return', value: convert(cx, value, returns), at };
}

function returnFault(cx: BodyContext): string {
  if (cx.isConstructor) return 'Constructors must not return a value';
  if (cx.returns === cx.universe.void) return 'Void method must not return a value';
  return cx.triggerObject ? 'Trigger bodies must not return a value' : 'Return must be called from a method';
}

function checkRunAs(cx: BodyContext, statement: RunAs): BStatement {
  const { universe } = cx;
  const [first, ...rest] = statement.args.map((arg) => checkExpr(cx, arg));
  const user = universe.sobject('User');
  if (first?.type.name === 'Version') cx.fail(statement.at, unsupported('System.runAs(Version)'));
  const fits = first && (first.type === user || first.type === universe.unknown || first.type.name === 'Version');
  const isOne = fits && rest.length === 0;
  const running = isOne ? first : cx.fail(statement.at, "runAs requires a single argument of type 'User' or 'Version'");
  return { k: 'runas', user: running, body: checkBlock(cx, statement.body), at: statement.at };
}
