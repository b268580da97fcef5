/**
 * Text in which every line stands where the source has it, so that a JavaScript stack trace is an Apex one. Pieces of
 * text carry marks: `mark(line)` asks for what follows to stand on that line or, where it has been passed, later.
 */
export function mark(line: number): string {
  return `\u0001${line};`;
}

/** Joins marked text into lines. The first line of the result is `firstLine` of the source. */
export function layOut(text: string, firstLine: number): string {
  let line = firstLine;
  return text.replace(/\u0001(\d+);|\n/g, (found, target: string | undefined) => {
    if (target === undefined) {
      line++;
      return found;
    }
    const missing = Number(target) - line;
    if (missing <= 0) return '';
    line += missing;
    return '\n'.repeat(missing);
  });
}
