import type { FormulaNode } from './ast.ts';

const TEXT_FUNCTIONS = new Set(
  'TEXT LEFT RIGHT MID SUBSTITUTE TRIM UPPER LOWER LPAD RPAD BR HYPERLINK IMAGE CASESAFEID CHR INITCAP REVERSE FORMATDURATION'.split(
    ' ',
  ),
);

/**
 * Whether a formula's result is text, by its form; of a field alone only `isText` knows. It decides what `+` means where
 * both operands are blank.
 */
export function isTextual(node: FormulaNode, isText: (path: readonly string[]) => boolean): boolean {
  const textual = (part: FormulaNode | undefined) => part !== undefined && isTextual(part, isText);
  switch (node.kind) {
    case 'text':
      return true;
    case 'name':
      return isText(node.path);
    case 'binary':
      return node.operator === '&' || (node.operator === '+' && (textual(node.left) || textual(node.right)));
    case 'call':
      if (TEXT_FUNCTIONS.has(node.name)) return true;
      if (node.name === 'IF') return textual(node.args[1]) || textual(node.args[2]);
      if (node.name === 'CASE') return textual(node.args[2]) || textual(node.args.at(-1));
      return ['BLANKVALUE', 'NULLVALUE', 'PRIORVALUE'].includes(node.name) && node.args.some(textual);
    default:
      return false;
  }
}
