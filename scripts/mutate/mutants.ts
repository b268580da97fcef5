import { readFileSync } from 'node:fs';

/** One small breaking change of one class. Offsets are into the file's text. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Operator {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly replace: (match: RegExpExecArray) => string;
}

/** Each finds places where a mistake of this kind could be made. Patterns look at code without comments and strings. */
const OPERATORS: readonly Operator[] = [
  {
    kind: 'drop a condition of WHERE',
    pattern: /\n\s+AND [A-Z][\w.]* (?:=|!=|<|>|<=|>=|IN|NOT IN) [^\n()]+(?=\n)/g,
    replace: () => '',
  },
  { kind: 'flip a condition', pattern: / (==|!=) /g, replace: ([, op]) => (op === '==' ? ' != ' : ' == ') },
  {
    kind: 'flip a comparison',
    pattern: / (<=|>=|<|>) (?=[\w(])/g,
    replace: ([, op]) => ` ${COMPARISONS[op ?? ''] ?? op} `,
  },
  { kind: 'flip and/or', pattern: / (&&|\|\|)(?=\s)/g, replace: ([, op]) => (op === '&&' ? ' ||' : ' &&') },
  { kind: 'negate', pattern: /if \((?=[a-zA-Z!])([^\n{}]*)\) \{/g, replace: ([, inner]) => `if (!(${inner ?? ''})) {` },
  { kind: 'remove an addError', pattern: /\n\s+[\w.]+\.addError\([^;]*\);/g, replace: () => '' },
  {
    kind: 'skip a permission check',
    pattern: /\n\s+(?:RoutingAccess\.requireAny|requireManage|requireFew|requireRejectable)\([^;]*\);/g,
    replace: () => '',
  },
  {
    kind: 'remove a statement',
    pattern: /\n\s+[a-z]\w*(?:\.\w+)*\.(?:put|add|addAll|putAll|remove|markAway|markFrozen|take)\([^;{}]*\);/g,
    replace: () => '',
  },
  { kind: 'remove an assignment', pattern: /\n\s+[a-z]\w*(?:\.\w+)+ = [^;{}]+;/g, replace: () => '' },
  {
    kind: 'true for false',
    pattern: /\b(true|false)(?=;|\))/g,
    replace: ([, value]) => (value === 'true' ? 'false' : 'true'),
  },
  { kind: 'off by one', pattern: / ([+-]) 1\b/g, replace: ([, op]) => (op === '+' ? ' - 1' : ' + 1') },
  {
    kind: 'swap owners',
    pattern: /\b(newOwnerId|previousOwnerId|Assigned_Owner__c = |Previous_Owner__c = )(?=[\s,;)\w])/g,
    replace: ([, name]) => OWNERS[name ?? ''] ?? '',
  },
];

const COMPARISONS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const OWNERS: Readonly<Record<string, string>> = {
  newOwnerId: 'previousOwnerId',
  previousOwnerId: 'newOwnerId',
  'Assigned_Owner__c = ': 'Previous_Owner__c = ',
  'Previous_Owner__c = ': 'Assigned_Owner__c = ',
};

/** All mutants of a file. */
export function mutantsOf(file: string): Mutant[] {
  const text = readFileSync(file, 'utf8');
  const code = blanked(text);
  return OPERATORS.flatMap(({ kind, pattern, replace }) =>
    [...code.matchAll(pattern)].map((match) => {
      const start = match.index;
      const end = start + match[0].length;
      const original = pattern.exec(text.slice(start, end)) ?? match;
      pattern.lastIndex = 0;
      const line = text.slice(0, start + (match[0].startsWith('\n') ? 1 : 0)).split('\n').length;
      return { file, line, kind, start, end, text: replace(original) };
    }),
  );
}

/** The text with comments and the contents of strings blanked, so that offsets stay. */
function blanked(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'/g, (part) =>
    part.startsWith("'") ? `'${'x'.repeat(part.length - 2)}'` : part.replace(/[^\n]/g, ' '),
  );
}

/** A sample of the mutants, drawn evenly over kinds and files by a seed. */
export function sample(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const shuffled = mutants
    .map((mutant) => ({ mutant, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ mutant }) => mutant);
  const queues = new Map<string, Mutant[]>();
  for (const mutant of shuffled) queues.set(mutant.kind, [...(queues.get(mutant.kind) ?? []), mutant]);
  const drawn: Mutant[] = [];
  while (drawn.length < count && [...queues.values()].some((queue) => queue.length > 0)) {
    for (const queue of queues.values()) {
      const next = queue.shift();
      if (next && drawn.length < count) drawn.push(next);
    }
  }
  return drawn;
}
