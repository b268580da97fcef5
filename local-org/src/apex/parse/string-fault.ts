import { ApexSyntaxError } from './syntax-error.ts';

const ESCAPE = /^\\(?:[btnfr"'\\]|u[0-9a-f]{4})/i;
const ALLOWED = '\\b \\t \\n \\f \\r \\\' \\" \\\\ and \\uXXXX';

/**
 * Says why the string that opens at the offset `start` of the source can't be read: an unknown escape, or no end.
 * A `'''` whose string can't be read reaches us as an empty string and a quote, so `start` may be its third character.
 */
export function stringFault(source: string, start: number, line: number, column: number): ApexSyntaxError {
  const severalLines = source.startsWith("'''\n", start - 2) || source.startsWith("'''\r", start - 2);
  if (!severalLines) return singleLineFault(source, start, line, column);

  let [faultLine, lineStart] = [line, start - column];
  for (let index = start + 1; index < source.length && !source.startsWith("'''", index); index++) {
    if (source[index] === '\n') {
      faultLine += 1;
      lineStart = index + 1;
    } else if (source[index] === '\\') {
      const escape = ESCAPE.exec(source.slice(index, index + 6));
      if (escape === null) return unknownEscape(source, index, faultLine, index - lineStart);
      index += escape[0].length - 1;
    }
  }
  return new ApexSyntaxError("Unterminated string: add the closing '''", line, column - 2);
}

function singleLineFault(source: string, start: number, line: number, column: number): ApexSyntaxError {
  for (let index = start + 1; index < source.length && source[index] !== '\n' && source[index] !== "'"; index++) {
    if (source[index] !== '\\') continue;
    const escape = ESCAPE.exec(source.slice(index, index + 6));
    if (escape === null) return unknownEscape(source, index, line, column + index - start);
    index += escape[0].length - 1;
  }
  const mend = "add the closing ' on the same line, or write \\n for a line break";
  return new ApexSyntaxError(`Unterminated string: ${mend}`, line, column);
}

function unknownEscape(source: string, index: number, line: number, column: number): ApexSyntaxError {
  const wrong = source.slice(index, index + 2);
  return new ApexSyntaxError(`Invalid escape ${wrong} in a string: allowed are ${ALLOWED}`, line, column);
}
