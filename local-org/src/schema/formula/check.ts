import { FormulaError } from './ast.ts';
import type { FormulaNode } from './ast.ts';
import { isFunction } from './functions.ts';
import { parsed } from './parsed.ts';

/** What is wrong with a formula before it is ever evaluated; null where nothing is. */
export function formulaProblem(
  text: string,
): { readonly message: string; readonly kind: 'invalid' | 'notBuilt' } | null {
  try {
    const unknown = unknownFunction(parsed(text));
    if (unknown === null) return null;
    return { message: `the formula function ${unknown} is not built`, kind: 'notBuilt' };
  } catch (error) {
    if (error instanceof FormulaError) return { message: error.message, kind: 'invalid' };
    throw error;
  }
}

function unknownFunction(node: FormulaNode): string | null {
  switch (node.kind) {
    case 'unary':
      return unknownFunction(node.operand);
    case 'binary':
      return unknownFunction(node.left) ?? unknownFunction(node.right);
    case 'call': {
      if (!isFunction(node.name)) return node.name;
      for (const arg of node.args) {
        const unknown = unknownFunction(arg);
        if (unknown !== null) return unknown;
      }
      return null;
    }
    default:
      return null;
  }
}
