import type { Identifier } from '../ast.ts';

/** What a name is given to. */
export type Named = 'type' | 'method' | 'variable';

/** Salesforce refuses these as names of types and variables; methods may have them. */
const RESERVED = words(`
  activate any array autonomous begin bigdecimal bulk byte case cast char collect commit const default desc end exception
  exit export float goto group having hint import inner int into join loop number object outer of package parallel pragma
  retrieve rollback short sort super switch synchronized system then this transaction when`);
/**
 * Words of the language and its types that are no names of variables either (Apex Developer Guide, "Reserved
 * Keywords").
 */
const NOT_FOR_VARIABLES = words(`
  and as asc blob boolean by date datetime decimal double from in instanceof integer like limit long not nulls on or select
  set sobject string time using where`);
/** Words of the language that not even methods may have. */
const NOT_FOR_METHODS = words('and as asc bulk by commit desc having in instanceof like limit nulls on or using where');
const RESERVED_TYPES = words('apexpages page');
const KEYWORDS = words('delete for insert merge new select trigger undelete update upsert void');
const LONGEST = 255;

/** Why a declaration may not have this name, in Salesforce's words; null where it may. */
export function nameFault({ name }: Pick<Identifier, 'name'>, named: Named): string | null {
  const lower = name.toLowerCase();
  if (!/^[a-z]/.test(lower) || lower.includes('__') || lower.endsWith('_')) {
    return `Invalid character in identifier: ${name}. It starts with a letter, and has no __ and no _ at the end.`;
  }
  if (KEYWORDS.has(lower)) return `Identifier cannot be a keyword: ${name}`;
  if (named === 'method' ? NOT_FOR_METHODS.has(lower) : RESERVED.has(lower))
    return `Identifier name is reserved: ${name}`;
  if (named === 'variable' && NOT_FOR_VARIABLES.has(lower)) return `Identifier name is reserved: ${name}`;
  if (named === 'type' && RESERVED_TYPES.has(lower)) return `Identifier type is reserved: ${name}`;
  return name.length > LONGEST ? `Identifier name is too long: ${name}. It has at most ${LONGEST} characters.` : null;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
