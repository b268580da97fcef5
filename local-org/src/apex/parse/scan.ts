import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import { isName, keywordTable } from './token-classes.ts';
import type { Tokens } from './tokens.ts';

const P = ApexParser;

/**
 * The index after the type that starts at `from`, or -1 when there is none: `Foo.Bar<List<X>>[]`. Stops before the dot of
 * `Foo.class`.
 */
export function scanType(types: Int16Array, from: number): number {
  let at = from;
  for (;;) {
    const type = types[at]!;
    if (type !== P.LIST && type !== P.MAP && !isName(type)) return -1;
    at += 1;
    if (types[at] === P.LT) {
      do {
        at = scanType(types, at + 1);
        if (at < 0) return -1;
      } while (types[at] === P.COMMA);
      if (types[at] !== P.GT) return -1;
      at += 1;
    }
    if (types[at] !== P.DOT || types[at + 1] === P.CLASS) break;
    at += 1;
  }
  while (types[at] === P.LBRACK && types[at + 1] === P.RBRACK) at += 2;
  return at;
}

/** Whether a type and a name follow: `Foo bar`. */
export function startsDeclaration(types: Int16Array, from: number): boolean {
  if (types[from] === P.FINAL || types[from] === P.ATSIGN) return true;
  const end = scanType(types, from);
  return end > 0 && isName(types[end]!) && types[end] !== P.INSTANCEOF;
}

/** Types that a signed number can be cast to; `(name) - 1` is a subtraction for all others. */
const NUMBERS = new Set(['integer', 'long', 'double', 'decimal', 'object']);

/** Words that go on after a bound expression, as in `WHERE Id = :(id) AND …`. */
const GOES_ON = keywordTable(
  [
    ...[P.SOQLAND, P.SOQLOR, P.ORDER, P.GROUP, P.HAVING, P.LIMIT, P.OFFSET, P.ALL, P.WITH, P.IN, P.RETURNING, P.USING],
    ...[P.INSTANCEOF, P.LIKE, P.INCLUDES, P.EXCLUDES, P.NOT, P.ASC, P.DESC, P.NULLS],
  ].map((type) => [type, 1]),
);

const OPERAND_AFTER_CAST = keywordTable(
  [
    ...[P.IntegerLiteral, P.LongLiteral, P.NumberLiteral, P.StringLiteral, P.MultilineStringLiteral],
    ...[P.BooleanLiteral, P.NULL, P.THIS, P.SUPER, P.NEW, P.LPAREN, P.BANG, P.TILDE, P.LIST, P.MAP, P.FindLiteral],
  ].map((type) => [type, 1]),
);

/**
 * Whether the parenthesis ahead is that of a cast, `(Foo) bar`; null when only a full parse can tell. In `(a) - b`, `(a) + b`
 * and `(a)[0]` the grammar would allow a cast too: here it is one only for the number types and before `[SELECT` or `[FIND`.
 */
export function looksLikeCast(tokens: Tokens): boolean | null {
  const types = tokens.types;
  const open = tokens.index;
  const end = scanType(types, open + 1);
  if (end < 0 || types[end] !== P.RPAREN) return false;
  const next = types[end + 1]!;
  if (isName(next)) return GOES_ON[next] === 1 ? null : true;
  if (OPERAND_AFTER_CAST[next] === 1) return true;
  if (next === P.ADD || next === P.SUB) {
    return end === open + 2 && NUMBERS.has(tokens.get(open + 1).text.toLowerCase());
  }
  const second = types[end + 2]!;
  if (next === P.INC || next === P.DEC) return isName(second);
  return next === P.LBRACK && (second === P.SELECT || second === P.FIND);
}
