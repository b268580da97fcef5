import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type {
  AccessLevelContext,
  ApexParserRuleContext,
  BlockContext,
  ExpressionContext,
  ForStatementContext,
  LocalVariableDeclarationContext,
  StatementContext,
  TryStatementContext,
  VariableDeclaratorsContext,
  WhileStatementContext,
} from '@apexdevtools/apex-parser';
import type { Block, Dml, DmlOperation, For, ForEach, LocalVariables, Statement, Try, Variable } from '../ast.ts';
import { expression, expressions } from './expressions.ts';
import { localModifiers, noModifiers } from './modifiers.ts';
import { switchStatement } from './switch.ts';
import { identifier, lastTokenOf, optional, qualifiedName, startOf, typeOfName, typeRef } from './types.ts';

/** `{ … }` */
export function block(ctx: BlockContext): Block {
  return {
    kind: 'block',
    statements: ctx.statement_list().map(statement),
    at: startOf(ctx),
    end: lastTokenOf(ctx),
  };
}

/** `a = 1, b` */
export function variables(ctx: VariableDeclaratorsContext): Variable[] {
  return ctx.variableDeclarator_list().map((variable) => {
    const init = optional(variable.expression());
    return { name: identifier(variable.id()), init: init === null ? null : expression(init) };
  });
}

/** The statement that a parse tree holds. */
export function statement(ctx: StatementContext): Statement {
  const inner = ctx.children![0] as ApexParserRuleContext & { ruleIndex: number };
  const build = BUILDERS[inner.ruleIndex];
  if (build === undefined) throw new Error(`no statement is built from ${inner.constructor.name}`);
  return build(ctx);
}

const P = ApexParser;
const BUILDERS: Record<number, (ctx: StatementContext) => Statement> = {
  [P.RULE_block]: (ctx) => block(ctx.block()),
  [P.RULE_localVariableDeclarationStatement]: (ctx) =>
    localVariables(ctx.localVariableDeclarationStatement().localVariableDeclaration()),
  [P.RULE_expressionStatement]: (ctx) => ({
    kind: 'expression',
    expr: expression(ctx.expressionStatement().expression()),
    at: startOf(ctx),
  }),
  [P.RULE_ifStatement]: (ctx) => {
    const [then, otherwise] = ctx.ifStatement().statement_list();
    return {
      kind: 'if',
      condition: expression(ctx.ifStatement().parExpression().expression()),
      then: statement(then!),
      else: otherwise === undefined ? null : statement(otherwise),
      at: startOf(ctx),
    };
  },
  [P.RULE_switchStatement]: (ctx) => switchStatement(ctx.switchStatement(), block),
  [P.RULE_forStatement]: (ctx) => forStatement(ctx.forStatement()),
  [P.RULE_whileStatement]: (ctx) => ({
    kind: 'while',
    condition: expression(ctx.whileStatement().parExpression().expression()),
    body: loopBody(ctx.whileStatement()),
    at: startOf(ctx),
  }),
  [P.RULE_doWhileStatement]: (ctx) => ({
    kind: 'dowhile',
    body: block(ctx.doWhileStatement().block()),
    condition: expression(ctx.doWhileStatement().parExpression().expression()),
    at: startOf(ctx),
  }),
  [P.RULE_tryStatement]: (ctx) => tryStatement(ctx.tryStatement()),
  [P.RULE_returnStatement]: (ctx) => {
    const value = optional(ctx.returnStatement().expression());
    return { kind: 'return', value: value === null ? null : expression(value), at: startOf(ctx) };
  },
  [P.RULE_throwStatement]: (ctx) => ({
    kind: 'throw',
    value: expression(ctx.throwStatement().expression()),
    at: startOf(ctx),
  }),
  [P.RULE_breakStatement]: (ctx) => ({ kind: 'break', at: startOf(ctx) }),
  [P.RULE_continueStatement]: (ctx) => ({ kind: 'continue', at: startOf(ctx) }),
  [P.RULE_insertStatement]: (ctx) => dml('insert', ctx.insertStatement()),
  [P.RULE_updateStatement]: (ctx) => dml('update', ctx.updateStatement()),
  [P.RULE_deleteStatement]: (ctx) => dml('delete', ctx.deleteStatement()),
  [P.RULE_undeleteStatement]: (ctx) => dml('undelete', ctx.undeleteStatement()),
  [P.RULE_upsertStatement]: (ctx) => {
    const upsert = ctx.upsertStatement();
    const key = optional(upsert.qualifiedName());
    if (key === null) return dml('upsert', upsert);
    const name = qualifiedName(key).map((part) => part.name);
    return { ...dml('upsert', upsert), externalId: { name: name.join('.'), at: startOf(key) } };
  },
  [P.RULE_mergeStatement]: (ctx) => {
    const merge = ctx.mergeStatement();
    const [master, duplicates] = [merge.expression(0), merge.expression(1)];
    const access = merge.accessLevel();
    return {
      ...dml('merge', { start: merge.start, accessLevel: () => access, expression: () => master }),
      with: expression(duplicates),
    };
  },
  [P.RULE_runAsStatement]: (ctx) => ({
    kind: 'runas',
    args: expressions(ctx.runAsStatement().expressionList()),
    body: block(ctx.runAsStatement().block()),
    at: startOf(ctx),
  }),
};

