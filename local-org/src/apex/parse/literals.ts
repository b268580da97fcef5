import ApexParser from '@apexdevtools/apex-parser/antlr/ApexParser';
import type { ApexToken } from '@apexdevtools/apex-parser';
import type { Literal } from '../ast.ts';
import { tokenAt } from './types.ts';

const ESCAPES: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

/** The literal that is this token. */
export function literal(token: ApexToken): Literal {
  const at = tokenAt(token);
  const text = token.text;
  switch (token.type) {
    case ApexParser.IntegerLiteral:
      return { kind: 'literal', type: 'Integer', text, at };
    case ApexParser.LongLiteral:
      return { kind: 'literal', type: 'Long', text: text.slice(0, -1), at };
    case ApexParser.NumberLiteral:
      return /d$/i.test(text)
        ? { kind: 'literal', type: 'Double', text: text.slice(0, -1), at }
        : { kind: 'literal', type: 'Decimal', text, at };
    case ApexParser.StringLiteral:
    case ApexParser.MultilineStringLiteral:
      return { kind: 'literal', type: 'String', text: stringValue(token), at };
    case ApexParser.BooleanLiteral:
      return { kind: 'literal', type: 'Boolean', text: text.toLowerCase() === 'true' ? 'true' : 'false', at };
    case ApexParser.NULL:
      return { kind: 'literal', type: 'null', text: 'null', at };
    default:
      throw new Error(`not a literal: ${text}`);
  }
}

/**
 * The value of a string token: without quotes, escapes resolved. The line break after an opening `'''` does not count;
 * the rest of such a string is taken as it stands, indentation included.
 */
export function stringValue(token: ApexToken): string {
  const text = token.text;
  const body =
    token.type === ApexParser.MultilineStringLiteral ? text.slice(3, -3).replace(/^\r?\n|^\r/, '') : text.slice(1, -1);
  if (!body.includes('\\')) return body;
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gi, (_match, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPES[letter.toLowerCase()] ?? letter) : String.fromCharCode(parseInt(code, 16)),
  );
}
