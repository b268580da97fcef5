import assert from 'node:assert/strict';
import type { CompilationUnit, Expr, Member, Statement, TypeDecl } from '../../../src/apex/ast.ts';
import { parseApex } from '../../../src/apex/parse/parse.ts';
import type { Problem } from '../../../src/apex/problem.ts';

/** The unit of a text that must have no problems. */
export function unitOf(source: string, kind: CompilationUnit['kind'] = 'class-file'): CompilationUnit {
  const { unit, problems } = parseApex(source, 'Sample.cls', kind);
  assert.deepEqual(problems, []);
  assert.ok(unit);
  return unit;
}

/** The one problem of a faulty text, as `line:column message`. */
export function faultOf(source: string, kind: CompilationUnit['kind'] = 'class-file'): string {
  const { unit, problems } = parseApex(source, 'Sample.cls', kind);
  assert.equal(unit, null, 'a faulty text has no unit');
  assert.equal(problems.length, 1, 'parsing stops at the first fault');
  const [problem] = problems as [Problem];
  assert.equal(problem.file, 'Sample.cls');
  return `${problem.line}:${problem.column} ${problem.message}`;
}

/** The class, interface or enum of a class file. */
export function typeOf(source: string): TypeDecl {
  const { type } = unitOf(source);
  assert.ok(type);
  return type;
}

/** The first member of a class with this body. */
export function memberOf(body: string): Member {
  const type = typeOf(`class Sample { ${body} }`);
  assert.ok(type.kind === 'class' && type.members[0]);
  return type.members[0];
}

/** The statements of a method body. */
export function statementsOf(body: string): Statement[] {
  const method = memberOf(`void run() { ${body} }`);
  assert.ok(method.kind === 'method' && method.body);
  return method.body.statements;
}

/** The first statement of a method body. */
export function statementOf(body: string): Statement {
  const [statement] = statementsOf(body);
  assert.ok(statement);
  return statement;
}

/** An expression, as it stands behind `return`. */
export function exprOf(text: string): Expr {
  const statement = statementOf(`return ${text};`);
  assert.ok(statement.kind === 'return' && statement.value);
  return statement.value;
}

/** The same without positions. */
export function shape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shape);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'at' && key !== 'end')
      .map(([key, value]) => [key, shape(value)]),
  );
}

/** An expression with every operation in parentheses: `(a + (b * c))`. Only for names, literals and operators. */
export function grouped(expr: Expr): string {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'literal':
      return expr.text;
    case 'binary':
      return `(${grouped(expr.left)} ${expr.op} ${grouped(expr.right)})`;
    case 'assign':
      return `(${grouped(expr.target)} ${expr.op} ${grouped(expr.value)})`;
    case 'unary':
      return `(${expr.op}${grouped(expr.value)})`;
    case 'postfix':
      return `(${grouped(expr.value)}${expr.op})`;
    case 'ternary':
      return `(${grouped(expr.condition)} ? ${grouped(expr.then)} : ${grouped(expr.else)})`;
    case 'instanceof':
      return `(${grouped(expr.value)} instanceof ${typeText(expr.type)})`;
    case 'cast':
      return `((${typeText(expr.type)}) ${grouped(expr.value)})`;
    case 'field-access':
      return `${grouped(expr.target)}${expr.safe ? '?.' : '.'}${expr.name.name}`;
    case 'method-call':
      return `${grouped(expr.target)}${expr.safe ? '?.' : '.'}${expr.name.name}(${expr.args.map(grouped).join(', ')})`;
    case 'call':
      return `${expr.name.name}(${expr.args.map(grouped).join(', ')})`;
    case 'index':
      return `${grouped(expr.target)}[${grouped(expr.index)}]`;
    default:
      return expr.kind;
  }
}

/** A type as it is written. */
export function typeText(type: { names: { name: string; args: unknown[] }[]; dims: number }): string {
  const names = type.names.map(({ name, args }) => {
    const inner = args as Parameters<typeof typeText>[0][];
    return inner.length === 0 ? name : `${name}<${inner.map(typeText).join(', ')}>`;
  });
  return names.join('.') + '[]'.repeat(type.dims);
}
