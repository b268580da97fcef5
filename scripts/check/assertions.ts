import { lineOf } from '../../local-org/src/apex/ast.ts';
import type { Expr, MethodDecl } from '../../local-org/src/apex/ast.ts';
import { apexFiles, nodesOf } from './apexTree.ts';
import type { ApexFile, TreeNode } from './apexTree.ts';
import type { Checker, Finding } from './finding.ts';

/**
 * Every Apex test asserts something that can be false: itself or through a method of its class. An assertion within a
 * catch block does not count, since a test in which nothing is thrown passes it by; nor does one about literals only.
 */
export const assertions: Checker = {
  name: 'assertions',
  what: 'Apex tests assert something that can be false',
  check: (root) => Promise.resolve(apexFiles(root).flatMap(unasserted)),
};

function unasserted({ file, type }: ApexFile): Finding[] {
  if (type?.kind !== 'class') return [];
  const methods = type.members.filter((member) => member.kind === 'method');
  const byName = Map.groupBy(methods, ({ name }) => name.name.toLowerCase());
  return methods
    .filter((method) => isTest(method) && !asserts(method, byName, new Set()))
    .map(({ name, at }) => ({
      file,
      line: lineOf(at),
      rule: 'assertions',
      message: `${name.name} asserts nothing that can be false; assert what the test is about, outside of any catch`,
    }));
}

function isTest({ modifiers }: MethodDecl): boolean {
  return (
    modifiers.keywords.includes('testmethod') ||
    modifiers.annotations.some(({ name }) => name.toLowerCase() === 'istest')
  );
}

function asserts(method: MethodDecl, byName: ReadonlyMap<string, MethodDecl[]>, seen: Set<MethodDecl>): boolean {
  if (seen.has(method)) return false;
  seen.add(method);
  for (const node of nodesOf(withoutCatches(method.body))) {
    if (isAssertion(node)) return true;
    const called = node.kind === 'call' ? byName.get(nameOf(node)) : undefined;
    if (called?.some((other) => asserts(other, byName, seen)) === true) return true;
  }
  return false;
}

/** `Assert.x(…)`, `System.assert…(…)`, `System.Assert.x(…)`; `Assert.fail()` is one, since it is there to be passed by. */
function isAssertion(node: TreeNode): boolean {
  if (node.kind !== 'method-call') return false;
  const target = pathOf(node['target']);
  const isAssert =
    target === 'assert' || target === 'system.assert' || (target === 'system' && nameOf(node).startsWith('assert'));
  return isAssert && (nameOf(node) === 'fail' || !onlyLiterals(node['args'] as Expr[]));
}

/** Whether nothing is looked at: `Assert.isTrue(true, 'text')`. */
function onlyLiterals(args: readonly Expr[]): boolean {
  return args.every(({ kind }) => kind === 'literal');
}

/** What is in the body except in its catch blocks. */
function withoutCatches(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutCatches);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, key === 'catches' ? [] : withoutCatches(value)]),
  );
}

function nameOf(node: TreeNode): string {
  return (node['name'] as { name: string }).name.toLowerCase();
}

function pathOf(target: unknown): string {
  const expr = target as Expr;
  if (expr.kind === 'name') return expr.name.toLowerCase();
  if (expr.kind === 'field-access') return `${pathOf(expr.target)}.${expr.name.name.toLowerCase()}`;
  return '';
}
