/** A kind of mistake, and how to make it. */
export interface Operator {
  readonly kind: string;
  /** Finds the places, in code whose comments and texts are blanked. */
  readonly pattern: RegExp;
  /** What stands there instead, from the groups of the match in the real text. */
  readonly replace: (groups: readonly string[]) => string;
}

const COMPARISONS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

const OWNERS: Readonly<Record<string, string>> = {
  newOwnerId: 'previousOwnerId',
  previousOwnerId: 'newOwnerId',
  oldOwnerId: 'newOwnerId',
  Assigned_Owner__c: 'Previous_Owner__c',
  Previous_Owner__c: 'Assigned_Owner__c',
  Recommended_Owner__c: 'Assigned_Owner__c',
};

/** A condition of SOQL: field, operator, and a value or a list of values. */
const CONDITION = String.raw`[A-Z][\w.]* (?:=|!=|<|>|<=|>=|IN|NOT IN|LIKE|INCLUDES|EXCLUDES) (?::?[\w.]+(?:\([^()]*\))?|'[^']*'|\([^()]*\))`;

/** One query that is cheap and always allowed. */
const QUERY = `Database.countQuery('SELECT COUNT() FROM Organization');`;

/** Each kind of mistake that is made; a sample holds as many of each as there are. */
export const OPERATORS: readonly Operator[] = [
  {
    kind: 'drop a WHERE',
    pattern: /\s+WHERE\s[^\];]*?(?=\s+(?:WITH|GROUP BY|ORDER BY|LIMIT|FOR UPDATE)\b|\s*\])/g,
    replace: () => '',
  },
  {
    kind: 'drop a condition of WHERE',
    pattern: new RegExp(String.raw`\s+AND ${CONDITION}(?=\s)`, 'g'),
    replace: () => '',
  },
  {
    kind: 'drop a condition of WHERE',
    pattern: new RegExp(String.raw`(?<=\sWHERE\s+)${CONDITION} AND\s`, 'g'),
    replace: () => '',
  },
  { kind: 'flip a condition', pattern: / (==|!=) /g, replace: ([, op]) => (op === '==' ? ' != ' : ' == ') },
  {
    kind: 'flip a comparison',
    pattern: / (<=|>=|<|>) (?=[\w(:])/g,
    replace: ([, op = '']) => ` ${COMPARISONS[op] ?? op} `,
  },
  { kind: 'flip and/or', pattern: / (&&|\|\|)(?=\s)/g, replace: ([, op]) => (op === '&&' ? ' ||' : ' &&') },
  { kind: 'negate', pattern: /if \((?=[a-zA-Z!])([^\n{}]*)\) \{/g, replace: ([, inner = '']) => `if (!(${inner})) {` },
  { kind: 'remove an addError', pattern: /(?<=\n\s+)[a-z][\w.]*\.addError\([^;]*\);/g, replace: () => '' },
  {
    kind: 'skip a permission check',
    pattern: new RegExp(
      [
        String.raw`(?<=\n\s+)(?:RoutingAccess\.)?require(?:Any|Manage|Few|Rejectable)\([^;]*\);`,
        String.raw`\bWITH USER_MODE\b`,
        String.raw`\bAccessLevel\.USER_MODE\b`,
        String.raw`\bFeatureManagement\.checkPermission\([^()]*\)`,
        String.raw`\w+(?:\[0\])?\.OwnerId != UserInfo\.getUserId\(\)`,
        String.raw`!RoutingAccess\.(?:visible|editable)\([^;]*\)\.contains\(\w+\)(?=\) \{)`,
      ].join('|'),
      'g',
    ),
    replace: ([found = '']) => UNCHECKED.find(([pattern]) => pattern.test(found))?.[1] ?? '',
  },
  {
    kind: 'put a query in a loop',
    pattern: /for \([^;[\]]+ : [^;[\]]+\) \{/g,
    replace: ([found = '']) => `${found} ${QUERY}`,
  },
  {
    kind: 'swap owners',
    pattern: new RegExp(
      [
        String.raw`(?<=\.|\b)(newOwnerId|previousOwnerId|oldOwnerId)(?=[\s,;)])`,
        String.raw`(?<=[\s(])(Assigned_Owner__c|Previous_Owner__c|Recommended_Owner__c)(?= = [^:])`,
        String.raw`(?<=\bOwnerId = )([a-z]\w*(?:\.\w+)*)(?=[\s,;)])`,
      ].join('|'),
      'g',
    ),
    replace: ([found = '']) => OWNERS[found] ?? 'UserInfo.getUserId()',
  },
  {
    kind: 'remove a statement',
    pattern:
      /(?<=\n\s+)[a-z]\w*(?:\.\w+)*\.(?:put|add|addAll|putAll|remove|removeAll|retainAll|mark\w+|take|count\w*)\([^;{}]*\);/g,
    replace: () => '',
  },
  { kind: 'remove an assignment', pattern: /(?<=\n\s+)[a-z]\w*(?:\.\w+)+ \+?= [^;{}]+;/g, replace: () => '' },
  {
    kind: 'true for false',
    pattern: /\b(true|false)(?=;|\))/g,
    replace: ([, value]) => (value === 'true' ? 'false' : 'true'),
  },
  { kind: 'off by one', pattern: / ([+-]) 1\b/g, replace: ([, op]) => (op === '+' ? ' - 1' : ' + 1') },
];

/** What stands in the place of a check that is skipped; a statement leaves nothing. */
const UNCHECKED: readonly (readonly [RegExp, string])[] = [
  [/^WITH USER_MODE/, 'WITH SYSTEM_MODE'],
  [/^AccessLevel/, 'AccessLevel.SYSTEM_MODE'],
  [/^FeatureManagement/, 'true'],
  [/OwnerId/, 'false'],
  [/^!RoutingAccess/, 'false'],
];
