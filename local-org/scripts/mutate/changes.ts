import ts from 'typescript';

/** One change of one source file. */
export interface Change {
  readonly kind: string;
  /** Offsets of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const BOUNDARIES = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
]);

/** What each mode becomes: rights are judged for the wrong one. */
const MODES = new Map([
  ['user', 'system'],
  ['system', 'user'],
]);

/** Functions whose call is a check or counts against a limit: a change leaves the call out. */
const CHECKS = /^(check|charge|run|after|update|validate|apply|require|deny|refuse|release)/;

/**
 * All changes of a source file: what a check, a clause, a mode, a limit or a filter would be if it had been forgotten.
 * The order is that of the file.
 */
export function changesOf(path: string, text: string): Change[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const changes: Change[] = [];
  const add = (kind: string, node: ts.Node, replacement: string): void => {
    const start = node.getStart(file);
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    changes.push({ kind, start, end: node.getEnd(), text: replacement, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    conditions(node, file, add);
    clauses(node, file, add);
    modes(node, add);
    limits(node, file, add);
    calls(node, file, add);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return changes;
}

type Add = (kind: string, node: ts.Node, replacement: string) => void;

function conditions(node: ts.Node, file: ts.SourceFile, add: Add): void {
  if (!ts.isIfStatement(node)) return;
  const { expression } = node;
  const memo = /^!?(known|cached|found|match|first|table|table2)$/.test(expression.getText(file));
  if (memo || isInvariant(node) || isShortWay(node, file)) return;
  if (refuses(node.thenStatement)) add('skip a check', expression, 'false');
  else add('negate a condition', expression, `!(${expression.getText(file)})`);
}

/** A plain Error says that local-org itself is wrong: no program gets there, so that nothing can be seen of the change. */
function isInvariant({ thenStatement }: ts.IfStatement): boolean {
  const only = onlyStatement(thenStatement);
  if (only === undefined || !ts.isThrowStatement(only) || !ts.isNewExpression(only.expression)) return false;
  return ts.isIdentifier(only.expression.expression) && only.expression.expression.text === 'Error';
}

/** Leaves early where there is nothing to do: all work on nothing is nothing, so that this only saves time. */
function isShortWay({ expression, thenStatement }: ts.IfStatement, file: ts.SourceFile): boolean {
  const only = onlyStatement(thenStatement);
  if (only === undefined || !/\.(length|size) === 0$/.test(expression.getText(file))) return false;
  if (ts.isContinueStatement(only)) return true;
  return ts.isReturnStatement(only) && (only.expression === undefined || only.expression.getText(file) === '[]');
}

function onlyStatement(statement: ts.Statement): ts.Statement | undefined {
  if (!ts.isBlock(statement)) return statement;
  return statement.statements.length === 1 ? statement.statements[0] : undefined;
}

/** Whether a statement raises, reports a fault or leaves. */
function refuses(node: ts.Statement): boolean {
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isContinueStatement(node)) return true;
  if (ts.isBlock(node)) return node.statements.some(refuses);
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  const callee = node.expression.expression.getText();
  return /\.push$|^(raise|deny|throw|fail|report|refuse|unsupported)|\.(error|problem|report|add)$/.test(callee);
}

function clauses(node: ts.Node, file: ts.SourceFile, add: Add): void {
  if (!ts.isBinaryExpression(node)) return;
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) {
    add('drop a clause', node, node.left.getText(file));
    add('drop a clause', node, node.right.getText(file));
    return;
  }
  const other = BOUNDARIES.get(kind);
  if (other !== undefined) add('move a boundary', node.operatorToken, other);
}

function modes(node: ts.Node, add: Add): void {
  if (!ts.isStringLiteral(node)) return;
  const other = MODES.get(node.text);
  if (other !== undefined) add('swap user and system mode', node, `'${other}'`);
}

/** Constants of the module that limit something, and entries of tables of limits. */
function limits(node: ts.Node, file: ts.SourceFile, add: Add): void {
  if (!ts.isNumericLiteral(node)) return;
  const value = Number(node.text.replaceAll('_', ''));
  const { parent } = node;
  const constant = ts.isVariableDeclaration(parent) && /^[A-Z_0-9]+$/.test(parent.name.getText(file));
  const entry = ts.isPropertyAssignment(parent) && value > 0;
  if (constant || entry) add('off by one', node, String(value + 1));
}

function calls(node: ts.Node, file: ts.SourceFile, add: Add): void {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (name.text === 'filter') add('remove a filter', node, expression.getText(file));
    if (name.text === 'some' || name.text === 'every') {
      add(
        `${name.text} becomes ${name.text === 'some' ? 'every' : 'some'}`,
        name,
        name.text === 'some' ? 'every' : 'some',
      );
    }
  }
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return;
  const callee = node.expression.expression.getText(file);
  const name = callee.slice(callee.lastIndexOf('.') + 1).replace(/^#/, '');
  if (CHECKS.test(name)) add('leave out a call', node, ';');
}
