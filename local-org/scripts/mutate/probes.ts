import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import ts from 'typescript';
import type { Change } from './changes.ts';

/** A change with the number under which its probe reports. */
export interface Numbered extends Change {
  readonly id: number;
}

/**
 * A source with a probe at the place of each change. The program does what it did, and reports the changes that would have
 * made a difference there (`probe.ts`): a clause whose loss alters the outcome, a boundary that is met, a filter that
 * removes something. A test during which a change makes no difference in its place cannot notice the change.
 */
export function probed(path: string, text: string, changes: readonly Numbered[]): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const runtime = pathToFileURL(join(import.meta.dirname, 'probe.ts')).href;
  return `import * as $probe from '${runtime}';${new Probes(file, text, changes).render(file)}`;
}

class Probes {
  readonly #file: ts.SourceFile;
  readonly #text: string;
  readonly #changes: ReadonlyMap<string, readonly Numbered[]>;

  constructor(file: ts.SourceFile, text: string, changes: readonly Numbered[]) {
    this.#file = file;
    this.#text = text;
    this.#changes = Map.groupBy(changes, ({ kind, start, end }) => `${kind}@${start}-${end}`);
  }

  /** The text of a node, with what precedes it where it is a file. */
  render(node: ts.Node): string {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node))
      return this.#source(node);
    if (ts.isBinaryExpression(node)) return this.#condition(node, this.#binary(node));
    if (ts.isCallExpression(node)) return this.#condition(node, this.#call(node));
    const inner = this.#children(node);
    if (ts.isExpressionStatement(node)) {
      const [left] = this.#of('leave out a call', node);
      return left ? `$probe.hit(${left.id}), ${inner}` : inner;
    }
    if (ts.isStringLiteral(node) && this.#isExpression(node)) {
      const [swapped] = this.#of('swap user and system mode', node);
      if (swapped) return `$probe.hit(${swapped.id}, ${inner})`;
    }
    if (ts.isNumericLiteral(node)) {
      const [moved] = this.#of('off by one', node);
      if (moved) return `$probe.hit(${moved.id}, ${inner})`;
    }
    return this.#condition(node, inner);
  }

  /** The condition of an `if`; any other node is returned as it is. */
  #condition(node: ts.Node, inner: string): string {
    const [skipped] = this.#of('skip a check', node);
    if (skipped) return `$probe.holds(${skipped.id}, ${inner})`;
    const [negated] = this.#of('negate a condition', node);
    return negated ? `$probe.hit(${negated.id}, ${inner})` : inner;
  }

  #binary(node: ts.BinaryExpression): string {
    const [left, right] = [this.render(node.left), this.render(node.right)];
    const [onlyLeft, onlyRight] = this.#of('drop a clause', node);
    if (onlyLeft && onlyRight) {
      const and = node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
      if (suspends(node)) return `$probe.hit(${onlyLeft.id}, $probe.hit(${onlyRight.id}, ${this.#children(node)}))`;
      const ids = `${onlyLeft.id}, ${onlyRight.id}, ${String(isPure(node.right, this.#file))}`;
      return `$probe.${and ? 'and' : 'or'}(${ids}, () => (${left}), () => (${right}))`;
    }
    const [moved] = this.#of('move a boundary', node.operatorToken);
    if (moved) return `$probe.compare(${moved.id}, '${node.operatorToken.getText(this.#file)}', ${left}, ${right})`;
    return this.#children(node);
  }

  #call(node: ts.CallExpression): string {
    const { expression: callee } = node;
    if (!ts.isPropertyAccessExpression(callee)) return this.#children(node);
    const [removed] = this.#of('remove a filter', node);
    const [other] = [...this.#of('some becomes every', callee.name), ...this.#of('every becomes some', callee.name)];
    const change = removed ?? other;
    if (!change) return this.#children(node);
    if (suspends(node) || callee.questionDotToken) return `$probe.hit(${change.id}, ${this.#children(node)})`;
    const list = this.render(callee.expression);
    const args = node.arguments.map((each) => this.render(each)).join(', ');
    const as = (method: string): string => `($list) => $list.${method}(${args})`;
    if (removed) return `$probe.filtered(${removed.id}, ${list}, ${as('filter')})`;
    if (!node.arguments.every((each) => isPure(each, this.#file))) {
      return `$probe.hit(${change.id}, ${this.#children(node)})`;
    }
    return `$probe.quantified(${change.id}, ${list}, ${as(callee.name.text)}, ${as(change.text)})`;
  }

  #children(node: ts.Node): string {
    let at = ts.isSourceFile(node) ? 0 : node.getStart(this.#file);
    let text = '';
    ts.forEachChild(node, (child) => {
      const start = child.getStart(this.#file);
      text += this.#text.slice(at, start) + this.render(child);
      at = child.getEnd();
    });
    return text + this.#text.slice(at, node.getEnd());
  }

  #source(node: ts.Node): string {
    return this.#text.slice(node.getStart(this.#file), node.getEnd());
  }

  #of(kind: string, node: ts.Node): readonly Numbered[] {
    return this.#changes.get(`${kind}@${node.getStart(this.#file)}-${node.getEnd()}`) ?? [];
  }

  #isExpression(node: ts.StringLiteral): boolean {
    const { parent } = node;
    return !(ts.isPropertyAssignment(parent) && parent.name === node) && !ts.isExportDeclaration(parent);
  }
}

/** Names of functions that only look: what they are called with may be evaluated once more. */
const LOOKS =
  /^(is|has|get|at|same|can|may|some|every|find|includes|startsWith|endsWith|test|equals?|of|as|to[A-Z]|value|trim|slice|map|filter|keys|values|text|name|type|assignable|describe|lookup|resolve|key|indexOf|String|Number|Boolean)/;

/** Whether an expression may be evaluated once more, unseen. */
function isPure(node: ts.Node, file: ts.SourceFile): boolean {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) return false;
  }
  if (ts.isPostfixUnaryExpression(node) || ts.isDeleteExpression(node)) return false;
  if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) return false;
  }
  if (ts.isCallExpression(node)) {
    const callee = node.expression.getText(file);
    if (!LOOKS.test(callee.slice(callee.lastIndexOf('.') + 1).replace(/^#/, ''))) return false;
  }
  return ts.forEachChild(node, (child) => (isPure(child, file) ? undefined : true)) !== true;
}

/** Whether an expression waits or yields: it cannot be moved into a function. */
function suspends(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
  return ts.forEachChild(node, (child) => (suspends(child) ? true : undefined)) === true;
}
