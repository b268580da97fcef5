/** A formula of metadata, parsed. Offsets are from 0 in its text. */
export type FormulaNode =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'name'; readonly path: readonly string[]; readonly offset: number }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | '!'; readonly operand: FormulaNode }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: FormulaNode; readonly right: FormulaNode }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly FormulaNode[]; readonly offset: number };

/** A formula that is malformed, or uses what local-org has not built. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
