import type { Identifier } from '../ast.ts';

/** What a name is given to; methods may take reserved names. */
export type Named = 'type' | 'method' | 'variable';

/** Salesforce refuses these as names of types and variables. */
const RESERVED = new Set(
  (
    'activate any array autonomous begin bigdecimal bulk byte case cast char collect commit const default desc end ' +
    'exception exit export float goto group having hint import inner int into join loop number object outer of package ' +
    'parallel pragma retrieve rollback short sort super switch synchronized system then this transaction when'
  ).split(' '),
);
const RESERVED_TYPES = new Set(['apexpages', 'page']);
const KEYWORDS = new Set('delete for insert merge new select trigger undelete update upsert void'.split(' '));
const LONGEST = 255;

/** Why a declaration may not have this name, in Salesforce's words; null where it may. */
export function nameFault({ name }: Pick<Identifier, 'name'>, named: Named): string | null {
  const lower = name.toLowerCase();
  if (!/^[a-z]/.test(lower) || lower.includes('__') || lower.endsWith('_')) {
    return `Invalid character in identifier: ${name}. It starts with a letter, and has no __ and no _ at the end.`;
  }
  if (KEYWORDS.has(lower)) return `Identifier cannot be a keyword: ${name}.`;
  if (named !== 'method' && RESERVED.has(lower)) return `Identifier name is reserved: ${name}.`;
  if (named === 'type' && RESERVED_TYPES.has(lower)) return `Identifier type is reserved: ${name}.`;
  if (name.length > LONGEST) return `Identifier name is too long: ${name}. At most ${LONGEST} characters.`;
  return null;
}
