import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';

const NAMES = new Uint8Array(512);
const names = ApexParser._ATN.nextTokens(ApexParser._ATN.ruleToStartState[ApexParser.RULE_id]!);
for (const { start, stop } of names.intervals) NAMES.fill(1, start, stop);

/** Whether a token of this type can be a name: an identifier, or a keyword that is only reserved in its own place. */
export function isName(type: number): boolean {
  return NAMES[type] === 1;
}

/** A table from token type to number, 0 where nothing is given. */
export function keywordTable(entries: [type: number, value: number][]): Uint8Array {
  const table = new Uint8Array(512);
  for (const [type, value] of entries) table[type] = value;
  return table;
}
