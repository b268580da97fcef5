import type { FormulaNode } from './ast.ts';
import { parseFormula } from './parse.ts';

const known = new Map<string, FormulaNode>();

/** A formula's tree, parsed once. @throws FormulaError */
export function parsed(text: string): FormulaNode {
  let node = known.get(text);
  if (!node) {
    node = parseFormula(text);
    known.set(text, node);
  }
  return node;
}
