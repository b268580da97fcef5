import { readFileSync } from 'node:fs';
import { OPERATORS } from './operators.ts';

/** One small breaking change of one class. Offsets are into the file's text. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All mutants of a file, by kind and place. */
export function mutantsOf(file: string): Mutant[] {
  const text = readFileSync(file, 'utf8');
  const code = blanked(text);
  return OPERATORS.flatMap(({ kind, pattern, replace }) =>
    [...code.matchAll(pattern)].map((match) => {
      const start = match.index;
      const end = start + match[0].length;
      const firstLine = start + (/^\s*/.exec(match[0])?.[0].length ?? 0);
      const line = text.slice(0, firstLine).split('\n').length;
      return { file, line, kind, start, end, text: replace(groupsIn(text, match)) };
    }),
  );
}

/** The changed text of the mutant's file. */
export function mutated({ start, end, text }: Mutant, original: string): string {
  return original.slice(0, start) + text + original.slice(end);
}

/** The match and its groups with what was blanked; a group stands once in its match. */
function groupsIn(text: string, match: RegExpExecArray): string[] {
  const whole = text.slice(match.index, match.index + match[0].length);
  return [
    whole,
    ...match.slice(1).map((group: string | undefined) => {
      const at = group === undefined ? -1 : match[0].indexOf(group);
      return at < 0 ? '' : whole.slice(at, at + (group?.length ?? 0));
    }),
  ];
}

/** The text with comments and the contents of strings blanked, so that offsets stay. */
function blanked(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'/g, (part) =>
    part.startsWith("'") ? `'${'x'.repeat(part.length - 2)}'` : part.replace(/[^\n]/g, ' '),
  );
}