function localVariables(ctx: LocalVariableDeclarationContext): LocalVariables {
  return {
    kind: 'local',
    type: typeRef(ctx.typeRef()),
    final: localModifiers(ctx.modifier_list(), 'a local variable'),
    variables: variables(ctx.variableDeclarators()),
    at: startOf(ctx),
  };
}

function loopBody(ctx: ForStatementContext | WhileStatementContext): Statement | null {
  const body = optional(ctx.statement());
  return body === null ? null : statement(body);
}

function forStatement(ctx: ForStatementContext): For | ForEach {
  const control = ctx.forControl();
  const at = startOf(ctx);
  const each = optional(control.enhancedForControl());
  if (each !== null) {
    return {
      kind: 'foreach',
      type: typeRef(each.typeRef()),
      name: identifier(each.id()),
      iterable: expression(each.expression()),
      body: loopBody(ctx),
      at,
    };
  }
  const condition = optional(control.expression());
  return {
    kind: 'for',
    init: forInit(ctx),
    condition: condition === null ? null : expression(condition),
    update: expressions(optional(control.forUpdate()?.expressionList())),
    body: loopBody(ctx),
    at,
  };
}

function forInit(ctx: ForStatementContext): For['init'] {
  const init = optional(ctx.forControl().forInit());
  if (init === null) return null;
  const declared = optional(init.localVariableDeclaration());
  if (declared !== null) {
    noModifiers(declared.modifier_list(), 'the variable of a for');
    return localVariables(declared);
  }
  return expressions(init.expressionList()).map((expr) => ({ kind: 'expression', expr, at: expr.at }));
}

function tryStatement(ctx: TryStatementContext): Try {
  const last = optional(ctx.finallyBlock());
  return {
    kind: 'try',
    body: block(ctx.block()),
    catches: ctx.catchClause_list().map((clause) => {
      localModifiers(clause.modifier_list(), 'the variable of a catch');
      return {
        type: typeOfName(clause.qualifiedName()),
        name: identifier(clause.id()),
        body: block(clause.block()),
        at: startOf(clause),
      };
    }),
    finally: last === null ? null : block(last.block()),
    at: startOf(ctx),
  };
}

interface DmlContext extends Pick<ApexParserRuleContext, 'start'> {
  accessLevel(): AccessLevelContext;
  expression(): ExpressionContext;
}

function dml(operation: DmlOperation, ctx: DmlContext): Dml {
  const level = optional(ctx.accessLevel());
  return {
    kind: 'dml',
    operation,
    value: expression(ctx.expression()),
    with: null,
    externalId: null,
    access: level === null ? null : optional(level.USER()) === null ? 'system' : 'user',
    at: startOf(ctx),
  };
}
